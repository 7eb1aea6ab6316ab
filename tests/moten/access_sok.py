"""Who may open what: search, the register of papers, requests for disclosure; see tests/test_access.py."""

MATRIS = {}
