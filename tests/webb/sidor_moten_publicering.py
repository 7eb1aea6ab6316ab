"""Pages that the browser looks at: publication of records, and what the public reads; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
