"""Old minutes come in: a file is taken, read, and saved as a meeting (MA5). The pages, the command and jobs call this.

`las_in(innehall, namn, ...)` does all of it at once for one file.
"""

import hashlib
import logging
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from moten import inlasning_spara
from moten.inlasning_avtryck import Nekad
from moten.inlasning_personer import Register
from moten.inlasning_svar import gissa, utan_fragor
from moten.inlasning_tolkad import packa_upp, tolka
from moten.models import Inlasning, Mote, Organ
from moten.tolk.text import TAS_EMOT, TYPER
from moten.tolk.typer import Lasfel
from samordning.karna import filer
from samordning.karna.bilagor import stada_namn
from samordning.karna.models import Fil

logg = logging.getLogger(__name__)

Lage = Inlasning.Lage
OVANTAT = (
    "Det står något i filen som läsaren inte klarar. Spara den som .txt eller klistra in texten i stället. "
    "Inget är inläst."
)
# What lies in text is read while the page waits; a Word file or a PDF, and whatever is longer, is read by a job.
LASES_GENAST = 300_000


@dataclass
class Underlag:
    """What every file is compared with: contacts, parties and bodies. Three queries, for any number of files."""

    register: Register
    organ: list

    @classmethod
    def nu(cls):
        return cls(Register(), list(Organ.objects.all()))


def tidigare(sha256):
    """The import of a file with this content that is saved or waits to be; None when it can be read anew."""
    rader = Inlasning.objects.filter(sha256=sha256).exclude(lage__in=(Lage.NEKAD, Lage.ANGRAD))
    return rader.defer("tolkad").select_related("mote__organ").order_by("-pk").first()


@transaction.atomic
def ta_emot(innehall, namn, *, av=None):
    """(Inlasning, whether it is new). The same content again gives the row that is there. Nothing is read yet."""
    sha256 = hashlib.sha256(innehall).hexdigest()
    if rad := tidigare(sha256):
        return rad, False
    namn = stada_namn(namn)
    fil = filer.spara(innehall, namn, av=av)
    return Inlasning.objects.create(namn=namn, sha256=sha256, fil=fil, av=av), True


def ta_emot_nekad(innehall, namn, text, *, av=None):
    """A file that was not even stored, so that the list tells of each file of a batch."""
    sha256 = hashlib.sha256(innehall).hexdigest()
    return Inlasning.objects.create(
        namn=stada_namn(namn), sha256=sha256, besked=text[:500], av=av, lage=Lage.NEKAD
    )  # fmt: skip


