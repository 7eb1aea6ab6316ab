"""Giving and ending roles leaves a row in the account's history and a notice to the person."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from samordning.karna import notiser
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Part, Roll

# What the account's page says of each event; the roll and the part are added where the event has them.
HANDELSER = {
    "bjud_in": "Inbjudan skickades",
    "los_in": "Lösenord valdes med inbjudan",
    "byt_losenord": "Lösenordet byttes",
    "ge_roll": "Rollen lades till",
    "avsluta_roll": "Slutdatumet ändrades",
    "ta_bort_roll": "Rollen togs bort innan den började",
    "stang": "Kontot stängdes",
    "oppna": "Kontot öppnades igen",
}


def logga_roll(uppdrag, namn, *, av):
    """The event lies on the account, with ids and dates."""
    data = {
        "roll": uppdrag.roll,
        "part": uppdrag.part_id,
        "fran": uppdrag.fran.isoformat(),
        "till": uppdrag.till.isoformat() if uppdrag.till else None,
    }
    Handelse.logga(uppdrag.anvandare, namn, av=av, data=data)


def meddela(anvandare):
    """Tell the person; who has not yet logged in has the invitation."""
    if anvandare.is_active and anvandare.has_usable_password():
        notiser.notify([anvandare], "karna/roller", reverse("konton:mitt_konto"))


def historik(konto, user):
    """[(event, text)] of the account, newest first, without roles at parts that `user` does not look after."""
    parter = {part.pk: part for part in Part.objects.for_konton(user)}
    rader = []
    for handelse in Handelse.objects.om(konto).select_related("av"):
        part, roll = handelse.data.get("part"), handelse.data.get("roll")
        if part is not None and part not in parter:
            continue
        text = HANDELSER.get(handelse.namn, handelse.namn)
        if roll:
            text = f"{text}: {Roll(roll).label}, {parter[part]}"
            if till := handelse.data["till"]:
                text += f", till och med {date_format(date.fromisoformat(till), 'j F Y')}"
        rader.append((handelse, text))
    return rader


def delade(uppdrag):
    """(today, coming, earlier) of a list of roles."""
    dag = idag()
    nu = [rad for rad in uppdrag if rad.fran <= dag and (rad.till is None or rad.till >= dag)]
    kommande = [rad for rad in uppdrag if rad.fran > dag]
    return nu, kommande, [rad for rad in uppdrag if rad.till and rad.till < dag]


def ar_sista_nyckeln(user, uppdrag):
    """True for the user's own last role as kontoansvarig at the association: ending it could lock everybody out."""
    if uppdrag.anvandare_id != user.pk or uppdrag.roll != Roll.KONTOANSVARIG or uppdrag.part.slag != Part.Slag.FORBUND:
        return False
    andra = user.uppdrag.inte_slut().filter(roll=uppdrag.roll, part=uppdrag.part).exclude(pk=uppdrag.pk)
    return not andra.exists()
