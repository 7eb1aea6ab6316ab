"""What the kansli prepares for the phones of a meeting, opens and closes."""

from django.contrib import messages
from django.db.models import Avg, Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import narvaro, policies, rum, rum_resultat
from moten.dagordning_mote_views import hamta
from moten.models import Alternativ, Grupparbete, Mote, Omrostning, Organ, Punkt, Svar, Utvardering, Utvarderingsfraga
from moten.models.rum import OppenStangd
from moten.rum_forms import FlyttaForm, FragaForm, GrupparbeteForm, OmrostningForm
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models import Handelse
from samordning.karna.views import loggad, require, skapa_en_gang

FORBEREDS = (*Mote.FORE, Mote.Lage.PAGAR)


def krav_forbereds(mote, lagen=FORBEREDS):
    if mote.lage not in lagen:
        raise OtillatenOvergang(f"Mötet är {mote.get_lage_display().lower()}. Inget ändrades.")


def _las(request, mote_pk):
    """The meeting, locked on POST, for who handles meetings."""
    mote = hamta(request, mote_pk)
    if request.method == "POST":
        krav_forbereds(mote)
    return mote


def hamta_punkt(request, pk):
    require(policies.can_handle_mote(request.user))
    punkt = get_object_or_404(Punkt, pk=pk)
    punkt.mote = _las(request, punkt.mote_id)
    return punkt


# ---- Groups


@require_http_methods(["GET", "POST"])
def grupparbete_edit(request, pk):
    """Of an item: questions and groups, drawn when it is saved; what the groups have written so far."""
    punkt = hamta_punkt(request, pk)
    arbete = Grupparbete.objects.filter(punkt=punkt).first() or Grupparbete(punkt=punkt)
    arbete.punkt = punkt
    form = GrupparbeteForm.from_request(request, instance=arbete)
    if request.method == "POST" and form.is_valid():
        arbete = form.save()
        if form.cleaned_data["antal"] != arbete.grupper.count() or "lotta" in request.POST:
            rum.gor_grupper(arbete, form.cleaned_data["antal"])
        Handelse.logga(arbete, "andrad", av=request.user)
        messages.success(request, "Grupparbetet är sparat.")
        return redirect("moten:grupparbete_edit", pk)
    grupper = list(arbete.grupper.prefetch_related("deltagare__kontakt")) if arbete.pk else []
    context = {
        "mote": punkt.mote, "punkt": punkt, "arbete": arbete, "form": form, "grupper": grupper,
        "flytta": FlyttaForm(arbete=arbete) if grupper else None, "pagar": punkt.mote.lage == Mote.Lage.PAGAR,
    }  # fmt: skip
    return render(request, "moten/grupparbete_edit.html", context)


def hamta_del(request, modell, pk):
    """Something of the room with its meeting, which is locked first on POST."""
    require(policies.can_handle_mote(request.user))
    rad = get_object_or_404(modell, pk=pk)
    mote = _las(request, rad.mote_id if modell is Utvardering else rad.punkt.mote_id)
    if modell is Utvardering:
        rad.mote = mote
    else:
        rad.punkt.mote = mote
    return rad, mote


@require_POST
def grupp_flytta(request, pk):
    arbete, _ = hamta_del(request, Grupparbete, pk)
    form = FlyttaForm.from_request(request, arbete=arbete)
    if form.is_valid():
        rum.flytta(arbete, form.cleaned_data["narvaro"], form.cleaned_data["grupp"])
        messages.success(request, "Personen är flyttad.")
    else:
        messages.warning(request, "Välj en person som är här, och en av grupperna. Inget ändrades.")
    return redirect("moten:grupparbete_edit", arbete.punkt_id)


def ingen_har(mote):
    """Why what everybody sends once cannot be opened, in words; "" when it can. No more is taken than there are people,
    so somebody must have been ticked off."""
    if narvaro.antal_har(mote):
        return ""
    return "Pricka av vilka som är här först: fler svar än det finns personer tas inte emot. Inget ändrades."


def vand(request, modell, pk, hinder=lambda mote: ""):
    """Open or close, as `vad` of the form says: (the row, the meeting). Opened only while the meeting goes on.
    `hinder(mote)` is why it cannot be opened, in words."""
    rad, mote = hamta_del(request, modell, pk)
    vad = request.POST.get("vad")
    krav_forbereds(mote, (Mote.Lage.PAGAR,))
    if vad not in ("oppna", "stang"):
        raise OtillatenOvergang("Valet gick inte att läsa. Inget ändrades.")
    if vad == "oppna" and (text := hinder(mote)):
        raise OtillatenOvergang(text)
    rad._overga(vad, av=request.user)
    messages.success(request, "Öppet. Det syns på telefonerna." if vad == "oppna" else "Stängt. Svaren ligger fast.")
    return rad, mote


