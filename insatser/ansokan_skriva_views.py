"""Writing an application: a new one, its sections one page each, the check before it is sent, the sending."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from insatser import ansokan_kopia, ansokan_parter, ansokan_visning, avsnitt, inlamning, policies
from insatser.ansokan_forms import NamnForm, NyAnsokanForm, formular_for
from insatser.ansokan_views import hamta
from insatser.models import Ansokan, Ansokanspart, Ide
from moten.models import Arende
from samordning.karna.models import Handelse
from samordning.karna.views import require, skapa_en_gang

STANGT = "Ansökan är redan inskickad, så den går inte att ändra här."
OLAST = "Ansökan har ändrats sedan du öppnade sidan."


def ram(ansokan, nu, **mer):
    """What the frame of the writing pages needs; `nu` is the key of the page."""
    return {"ansokan": ansokan, "steg": ansokan_visning.steg(ansokan), "nu": nu,
            "utkast": ansokan.lage == Ansokan.Lage.UTKAST} | mer  # fmt: skip


@require_http_methods(["GET", "POST"])
def ansokan_create(request, slag):
    """`?ide=` is the idea that it comes from."""
    require(policies.can_create_ansokan(request.user))
    if slag not in avsnitt.NYA:
        raise Http404
    ide = _ide(request)
    if ide and ide.ansokan_id and request.method == "GET":
        messages.info(request, "Idén har redan blivit en ansökan.")
        return redirect("ansokan:ide_edit", ide.pk)
    initial = {"rubrik": ide.rubrik[:120], "insats": ide.insats_id} if ide else None
    instance = Ansokan(slag=slag, skapad_av=request.user)
    form = NyAnsokanForm.from_request(request, instance=instance, user=request.user, ide=ide, initial=initial)
    ansokan = skapa_en_gang(
        request, form, Ansokan, lambda: _skapa(form, ide, av=request.user),
        lambda ansokan: "Utkastet är sparat. Bara de parter som är med i ansökan och kansliet kan läsa det.",
    )  # fmt: skip
    if ansokan:
        return redirect("ansokan:avsnitt_edit", ansokan.pk, avsnitt.for_slag(ansokan.slag)[0].nyckel)
    context = {"form": form, "slag": Ansokan.Slag(slag), "ide": ide}
    return render(request, "ansokan/ansokan_create.html", context)


def _ide(request):
    """The idea; locked on POST, so that two who make an application of it at once do not make two."""
    nyckel = request.GET.get("ide", "")
    if not nyckel.isdecimal() or len(nyckel) > 9:
        return None
    return get_object_or_404(Ide.objects.select_for_update() if request.method == "POST" else Ide.objects, pk=nyckel)


def _skapa(form, ide, *, av):
    ansokan = form.save(commit=False)
    ansokan.rubrik = form.cleaned_data["rubrik"]
    if ide:
        ansokan.behov = ide.text
    if ansokan.insats:
        ansokan_kopia.fyll_fran_insats(ansokan, ansokan.insats)
    ansokan.save()
    Ansokanspart.objects.create(ansokan=ansokan, part=form.huvudpart, huvud=True)
    Handelse.logga(ansokan, "skapad", av=av, data={"ide": ide.pk} if ide else {})
    if ide:
        ide.ansokan, ide.status, ide.version = ansokan, Ide.Status.ANSOKAN, ide.version + 1
        ide.save(update_fields=["ansokan", "status", "version"])
    ansokan_parter.beratta(ansokan, [form.huvudpart.pk], av=av)
    return ansokan


@require_http_methods(["GET", "POST"])
def ansokan_edit(request, pk):
    """What it is called."""
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    if ansokan.lage != Ansokan.Lage.UTKAST:
        return stangd(request, ansokan)
    namn = ansokan.rubrik
    form = NamnForm.from_request(request, instance=ansokan)
    if request.method == "POST" and form.is_valid():
        if form.andringar():
            form.save()
            ansokan_parter.ny_version(ansokan)
        messages.success(request, "Namnet är sparat.")
        return redirect(_vidare(request, ansokan, "namn"))
    insats = ansokan.insats if ansokan.insats and policies.can_view_insats(request.user, ansokan.insats) else None
    return render(request, "ansokan/ansokan_edit.html", ram(ansokan, "namn", form=form, namn=namn, insats=insats))


@require_http_methods(["GET", "POST"])
def avsnitt_edit(request, pk, nyckel):
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    avsnittet = next((rad for rad in avsnitt.for_slag(ansokan.slag) if rad.nyckel == nyckel), None)
    if avsnittet is None:
        raise Http404
    if nyckel not in inlamning.oppna_avsnitt(ansokan):
        return stangd(request, ansokan, avsnittet)
    form = formular_for(avsnittet, ansokan.slag).from_request(request, instance=ansokan, avsnittet=avsnittet)
    if request.method == "POST" and form.is_valid():
        _spara(request, ansokan, form)
        return redirect(_vidare(request, ansokan, nyckel))
    punkter = ansokan.punkter.filter(version=None, avsnitt=nyckel)
    context = ram(ansokan, nyckel, form=form, avsnittet=avsnittet, hjalp=avsnittet.hjalptext(ansokan.slag),
                  punkter=punkter)  # fmt: skip
    return render(request, "ansokan/avsnitt_edit.html", context)


def _spara(request, ansokan, form):
    if not form.andringar():
        return
    with transaction.atomic():
        form.spara()
        ansokan_parter.ny_version(ansokan)
        Handelse.logga(ansokan, "avsnitt", av=request.user, data={"avsnitt": form.avsnittet.nyckel})
        igen = ansokan_parter.ta_tillbaka_andras(ansokan, av=request.user) if form.bindande else []
    messages.success(request, f"{form.avsnittet.rubrik} är sparat.")
    om_stallning(request, igen)


def om_stallning(request, parter):
    """Say what the change did to the others' ticks."""
    if parter:
        messages.info(
            request,
            "De parter som redan stod bakom ansökan behöver ta ställning igen, eftersom parterna, perioden eller "
            "beloppen har ändrats. De får ett mejl.",
        )


