"""The summons: looked through and sent, its packet, reminders, and mails that did not leave (MA10)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import kallelse, kallelse_jobb, narvaro, policies
from moten.dagordning_mote_views import hamta
from moten.kallelse_forms import KallelseForm
from moten.models import Arende, Kallelse, Mote
from moten.svar import krav_svaras
from samordning.karna import filer
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Jobb
from samordning.karna.views import skapa_en_gang


@require_http_methods(["GET", "POST"])
def kallelse_create(request, pk):
    """The first one, or one more with what is new since the last. What is wrong is said before it is sent."""
    mote = hamta(request, pk)
    if "kalla" not in mote.mojliga_overgangar:
        raise OtillatenOvergang(
            f"Mötet är {mote.get_lage_display().lower()}, så det går inte att kalla till. Inget ändrades."
        )
    if (mote.sista_dag or mote.dag) < idag():
        raise OtillatenOvergang("Mötets dag har varit, så det går inte att kalla till. Ändra dagen först.")
    agenda, rader, forra = kallelse.punkter(mote), kallelse.att_kalla(mote), mote.kallelser.last()
    bilagor = kallelse.bilagor(mote, agenda)
    visat = kallelse.innehall(mote, agenda, bilagor)
    nr = forra.nr if forra else 0
    form = KallelseForm.from_request(
        request,
        mote=mote,
        rader=rader,
        visat=visat | {"nr": nr},
        initial={"svara_senast": kallelse.forvald_svarsdag(mote)},
    )

    def skapa():
        return kallelse.skicka(
            mote, av=request.user, halsning=form.cleaned_data["halsning"],
            svara_senast=form.cleaned_data["svara_senast"], kontakter=form.valda(),
        )  # fmt: skip

    if skickad := skapa_en_gang(request, form, Kallelse, skapa, _skickad):
        return redirect("moten:mote_detail", skickad.mote_id)
    senast = kallelse.senast_skickad(mote)
    context = {
        "mote": mote, "form": form, "forra": forra, "punkter": agenda, "bilagor": bilagor,
        "minuter": sum(punkt.minuter or 0 for punkt in agenda), "senast": senast, "sen": senast < idag(),
        "saknar_adress": [rad for rad in rader if not rad.kontakt.epost],
        "saknar_part": _saknar_part(mote, agenda, rader),
        "andringar": [text for text, _ in kallelse.nytt_sedan(mote, forra, visat)] if forra else [],
        "fragas_igen": bool(forra) and kallelse.flyttat(forra.innehall, visat),
    }  # fmt: skip
    return render(request, "moten/kallelse_create.html", context)


def _saknar_part(mote, agenda, rader):
    osparade = [rad for rad in rader if rad.pk is None]
    return list(narvaro.saknade_parter(mote, agenda, osparade).items())


def _skickad(rad):
    antal = rad.mote.mejl.filter(kallelse=rad).count()
    mejl = "Ett mejl är" if antal == 1 else f"{antal} mejl är"
    return f"Kallelsen är klar. {mejl} på väg, och handlingarna görs som PDF."


@require_GET
def kallelse_fil(request, pk):
    """The packet, for who may read everything that it holds."""
    rad = get_object_or_404(Kallelse.objects.select_related("mote__organ", "fil"), pk=pk)
    if rad.fil is None or not policies.can_view_kallelse(request.user, rad):
        raise Http404
    return filer.svar(rad.fil)


@require_POST
def kallelse_paminn(request, pk):
    """Those who have not answered, at most once a day: who is reminded more often stops reading."""
    mote = hamta(request, pk)
    krav_svaras(mote)
    antal = kallelse.paminn(mote, av=request.user)
    if antal is None:
        messages.info(request, "En påminnelse har redan gått det senaste dygnet. Inget skickades.")
    elif not antal:
        messages.info(request, "Det finns ingen att påminna. Inget skickades.")
    else:
        messages.success(request, f"{antal} {'person får' if antal == 1 else 'personer får'} en påminnelse.")
    return redirect("moten:mote_detail", pk)


@require_POST
def kallelse_igen(request, pk):
    """Mails that have not left, and a packet that was not made, are tried again."""
    mote = hamta(request, pk)
    kallelse_jobb.forsok_igen(mote, av=request.user)
    messages.success(request, "Vi försöker igen. Det som redan är skickat skickas inte en gång till.")
    return redirect("moten:mote_detail", pk)


def _synliga(user, rad):
    """The changes that do not tell of a case that the reader may not see."""
    synliga = set(
        Arende.objects.visible_to(user).filter(pk__in=[arende for _, arende in rad.andringar if arende])
        .values_list("pk", flat=True)
    )  # fmt: skip
    return [text for text, arende in rad.andringar if arende is None or arende in synliga]


def for_motets_sida(request, mote, kansli):
    """What the meeting's page shows of its summons and the reader's own answer, to who belongs to the meeting. A fixed
    number of queries."""
    rad = mote.kallelser.select_related("fil").last() if mote.lage != Mote.Lage.INSTALLT else None
    kallat = mote.lage == Mote.Lage.KALLAT
    eget = (
        mote.narvaro.filter(kontakt__anvandare=request.user, kallad__isnull=False).select_related("part").first()
        if kallat
        else None
    )
    context = {
        "kallelse": rad, "eget_svar": eget,
        "andringar": _synliga(request.user, rad) if rad else [],
        "far_ladda_ner": bool(rad) and policies.can_read_packet(request.user, rad),
    }  # fmt: skip
    if kansli and (kallat or mote.lage == Mote.Lage.INSTALLT):
        tysta, utan_adress = kallelse_jobb.misslyckade(mote)
        arbete = Jobb.objects.filter(uppgift=kallelse.UPPGIFT, parametrar={"mote": mote.pk}).last()
        context |= {
            "svarslage": kallelse.svarslage(mote) if kallat else None, "tysta": tysta,
            "utan_adress": utan_adress if kallat else [], "arbete": arbete,
            "pamind_nyss": kallat and kallelse.pamind_nyss(mote),
            "obesvarade": kallelse.obesvarade(mote).count() if kallat else 0,
            "forsok_igen": bool(tysta or (rad and kallat and rad.fil is None)) and not (arbete and arbete.ar_aktivt),
        }  # fmt: skip
    return {"kallelsen": context}