@require_POST
def grupparbete_vand(request, pk):
    arbete, _ = vand(request, Grupparbete, pk)
    return redirect("moten:grupparbete_edit", arbete.punkt_id)


# ---- Dots


@require_http_methods(["GET", "POST"])
def omrostning_create(request, pk):
    punkt = hamta_punkt(request, pk)
    form = OmrostningForm.from_request(request, instance=Omrostning(punkt=punkt))

    def skapa():
        rad = form.save()
        Alternativ.objects.bulk_create(
            Alternativ(omrostning=rad, ordning=nr, text=text)
            for nr, text in enumerate(form.cleaned_data["alternativ"], 1)
        )
        return loggad(request, rad)

    if rad := skapa_en_gang(request, form, Omrostning, skapa, "Omröstningen är sparad. Öppna den när det är dags."):
        return redirect("moten:omrostning_detail", rad.pk)
    context = {
        "mote": punkt.mote, "form": form, "rubrik": f"Ny prickröstning: {punkt.rubrik}", "knapp": "Spara",
        "ingress": "Var och en sätter sina prickar på sin telefon.",
    }  # fmt: skip
    return render(request, "moten/motet_form.html", context)


@require_GET
def omrostning_detail(request, pk):
    rad, mote = hamta_del(request, Omrostning, pk)
    antal = rum.Antal(rad.valsedlar.count(), narvaro.antal_har(mote))
    context = {
        "mote": mote, "omrostning": rad, "punkt": rad.punkt, "pagar": mote.lage == Mote.Lage.PAGAR, "antal": antal,
        "resultat": rum_resultat.staplar(rad) if rad.lage == OppenStangd.STANGD else None,
        "alternativ": list(rad.alternativ.select_related("sammanslaget_med")),
    }  # fmt: skip
    return render(request, "moten/omrostning_detail.html", context)


@require_POST
def omrostning_vand(request, pk):
    vand(request, Omrostning, pk, ingen_har)
    return redirect("moten:omrostning_detail", pk)


@require_POST
def omrostning_tom(request, pk):
    """There are more ballots than people: they are all taken away, and everybody votes anew."""
    rad, mote = hamta_del(request, Omrostning, pk)
    krav_forbereds(mote, (Mote.Lage.PAGAR,))
    Handelse.logga(rad, "tomd", av=request.user, data={"valsedlar": rum.tom(rad)})
    messages.success(request, "Rösterna är borttagna. Nu kan alla rösta en gång till.")
    return redirect("moten:omrostning_detail", pk)


@require_POST
def omrostning_sla_ihop(request, pk):
    """`ena` is counted with `andra`; without `andra` by itself again."""
    rad, _ = hamta_del(request, Omrostning, pk)
    if rad.lage != OppenStangd.STANGD:
        raise OtillatenOvergang("Stäng omröstningen först. Inget ändrades.")
    ena, andra = (_tal(request.POST.get(namn, "")) for namn in ("ena", "andra"))
    rum.sla_ihop(rad, ena, andra)
    Handelse.logga(rad, "sammanslaget", av=request.user, data={"ena": ena, "andra": andra})
    messages.success(request, "Sparat. Båda antalen står kvar i anteckningarna." if andra else "De räknas var för sig.")
    return redirect("moten:omrostning_detail", pk)


def _tal(text):
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_POST
def omrostning_delete(request, pk):
    """Only one that nobody has seen."""
    rad, mote = hamta_del(request, Omrostning, pk)
    if rad.lage != OppenStangd.UTKAST:
        raise OtillatenOvergang("Omröstningen har varit öppen och tas inte bort. Inget ändrades.")
    Handelse.logga(rad.punkt, "omrostning_borttagen", av=request.user, data={"omrostning": rad.pk})
    rad.delete()
    messages.success(request, "Omröstningen är borttagen.")
    return redirect("moten:rummet", mote.pk)


# ---- The evaluation