def _vidare(request, ansokan, nyckel):
    if "fler" in request.POST:
        return reverse("ansokan:avsnitt_edit", args=[ansokan.pk, nyckel])
    if "avsluta" in request.POST:
        return reverse("ansokan:ansokan_detail", args=[ansokan.pk])
    return ansokan_visning.nasta_url(ansokan, nyckel)


def stangd(request, ansokan, avsnittet=None):
    """403 in words: it cannot be written in now. What was typed stands on the page, so that nothing is lost."""
    skrivet = [
        (etikett, text)
        for namn, etikett in _etiketter(avsnittet)
        if (text := request.POST.get(namn, "").strip()) and namn != "version"
    ]
    context = {"ansokan": ansokan, "avsnittet": avsnittet, "skrivet": skrivet}
    return render(request, "ansokan/stangd.html", context, status=403)


def _etiketter(avsnittet):
    falt = [namn for namn in avsnittet.falt if namn != "belopp"] if avsnittet else ["rubrik"]
    par = [(namn, Ansokan._meta.get_field(namn).verbose_name) for namn in falt]
    if avsnittet and "belopp" in avsnittet.falt:
        par += [par_ for nr in range(12) for par_ in ((f"ar_{nr}", "År"), (f"kronor_{nr}", "Belopp"))]
    return par


@require_GET
def kontroll(request, pk):
    """The check before it is sent: what is there and what is missing, section by section."""
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    if ansokan.lage != Ansokan.Lage.UTKAST:
        return redirect("ansokan:ansokan_detail", pk)
    return _visa_kontroll(request, ansokan)


