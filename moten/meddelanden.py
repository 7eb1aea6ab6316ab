"""Who is told when something happens in a case. The mails hold no names: templates/mejl/arende/."""

from datetime import timedelta

from django.urls import reverse

from samordning.karna import notiser
from samordning.karna.models import Anvandare, Roll

ETT_DYGN = timedelta(hours=20)  # a working day later, also when it is sent a little earlier in the day


def till_parterna(arende, mall, *, utom=None):
    """The representatives of the case's parties, but not who did it."""
    mottagare = Anvandare.objects.med_roll(Roll.PARTSFORETRADARE, parter=arende.parter.all()).exclude(
        pk=utom and utom.pk
    )
    notiser.notify(mottagare, f"arende/{mall}", reverse("sidor:arende", args=[arende.pk]))


def till_kansliet(arende, mall, *, utom=None):
    """Who handles the case; all of the kansli while nobody does."""
    if arende.handlaggare_id:
        mottagare = Anvandare.objects.filter(pk=arende.handlaggare_id, is_active=True)
    else:
        mottagare = kansliet()
    notiser.notify(mottagare.exclude(pk=utom and utom.pk), f"arende/{mall}", reverse("sidor:arende", args=[arende.pk]))


def till_beredningen(runda, parter, mall):
    """The preparation groups' people at the parts. The number of people who were told."""
    mottagare = list(Anvandare.objects.med_roll(Roll.BEREDNING, parter=parter))
    notiser.notify(mottagare, f"arende/{mall}", reverse("moten:runda_detail", args=[runda.pk]))
    return len(mottagare)


def kansliet():
    """Open accounts that work at the kansli today."""
    return Anvandare.objects.med_roll(Roll.KANSLI, Roll.FORBUNDSCHEF)