@require_http_methods(["GET", "POST"])
def utvardering_edit(request, pk):
    """The meeting's questions; the first look proposes those of the last meeting, saved by its button."""
    mote = _las(request, pk)
    rad = Utvardering.objects.filter(mote=mote).prefetch_related("fragor").first()
    if request.method == "POST" and rad is None:
        loggad(request, rum.ny_utvardering(mote))
        messages.success(request, "Frågorna är förberedda. Ta bort dem du inte vill ha.")
        return redirect("moten:utvardering_edit", pk)
    form = None
    if rad and rad.lage == OppenStangd.UTKAST:
        ny = Utvarderingsfraga(utvardering=rad, ordning=rum.nasta_ordning(rad.fragor))
        form = FragaForm.from_request(request, instance=ny)
        if skapa_en_gang(request, form, Utvarderingsfraga, form.save, "Frågan är tillagd."):
            return redirect("moten:utvardering_edit", pk)
    elif request.method == "POST":
        raise OtillatenOvergang("Utvärderingen har öppnats, så frågorna ändras inte. Inget är sparat.")
    stangd = rad and rad.lage == OppenStangd.STANGD
    context = {
        "mote": mote, "utvardering": rad, "form": form, "pagar": mote.lage == Mote.Lage.PAGAR,
        "antal": rum.Antal(rad.svarare.count(), narvaro.antal_har(mote)) if rad else None, "minst": Utvardering.MINST,
        "resultat": rum_resultat.utvardering(mote) if stangd else (),
    }  # fmt: skip
    return render(request, "moten/utvardering_edit.html", context)


@require_POST
def fraga_delete(request, pk):
    require(policies.can_handle_mote(request.user))
    fraga = get_object_or_404(Utvarderingsfraga, pk=pk)
    utvardering, mote = hamta_del(request, Utvardering, fraga.utvardering_id)
    if utvardering.lage != OppenStangd.UTKAST:
        raise OtillatenOvergang("Utvärderingen har öppnats, så frågorna ändras inte. Inget ändrades.")
    fraga.delete()
    messages.success(request, "Frågan är borttagen.")
    return redirect("moten:utvardering_edit", mote.pk)


def _har_visats(mote):
    """What has been shown stays as it is: one answer more would be told by the difference."""
    if rum_resultat.utvardering(mote):
        return "Svaren har redan visats, så utvärderingen öppnas inte igen. Inget ändrades."
    return ingen_har(mote)


@require_POST
def utvardering_vand(request, pk):
    _, mote = vand(request, Utvardering, pk, _har_visats)
    return redirect("moten:utvardering_edit", mote.pk)


@require_POST
def utvardering_tom(request, pk):
    """There are more answers than people: they are all taken away, and everybody answers anew."""
    rad, mote = hamta_del(request, Utvardering, pk)
    krav_forbereds(mote, (Mote.Lage.PAGAR,))
    Handelse.logga(rad, "tomd", av=request.user, data={"svarare": rum.tom_utvardering(rad)})
    messages.success(request, "Svaren är borttagna. Nu kan alla svara en gång till.")
    return redirect("moten:utvardering_edit", mote.pk)


@require_GET
def utvardering_trend(request, pk):
    """How the questions with stars have been answered, meeting by meeting: closed ones, with enough answers."""
    require(policies.can_handle_mote(request.user))
    organ = get_object_or_404(Organ, pk=pk)
    rader = (
        Svar.objects.filter(
            fraga__slag=Utvarderingsfraga.Slag.STJARNOR, fraga__utvardering__mote__organ=organ,
            fraga__utvardering__lage=OppenStangd.STANGD,
        )
        .values("fraga__text", "fraga__utvardering__mote__dag")
        .annotate(n=Count("pk"), snitt=Avg("varde")).filter(n__gte=Utvardering.MINST)
        .order_by("fraga__utvardering__mote__dag", "fraga__text")
    )  # fmt: skip
    dagar = list(dict.fromkeys(rad["fraga__utvardering__mote__dag"] for rad in rader))[-8:]
    varden = {(rad["fraga__text"], rad["fraga__utvardering__mote__dag"]): rad for rad in rader}
    fragor = list(dict.fromkeys(text for text, _ in varden))
    tabell = [(text, [varden.get((text, dag)) for dag in dagar]) for text in fragor]
    return render(request, "moten/utvardering_trend.html", {"organ": organ, "dagar": dagar, "tabell": tabell})


@require_GET
def rummet(request, pk):
    """What is prepared for the phones, item by item."""
    mote = hamta(request, pk)
    punkter = list(mote.punkter.select_related("grupparbete", "ordrunda").prefetch_related("omrostningar"))
    for punkt in punkter:
        punkt.mote = mote
    context = {
        "mote": mote, "punkter": punkter, "utvardering": Utvardering.objects.filter(mote=mote).first(),
        "pagar": mote.lage == Mote.Lage.PAGAR, "forbereds": mote.lage in FORBEREDS,
    }  # fmt: skip
    return render(request, "moten/rummet.html", context)
