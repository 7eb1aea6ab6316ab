"""From an accepted remiss, or without one, to a stay; and from a stay to its exit. Several models, one transaction.

The remiss keeps the sender's copy of who it is; the stay gets the insats' own (beslut.md 3). Everything here checks
state, never permission: the views ask `policies`.
"""

import json

from django.db import IntegrityError, transaction
from django.db.models import Q

from remisser.models import Deltagare, Forsorjning, Kon, Remiss, Samtycke
from samordning.karna import krypto
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.personnummer import tolka
from uppfoljning import lankar
from uppfoljning.gallande import rakna_om
from uppfoljning.models import Avslutsorsak, Deltagande, Forsorjningsandel, Lage, Sammanslagning

# The classes of sender (beslut.md 12) by kind of the part at the top of the branch.
SLAG_AV_PART = {"fk": "FK", "af": "AF", "region": "REGION", "kommun": "KOMMUN"}
FEL_PERSON = "fel_person"
IDENTITET = ("namn", "personnummer", "adress", "telefon", "epost")


class GarInte(Exception):
    """The stay cannot be registered; the message says why and that nothing was saved."""


def remittentslag(part):
    """FK, AF, KOMMUN, REGION or VARD of a sender; a unit under the region is care. "" for others."""
    slag = SLAG_AV_PART.get(part.medlemspart.slag, "")
    return "VARD" if slag == "REGION" and part.del_av_id else slag


@transaction.atomic
def starta_fran_remiss(*, remiss, start, av):
    """The first day of activity of an accepted remiss: a stay with the insats' own copy of who it is."""
    # The person first, then the remiss, as `skydda_person` does: in different order they would wait for each other.
    Deltagare.objects.select_for_update(no_key=True).get(pk=remiss.deltagare_id)
    remiss.paborja(av=av)
    remiss.refresh_from_db()  # it may have been wiped or taken further since the page read it; now its row is locked
    deltagande = Deltagande(
        remiss=remiss, deltagare=remiss.deltagare, insats=remiss.insats, start=start, kommun=remiss.kommun,
        remittent=remiss.avsandare, remittentslag=remittentslag(remiss.avsandare), namn=remiss.namn,
        personnummer=remiss.personnummer, adress=remiss.adress, telefon=remiss.telefon, epost=remiss.epost,
    )  # fmt: skip
    return _spara_start(deltagande, av, remiss.kon)


@transaction.atomic
def starta_utan_remiss(*, insats, start, av, personnummer=None, kon="", fodelsear=None, skyddad=False, **falt):
    """A start without remiss. `personnummer` is a checked one or None; `falt` are Deltagande's own.

    A protected person has no number, name, address or municipality here, only the insats' own code on paper.
    """
    if skyddad:
        deltagare = Deltagare.objects.create(kon=kon or Kon.ANNAT, fodelsear=fodelsear, skyddad=True)
        falt = {"lokal_kod": falt["lokal_kod"], "skyddad": True}
    else:
        deltagare = Deltagare.objects.for_nummer(personnummer, kon)
        if personnummer is None and fodelsear:
            deltagare.fodelsear = fodelsear
            deltagare.save(update_fields=["fodelsear"])
        falt["personnummer"] = personnummer.tolv if personnummer else ""
    return _spara_start(Deltagande(deltagare=deltagare, insats=insats, start=start, **falt), av, kon)


def _spara_start(deltagande, av, kon=""):
    """`kon` is what the person says: the one current value of the person, also when an earlier one is known (7.2)."""
    # Locked, so that a mark of protected identity that is being set meanwhile is either seen here or wipes this too.
    deltagande.deltagare = Deltagare.objects.select_for_update(no_key=True).get(pk=deltagande.deltagare_id)
    _neka_skyddad(deltagande)
    if kon and deltagande.deltagare.kon != kon:
        deltagande.deltagare.kon = kon
        deltagande.deltagare.save(update_fields=["kon"])
    _spara(deltagande)
    Handelse.logga(deltagande, "startad", av=av, data={"start": deltagande.start.isoformat()})
    return deltagande


def _neka_skyddad(deltagande):
    """Who has protected details in another stay is never written down by name in a new one."""
    if deltagande.deltagare.skyddad and not deltagande.skyddad:
        raise GarInte("Personen kan inte skrivas in här. Ring kansliet. Inget är sparat.")