def snabbkoll(namn, storlek, storst):
    """Why a file is not taken, by its name and size alone; "" when it may be."""
    andelse = namn.rpartition(".")[2].lower() if "." in namn else ""
    if andelse not in TYPER:
        return f"{TAS_EMOT} Spara filen som något av dem och försök igen."
    if not storlek:
        return "Filen är tom. Kontrollera att det är rätt fil."
    if storlek > storst:
        mb, hogst = -(-storlek // 2**20), storst // 2**20
        return f"Filen är för stor: {mb} MB. Den får vara högst {hogst} MB. Spara den utan bilder, eller dela den."
    return ""


def lases_genast(rad):
    """True for a text that takes no time to read."""
    return TYPER.get(rad.fil.typ) == "text" and rad.fil.storlek <= LASES_GENAST


def las(rad, underlag, *, innehall=None, organ=None, dag=None):
    """Read a file that waits: its state says what is to be done with it. Run twice it reads once."""
    innehall = filer.las(rad.fil) if innehall is None else innehall
    try:
        tolkad = tolka(innehall, rad.namn)
    except Lasfel as fel:
        return _neka(rad, fel.text)
    except Exception:  # a fault of the reader must not stop the other files of a batch; the log says which
        logg.exception("Inläsning %s gick inte att tolka", rad.pk)
        return _neka(rad, OVANTAT)
    anteckning = packa_upp(tolkad)
    svar = gissa(anteckning, rad.namn, underlag.register, organ=organ, dag=dag, alla_organ=underlag.organ)
    with transaction.atomic():
        if rad.fil.lage == Fil.Lage.KARANTAN:
            rad.fil.godkann(av=rad.av)
        rad._overga("fraga" if svar.fragor else "klarna", av=rad.av, tolkad=tolkad, fragor=svar.fragor)


def _neka(rad, text):
    with transaction.atomic():
        if rad.fil.lage == Fil.Lage.KARANTAN:
            rad.fil.avvisa(av=rad.av)
        rad._overga("neka", av=rad.av, besked=text[:500])


def svara(rad, underlag, *, organ=None, dag=None):
    """(Anteckning, Svar) of a file that is read, guessed with the register as it is now."""
    anteckning = packa_upp(rad.tolkad)
    return anteckning, gissa(
        anteckning, rad.namn, underlag.register, organ=organ, dag=dag, alla_organ=underlag.organ
    )  # fmt: skip


def spara(rad, anteckning, svar, *, av=None, varningar=()):
    """The Mote; `Nekad` in words, also when somebody else was first."""
    try:
        with transaction.atomic():
            mote = inlasning_spara.spara(rad, anteckning, svar, av=av, varningar=varningar)
            Inlasning.objects.filter(pk=rad.pk).update(halva_svar={})
            return mote
    except IntegrityError:
        raise Nekad(
            "Någon annan sparade samma möte eller samma fil just nu. Ladda om sidan och kontrollera. Inget är sparat."
        ) from None


PABORJAT = "resten av det som är påbörjat"


@transaction.atomic
def spara_halvt(rad, svaren, *, version, av=None):
    """Keep answers to go on with, {field: value}. It is saved with no other file then, before somebody has finished it.
    False when somebody has kept other answers since `version`."""
    rader = Inlasning.objects.filter(pk=rad.pk, version=version, lage__in=Inlasning.OPPNA)
    if not rader.update(halva_svar=svaren, version=F("version") + 1):
        return False
    if rad.lage == Lage.KLAR:
        rad._overga("fraga", av=av, fragor=[PABORJAT])
    return True


def spara_klar(rad, underlag, *, av=None):
    """Save one that has no questions. One that has got some since waits for answers, and None is given."""
    anteckning, svar = svara(rad, underlag)
    if svar.fragor:
        if rad.lage == Lage.KLAR:
            rad._overga("fraga", av=av, fragor=svar.fragor)
        return None
    return spara(rad, anteckning, svar, av=av)


@transaction.atomic
def las_in(innehall, namn, *, organ=None, dag=None, av=None, ersatt=False, underlag=None):
    """A file's bytes become a meeting without a question: (Mote, [what is to be looked at, in words]).

    Names that are not exactly a contact's become new contacts. `Nekad` in words when the file cannot be read, body or
    day is not known, or the meeting is there already; then nothing is written.
    """
    underlag = underlag or Underlag.nu()
    rad, ny = ta_emot(innehall, namn, av=av)
    if rad.lage == Lage.INLAST:
        raise Nekad(f"Filen är redan inläst som {rad.mote}. Inget är sparat.")
    if ny or rad.lage == Lage.VANTAR:
        las(rad, underlag, innehall=innehall, organ=organ, dag=dag)
    if rad.lage == Lage.NEKAD:
        raise Nekad(rad.besked)
    rad.refresh_from_db(fields=["tolkad"])
    anteckning, svar = svara(rad, underlag, organ=organ, dag=dag)
    saknas = [text for vad, text in ((svar.organ, "organet"), (svar.dag, "dagen")) if not vad]
    if saknas:
        raise Nekad(f"Texten säger inte säkert {' eller '.join(saknas)} för mötet. Inget är sparat.")
    att_se = utan_fragor(svar)
    svar.ersatt = ersatt
    return spara(rad, anteckning, svar, av=av, varningar=att_se), att_se


@transaction.atomic
def kasta(rad, *, av=None):
    """Take away one that is no meeting: the row and its file. `Nekad` when it has become one."""
    las_rad = Inlasning.objects.select_for_update().defer("tolkad").get(pk=rad.pk)
    if las_rad.lage in (Lage.INLAST, Lage.ANGRAD):
        raise Nekad(f"{las_rad.namn} är {las_rad.get_lage_display().lower()} och tas inte bort här. Inget ändrades.")
    fil = las_rad.fil
    las_rad.delete()
    if fil and not Mote.objects.filter(original=fil).exists():
        fil.delete()  # its bytes go with the daily sweep
