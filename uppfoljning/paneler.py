"""What waits for a user in this app, for the pages of the roof."""

from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from samordning.karna.kalender import idag, senaste_hela_halvar
from samordning.karna.paneler import AttGora
from uppfoljning.models import Avslutsorsak, Deltagande

LASTID = 60  # days after a half-year in which its result is news


def att_gora(user):
    """For the kansli: the latest half-year's result, and exits of it that lack a reason (X4). One query."""
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
