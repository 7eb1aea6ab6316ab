"""Pages that the browser looks at: the meeting while it goes on and its page; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
