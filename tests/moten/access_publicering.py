"""Who may open what: approval, announcement and publication of records; see tests/test_access.py."""

MATRIS = {}
