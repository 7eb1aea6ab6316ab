"""What the job of a summons does: makes its packet, and sends the mails that wait. Run again, it goes on where it was.

A mail that cannot be handed over stays and is tried again by the beat task; when it has failed a few times the kansli
is told that there is one, and the meeting's page says whose seat it is. The log names the row only.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localtime

from moten import kalender_ics, kallelse, kallelse_fryst, kallelse_paket
from moten import svar as svar_
from moten.meddelanden import kansliet
from moten.models import Arende, Kallelse, Mote, Motesmejl
from samordning.karna import filer, ics, jobb, notiser
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Part

FEL_I_RAD = 3  # then the mail server is down, and the rest wait
SAGS = 3  # failures before the kansli is told
PAMINNS_FORE = timedelta(days=2)  # of the last day to answer
DAGTID = range(7, 18)  # hours in which something is sent that nobody ordered now
MALLAR = {
    Motesmejl.Slag.KALLELSE: "kallelse", Motesmejl.Slag.ERSATTARE: "ersattare",
    Motesmejl.Slag.PAMINNELSE: "paminnelse", Motesmejl.Slag.INSTALLT: "installt",
}  # fmt: skip

logg = logging.getLogger(__name__)


def skicka(arbete):
    """The job: {"mote": pk}."""
    mote = Mote.objects.select_related("organ").get(pk=arbete.parametrar["mote"])
    text = _paketet(arbete, mote)
    nycklar = list(kallelse.vantande(mote).order_by("pk").values_list("pk", flat=True))
    skickade, misslyckade = _mejlen(arbete, mote, nycklar)
    ord_ = [text] if text else []
    if skickade:
        ord_.append("Ett mejl har gått iväg." if skickade == 1 else f"{skickade} mejl har gått iväg.")
    if misslyckade:
        ord_.append(f"{misslyckade} gick inte att skicka. Mötets sida säger vilka det är.")
    svar = {"lank": reverse("moten:mote_detail", args=[mote.pk]), "text": " ".join(ord_) or "Allt var redan skickat."}
    with jobb.publicera(arbete) as klart:
        klart(svar)
    # Who has been called since the mails were read found this job under way, and ordered no other.
    if kallelse.vantande(mote).exclude(pk__in=nycklar).exists():
        kallelse.bestall(mote)
    return svar


# ---- The packet


def _paketet(arbete, mote):
    """Made once for the latest summons. What is to be said when it cannot be made; the mails leave all the same."""
    rad = mote.kallelser.last()
    if rad is None or rad.fil_id or mote.lage not in (Mote.Lage.KALLAT, Mote.Lage.PAGAR):
        return ""
    jobb.framsteg(arbete, 5, "Gör handlingarna")
    try:
        innehall = kallelse_paket.gor(rad, lambda text: jobb.framsteg(arbete, 20, text))
        with transaction.atomic():
            fil = filer.spara(innehall, kallelse_paket.filnamn(mote, rad), av=rad.av)
            fil.godkann(av=rad.av)
            Kallelse.objects.filter(pk=rad.pk, fil=None).update(fil=fil)
    except (jobb.Overtaget, DatabaseError):
        raise
    # Whatever the packet stumbles on (the library, a paper, the disk), those who are called must hear of the meeting.
    except Exception as fel:
        logg.warning("Handlingarna till kallelse %s gick inte att göra: %s", rad.pk, type(fel).__name__)
        return "Handlingarna gick inte att göra som PDF. Allt finns på mötets sida."
    return ""


# ---- The mails


def _mejlen(arbete, mote, nycklar):
    """(sent, failed)"""
    skickade, misslyckade, i_rad = 0, 0, 0
    for nr, pk in enumerate(nycklar):
        jobb.framsteg(arbete, 30 + 70 * nr // len(nycklar), f"Mejl {nr + 1} av {len(nycklar)}")
        gick = _skicka(pk)
        skickade += gick is True
        misslyckade += gick is False
        i_rad = i_rad + 1 if gick is False else 0
        if i_rad == FEL_I_RAD:
            break
    _sag_till(mote, nycklar)
    return skickade, misslyckade


@transaction.atomic
def _skicka(pk):
    """True when it left, False when it could not, None when it was not to be sent. Its row is locked meanwhile, so of
    two at once one sends it."""
    mejl = (
        Motesmejl.objects.filter(pk=pk, skickat=None)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("mote__organ", "narvaro__kontakt__anvandare", "narvaro__part", "kallelse")
        .first()
    )
    if mejl is None:
        return None
    if _ar_forbi(mejl):
        mejl.delete()
        return None
    Motesmejl.objects.filter(pk=pk).update(forsok=F("forsok") + 1)
    try:
        _mejla(mejl)
    except (OSError, ValueError):
        logg.warning("Mejl %s om ett möte gick inte att skicka", pk)
        return False
    Motesmejl.objects.filter(pk=pk).update(skickat=nu())
    return True


def _ar_forbi(mejl):
    """What it says is not true any more."""
    lage = Mote.Lage.INSTALLT if mejl.slag == Motesmejl.Slag.INSTALLT else Mote.Lage.KALLAT
    return mejl.mote.lage != lage or (mejl.slag == Motesmejl.Slag.PAMINNELSE and bool(mejl.narvaro.svar))


def _mejla(mejl):
    mote, rad = _som_det_sas(mejl)[0], mejl.narvaro
    if not rad.kontakt.epost:
        raise ValueError("no address")
    forbund = Part.objects.forbund()
    arrangor = kalender_ics.arrangor(forbund)
    mall = MALLAR[mejl.slag]
    notiser.mejla(
        rad.kontakt.epost, f"moten/{mall}", innehallet(mejl, forbund),
        svar_till=arrangor[1],
        kalender=None if mall == "paminnelse" else kalender_ics.inbjudan(mote, rad.kontakt.epost, arrangor),
    )  # fmt: skip


def _som_det_sas(mejl):
    """(meeting, agenda): as they were when the summons was sent; as they are now for what is sent between summonses."""
    if mejl.slag == Motesmejl.Slag.KALLELSE:
        mejl.kallelse.mote = mejl.mote
        return kallelse_fryst.las(mejl.kallelse)[:2]
    return mejl.mote, list(mejl.mote.punkter.select_related("arende"))


def innehallet(mejl, forbund):
    """What the templates of templates/mejl/moten/ get: the meeting, and no name of a person."""
    rad, sant = mejl.narvaro, mejl.kallelse
    mote, agenda = _som_det_sas(mejl)
    ser = _synliga_arenden(rad.kontakt.anvandare, agenda, sant)
    return {
        "organ": ics.rad(mote.organ.namn), "rubrik": ics.rad(mote.rubrik),
        "dag": kallelse.dagar(mote), "tid": kallelse.tid(mote), "plats": ics.rad(mote.plats),
        "videolank": mote.lank, "svara_senast": mote.svara_senast, "part": str(rad.part) if rad.part_id else "",
        "nr": sant.nr if sant else 1, "halsning": sant.halsning.strip() if sant else "",
        "andringar": [text for text, arende in sant.andringar if arende is None or arende in ser] if sant else [],
        "punkter": [
            (nr, ics.rad(punkt.rubrik))  # the packet's number, also when one before it is left out
            for nr, punkt in enumerate(agenda, 1)
            if punkt.arende_id is None or punkt.arende_id in ser
        ],
        "svar": rad.get_svar_display().lower(), "lank": settings.ADRESS + reverse("moten:mote_detail", args=[mote.pk]),
        "svarslank": settings.ADRESS + svar_.lank(rad), "har_konto": bool(rad.kontakt.anvandare_id),
        "kansliet": forbund,
    }  # fmt: skip


def _synliga_arenden(anvandare, agenda, sant):
    """The cases that the mail may tell of: those that the receiver may read in the application; for somebody without
    an account, those that have come as far as to a preparation group, which everybody in the bodies reads."""
    arenden = {punkt.arende_id for punkt in agenda} | {arende for _, arende in (sant.andringar if sant else ())}
    rader = Arende.objects.filter(pk__in=arenden - {None})
    if anvandare:
        return set(rader.visible_to(anvandare).values_list("pk", flat=True))
    return {arende.pk for arende in rader if arende.beredd}


def _sag_till(mote, nycklar):
    """A notice to the kansli when one of these mails has failed `SAGS` times."""
    if mote.mejl.filter(pk__in=nycklar, skickat=None, forsok=SAGS).exists():
        notiser.notify(
            kansliet(), "moten/mejl_fel", reverse("moten:mote_detail", args=[mote.pk]),
            f"{kallelse.namn(mote)}: alla mejl har inte gått fram",
        )  # fmt: skip


def misslyckade(mote):
    """([Narvaro], [Narvaro]): whose mail has been tried and not left, and who is called and has no address. Two
    queries."""
    forsokt = set(mote.mejl.filter(skickat=None, forsok__gt=0).values_list("narvaro", flat=True))
    rader = list(mote.narvaro.i_ordning().exclude(kallad=None))
    utan = [rad for rad in rader if not rad.kontakt.epost]
    return [rad for rad in rader if rad.pk in forsokt and rad not in utan], utan


@transaction.atomic
def forsok_igen(mote, *, av):
    """Everything that has not left is tried from the beginning."""
    mote.mejl.filter(skickat=None).update(forsok=0)
    return kallelse.bestall(mote, av)


# ---- What beat does


def svep():
    """Order a job for each meeting with mails that wait. How many."""
    moten = Mote.objects.filter(
        pk__in=Motesmejl.objects.filter(skickat=None, forsok__lt=Motesmejl.FORSOK).values("mote")
    ).select_related("organ")  # fmt: skip
    for mote in moten:
        kallelse.bestall(mote)
    return len(moten)


def paminn_alla(stund=None):
    """Remind of the last day to answer, two days before it, once for each summons and by day. How many mails."""
    if localtime(stund or nu()).hour not in DAGTID:
        return 0
    antal = 0
    for pk in Mote.objects.filter(
        lage=Mote.Lage.KALLAT, svara_senast__range=(idag(), idag() + PAMINNS_FORE), kallat__lt=nu() - kallelse.ETT_DYGN
    ).values_list("pk", flat=True):
        antal += _paminn_om_dagen(pk)
    return antal


@transaction.atomic
def _paminn_om_dagen(pk):
    mote = Mote.objects.select_for_update(of=("self",)).select_related("organ").get(pk=pk)
    if mote.lage != Mote.Lage.KALLAT:
        return 0
    if kallelse.paminnelser(mote).filter(skapat__date__gte=mote.svara_senast - PAMINNS_FORE).exists():
        return 0
    return kallelse.paminn(mote) or 0
