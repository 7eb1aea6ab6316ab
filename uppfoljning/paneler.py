"""What waits for a user in this app, for the pages of the roof."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from remisser.models import Remiss
from samordning.karna.kalender import idag, senaste_hela_halvar
from samordning.karna.paneler import AttGora
from uppfoljning import rapportversioner
from uppfoljning.gallande import utan_svar
from uppfoljning.models import Avslutsorsak, Deltagande, Tillfalle
from uppfoljning.policies import can_list_deltaganden

FLEST_RAPPORTER = 3
LASTID = 60  # days after a half-year in which its result is news
SVARSTID = 60  # days after a start or an exit in which it is still worth asking for the assessment


def att_gora(user):
    """What waits for the user in each of their roles: two queries for the kansli, three for staff."""
    return [*_for_kansliet(user), *_rapporter(user), *_for_personalen(user)]


def _for_kansliet(user):
    """The latest half-year's result, and exits of it that lack a reason (X4)."""
    if not user.ar_kansli:
        return []
    period = senaste_hela_halvar(idag())
    i_perioden = Deltagande.objects.filter(anonym=False, slut_eller_aldrig__gte=period.fran, start__lte=period.till)
    antal = i_perioden.exclude(avslutsorsak__grupp=Avslutsorsak.Grupp.FEL).aggregate(
        alla=Count("pk"), utan_orsak=Count("pk", filter=Q(slut__lte=period.till, avslutsorsak=None))
    )
    adress = f"{reverse('uppfoljning:utfall')}?{urlencode({'fran': period.fran, 'till': period.till})}"
    poster = []
    if antal["alla"] and (idag() - period.till).days <= LASTID:
        poster.append(AttGora(f"Läs resultatet för {period.namn}", adress, "Halvåret är slut och talen är räknade."))
    if utan := antal["utan_orsak"]:
        poster.append(
            AttGora(
                "Be insatserna ange avslutsorsak",
                adress,
                f"{utan} avslut {period.namn} saknar orsak och räknas inte som positiva.",
            )
        )
    return poster


def _rapporter(user):
    """Reports that the kansli has to read, or that are read and not released."""
    if not user.ar_kansli:
        return []
    return [
        AttGora(f"{'Granska' if rad.lage == rad.Lage.UTKAST else 'Släpp'}: {rapportversioner.namn(rad)}",
                reverse("uppfoljning:rapport_detail", args=[rad.uuid]),
                "Styrelsen ser rapporten först när du har släppt den.")
        for rad in rapportversioner.att_slappa()[:FLEST_RAPPORTER]
    ]  # fmt: skip


def _for_personalen(user):
    """Numbers of the user's own insatser, never a name (the start page writes no access log)."""
    if not can_list_deltaganden(user):
        return []
    egna = Deltagande.objects.visible_to(user).filter(anonym=False, felregistrerad=False)
    sedan = idag() - timedelta(days=SVARSTID)
    nyss = egna.filter(slut__gte=sedan).exclude(avslutsorsak__grupp=Avslutsorsak.Grupp.NEUTRALT)
    adress = reverse("uppfoljning:deltagande_list")
    poster = []
    if antal := Remiss.objects.mottagna_av(user).att_starta().count():
        vem = "en person" if antal == 1 else f"{antal} personer"
        poster.append(AttGora(f"Registrera start för {vem}", adress, "Remissen är mottagen men starten saknas."))
    if antal := utan_svar(egna.filter(slut=None, start__gte=sedan), Tillfalle.START).count():
        poster.append(AttGora("Be om skattning vid start", adress, f"Den saknas för {antal} deltagare."))
    if antal := utan_svar(nyss, Tillfalle.SLUT).count():
        poster.append(
            AttGora("Be om skattning vid avslut", f"{adress}?lage=avslutade", f"Den saknas för {antal} deltagare.")
        )
    return poster
