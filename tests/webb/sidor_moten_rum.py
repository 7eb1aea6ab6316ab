"""Pages that the browser looks at: what people do together on their phones during a meeting; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
