"""Pages that the browser looks at: the summons, answers to it, and calendars; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
