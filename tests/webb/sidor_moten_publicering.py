"""Pages that the browser looks at: approval, announcement and publication of records; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
