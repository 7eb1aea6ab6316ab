"""Who may open what; see tests/test_access.py."""

MATRIS = {}
