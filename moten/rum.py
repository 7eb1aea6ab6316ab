"""The room: what people at a meeting do together on their phones, without accounts (MA12, MA13, MA14).

A short code on the wall opens the room while the meeting goes on, and nothing else. A phone keeps a random mark in a
cookie; only a print of it is stored, so that one phone votes and answers once.

Who throws the cookie away is a new phone, and a whole room shares one address. So what stops somebody from sending many
is the number of people: no more are taken than are ticked off as here and a few, and both numbers are shown to all.
"""

import hashlib
import hmac
import random
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Max

from moten import narvaro
from moten.jav import toppar
from moten.models import (
    Alternativ,
    Grupp,
    Mote,
    Narvaro,
    Omrostning,
    Ordrunda,
    Ordsvar,
    Prick,
    Svar,
    Svarare,
    Utvardering,
    Utvarderingsfraga,
    Valsedel,
)
from moten.models.rum import OppenStangd
from samordning.karna import gissning
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag

LANGD = 6  # of a code: 30 bits, and few wrong guesses an hour
FEL_PER_TIMME = 30  # from one address, which a whole meeting may share
STANGT = "Det är stängt nu. Det som redan är skickat är sparat, men inget nytt."
FULLT = (
    "Det har redan kommit fler svar än det finns personer här, så ditt är inte sparat. "
    "Säg till den som leder mötet och skicka sedan igen."
)
# The questions of the sources: eight with stars and one with yes or no.
VANLIGA_FRAGOR = (
    ("Mötet som helhet", "stjarnor"), ("Förberedelserna", "stjarnor"), ("Innehållet", "stjarnor"),
    ("Möjligheten att säga vad jag tycker", "stjarnor"), ("Arbetet i grupper", "stjarnor"),
    ("Tiden räckte", "stjarnor"), ("Lokalen och tekniken", "stjarnor"), ("Det vi kom fram till", "stjarnor"),
    ("Var mötet värt tiden?", "ja_nej"), ("Mötet med ett ord", "ett_ord"),
)  # fmt: skip


def kod(mote):
    """The meeting's code. Another one when the meeting is opened again."""
    text = f"{mote.pk}:{mote.oppnat.isoformat() if mote.oppnat else ''}"
    siffror = hmac.digest(settings.SECRET_KEY.encode(), f"moten.rum:{text}".encode(), "sha256")
    return "".join(gissning.ALFABET[byte % len(gissning.ALFABET)] for byte in siffror[:LANGD])


def hitta(text):
    """The meeting that goes on and has the code, or None. One query."""
    text = "".join(text.split()).replace("-", "").upper()
    if len(text) != LANGD:
        return None
    for mote in Mote.objects.filter(lage=Mote.Lage.PAGAR).select_related("organ"):
        if _samma(kod(mote), text):
            return mote
    return None


def _samma(ena, andra):
    return hmac.compare_digest(ena.encode(), andra.encode())


def ar_slut(text):
    """Is it the code of a meeting of today that has ended? Phones that still ask with it are no guesses."""
    slut = Mote.objects.filter(dag=idag(), oppnat__isnull=False).exclude(lage=Mote.Lage.PAGAR)
    return any(_samma(kod(mote), text.upper()) for mote in slut)


def for_manga_fel(ip):
    return cache.get(f"rum-fel:{ip}", 0) >= FEL_PER_TIMME


def rakna_fel(ip):
    gissning.rakna_fel(f"rum-fel:{ip}")


def enhet(mote, marke):
    """The print of a phone's mark in one meeting: the same phone in two meetings cannot be told to be the same."""
    return hashlib.sha256(f"{mote.pk}:{marke}".encode()).hexdigest()


# ---- How many may send


class Fullt(OtillatenOvergang):
    """As many have sent already as there are people."""


@dataclass(frozen=True)
class Antal:
    """How many phones have sent, and how many people are ticked off as here."""

    svar: int
    har: int

    @property
    def hogst(self):
        """One to spare for each ten: somebody's phone was changed, or the list is one short."""
        return self.har + self.har // 10 + 1

    @property
    def fullt(self):
        return self.svar >= self.hogst

    @property
    def fler(self):
        """More than there are people: somebody has sent twice, or is not ticked off."""
        return self.svar > self.har


