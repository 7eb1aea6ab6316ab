"""What is to be done after meetings: the standing item that fills itself, and the weekly mail (MA6, MC17)."""

import re
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from moten.meddelanden import kansliet
from moten.models import Fastpunkt, Utfall
from samordning.karna import notiser
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Anvandare
from samordning.karna.templatetags.samordning import datum

RUBRIK = "Att följa upp:"
BLOCK = re.compile(rf"^{RUBRIK}\n(?:- .*(?:\n|\Z))*", re.MULTILINE)
SNART = timedelta(days=7)
KANSLIET_FAR_VETA = timedelta(days=14)  # how late something is before the kansli is told too
EN_VECKA = timedelta(days=6)  # between two mails; a little less, so that the day of the week stays


def oppna(organ, dag):
    """Actions and decisions to carry out that meetings of the body before `dag` ended with, the oldest day first."""
    return (
        Utfall.objects.att_folja_upp()
        .filter(punkt__mote__organ=organ, punkt__mote__dag__lt=dag)
        .select_related("ansvarig", "punkt__mote__organ")
    )


def block(organ, dag):
    """The list as the text of an item; "" when nothing is open. One query."""
    rader = [f"- {_rad(utfall)}" for utfall in oppna(organ, dag)]
    return "\n".join([RUBRIK, *rader]) if rader else ""


def _rad(utfall):
    text = " ".join(utfall.text.split()).rstrip(".")
    vem = f" {utfall.ansvarig.namn}" if utfall.ansvarig else ""
    nar = f" senast {datum(utfall.senast)}" if utfall.senast else ""
    ansvar = f"{vem}{',' if vem and nar else ''}{nar}.".lstrip() if vem or nar else ""
    fran = f"{utfall.punkt.rubrik}, {datum(utfall.punkt.mote.dag)}"
    delar = [f"{text}.", ansvar[:1].upper() + ansvar[1:], f"{utfall.get_lage_display()}.", f"Från {fran}."]
    return " ".join(del_ for del_ in delar if del_).replace("\N{NO-BREAK SPACE}", " ")


def med_block(text, nytt):
    """A typed text with the list renewed: what was written around it stays."""
    utan = BLOCK.sub("", text).strip()
    return "\n\n".join(del_ for del_ in (utan, nytt) if del_)


def fyll(mote):
    """Renew the list in the meeting's standing items. The caller holds the meeting."""
    punkter = list(mote.punkter.filter(slag=Fastpunkt.Slag.UPPFOLJNING))
    nytt = block(mote.organ, mote.dag) if punkter else ""
    for punkt in punkter:
        text = med_block(punkt.underlag, nytt)
        if text != punkt.underlag:
            punkt.underlag, punkt.version = text, punkt.version + 1
            punkt.save(update_fields=["underlag", "version"])


# ---- The weekly mail


def mejla():
    """Tell each owner, once a week, that something of hers is late or soon due; and the kansli when something is very
    late. What is done is not told of again. The number of people who were told. Run twice it tells once."""
    dag = idag()
    snart = Utfall.objects.att_folja_upp().filter(
        Q(paminnd=None) | Q(paminnd__lt=nu() - EN_VECKA), senast__lte=dag + SNART
    )
    egna = snart.filter(ansvarig__anvandare__is_active=True)
    adress = f"{reverse('moten:atgard_list')}?mina=on"
    vilka = list(Anvandare.objects.filter(pk__in=egna.values("ansvarig__anvandare")))
    notiser.notify(vilka, "moten/att_gora", adress)
    mycket_sena = list(snart.filter(senast__lt=dag - KANSLIET_FAR_VETA).values_list("pk", flat=True))
    nycklar = list(egna.values_list("pk", flat=True))
    if mycket_sena:
        notiser.notify(kansliet(), "moten/sena_atgarder", f"{reverse('moten:atgard_list')}?visa=sena")
    Utfall.objects.filter(pk__in={*nycklar, *mycket_sena}).update(paminnd=nu())
    return len(vilka)
