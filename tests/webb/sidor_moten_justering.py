"""Pages that the browser looks at: the record on paper, and its approval; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
