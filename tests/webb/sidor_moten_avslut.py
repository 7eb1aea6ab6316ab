"""Pages that the browser looks at: a meeting's close, what is to be done, and what became of it; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