def _spara(deltagande, falt=None):
    """Save, and say in words when the days meet another stay of the same person in the same insats."""
    try:
        with transaction.atomic():
            deltagande.save(update_fields=falt)
    except IntegrityError as fel:
        if "deltagande_overlappar_inte" in str(fel):
            raise GarInte(
                "Personen är redan inskriven i insatsen under en del av tiden. Välj en annan dag. Inget är sparat."
            ) from None
        raise


def _ny_dag(deltagande):
    """The day of the start or the exit may be another: which half counts, and when the codes are good, follows it."""
    rakna_om(deltagande)
    lankar.flytta(deltagande)


@transaction.atomic
def andra(*, deltagande, av, personnummer=None, **falt):
    """Identity, contact and first day, as staff correct them. The record has the names of what changed, no values.

    `deltagande` is locked by the view. Another number means another person in the figures.
    """
    andrade = sorted(namn for namn, varde in falt.items() if getattr(deltagande, namn) != varde)
    for namn in andrade:
        setattr(deltagande, namn, falt[namn])
    if personnummer and personnummer.tolv != deltagande.personnummer:
        deltagande.deltagare = Deltagare.objects.for_nummer(personnummer, _eget_kon(deltagande))
        deltagande.personnummer = personnummer.tolv
        andrade += ["personnummer"]
        _neka_skyddad(deltagande)
    if andrade:
        deltagande.version += 1
        _spara(deltagande)
        _ny_dag(deltagande)
        Handelse.logga(deltagande, "andrad", av=av, data={"falt": andrade})
    return andrade


def _eget_kon(deltagande):
    """The sex that somebody has said; "" when it only is what the number says, for a wrong one says nothing of her."""
    kon, nummer = deltagande.deltagare.kon, deltagande.personnummer
    if kon == Kon.ANNAT and not nummer:
        return ""
    return "" if nummer and tolka(nummer, idag()).kon == kon else kon


@transaction.atomic
def avsluta(*, deltagande, slut, orsak, av):
    """The last day and why; also when it was registered before and is corrected. The form has checked the values."""
    last = _las(deltagande)
    if last.felregistrerad:
        raise GarInte("Deltagandet är felregistrerat och kan inte avslutas. Inget ändrades.")
    if (last.slut, last.avslutsorsak_id) == (slut, orsak and orsak.pk):
        return last  # sent twice
    namn = "avslut_andrat" if last.slut else "avslutad"
    last.slut, last.avslutsorsak, last.version = slut, orsak, last.version + 1
    _spara(last, ["slut", "avslutsorsak", "version"])
    _ny_dag(last)
    Handelse.logga(last, namn, av=av, data={"slut": slut.isoformat(), "orsak": orsak.kod if orsak else ""})
    return last


@transaction.atomic
def felregistrera(*, deltagande, skal, av):
    """It was never a stay: no figure counts it. `skal` is a code of the form's list, so that it names nobody.

    When somebody else than the person of the remiss had begun, the remiss waits for its start again.
    """
    last = _las(deltagande)
    if last.felregistrerad:
        raise GarInte("Deltagandet är redan felregistrerat. Inget ändrades.")
    last.slut = last.slut or max(last.start, idag())
    last.avslutsorsak = Avslutsorsak.objects.giltiga(last.slut).filter(grupp=Avslutsorsak.Grupp.FEL).first()
    remiss, last.felregistrerad, last.version = last.remiss, True, last.version + 1
    if vantar := skal == FEL_PERSON and remiss and "vanta_igen" in remiss.mojliga_overgangar:
        last.remiss = None
    last.save(update_fields=["slut", "avslutsorsak", "felregistrerad", "version", "remiss"])
    if vantar:
        remiss.vanta_igen(av=av)
    Handelse.logga(last, "felregistrerad", av=av, data={"skal": skal})
    return last


def _las(deltagande):
    return Deltagande.objects.select_for_update(of=("self",)).select_related("insats").get(pk=deltagande.pk)


def storst(andelar):
    """The code with the largest share of {code: percent}; BLANDAD when two are equally large, "" when there is none."""
    storst_andel = max(andelar.values(), default=0)
    koder = [kod for kod, procent in andelar.items() if procent == storst_andel]
    return koder[0] if len(koder) == 1 else Forsorjning.BLANDAD if koder else ""


