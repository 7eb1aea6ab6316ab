"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

SIDOR = []
