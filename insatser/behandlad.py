"""Where what an application, an agreement or an insats is about was treated: derived from the meetings (MA7)."""

from django.db.models import Q

from insatser.models import Ansokan, Avtal
from moten import reports
from moten.models import Arende


def for_ansokan(ansokan, user):
    """[reports.Behandling] of the application's case. Two queries; none for a draft."""
    return reports.behandlad([ansokan.arende_id], user) if ansokan.arende_id else []


def for_avtal(avtal, user):
    """Of the case that the agreement was decided in, and of those of its prolongations. Two queries."""
    arenden = Arende.objects.filter(
        Q(pk__in=avtal.forlangningar.values("arende")) | Q(pk=avtal.beslut.arende_id if avtal.beslut else None)
    )
    return reports.behandlad(arenden.values("pk"), user)


def for_insats(insats, user):
    """Of every application and agreement of the insats. Two queries; none for who is not logged in."""
    if not user.is_authenticated:
        return []
    arenden = Arende.objects.filter(
        Q(pk__in=Ansokan.objects.filter(insats=insats).values("arende"))
        | Q(pk__in=Avtal.objects.filter(insats=insats).values("beslut__arende"))
    )
    return reports.behandlad(arenden.values("pk"), user)
