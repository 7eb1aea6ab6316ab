"""What the wheel sets going by itself: wishes on agendas, and a word to the kansli of what is very late (MC12, MC17).

The days of the half-year reports it sets when it is decided (`hjulprocess.satt_rapportdag`)."""

import datetime

from django.db import transaction
from django.urls import reverse

from ekonomi.hjullagen import sista_dag, tillstand
from ekonomi.hjulprocess import Bestaller, forsta_dag, onskans_nyckel
from ekonomi.models import Arshjul, Hjulpost
from moten.models import Forslag
from samordning.karna import notiser
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare, Roll

MYCKET_SENT = datetime.timedelta(14)
BAKAT = datetime.timedelta(120)  # what is older than this nobody waits for
I_FORVAG = datetime.timedelta(60)  # how long before its day something is wished onto an agenda


@transaction.atomic
def onska_punkter():
    """Wish onto the bodies' agendas what the decided wheels order within two months. Run twice it wishes once; the
    number of wishes."""
    poster = (
        Hjulpost.objects.kvar()
        .filter(
            bestaller=Bestaller.FORSLAG, utford=None, organ__isnull=False, hjul__lage=Arshjul.Lage.FASTSTALLT,
            dag__range=(idag(), idag() + I_FORVAG),
        )
        .select_related("organ", "hjul")
        .select_for_update(of=("self",), skip_locked=True)
    )  # fmt: skip
    poster = list(poster)
    for post in poster:
        Forslag.objects.onska(
            post.organ, post.rubrik, tidigast=forsta_dag(post), kalla=str(post.hjul), nyckel=onskans_nyckel(post),
            lank=reverse("ekonomi:hjulpost_detail", args=[post.pk]),
        )  # fmt: skip
        post.utford = nu()
    Hjulpost.objects.bulk_update(poster, ["utford"])
    return len(poster)


@transaction.atomic
def beratta_om_sena():
    """Tell the kansli and the head, once, of each day of a decided wheel that is more than two weeks late. How many."""
    poster = list(
        Hjulpost.objects.kvar()
        .filter(
            hjul__lage=Arshjul.Lage.FASTSTALLT, paminnd=None, dag__range=(idag() - BAKAT, idag() - MYCKET_SENT)
        )
        .select_related("mote", "bas__mote", "hjul")
        .select_for_update(of=("self",), skip_locked=True)
    )  # fmt: skip
    lagen = tillstand(poster)
    sena = [
        post for post in poster if lagen[post.pk].lage == "sen" and sista_dag(post) < idag() - MYCKET_SENT
    ]  # fmt: skip
    if sena:
        kansliet = Anvandare.objects.med_roll(Roll.KANSLI, Roll.FORBUNDSCHEF).filter(is_active=True)
        lank = reverse("ekonomi:hjul_detail", args=[sena[0].hjul.ar])
        notiser.notify(list(kansliet), "ekonomi/sen_dag", f"{lank}?visa=kvar")
        Hjulpost.objects.filter(pk__in=[post.pk for post in sena]).update(paminnd=nu())
    return len(sena)
