"""Pages that the browser looks at: old minutes that are read in; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