@transaction.atomic
def satt_lage(*, deltagande, tillfalle, datum, timmar, andelar, ves, av, behall=()):
    """Hours and support at start or exit: `andelar` is {code: percent}, `ves` that the person would rather not say.

    `behall` names those of timmar and forsorjning that stay as they are when nothing was written about them (a sheet
    with one question empty, a code that came without percent).
    """
    deltagande = _las(deltagande)
    lage, _ny = Lage.objects.get_or_create(deltagande=deltagande, tillfalle=tillfalle)
    lage.datum = datum
    if timmar is not None or "timmar" not in behall:
        lage.timmar = timmar
    if andelar or ves or "forsorjning" not in behall:
        lage.forsorjning = Forsorjning.VES if ves else storst(andelar)
        lage.andelar.all().delete()
        if not ves:
            Forsorjningsandel.objects.bulk_create(
                Forsorjningsandel(lage=lage, kod=kod, procent=procent) for kod, procent in andelar.items()
            )
    lage.save()
    Deltagande.objects.filter(pk=deltagande.pk).update(version=deltagande.version + 1)
    Handelse.logga(deltagande, "lage", av=av, data={"tillfalle": tillfalle})
    return lage


@transaction.atomic
def skydda(*, deltagande, lokal_kod, av):
    """The mark of protected identity came later. `lokal_kod` is what the insats knows the person by from now on."""
    skydda_person(deltagande.deltagare_id, av=av, koder={deltagande.pk: lokal_kod})


@transaction.atomic
def skydda_person(deltagare_id, *, av, koder=None):
    """Wipe what names the person, in every stay and remiss, in one transaction (beslut.md 6).

    So in every row that a merge has said is the same person. `koder` is {primary key of a stay: its new local code};
    the others keep theirs.
    """
    koder = koder or {}
    personer = _las_personen(deltagare_id)
    egna = Deltagande.objects.filter(deltagare__in=personer)
    slagna = Sammanslagning.objects.filter(Q(kvar__in=personer) | Q(borta__in=personer))
    remisser = list(
        Remiss.objects.filter(Q(deltagare__in=personer) | Q(pk__in=egna.exclude(remiss=None).values("remiss")))
    )
    nummer = {rad.personnummer for rad in (*egna, *remisser)}
    for rad in slagna:
        nummer |= set(json.loads(rad.nummer or "{}").values())
    for deltagare in personer:
        if _ar_numrets(deltagare, nummer - {""}):
            deltagare.lookup = None  # made of the number, so it is the number to whoever has the key
        deltagare.skyddad = True
        deltagare.save(update_fields=["skyddad", "lookup"])
    slagna.update(nummer="")
    tomt = dict.fromkeys(IDENTITET, "") | {"kommun": "", "remittentslag": "", "remittent": None, "remiss": None}
    # The contacts and the place stand in the consent too, and words about the person in a refusal.
    Samtycke.objects.filter(remiss__in=remisser).update(parter="")
    Remiss.objects.filter(pk__in=[remiss.pk for remiss in remisser]).update(
        **dict.fromkeys(
            ("fornamn", "efternamn", "personnummer", "adress", "telefon", "epost", "situation_annat", "kontakter",
             "kontakt_annan", "fragestallning", "mal", "ovrigt", "motivering"), "",
        ),
        kommun="",
    )  # fmt: skip
    for rad in egna:
        kod = koder.get(rad.pk, rad.lokal_kod)
        Deltagande.objects.filter(pk=rad.pk).update(**tomt, skyddad=True, lokal_kod=kod, version=rad.version + 1)
        Handelse.logga(rad, "skyddad", av=av)


def _las_personen(deltagare_id):
    """All rows of the person, locked in one order; asked again until no merge came in between."""
    kanda = set()
    while (alla := Sammanslagning.objects.samma_person(deltagare_id)) != kanda:
        personer = list(Deltagare.objects.select_for_update().filter(pk__in=alla).order_by("pk"))
        kanda = alla
    return personer


def _ar_numrets(deltagare, nummer):
    """True when the look-up is made of a personnummer; a pseudonym of an import may stay, or it comes in twice."""
    return any(krypto.uppslag("personnummer", tolv) == bytes(deltagare.lookup or b"") for tolv in nummer)
