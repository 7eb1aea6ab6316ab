"""Pages that the browser looks at: the diarium's papers and requests for disclosure; see test_sidor.py."""

SIDOR = []
INGA_SIDOR = {}
