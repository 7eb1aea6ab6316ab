"""What is to be done after meetings: the standing items that fill themselves, and what is very late (MA6, MA22)."""

import re
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from moten import styrelserapport
from moten.meddelanden import kansliet
from moten.models import Fastpunkt, Utfall
from samordning.karna import notiser
from samordning.karna.kalender import idag, nu
from samordning.karna.templatetags.samordning import datum

RUBRIK = "Att följa upp:"
BLOCK = re.compile(rf"^(?:{RUBRIK}|{styrelserapport.RUBRIK})\n(?:- .*(?:\n|\Z))*", re.MULTILINE)
KANSLIET_FAR_VETA = timedelta(days=14)  # how late something is before the kansli is told too


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


FYLLER = {
    Fastpunkt.Slag.UPPFOLJNING: lambda mote: block(mote.organ, mote.dag),
    Fastpunkt.Slag.RAPPORT: styrelserapport.block,
}


def fyllt(slag, text, mote):
    """The text of an item of the kind with its list renewed; as it is for an item that nothing fills."""
    return med_block(text, FYLLER[slag](mote)) if slag in FYLLER else text


def fyll(mote):
    """Renew the lists in the meeting's standing items. The caller holds the meeting."""
    for punkt in mote.punkter.filter(slag__in=FYLLER):
        text = fyllt(punkt.slag, punkt.underlag, mote)
        if text != punkt.underlag:
            punkt.underlag, punkt.version = text, punkt.version + 1
            punkt.save(update_fields=["underlag", "version"])


# ---- What the kansli is told of. Who is to do it hears each week of all that waits (samordning/sidor/att_gora.py).


@transaction.atomic
def beratta_om_sena():
    """Tell the kansli, once, of what has become very late since nobody did it; how many such things there were. Run
    twice, or by two at once, it tells once."""
    rader = (
        Utfall.objects.att_folja_upp()
        .filter(senast__lt=idag() - KANSLIET_FAR_VETA)
        .select_for_update(of=("self",), skip_locked=True)
    )
    nya = [rad.pk for rad in rader if rad.paminnd is None or localdate(rad.paminnd) <= rad.senast + KANSLIET_FAR_VETA]
    if nya:
        notiser.notify(kansliet(), "moten/sena_atgarder", f"{reverse('moten:atgard_list')}?visa=sena")
        Utfall.objects.filter(pk__in=nya).update(paminnd=nu())
    return len(nya)