def _visa_kontroll(request, ansokan, fel=""):
    brister = avsnitt.saknas(ansokan)
    texter = {text for _, text in brister}
    hinder = [(text, reverse("ansokan:parter", args=[ansokan.pk]))
              for text in inlamning.hinder(ansokan) if text not in texter]  # fmt: skip
    hinder += [(text, reverse("ansokan:avsnitt_edit", args=[ansokan.pk, rad.nyckel])) for rad, text in brister]
    parter = list(ansokan_parter.med_parter(Ansokan.objects.filter(pk=ansokan.pk)).get().parter.all())
    context = ram(
        ansokan, "kontroll", hinder=hinder, fel=fel, texter=ansokan_visning.lasbara_avsnitt(ansokan),
        parter=[(rad, ansokan_visning.bakom_i_ord(rad, ansokan)) for rad in parter],
        saknade_slag=ansokan_parter.saknade_slag(parter), antal_bilagor=ansokan.bilagor.count(),
        utanfor=_belopp_utanfor(ansokan), kan_ta_bort=policies.can_lead_ansokan(request.user, ansokan),
    )  # fmt: skip
    return render(request, "ansokan/kontroll.html", context)


def _belopp_utanfor(ansokan):
    """The years with a sum in which nothing goes on: the period was changed after the budget was written."""
    if not (ansokan.start and ansokan.slut):
        return []
    return [rad.ar for rad in ansokan.belopp.all()
            if not ansokan.start.year <= rad.ar <= ansokan.slut.year + ansokan.optioner]  # fmt: skip


@require_POST
def ansokan_skicka(request, pk):
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    if ansokan.lage != Ansokan.Lage.UTKAST:
        messages.info(request, f"Ansökan är redan inskickad som ärende {ansokan.arende.diarienummer}.")
        return redirect("sidor:arende", ansokan.arende_id)
    if request.POST.get("version") != str(ansokan.version):
        return _visa_kontroll(request, ansokan, f"{OLAST} Läs igenom den och skicka igen.")
    try:
        inlamning.skicka(ansokan, av=request.user)
    except ValidationError:
        return _visa_kontroll(request, ansokan, "Några saker saknas. Inget av det ni har skrivit är borta.")
    messages.success(
        request, f"Ansökan är inskickad och har fått diarienummer {ansokan.arende.diarienummer}. Kansliet läser den nu."
    )
    return redirect("sidor:arende", ansokan.arende_id)


@require_POST
def ansokan_omarbeta(request, pk):
    """A rejected application comes back as a new draft."""
    ansokan = hamta(request, pk)
    require(policies.can_write_ansokan(request.user, ansokan))
    if ansokan.lage == Ansokan.Lage.UTKAST or ansokan.arende.lage != Arende.Lage.AVSLAGEN:
        messages.warning(request, "Bara en ansökan som har fått avslag kan omarbetas. Inget ändrades.")
        return redirect("ansokan:ansokan_detail", pk)
    ny, skapad = ansokan_kopia.omarbeta(ansokan, av=request.user)
    if skapad:
        messages.success(
            request,
            "Här är ett utkast med allt från den förra ansökan. Ändra det som behöver bli annorlunda. Varje part tar "
            "ställning igen innan ni skickar.",
        )
    else:
        messages.info(request, "Det finns redan ett utkast till en omarbetad ansökan. Här är det.")
    return redirect("ansokan:ansokan_detail", ny.pk)


@require_http_methods(["GET", "POST"])
def ansokan_delete(request, pk):
    ansokan = hamta(request, pk)
    require(policies.can_lead_ansokan(request.user, ansokan))
    if ansokan.lage != Ansokan.Lage.UTKAST:
        messages.warning(request, "Ansökan är inskickad och kan inte tas bort. Den kan återkallas på ärendets sida.")
        return redirect("ansokan:ansokan_detail", pk)
    if request.method == "POST":
        ansokan_kopia.ta_bort(ansokan, av=request.user)
        messages.success(request, f"Utkastet {ansokan.rubrik} är borttaget.")
        return redirect("ansokan:ansokan_list")
    return render(request, "ansokan/ansokan_delete.html", {"ansokan": ansokan})
