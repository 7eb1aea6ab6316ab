"""The summons (MA10): who is called to what, what has changed since the last one, and how far the answers have come.

Whoever sits in the body on its day is called, and whom the kansli has added; a deputy only in somebody's place
(`moten.svar`). What was said is kept with each summons, so that the next one tells what is new. When the day or the
hours change everybody is asked anew: an answer to another day is no answer.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format

from moten import kallelse_fryst, kedja, narvaro
from moten.jav import toppar
from moten.kallelse_fryst import bilagor, punkter
from moten.models import Kallelse, Mote, Motesmejl, Narvaro
from moten.protokoll import uppraknat
from samordning.karna import jobb
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse, Jobb, Part
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.templatetags.samordning import datum

UPPGIFT = "moten.kallelse_jobb.skicka"
SVARSTID = timedelta(days=5)  # before the meeting: time to find a deputy
FLEST_PARTER = 4  # that are named when they are missing


# ---- What is sent


def innehall(mote, agenda, filer):
    """What a summons says, as JSON: to be compared with what the next one says."""
    arenden = {punkt.pk: punkt.arende_id for punkt in agenda}
    return {
        "rubrik": mote.rubrik, "dag": dagar(mote), "tid": tid(mote), "plats": mote.plats, "lank": mote.lank,
        "punkter": [[punkt.pk, punkt.rubrik, punkt.arende_id, _avtryck(punkt)] for punkt in agenda],
        "filer": [[rad.nyckel, rad.rubrik, arenden.get(rad.punkt)] for rad in filer],
    }  # fmt: skip


def dagar(mote):
    """ "3 mars 2027", or "3 mars 2027 till 4 mars 2027"."""
    flera = mote.sista_dag and mote.sista_dag != mote.dag
    return f"{datum(mote.dag)} till {datum(mote.sista_dag)}" if flera else datum(mote.dag)


def tid(mote):
    """ "9.00–12.00", "9.00", or "" when no hour is set."""
    if not mote.fran:
        return ""
    fran = date_format(mote.fran, "G.i")
    return f"{fran}–{date_format(mote.till, 'G.i')}" if mote.till else fran


def namn(mote):
    """What a subject or a job's heading calls the meeting."""
    return f"{mote.organ} {dagar(mote)}"


def _avtryck(punkt):
    text = f"{punkt.underlag}|{punkt.minuter}|{punkt.foredragande_id}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


FAKTA = (
    ("dag", "Ny dag", "Ingen dag"), ("tid", "Ny tid", "Klockslaget är borttaget"), ("plats", "Ny plats", "Platsen är "
    "borttagen"), ("rubrik", "Mötet heter nu", "Mötets namn är borttaget"),
)  # fmt: skip


def andringar(fore, efter):
    """[[text, case or None]]: what is new since an earlier summons. A text about an item whose case not everybody may
    read says which case it is."""
    rader = []
    for falt, ny, borta in FAKTA:
        if fore.get(falt, "") != efter[falt]:
            forut = f" Förut {fore[falt]}." if fore.get(falt) else ""
            rader.append([f"{ny}: {efter[falt]}.{forut}" if efter[falt] else f"{borta}.{forut}", None])
    if fore.get("lank", "") != efter["lank"]:
        rader.append(["Ny länk till videomötet." if efter["lank"] else "Länken till videomötet är borttagen.", None])
    return rader + _punkternas(fore.get("punkter", []), efter["punkter"]) + _filernas(
        fore.get("filer", []), efter["filer"]
    )  # fmt: skip


def _punkternas(fore, efter):
    forut, nu_ = {rad[0]: rad for rad in fore}, {rad[0]: rad for rad in efter}
    kvar = [rad[0] for rad in fore if rad[0] in nu_], [rad[0] for rad in efter if rad[0] in forut]
    pa_plats = {
        kvar[0][nr]
        for block in SequenceMatcher(None, *kvar, autojunk=False).get_matching_blocks()
        for nr in range(block.a, block.a + block.size)
    }
    rader = []
    for pk, rubrik, arende, avtryck in efter:
        if pk not in forut:
            rader.append([f"Ny punkt: {rubrik}.", arende])
            continue
        if forut[pk][1] != rubrik:
            rader.append([f"Punkten ”{forut[pk][1]}” heter nu ”{rubrik}”.", arende])
        if pk not in pa_plats:
            rader.append([f"Flyttad punkt: {rubrik}.", arende])
        if forut[pk][3] != avtryck:
            rader.append([f"Ändrad text, tid eller föredragande: {rubrik}.", arende])
    return rader + [[f"Borttagen punkt: {rad[1]}.", rad[2]] for rad in fore if rad[0] not in nu_]


