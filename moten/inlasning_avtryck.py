"""What an import of old minutes wrote, as hashes, so that a change made since is seen."""

import hashlib
import json

from moten.models import Mote, Utfall


class Nekad(Exception):
    """It cannot be saved, or not be undone. Its text, in Swedish, says why and what to do; nothing was changed."""


def avtryck(mote):
    """{what: a hash of it} of everything that an import writes. Four queries."""
    delar = {
        "mötets uppgifter": [Mote.objects.filter(pk=mote.pk).values_list(
            "organ", "dag", "sista_dag", "fran", "till", "plats", "lank", "rubrik", "lage", "ordforande", "sekreterare"
        )],
        "närvaron": [mote.narvaro.order_by("pk").values_list(
            "kontakt", "part", "roll", "status", "ersatter", "ersatter_namn", "fran_punkt", "till_punkt"
        )],
        "punkterna": [mote.punkter.order_by("pk").values_list(
            "pk", "ordning", "rubrik", "text", "intern", "status", "arende", "avford", "hanvisad_till", "nummer"
        )],
        "utfallen": [Utfall.objects.filter(punkt__mote=mote).order_by("pk").values_list(
            "pk", "punkt", "typ", "text", "ansvarig", "senast", "lage", "uppfoljning", "arendeutfall"
        )],
    }  # fmt: skip
    return {
        namn: hashlib.sha256(json.dumps([list(map(list, rader)) for rader in del_], default=str).encode()).hexdigest()
        for namn, del_ in delar.items()
    }
