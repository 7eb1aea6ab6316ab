"""Who may open what: the record on paper, and its approval; see tests/test_access.py."""

MATRIS = {}