def _filernas(fore, efter):
    forut, nu_ = {rad[0] for rad in fore}, {rad[0] for rad in efter}
    nya = [[f"Ny fil: {rad[1]}.", rad[2]] for rad in efter if rad[0] not in forut]
    return nya + [[f"Filen gäller inte längre: {rad[1]}.", rad[2]] for rad in fore if rad[0] not in nu_]


def flyttat(fore, efter):
    """Has the day or the hours changed? Then earlier answers say nothing."""
    return any(fore.get(falt) != efter[falt] for falt in ("dag", "tid"))


# ---- Who is called, and when


def att_kalla(mote):
    """[Narvaro] of those to call, by name: the list as it is, and seats that are not in it yet (not saved). Three
    queries."""
    rader = list(mote.narvaro.i_ordning().filter(~Q(roll=Narvaro.Roll.ERSATTARE) | Q(kallad__isnull=False)))
    return rader + [rad for rad in narvaro.saknas(mote) if rad.roll != Narvaro.Roll.ERSATTARE]


def senast_skickad(mote):
    """The last day to send it, by the body's own lead time."""
    return mote.dag - timedelta(mote.organ.kallelse_dagar)


def forvald_svarsdag(mote, dag=None):
    """The last day to answer: what is set already, else a working day some days before the meeting."""
    dag = dag or idag()
    if mote.svara_senast and mote.svara_senast >= dag:
        return mote.svara_senast
    return min(mote.dag, max(dag, kedja.arbetsdag_senast(mote.dag - SVARSTID)))


@transaction.atomic
def skicka(mote, *, av, halsning="", svara_senast=None, kontakter=None):
    """Call the body: `kontakter` (keys) or everybody who is to be called. The Kallelse; the mails and the packet are
    made by a job. The caller holds the lock of the meeting. OtillatenOvergang when it has begun or is cancelled."""
    narvaro.fyll(mote, av=av)
    agenda = punkter(mote)
    filer, forra = bilagor(mote, agenda), mote.kallelser.last()
    nytt = innehall(mote, agenda, filer)
    nyheter = []
    if forra:
        nyheter = nytt_sedan(mote, forra, nytt)
        mote.sekvens += 1
    mote._overga("kalla", av=av, kallat=nu(), svara_senast=svara_senast, sekvens=mote.sekvens)
    kallelse = Kallelse.objects.create(
        mote=mote, nr=forra.nr + 1 if forra else 1, halsning=halsning, andringar=nyheter, av=av,
        innehall=nytt | {"sagt": kallelse_fryst.frys(mote, agenda, filer)},
    )  # fmt: skip
    if forra and flyttat(forra.innehall, nytt):
        mote.narvaro.update(svar="", svarade=None)
        # Deputies who are called stay called, but whose place there is to fill is not known until there are answers.
        mote.narvaro.filter(roll=Narvaro.Roll.ERSATTARE).exclude(kallad=None).update(ersatter=None)
    rader = [rad for rad in att_kalla(mote) if kontakter is None or rad.kontakt_id in kontakter]
    mote.narvaro.filter(pk__in=[rad.pk for rad in rader], kallad=None).update(kallad=nu())
    mejla(mote, rader, Motesmejl.Slag.KALLELSE, kallelse, av=av)
    return kallelse


def nytt_sedan(mote, forra, nytt):
    """The changes since the last summons; that a cancelled meeting is to be held after all comes first."""
    blir_av = [["Mötet blir av. Det var inställt.", None]] if mote.lage == Mote.Lage.PLANERAT else []
    return blir_av + andringar(forra.innehall, nytt)


def mejla(mote, rader, slag, kallelse=None, *, av=None):
    """Put a mail to each of `rader` (Narvaro) that has an address in the queue, instead of what waits for the same
    person, and have a job send them. The number of mails."""
    rader = [rad for rad in rader if rad.kontakt.epost]
    vantar = mote.mejl.filter(skickat=None, narvaro__in=rader)
    if slag == Motesmejl.Slag.PAMINNELSE:  # who has not got the summons is not reminded of it
        har = set(vantar.values_list("narvaro", flat=True))
        rader = [rad for rad in rader if rad.pk not in har]
    else:
        vantar.delete()
    Motesmejl.objects.bulk_create(
        Motesmejl(mote=mote, narvaro=rad, kallelse=kallelse, slag=slag) for rad in rader
    )  # fmt: skip
    bestall(mote, av)
    return len(rader)


