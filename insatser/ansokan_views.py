"""Reading applications: where mine is, the whole of one, and what differs between its versions."""

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from insatser import ansokan_parter, ansokan_visning, behandlad, inlamning, jamforelse, policies
from insatser.models import Ansokan, Ansokanspart
from moten.models import Arende, Mote, Yttrande, Yttranderunda
from moten.policies import can_view_arende
from samordning.karna.models import Roll
from samordning.karna.views import get_visible_or_404, paginate, require


def hamta(request, pk):
    """The application if the user may see it; locked on POST, so that two who save come one after the other."""
    if request.method == "POST":
        # First alone: who waited for the lock would otherwise get the case as it was joined before the wait.
        Ansokan.objects.select_for_update().filter(pk=pk).first()
    ansokningar = Ansokan.objects.select_related("arende", "insats", "omarbetning_av__arende")
    return get_visible_or_404(ansokningar, request.user, pk=pk)


def synliga_bilagor(user, ansokan):
    """Who does not write sees the files of what has been sent, as it sees the texts of what has been sent."""
    if policies.can_write_ansokan(user, ansokan):
        return ansokan.bilagor.all()
    skickad = ansokan.versioner.order_by("nr").last()
    return ansokan.bilagor.filter(skapad__lte=skickad.skickad) if skickad else ansokan.bilagor.none()


@require_GET
def ansokan_list(request):
    """ "Var är min ansökan?" (MB15): the user's parties' applications; all of them for the kansli."""
    require(policies.can_list_ansokningar(request.user))
    ansokningar = Ansokan.objects.visible_to(request.user)
    if not request.user.ar_kansli:
        parter = request.user.parter_som(Roll.PARTSFORETRADARE)
        ansokningar = ansokningar.filter(pk__in=Ansokanspart.objects.filter(part__in=parter).values("ansokan"))
    visa = request.GET.get("visa", "")
    ansokningar = ansokan_visning.filtrera(ansokningar, visa)
    sida = paginate(request, ansokan_visning.med_punkter(ansokningar.for_lista()))
    context = {
        "sida": sida, "rader": ansokan_visning.listrader(list(sida), request.user), "visa": visa,
        "val": ansokan_visning.VISA, "slag": Ansokan.Slag.choices[:3], "kansli": request.user.ar_kansli,
        "sista_dag": Mote.objects.nasta_ansokningstid(),
    }  # fmt: skip
    return render(request, "ansokan/ansokan_list.html", context)


@require_GET
def ansokan_detail(request, pk):
    ansokan = hamta(request, pk)
    parter = list(ansokan_parter.med_parter(Ansokan.objects.filter(pk=pk)).get().parter.all())
    skriver = policies.can_write_ansokan(request.user, ansokan)
    oppna = inlamning.oppna_avsnitt(ansokan) if skriver else set()
    utkast = ansokan.lage == Ansokan.Lage.UTKAST
    tidigare, versioner = ansokan.omarbetning_av, list(ansokan.versioner.select_related("av"))
    context = {
        "ansokan": ansokan, "utkast": utkast, "skriver": skriver, "marke": ansokan_visning.marke(ansokan),
        "avsnitt": ansokan_visning.lasbara_avsnitt(ansokan, versioner[-1] if versioner and not skriver else None),
        "parter": [(rad, ansokan_visning.bakom_i_ord(rad, ansokan)) for rad in parter],
        "bilagor": synliga_bilagor(request.user, ansokan).select_related("fil"),
        "versioner": versioner,
        "kan_komplettera": bool(oppna) and not utkast,
        "kan_omarbeta": skriver and not utkast and ansokan.arende.lage == Arende.Lage.AVSLAGEN,
        "kan_ta_bort": utkast and policies.can_lead_ansokan(request.user, ansokan),
        "tidigare": _tidigare(request.user, tidigare) if tidigare else None,
        "omarbetningar": Ansokan.objects.visible_to(request.user).filter(omarbetning_av=ansokan).order_by("pk"),
        "behandlad": behandlad.for_ansokan(ansokan, request.user),
        "listar": policies.can_list_ansokningar(request.user),
    }  # fmt: skip
    return render(request, "ansokan/ansokan_detail.html", context)


def _tidigare(user, gammal):
    """The rejected application that this one reworks, with what was decided and advised, for who may see its case."""
    if not can_view_arende(user, gammal.arende):
        return None
    rundor = Yttranderunda.objects.filter(arende=gammal.arende, lage=Yttranderunda.Lage.STANGD)
    yttranden = Yttrande.objects.filter(runda__in=rundor).exclude(stallning="")
    return {
        "ansokan": gammal,
        "beslut": gammal.arende.alla_beslut.select_related("organ"),
        "sammanfattningar": [runda.sammanfattning for runda in rundor if runda.sammanfattning],
        "yttranden": yttranden.select_related("organ", "part", "ledamot").order_by("runda", "ordning", "pk"),
    }


@require_GET
def ansokan_versioner(request, pk):
    """Version n beside the one before it, or the two of `?fran=` and `?till=`; 0 is the application it reworks."""
    ansokan = hamta(request, pk)
    versioner = {rad.nr: rad for rad in ansokan.versioner.select_related("av")}
    namn = {nr: f"Version {nr}, {date_format(localtime(rad.skickad), 'j F Y')}" for nr, rad in versioner.items()}
    gammal = ansokan.omarbetning_av
    if gammal and can_view_arende(request.user, gammal.arende):
        versioner = {0: gammal.versioner.last(), **versioner}
        namn = {0: f"Den tidigare ansökan, {gammal.arende.diarienummer}", **namn}
    till = _vald(request, "till", versioner, max(versioner, default=None))
    fran = _vald(request, "fran", versioner, max((nr for nr in versioner if till and nr < till), default=None))
    rader = []
    if fran is not None and till is not None:
        rader = jamforelse.avsnitt_for_avsnitt(versioner[fran].innehall, versioner[till].innehall)
    context = {
        "ansokan": ansokan, "rader": rader, "namn": namn.items(), "fran": fran, "till": till,
        "fran_namn": namn.get(fran), "till_namn": namn.get(till), "kan_valja": len(versioner) > 1,
        "andrade": sum(rad.andrad for rad in rader), "listar": policies.can_list_ansokningar(request.user),
    }  # fmt: skip
    return render(request, "ansokan/ansokan_versioner.html", context)


def _vald(request, namn, versioner, annars):
    """The number of a version that there is; what is asked for otherwise gives the usual one."""
    text = request.GET.get(namn, "")
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) in versioner else annars
