"""Who may open what: the diarium's papers and requests for disclosure; see tests/test_access.py."""

MATRIS = {}
