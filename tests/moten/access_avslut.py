"""Who may open what: closing a meeting and what is followed up after it; see tests/test_access.py."""

MATRIS = {}
