"""The application for one more year, which writes itself (MB3): from the agreement, its conditions, the insats' latest
half-year report and the sentences of the latest released report to the board.

Nothing internal goes in: only what a released styrelse version says, with its small numbers hidden (beslut.md 9).
"""

from django.db import transaction
from django.utils.formats import date_format

from insatser.models import Ansokan, Ansokansar, Ansokanspart, Avtal, Lagesrapport, Villkor
from insatser.reports import UTAN_SIFFROR, belopp_for, nasta_period
from moten.models import Arende
from samordning.karna.kalender import Period, idag
from samordning.karna.models import Handelse, Rapportversion
from uppfoljning import rapportversioner
from uppfoljning.meningar import SKAL, meningar

FRAGA = "Hur ser beredningsgruppen på en förlängning?"


class KanInteForlangas(Exception):
    """Why not, in Swedish. `ansokan`: the one that there is already; `ny_ansokan`: a new one is the way on."""

    def __init__(self, text, *, ansokan=None, ny_ansokan=False):
        super().__init__(text)
        self.ansokan, self.ny_ansokan = ansokan, ny_ansokan


def prova(avtal) -> object:
    """The option that an application would be about. KanInteForlangas when there can be none."""
    paborjad = (
        Ansokan.objects.filter(avtal=avtal, forlangt_till=None)
        .exclude(arende__lage__in=Arende.SLUTLAGEN)
        .select_related("arende")
        .first()
    )
    if paborjad:
        raise KanInteForlangas(
            "Det finns redan en ansökan om förlängning av avtalet. Fortsätt med den.", ansokan=paborjad
        )
    if avtal.slut < idag():
        raise KanInteForlangas(
            f"Avtalet gick ut den {_dag(avtal.slut)} och kan inte förlängas. En ny ansökan krävs.", ny_ansokan=True
        )
    if not (period := nasta_period(avtal)):
        raise KanInteForlangas(
            "Avtalet har ingen förlängning kvar. En ny ansökan krävs om insatsen ska fortsätta.", ny_ansokan=True
        )
    return period


@transaction.atomic
def starta(avtal, *, av) -> Ansokan:
    """The draft. One at a time for an agreement; KanInteForlangas as `prova`."""
    avtal = Avtal.objects.select_for_update(of=("self",)).select_related("insats").get(pk=avtal.pk)
    period = prova(avtal)
    resultat, version = resultatet(avtal)
    ansokan = Ansokan.objects.create(
        slag=Ansokan.Slag.FORLANGNING, rubrik=avtal.insats.namn, avtal=avtal, insats=avtal.insats,
        start=period.fran, slut=period.till, platser=avtal.platser, deltagarveckor=avtal.deltagarveckor,
        resultat=resultat, rapportversion=version, framat=framat(avtal), fraga=FRAGA, skapad_av=av,
    )  # fmt: skip
    parter = [avtal.huvudpart_id, *avtal.parter.exclude(pk=avtal.huvudpart_id).values_list("pk", flat=True)]
    Ansokanspart.objects.bulk_create(
        Ansokanspart(ansokan=ansokan, part_id=part, huvud=nr == 0) for nr, part in enumerate(parter)
    )
    Ansokansar.objects.bulk_create(
        Ansokansar(ansokan=ansokan, ar=ar, kronor=kronor) for ar, kronor in belopp_for(avtal, period).items()
    )
    Handelse.logga(ansokan, "skapad", av=av, till=ansokan.lage, data={"avtal": avtal.pk})
    return ansokan


def framat(avtal) -> str:
    """What the insats wrote about the time to come in its latest report that is in."""
    inne = avtal.rapporter.filter(lage__in=Lagesrapport.INLAMNADE).exclude(framat="")
    return inne.order_by("-till").values_list("framat", flat=True).first() or ""


# ---- The results


def resultatet(avtal):
    """(the text of the section, the released version that its figures come from or None)."""
    siffror, version = slappta_meningar(avtal.insats)
    delar = [f"{siffror}\n\n{kalla(version)}" if version else UTAN_SIFFROR, _villkor(avtal)]
    return "\n\n".join(filter(None, delar)), version


def slappta_meningar(insats, inom=None):
    """(sentences, version): what the latest released report to the board that has the insats says of it; ("", None)
    when there is none. With `inom`, a Period: of a report, and of its narrowest part, that holds the whole of it."""
    slug = insats.slug
    rader = Rapportversion.objects.filter(typ=rapportversioner.TYP, malgrupp=Rapportversion.Malgrupp.STYRELSE)
    rader = rader.utgivna().order_by("-till", "-fran", "-version")
    if inom:
        rader = rader.filter(fran__lte=inom.fran, till__gte=inom.till).order_by("till", "-fran", "-version")
    for version in rader.iterator(chunk_size=1):
        delar = [del_ for del_ in version.varden["delar"] if slug in del_["per_insats"] and _tacker(del_, inom)]
        if delar:
            # The last part is the widest: the year, where there is one.
            valda = delar[0] if inom else delar[-1]
            return meningar(valda, slug, version.varden["namn"].get(slug, insats.namn)), version
    return "", None


def nytt_resultat(ansokan):
    """(text to start from, version) for a section that is to have the latest figures: what somebody has typed stays
    above them. ("", None) when there are none, or the section has them already."""
    resultat, version = resultatet(ansokan.avtal)
    if version is None or resultat in ansokan.resultat:
        return "", None
    skrivet = "" if ansokan.resultat.startswith(UTAN_SIFFROR) else ansokan.resultat.strip()
    return "\n\n".join(filter(None, [skrivet, resultat])), version


def kalla(version) -> str:
    return (
        f"Talen kommer från {rapportversioner.namn(version)}, version {version.version}, som är släppt till styrelsen. "
        f"Små tal visas inte, {SKAL}."
    )


def _tacker(del_, inom):
    if not inom:
        return True
    period = Period.av_text(*del_["period"])
    return period.fran <= inom.fran and inom.till <= period.till


def _villkor(avtal):
    """The conditions of the grants so far, with how they went."""
    rader = [f"– {rad.text.strip()} ({_hur_det_gick(rad)})" for rad in avtal.alla_villkor.all()]
    return "\n".join(["Villkor i besluten:", *rader]) if rader else ""


def _hur_det_gick(villkor):
    if villkor.status == Villkor.Status.OPPET:
        return f"inte uppföljt, ska följas upp senast {_dag(villkor.foljs_upp)}"
    text = f"{villkor.get_status_display().lower()} {_dag(villkor.uppfoljt)}"
    return f"{text}: {villkor.uppfoljning.strip()}" if villkor.uppfoljning.strip() else text


def _dag(dag):
    return date_format(dag, "j F Y")