def krav_plats(mote, svar):
    """Fullt when a phone that has not sent before is one too many. The caller holds what it sends to."""
    if Antal(svar, narvaro.antal_har(mote)).fullt:
        raise Fullt(FULLT)


def oppet(mote):
    """{"grupper": [...], "omrostningar": [...], "rundor": [...], "utvardering": ... or None} that is open in the room,
    the last three with `svar_antal`, from how many phones. Five queries."""
    utvardering = (
        Utvardering.objects.filter(mote=mote, lage=OppenStangd.OPPEN).annotate(svar_antal=Count("svarare")).first()
    )
    return {
        "rundor": list(
            Ordrunda.objects.filter(punkt__mote=mote, lage=OppenStangd.OPPEN)
            .select_related("punkt").prefetch_related("svar").order_by("punkt__ordning", "pk")
        ),
        "grupper": list(
            Grupp.objects.filter(arbete__punkt__mote=mote, arbete__lage=OppenStangd.OPPEN)
            .select_related("arbete__punkt").prefetch_related("deltagare__kontakt")
            .order_by("arbete__punkt__ordning", "nr")
        ),
        "omrostningar": list(
            Omrostning.objects.filter(punkt__mote=mote, lage=OppenStangd.OPPEN)
            .select_related("punkt").annotate(svar_antal=Count("valsedlar")).order_by("pk")
        ),
        "utvardering": utvardering,
    }  # fmt: skip


def har_svar(punkt):
    """Has anything been written or voted from the phones, or by hand in a round, about the item? Three queries."""
    return (
        Grupp.objects.filter(arbete__punkt=punkt).exclude(text="", stallning="").exists()
        or Valsedel.objects.filter(omrostning__punkt=punkt).exists()
        or Ordsvar.objects.filter(runda__punkt=punkt).exists()
    )


# ---- Groups


def dela(mote, antal):
    """[[Narvaro]]: those who are here in `antal` groups, in which the parties are mixed as far as can be. Drawn."""
    topp = toppar()
    hogar = {}
    rader = list(mote.narvaro.filter(status=Narvaro.Status.NARVARANDE).exclude(roll=Narvaro.Roll.KANSLI))
    random.SystemRandom().shuffle(rader)
    for rad in rader:
        hogar.setdefault(topp.get(rad.part_id), []).append(rad)
    # Party by party, dealt like cards: two of one party meet only when there are more of them than groups.
    i_tur = [rad for hog in sorted(hogar.values(), key=len, reverse=True) for rad in hog]
    return [i_tur[nr::antal] for nr in range(antal)]


@transaction.atomic
def gor_grupper(arbete, antal):
    """Draw the groups anew. OtillatenOvergang when somebody has written, or may be writing just now."""
    if arbete.grupper.exclude(text="", stallning="").exists():
        raise OtillatenOvergang("Någon grupp har redan skrivit, så grupperna går inte att lotta om. Inget ändrades.")
    if arbete.lage == OppenStangd.OPPEN:
        raise OtillatenOvergang("Grupparbetet är öppet. Stäng det innan ni lottar om grupperna. Inget ändrades.")
    arbete.grupper.all().delete()
    for nr, rader in enumerate(dela(arbete.punkt.mote, antal), 1):
        Grupp.objects.create(arbete=arbete, nr=nr).deltagare.set(rader)


@transaction.atomic
def flytta(arbete, narvaro, grupp):
    """Put one person in another of the groups; in none with `grupp` None."""
    for rad in arbete.grupper.filter(deltagare=narvaro):
        rad.deltagare.remove(narvaro)
    if grupp:
        grupp.deltagare.add(narvaro)


# ---- Dots


@transaction.atomic
def rosta(omrostning, marke, antal):
    """The phone's dots, {option: dots}; those it put before are replaced. OtillatenOvergang when it is closed, Fullt
    when everybody has voted."""
    last = Omrostning.objects.select_for_update(of=("self",)).select_related("punkt__mote").get(pk=omrostning.pk)
    if last.lage != OppenStangd.OPPEN:
        raise OtillatenOvergang(STANGT)
    sedel = last.valsedlar.filter(enhet=marke).first()
    if sedel is None:
        krav_plats(last.punkt.mote, last.valsedlar.count())
        sedel = Valsedel.objects.create(omrostning=last, enhet=marke)
    sedel.prickar.all().delete()
    Prick.objects.bulk_create(
        Prick(valsedel=sedel, alternativ_id=pk, antal=prickar) for pk, prickar in antal.items() if prickar
    )


