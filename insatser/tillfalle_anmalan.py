"""Who may take a place at an event. No more people than places, also when two sign up at the same moment: the caller
holds the event's row locked (`las`)."""

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format

from insatser.models import Anmalan, Tillfalle
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse, Part
from samordning.karna.views import get_visible_or_404


def las(user, pk):
    """The event if the user sees it, locked until the request is done."""
    return get_visible_or_404(Tillfalle.objects.select_related("insats").select_for_update(of=("self",)), user, pk=pk)


def kvar(tillfalle):
    """Those who are signed up."""
    return tillfalle.anmalningar.filter(avanmald=None)


def egen(tillfalle, user):
    return kvar(tillfalle).filter(anvandare=user).first()


def med_egen(tillfallen, user):
    """With `anmald`: the user is signed up."""
    egna = Anmalan.objects.filter(tillfalle=OuterRef("pk"), anvandare=user, avanmald=None)
    return tillfallen.annotate(anmald=Exists(egna))


def hinder(tillfalle, *, av_kansli=False):
    """Why nobody can sign up, in words; None when there is a place. The kansli may do it after the last day, and write
    down who came without signing up."""
    if tillfalle.installt:
        return "Tillfället är inställt."
    if not av_kansli:
        if tillfalle.dag < idag():
            return "Tillfället har varit."
        if tillfalle.sista_anmalan and tillfalle.sista_anmalan < idag():
            sista = date_format(tillfalle.sista_anmalan, "j F Y")
            return f"Sista dagen att anmäla sig var {sista}. Kontakta kansliet om du ändå vill vara med."
    if kvar(tillfalle).count() >= tillfalle.platser:
        return "Tillfället är fullt. Kontakta kansliet om du vill veta när det blir fler tillfällen."
    return None


def mina_parter(user):
    """Where the user works, for the sign-up: the parts of today's roles."""
    return Part.objects.filter(pk__in={uppdrag.part_id for uppdrag in user.pagaende_uppdrag}).for_val()


def anmal(tillfalle, user, part):
    """Take a place for oneself. The caller has asked `hinder`."""
    anmalan = Anmalan.objects.create(
        tillfalle=tillfalle, anvandare=user, namn=user.namn, epost=user.epost, part=part
    )  # fmt: skip
    Handelse.logga(tillfalle, "anmald", av=user)
    return anmalan


def avanmal(anmalan, *, av):
    """Give the place back; who had it is kept until the event's rows are removed."""
    anmalan.avanmald = nu()
    anmalan.narvarade = None
    anmalan.save(update_fields=["avanmald", "narvarade"])
    Handelse.logga(anmalan.tillfalle, "avanmald", av=av)


def att_meddela(tillfalle):
    """(accounts that get a notice, how many have none) of those who are signed up."""
    anmalda = list(kvar(tillfalle).select_related("anvandare"))
    konton = [rad.anvandare for rad in anmalda if rad.anvandare_id and rad.anvandare.is_active]
    return konton, len(anmalda) - len(konton)
