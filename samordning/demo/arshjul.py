"""The demo's wheels: the plan's year 2019, and this year as it has come so far."""

import datetime

from django.utils import timezone

from ekonomi import hjulprocess, hjulregler
from ekonomi.hjullagen import sista_dag, tillstand
from ekonomi.models import Hjulpost

# The days that the plan gives; of the others it says only the month.
PLANEN = {"Beredningsgrupp februari": (2, 13), "Styrelse februari": (2, 16)}
BESLUT = "§ 52"
# Late on purpose, so that there is something to see.
SENT = ("Se över attestordning, avtal och andra styrdokument",)


def skriv(kansli, dag):
    """`kansli` answers for what the kansli does."""
    hjulregler.ladda(kansli)
    _planens(kansli)
    hjul = hjulprocess.skapa(dag.year, av=kansli)
    hjulprocess.faststall(hjul, av=kansli, beslutad=datetime.date(dag.year - 1, 11, 20), paragraf=BESLUT)
    poster = list(hjul.poster.select_related("mote", "bas__mote", "hjul"))
    lagen = tillstand(poster, dag)
    for post in poster:
        if sista_dag(post) < dag and lagen[post.pk].lage != "klar" and post.rubrik not in SENT:
            _klar(post, kansli)
            post.dagen_oviss = False  # it was held some day that month
    Hjulpost.objects.bulk_update(poster, ["klar", "klar_av", "dagen_oviss"])


def _planens(kansli):
    hjul = hjulprocess.skapa(2019, av=kansli)
    for rubrik, (manad, dag) in PLANEN.items():
        post = hjul.poster.get(rubrik=rubrik)
        foljer = set(hjul.poster.filter(bas=post).values_list("pk", flat=True))
        hjulprocess.flytta(post, datetime.date(2019, manad, dag), foljer, av=kansli)
    hjulprocess.faststall(hjul, av=kansli, beslutad=datetime.date(2018, 12, 6), paragraf="§ 61")
    poster = list(hjul.poster.all())
    for post in poster:
        _klar(post, kansli)
    Hjulpost.objects.bulk_update(poster, ["klar", "klar_av"])


def _klar(post, kansli):
    """The day after; a day that only the month was known of was held some day that month."""
    efter = datetime.datetime.combine(sista_dag(post) + datetime.timedelta(1), datetime.time(9))
    post.klar, post.klar_av = timezone.make_aware(efter), kansli
