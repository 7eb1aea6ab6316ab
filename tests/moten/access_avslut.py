"""Who may open what: a meeting's close, what is to be done, and what became of it; see tests/test_access.py."""

from moten.models import Utfall
from tests.moten.access_motet import KANSLI, _ett, _kansliets, _pagar, _punkt, _rader
from tests.moten.fabrik import ett_mote


def _avslutat(varld):
    return _ett(varld, "avslutat", lambda: ett_mote(lage="avslutat"))


def _atgard(varld):
    """Of the board's meeting, which is going on; nobody is named for it."""
    return _ett(
        varld, "atgard", lambda: Utfall.objects.create(punkt_id=_punkt(varld)["pk"], typ="atgard", text="Ring.")
    )


MATRIS = {
    "moten:atgard_list": ("get", None, _rader(200)),
    "moten:atgard_edit": ("get", _atgard, _rader(404, **dict.fromkeys(KANSLI, 200), styrelse=403)),
    "moten:mote_avsluta": ("get", _pagar, _kansliets()),
    "moten:mote_ateroppna": ("get", _avslutat, _kansliets()),
}
