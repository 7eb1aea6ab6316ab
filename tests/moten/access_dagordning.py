"""Who may open what of the agenda; see tests/test_access.py."""

MATRIS = {}
