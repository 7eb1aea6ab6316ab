"""Who may open what: a meeting's close, what is to be done, and what became of it; see tests/test_access.py."""

from tests.moten.access_motet import _ett, _kansliets, _pagar
from tests.moten.fabrik import ett_mote


def _avslutat(varld):
    return _ett(varld, "avslutat", lambda: ett_mote(lage="avslutat"))


MATRIS = {
    "moten:mote_avsluta": ("get", _pagar, _kansliets()),
    "moten:mote_ateroppna": ("get", _avslutat, _kansliets()),
}
