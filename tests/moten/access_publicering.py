"""Who may open what: publication of records, and what the public reads; see tests/test_access.py."""

MATRIS = {}
