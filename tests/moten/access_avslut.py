"""Who may open what: a meeting's close, what is to be done, and what became of it; see tests/test_access.py."""

MATRIS = {}
