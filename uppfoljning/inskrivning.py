"""From an accepted remiss, or without one, to a stay; and from a stay to its exit. Several models, one transaction.

The remiss keeps the sender's copy of who it is; the stay gets the insats' own (beslut.md 3). Everything here checks
state, never permission: the views ask `policies`.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q

from remisser.models import Deltagare, Forsorjning, Kon, Remiss
from samordning.karna import krypto
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from uppfoljning.gallande import rakna_om
from uppfoljning.models import Avslutsorsak, Deltagande, Forsorjningsandel, Lage

# The classes of sender (beslut.md 12) by kind of the part at the top of the branch.
SLAG_AV_PART = {"fk": "FK", "af": "AF", "region": "REGION", "kommun": "KOMMUN"}
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
    remiss.paborja(av=av)
    deltagande = Deltagande(
        remiss=remiss, deltagare=remiss.deltagare, insats=remiss.insats, start=start, kommun=remiss.kommun,
        remittent=remiss.avsandare, remittentslag=remittentslag(remiss.avsandare), namn=remiss.namn,
        personnummer=remiss.personnummer, adress=remiss.adress, telefon=remiss.telefon, epost=remiss.epost,
    )  # fmt: skip
    return _spara_start(deltagande, av)


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
    return _spara_start(Deltagande(deltagare=deltagare, insats=insats, start=start, **falt), av)


def _spara_start(deltagande, av):
    _neka_skyddad(deltagande)
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


@transaction.atomic
def andra(*, deltagande, av, personnummer=None, **falt):
    """Identity, contact and first day, as staff correct them. The record has the names of what changed, no values.

    `deltagande` is locked by the view. Another number means another person in the figures.
    """
    andrade = sorted(namn for namn, varde in falt.items() if getattr(deltagande, namn) != varde)
    for namn in andrade:
        setattr(deltagande, namn, falt[namn])
    if personnummer and personnummer.tolv != deltagande.personnummer:
        kon = deltagande.deltagare.kon
        deltagande.deltagare = Deltagare.objects.for_nummer(personnummer, "" if kon == Kon.ANNAT else kon)
        deltagande.personnummer = personnummer.tolv
        andrade += ["personnummer"]
        _neka_skyddad(deltagande)
    if andrade:
        deltagande.version += 1
        _spara(deltagande)
        rakna_om(deltagande)
        Handelse.logga(deltagande, "andrad", av=av, data={"falt": andrade})
    return andrade


@transaction.atomic
def avsluta(*, deltagande, slut, orsak, av):
    """The last day and why; also when it was registered before and is corrected. The form has checked the values."""
    last = _las(deltagande)
    if last.felregistrerad:
        raise GarInte("Deltagandet är felregistrerat och kan inte avslutas. Inget ändrades.")
    namn = "avslut_andrat" if last.slut else "avslutad"
    last.slut, last.avslutsorsak, last.version = slut, orsak, last.version + 1
    _spara(last, ["slut", "avslutsorsak", "version"])
    rakna_om(last)
    Handelse.logga(last, namn, av=av, data={"slut": slut.isoformat(), "orsak": orsak.kod if orsak else ""})
    return last


@transaction.atomic
def felregistrera(*, deltagande, skal, av):
    """It was never a stay: no figure counts it. `skal` is a code of the form's list, so that it names nobody."""
    last = _las(deltagande)
    if last.felregistrerad:
        raise GarInte("Deltagandet är redan felregistrerat. Inget ändrades.")
    last.slut = last.slut or max(last.start, idag())
    last.avslutsorsak = Avslutsorsak.objects.giltiga(last.slut).filter(grupp=Avslutsorsak.Grupp.FEL).first()
    last.felregistrerad, last.version = True, last.version + 1
    last.save(update_fields=["slut", "avslutsorsak", "felregistrerad", "version"])
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
def satt_lage(*, deltagande, tillfalle, datum, timmar, andelar, ves, av, behall=False):
    """Hours and support at start or exit: `andelar` is {code: percent}, `ves` that the person would rather not say.

    `behall` leaves alone what nothing was written about (a sheet with one question empty).
    """
    deltagande = _las(deltagande)
    lage, _ny = Lage.objects.get_or_create(deltagande=deltagande, tillfalle=tillfalle)
    lage.datum = datum
    if timmar is not None or not behall:
        lage.timmar = timmar
    if andelar or ves or not behall:
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

    `koder` is {primary key of a stay: its new local code}; the others keep theirs.
    """
    koder = koder or {}
    deltagare = Deltagare.objects.select_for_update().get(pk=deltagare_id)
    egna = Deltagande.objects.filter(deltagare=deltagare)
    if _ar_numrets(deltagare, egna):
        deltagare.lookup = None  # made of the number, so it is the number to whoever has the key
    deltagare.skyddad = True
    deltagare.save(update_fields=["skyddad", "lookup"])
    tomt = dict.fromkeys(IDENTITET, "") | {"kommun": "", "remittentslag": "", "remittent": None, "remiss": None}
    Remiss.objects.filter(Q(deltagare=deltagare) | Q(pk__in=egna.exclude(remiss=None).values("remiss"))).update(
        **dict.fromkeys(
            ("fornamn", "efternamn", "personnummer", "adress", "telefon", "epost", "situation_annat", "kontakter",
             "kontakt_annan", "fragestallning", "mal", "ovrigt"), "",
        ),
        kommun="",
    )  # fmt: skip
    for rad in egna:
        kod = koder.get(rad.pk, rad.lokal_kod)
        Deltagande.objects.filter(pk=rad.pk).update(**tomt, skyddad=True, lokal_kod=kod, version=rad.version + 1)
        Handelse.logga(rad, "skyddad", av=av)


def _ar_numrets(deltagare, deltaganden):
    """True when the look-up is made of a personnummer; a pseudonym of an import may stay, or it comes in twice."""
    nummer = {rad.personnummer for rad in deltaganden} - {""}
    return any(krypto.uppslag("personnummer", tolv) == bytes(deltagare.lookup or b"") for tolv in nummer)
