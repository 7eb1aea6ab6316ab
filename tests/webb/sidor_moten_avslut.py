"""Pages that the browser looks at: closing a meeting and what is followed up after it; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
