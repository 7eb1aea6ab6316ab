"""The digital notice board (MA15): when a record is announced, until when, and what is proof of it.

Three weeks for an appeal, counted from the day after the announcement (kommunallagen 13 kap. 5 §); a last day that is
a Saturday, a Sunday or a holiday gives way to the next working day (lagen 1930:173). The notice stays until that day
has passed (kommunallagen 8 kap. 12 §), and what has been up is never told differently afterwards.
"""

from datetime import timedelta

from django.db.models import F
from django.utils.timezone import localdate

from moten.models import Anslag, Mote, Publicering, Punkt
from samordning.karna.kalender import arbetsdag_tidigast, idag
from samordning.karna.models import Handelse

OVERKLAGAS_INOM = timedelta(weeks=3)
INOM = timedelta(days=2)  # after the approval (kommunallagen 8 kap. 12 §)
FORVARAS = "Förbundets kansli"


def sista_dag(upp):
    """The last day to appeal, when the record was announced on `upp`."""
    return arbetsdag_tidigast(upp + OVERKLAGAS_INOM)


def tidigast_ned(upp):
    """The first day on which the notice may be gone."""
    return sista_dag(upp) + timedelta(1)


def kan_anslas(mote):
    """Its record is approved by somebody, and is."""
    return mote.organ.justeras and mote.lage in Mote.LASTA


def sitter_uppe():
    """What is on the board today, the latest first. With the meeting and its body."""
    return (
        Anslag.objects.filter(upp__lte=idag(), ned__gt=idag())
        .select_related("mote__organ").order_by("-upp", F("mote__dag").desc(), "-pk")
    )  # fmt: skip


def nytt(mote, av):
    """An unsaved notice of the meeting's record, with the days and the place that are likely."""
    upp = idag()
    forra = Anslag.objects.order_by("-pk").values_list("forvaras", flat=True).first()
    return Anslag(mote=mote, upp=upp, ned=tidigast_ned(upp), forvaras=forra or FORVARAS, av=av)


def handelser(rad):
    """Who put it up and who changed it, and when: the proof. One query."""
    return Handelse.objects.om(rad).select_related("av").order_by("tid", "pk")


def senast(mote):
    """The day by which the approval is to be announced, or None."""
    return localdate(mote.justerat) + INOM if mote.justerat else None


def med_paragrafer(anslag):
    """[Anslag] with `paragrafer` ("§§ 43–49"), `rubriker` [(designation, heading)] as the record was published, where
    all may read it, and `sista` (the last day to appeal). Two queries."""
    anslag = list(anslag)
    moten = [rad.mote_id for rad in anslag]
    nummer = {}
    for mote, ett in Punkt.objects.filter(mote__in=moten, nummer__isnull=False).values_list("mote", "nummer"):
        nummer.setdefault(mote, []).append(ett)
    publicerat = dict(
        Publicering.objects.filter(mote__in=moten, mote__organ__publikt=True, mote__publicerat__isnull=False)
        .order_by("mote", "nr").values_list("mote", "innehall__punkter")
    )  # fmt: skip
    for rad in anslag:
        forst, sist = min(nummer.get(rad.mote_id, [0])), max(nummer.get(rad.mote_id, [0]))
        rad.paragrafer = "" if not sist else f"§ {sist}" if forst == sist else f"§§ {forst}–{sist}"
        rad.rubriker = [(punkt["beteckning"], punkt["rubrik"]) for punkt in publicerat.get(rad.mote_id, ())]
        rad.gar_att_lasa = rad.mote_id in publicerat
        rad.sista = sista_dag(rad.upp)
    return anslag