def bestall(mote, av=None):
    """The job that makes the packet and sends what waits. One that is under way may have read what waits already, and
    be finished before this is saved: then there is another one at once."""
    vilket = {"uppgift": UPPGIFT, "parametrar": {"mote": mote.pk}}
    gor = partial(jobb.bestall, **vilket, av=av, rubrik=f"Kallelse till {namn(mote)}"[:120])
    if Jobb.objects.filter(**vilket, lage__in=Jobb.AKTIVA).exists():
        transaction.on_commit(lambda: gor() if vantande(mote).exists() else None)
    return gor()


def vantande(mote):
    """Mails that have not left and are still tried."""
    return mote.mejl.filter(skickat=None, forsok__lt=Motesmejl.FORSOK)


def stall_in(mote, *, av):
    """Tell those who are called that it is cancelled. The caller has cancelled it. The number of mails."""
    rader = list(mote.narvaro.exclude(kallad=None).select_related("kontakt"))
    mote.mejl.filter(skickat=None).delete()
    return mejla(mote, rader, Motesmejl.Slag.INSTALLT, av=av) if rader else 0


def ateruppta(mote):
    """Nobody is called any more, and no answer holds: a new summons asks anew."""
    mote.mejl.filter(skickat=None).delete()
    mote.narvaro.update(kallad=None, svar="", svarade=None, ersattare_kallad=None)
    mote.narvaro.filter(roll=Narvaro.Roll.ERSATTARE).update(ersatter=None)


# ---- Reminders and answers

ETT_DYGN = timedelta(hours=20)  # a day later, also when it is sent a little earlier in the day


def obesvarade(mote):
    """Called, and not answered."""
    return mote.narvaro.filter(kallad__isnull=False, svar="").select_related("kontakt")


def paminnelser(mote):
    return mote.mejl.filter(slag=Motesmejl.Slag.PAMINNELSE)


def pamind_nyss(mote):
    return paminnelser(mote).filter(skapat__gt=nu() - ETT_DYGN).exists()


def paminn(mote, *, av=None):
    """Remind those who have not answered; None when it was done within a day, else how many mails. The caller holds
    the lock of the meeting."""
    if pamind_nyss(mote):
        return None
    antal = mejla(mote, list(obesvarade(mote)), Motesmejl.Slag.PAMINNELSE, mote.kallelser.last(), av=av)
    if antal:
        Handelse.logga(mote, "paminnelse", av=av, data={"antal": antal})
    return antal


@dataclass(frozen=True)
class Svarslage:
    """Of those who are called: how many have answered what, and the parties that nobody comes from."""

    kallade: int
    ja: int
    senare: int
    nej: int
    saknas: tuple[str, ...]

    @property
    def svarat(self):
        return self.ja + self.senare + self.nej

    @property
    def i_ord(self):
        """ "18 av 27 har svarat, Försäkringskassan saknas." """
        if not self.svarat:
            return f"Ingen av {self.kallade} har svarat än."
        saknas = uppraknat(list(self.saknas)) if len(self.saknas) <= FLEST_PARTER else f"{len(self.saknas)} parter"
        return f"{self.svarat} av {self.kallade} har svarat{f', {saknas} saknas' if self.saknas else ''}."


def svarslage(mote):
    """Svarslage, or None when nobody is called. A party with a member is missing until somebody who sits for it, or
    for one of its units, has said to come. Three queries."""
    rader = list(mote.narvaro.exclude(kallad=None).values_list("svar", "part", "roll"))
    if not rader:
        return None
    antal, topp = Counter(svar for svar, _, _ in rader), toppar()
    kommer = {topp[part] for svar, part, _ in rader if part and svar in (Narvaro.Svar.JA, Narvaro.Svar.SENARE)}
    borta = {topp[part] for _, part, roll in rader if part and roll == Narvaro.Roll.LEDAMOT} - kommer
    namnen = Part.objects.filter(pk__in=borta).order_by(SvenskOrdning("namn")).values_list("namn", flat=True)
    return Svarslage(
        len(rader), antal[Narvaro.Svar.JA], antal[Narvaro.Svar.SENARE], antal[Narvaro.Svar.NEJ], tuple(namnen)
    )