def mina_prickar(omrostning, marke):
    return dict(
        Prick.objects.filter(valsedel__omrostning=omrostning, valsedel__enhet=marke).values_list("alternativ", "antal")
    )


@transaction.atomic
def sla_ihop(omrostning, ena, andra):
    """Count `ena` with `andra` (None: by itself again); each keeps its own dots."""
    rader = {rad.pk: rad for rad in Alternativ.objects.select_for_update().filter(omrostning=omrostning)}
    if ena not in rader or (andra is not None and andra not in rader) or ena == andra:
        raise OtillatenOvergang("Välj två olika alternativ. Inget ändrades.")
    mal = andra
    while mal is not None:  # not round in a ring
        if mal == ena:
            raise OtillatenOvergang("De är redan sammanslagna. Inget ändrades.")
        mal = rader[mal].sammanslaget_med_id
    Alternativ.objects.filter(pk=ena).update(sammanslaget_med=andra)


@transaction.atomic
def tom(omrostning):
    """Take away all ballots, of which there are more than people, so that all vote anew. How many there were.
    OtillatenOvergang when there are not more."""
    last = Omrostning.objects.select_for_update(of=("self",)).select_related("punkt__mote").get(pk=omrostning.pk)
    return _tom(last.punkt.mote, last.valsedlar)


def _tom(mote, sedlar):
    antal = sedlar.count()
    if not Antal(antal, narvaro.antal_har(mote)).fler:
        raise OtillatenOvergang("Det har inte kommit fler svar än det finns personer här. Inget ändrades.")
    sedlar.all().delete()
    return antal


# ---- The evaluation


@transaction.atomic
def ny_utvardering(mote):
    """The meeting's evaluation, with the questions of the body's last one or the usual ones. Asked again, the same."""
    rad, ny = Utvardering.objects.get_or_create(mote=mote)
    if ny:
        forra = (
            Utvardering.objects.filter(mote__organ=mote.organ, mote__dag__lt=mote.dag).order_by("-mote__dag").first()
        )
        fragor = list(forra.fragor.values_list("text", "slag")) if forra else VANLIGA_FRAGOR
        Utvarderingsfraga.objects.bulk_create(
            Utvarderingsfraga(utvardering=rad, ordning=nr, text=text, slag=slag)
            for nr, (text, slag) in enumerate(fragor, 1)
        )
    return rad


@transaction.atomic
def svara(utvardering, marke, svaren):
    """The phone's answers, {question: number or text}, without a trace of whose they are. False when it has answered.
    OtillatenOvergang when it is closed, Fullt when everybody has answered."""
    last = Utvardering.objects.select_for_update(of=("self",)).select_related("mote").get(pk=utvardering.pk)
    if last.lage != OppenStangd.OPPEN:
        raise OtillatenOvergang(STANGT)
    if last.svarare.filter(enhet=marke).exists():
        return False
    krav_plats(last.mote, last.svarare.count())
    Svarare.objects.create(utvardering=last, enhet=marke)
    Svar.objects.bulk_create(
        Svar(fraga_id=pk, text=varde) if isinstance(varde, str) else Svar(fraga_id=pk, varde=varde)
        for pk, varde in svaren.items()
    )
    return True


@transaction.atomic
def tom_utvardering(utvardering):
    """As `tom`, of an evaluation: none of its answers can be told to be somebody's."""
    last = Utvardering.objects.select_for_update(of=("self",)).select_related("mote").get(pk=utvardering.pk)
    antal = _tom(last.mote, last.svarare)
    Svar.objects.filter(fraga__utvardering=last).delete()
    return antal


def nasta_ordning(rader):
    """The place after the last of the rows."""
    return (rader.aggregate(sist=Max("ordning"))["sist"] or 0) + 1
