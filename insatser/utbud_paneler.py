"""What waits for a user about groups, events and the course that staff shall have gone."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format

from insatser.models import Anmalan, Insatsgrupp, Medarbetare, Tillfalle
from insatser.utbud_kansli_views import medarbetare_med_kurs
from samordning.karna.kalender import idag
from samordning.karna.models import Roll
from samordning.karna.paneler import AttGora

EGET_FORE = timedelta(7)  # how long before an event one is reminded that one comes
NARVARO_EFTER = timedelta(60)  # how long the kansli is asked who came


def att_gora(user):
    """A fixed number of queries: one for everybody, one more for staff, four more for the kansli."""
    rader = _egna(user)
    if user.ar_kansli:
        return _narvaro() + _nck() + rader
    if user.har_roll(Roll.INSATSPERSONAL):
        return _grupper(user) + rader
    return rader


def _egna(user):
    """Events that one has signed up for, soon."""
    anmalningar = Anmalan.objects.filter(
        anvandare=user, avanmald=None, tillfalle__installt=False,
        tillfalle__dag__range=(idag(), idag() + EGET_FORE),
    ).select_related("tillfalle").order_by("tillfalle__dag", "pk")  # fmt: skip
    return [
        AttGora(
            f"Gå på {rad.tillfalle}",
            reverse("tillfallen:tillfalle_detail", args=[rad.tillfalle_id]),
            " ".join(filter(None, ["Du är anmäld.", rad.tillfalle.tid, rad.tillfalle.plats])),
            rad.tillfalle.dag,
        )
        for rad in anmalningar
    ]


def _grupper(user):
    """Groups of the own insatser whose free places nobody has confirmed lately."""
    egna = Medarbetare.objects.pagaende().filter(anvandare=user).values("insats")
    grupper = Insatsgrupp.objects.visible_to(user).filter(insats__in=egna).att_bekrafta().select_related("insats")
    return [
        AttGora(
            f"Bekräfta lediga platser i {grupp}, {grupp.insats}",
            reverse("insatser:grupp_edit", args=[grupp.insats.slug, grupp.pk]),
            f"Senast bekräftat {date_format(grupp.bekraftad, 'j F Y')}.",
        )
        for grupp in grupper
    ]


def _narvaro():
    """Events tomorrow (a list to take along), today, and those that have been where nobody has ticked who came."""
    dag = idag()
    anmalda = Anmalan.objects.filter(tillfalle=OuterRef("pk"), avanmald=None)
    tillfallen = Tillfalle.objects.filter(
        Exists(anmalda), ~Exists(anmalda.filter(narvarade__isnull=False)), installt=False,
        dag__range=(dag - NARVARO_EFTER, dag + timedelta(1)),
    )  # fmt: skip
    return [
        AttGora(
            f"{'Skriv ut närvarolistan till' if rad.dag > dag else 'Bocka av närvaron på'} {rad}",
            reverse("tillfallen:narvaro", args=[rad.pk]),
            "Tillfället är i morgon." if rad.dag > dag else "Då syns hur många av platserna som användes.",
            rad.dag,
        )
        for rad in tillfallen
    ]


def _nck():
    alla = medarbetare_med_kurs()
    saknas = sum(rad["kurs"] is None for rad in alla)
    if not saknas:
        return []
    return [
        AttGora(
            "Se vilka som saknar NCK:s grundkurs",
            f"{reverse('insatser:nck')}?visa=saknas",
            f"{len(alla) - saknas} av {len(alla)} som arbetar i insatserna har gått kursen.",
        )
    ]
