"""Who may open what: old minutes that are read in; see tests/test_access.py."""

from moten import inlasning
from samordning.karna.models import Roll
from tests.moten.fabrik import ett_mote

KOLUMNER = ("anonym", *Roll.values, "egen_personal")
KANSLI = ("kansli", "forbundschef")


def _fil(varld):
    """Made once for a world; read, and waiting for answers."""
    if "inlasning" not in vars(varld):
        rad, _ = inlasning.ta_emot(b"1. Hej\n\nText.\n", "a.txt")
        inlasning.las(rad, inlasning.Underlag.nu())
        vars(varld)["inlasning"] = rad.pk
    return {"pk": varld.inlasning}


def _vantar(varld):
    """Read when a role asks for it, so each has its own."""
    varld.inlasningar = getattr(varld, "inlasningar", 0) + 1
    rad, _ = inlasning.ta_emot(f"1. Hej\n\nText {varld.inlasningar}.\n".encode(), "b.txt")
    return {"pk": rad.pk}


def _mote(varld):
    """Of the board, which is called; without an original, so the page of the meeting is opened."""
    return {"pk": ett_mote(lage="kallat").pk}


def _rader(annars, **status):
    return dict.fromkeys(KOLUMNER, annars) | {"anonym": 302} | status


def _kansliets(status=200):
    return _rader(403, **dict.fromkeys(KANSLI, status))


MATRIS = {
    "moten:inlasning_list": ("get", None, _kansliets()),
    "moten:inlasning_create": ("get", None, _kansliets()),
    "moten:inlasning_spara_klara": ("post", None, _kansliets(302)),
    "moten:inlasning_detail": ("get", _fil, _kansliets()),
    "moten:inlasning_las": ("post", _vantar, _kansliets(302)),
    "moten:inlasning_kasta": ("get", _fil, _kansliets()),
    "moten:inlasning_angra": ("get", _fil, _kansliets()),
    "moten:inlasning_fil": ("get", _fil, _kansliets()),
    "moten:mote_original": ("get", _mote, _rader(404, **dict.fromkeys((*KANSLI, "styrelse"), 302))),
}
