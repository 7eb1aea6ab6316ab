"""What is to be done after meetings: the standing items that fill themselves, and the weekly mail (MA6, MA22, MC17)."""

import re
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
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


# ---- The weekly mail


@transaction.atomic
def mejla():
    """Tell each owner, once a week, that something of hers is late or soon due; and the kansli, once, when something
    has become very late. What is done is not told of again. The number of people who were told. Run twice, or by two
    at once, it tells once."""
    dag = idag()
    rader = list(
        Utfall.objects.att_folja_upp()
        .filter(Q(paminnd=None) | Q(paminnd__lt=nu() - EN_VECKA), senast__lte=dag + SNART)
        .select_related("ansvarig__anvandare")
        .select_for_update(of=("self",), skip_locked=True)
    )
    egna = [rad for rad in rader if _konto(rad) and rad.ansvarig.anvandare.is_active]
    vilka = {rad.ansvarig.anvandare_id: rad.ansvarig.anvandare for rad in egna}
    notiser.notify(list(vilka.values()), "moten/att_gora", f"{reverse('moten:atgard_list')}?mina=on")
    mycket_sena = [rad for rad in rader if _blev_mycket_sen(rad, dag)]
    if mycket_sena:
        notiser.notify(kansliet(), "moten/sena_atgarder", f"{reverse('moten:atgard_list')}?visa=sena")
    Utfall.objects.filter(pk__in={rad.pk for rad in (*egna, *mycket_sena)}).update(paminnd=nu())
    return len(vilka)


def _konto(rad):
    return rad.ansvarig.anvandare if rad.ansvarig else None


def _blev_mycket_sen(rad, dag):
    """Very late, and nobody was reminded of it since it became that."""
    gransen = rad.senast + KANSLIET_FAR_VETA
    return gransen < dag and (rad.paminnd is None or localdate(rad.paminnd) <= gransen)
