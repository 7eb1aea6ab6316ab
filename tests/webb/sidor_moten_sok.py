"""Pages that the browser looks at: search, the register of papers, requests for disclosure; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
