"""Approval of the record (MA15): it is frozen as a PDF; each approver says yes to that file, by its SHA-256, or tells
what is to be changed. A new version makes earlier approvals fall. Instead a copy with signatures may be filed.

Only the one who was chosen approves, logged in as herself. Every function here is called with the meeting locked.
"""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import make_aware

from moten import avslut, meddelanden, protokoll, protokoll_pdf
from moten.meddelanden import ETT_DYGN
from moten.models import Justerare, Justeringskommentar, Mote, Narvaro, Protokollversion
from samordning.karna import bilagor, filer, notiser
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare, Handelse, Kontakt
from samordning.karna.models.part import SvenskOrdning

NY_VERSION = (
    "Protokollet har skickats i en ny version sedan du öppnade sidan. Inget är justerat. Läs den nya versionen."
)
TILLBAKATAGET = (
    "Kansliet har tagit tillbaka protokollet för att ändra i det. Inget är justerat. Du får ett mejl när en ny version "
    "finns att läsa."
)
REDAN = "Protokollet är redan justerat. Inget ändrades."
BESLUTANDE = (Narvaro.Roll.LEDAMOT, Narvaro.Roll.ERSATTARE)  # a guest or the kansli approves nothing


def kandidater(mote):
    """Who may approve: of those who were there the members, and whoever presided; by name."""
    dar = mote.narvaro.filter(
        Q(roll__in=BESLUTANDE) | Q(kontakt=mote.ordforande_id), status=Narvaro.Status.NARVARANDE
    )  # fmt: skip
    return Kontakt.objects.filter(pk__in=dar.values("kontakt")).order_by(SvenskOrdning("namn"), "pk")


def har_konto(kontakt):
    """Whether this one can log in and approve; the others sign on paper."""
    return bool(kontakt.anvandare_id and kontakt.anvandare.is_active)


def adress(mote):
    return reverse("moten:justering", args=[mote.pk])


@transaction.atomic
def skicka(mote, kontakter, *, av):
    """The record as it stands becomes the next version, and `kontakter` are asked to approve it. The Protokollversion.
    `pdf.PdfSaknas` and ValueError as `protokoll_pdf.gor`: nothing is saved then."""
    mote._overga("till_justering", av=av)
    mote.justerare.exclude(kontakt__in=kontakter).delete()
    for kontakt in kontakter:  # before the file is made: it names them
        Justerare.objects.update_or_create(
            mote=mote, kontakt=kontakt, defaults={"justerade": None, "sha256": "", "anvandare": None}
        )
    innehall = protokoll_pdf.gor(protokoll.las(mote))
    namn = protokoll_pdf.filnamn(mote, f"-v{mote.protokollversioner.count() + 1}")
    fil = filer.spara(innehall, namn, av=av)
    fil.godkann(av=av)
    version = _ny_version(mote, fil, av)
    mote.justerare.update(version=version, paminnd=nu())  # they are mailed now
    notiser.notify(_konton(mote.justerare.all()), "moten/justering", adress(mote))
    return version


def _ny_version(mote, fil, av, **falt):
    nr = mote.protokollversioner.count() + 1
    version = Protokollversion.objects.create(mote=mote, nr=nr, fil=fil, sha256=fil.sha256, av=av, **falt)
    Handelse.logga(mote, "protokollversion", av=av, data={"nr": nr, "sha256": fil.sha256})
    return version


def _konton(rader):
    return Anvandare.objects.filter(is_active=True, pk__in=rader.values("kontakt__anvandare"))


@transaction.atomic
def ta_tillbaka(mote, *, av):
    """The record may be changed again. What somebody approved was another text: those approvals fall."""
    mote._overga("ta_tillbaka", av=av)
    fallna = mote.justerare.exclude(justerade=None).update(justerade=None, sha256="", anvandare=None)
    mote.justerare.update(version=None)
    if fallna:
        Handelse.logga(mote, "justering_foll", av=av, data={"antal": fallna})


@transaction.atomic
def justera(rad, version, *, av):
    """The approver says yes to the version, given by its primary key. True when it was the last one: the record is
    approved then. Said twice it changes nothing. OtillatenOvergang when the version is not the one that is out, or the
    record is not out."""
    mote = rad.mote
    if rad.justerade and rad.version_id == version:
        return mote.lage != Mote.Lage.JUSTERING
    if mote.lage != Mote.Lage.JUSTERING:
        raise OtillatenOvergang(TILLBAKATAGET if mote.lage == Mote.Lage.AVSLUTAT else REDAN)
    if rad.version_id != version:
        raise OtillatenOvergang(NY_VERSION)
    rad.justerade, rad.sha256, rad.anvandare = nu(), rad.version.sha256, av
    rad.save(update_fields=["justerade", "sha256", "anvandare"])
    Handelse.logga(mote, "justerad", av=av, data={"justerare": rad.pk, "sha256": rad.sha256})
    if mote.justerare.filter(justerade=None).exists():
        return False
    _klart(mote, idag(), av)
    return True


@transaction.atomic
def ladda_upp(mote, uppladdad, dag, *, av):
    """A copy with signatures, an UploadedFile, approves for all who have not done it themselves, on `dag`."""
    if mote.lage != Mote.Lage.JUSTERING:
        raise OtillatenOvergang(REDAN)
    uppladdad.name = protokoll_pdf.filnamn(mote, "-undertecknat")  # its own may tell who signed
    version = _ny_version(mote, bilagor.spara(uppladdad, av=av, typer=("pdf",)), av, undertecknad=True)
    mote.justerare.filter(justerade=None).update(
        version=version, justerade=_stund(dag), sha256=version.sha256, anvandare=av
    )
    _klart(mote, dag, av)
    return version


def _stund(dag):
    """A moment of the day that somebody typed: nobody said which."""
    return nu() if dag == idag() else make_aware(datetime.combine(dag, time(12)))


def _klart(mote, dag, av):
    mote._overga("justera", av=av, justerat=_stund(dag))
    avslut.justerade(mote, dag, av=av)
    notiser.notify(meddelanden.kansliet().exclude(pk=av.pk), "moten/justerat", adress(mote))


@transaction.atomic
def kommentera(rad, punkt, text, *, av):
    """What the approver wants changed: at an item, or (None) about the whole."""
    kommentar = Justeringskommentar.objects.create(justerare=rad, punkt=punkt, text=text)
    Handelse.logga(rad.mote, "kommenterad", av=av, data={"kommentar": kommentar.pk})
    notiser.notify(meddelanden.kansliet(), "moten/justering_kommentar", adress(rad.mote))
    return kommentar


def paminn(mote, *, av):
    """The number of approvers who were reminded now: those who have an account, have not answered, and were not
    reminded within a day."""
    rader = mote.justerare.filter(justerade=None).exclude(paminnd__gt=nu() - ETT_DYGN)
    konton = list(_konton(rader))
    notiser.notify(konton, "moten/justering_paminnelse", adress(mote))
    rader.filter(kontakt__anvandare__in=konton).update(paminnd=nu())
    return len(konton)
