"""Pages that the browser looks at: the agenda and what fills it; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
