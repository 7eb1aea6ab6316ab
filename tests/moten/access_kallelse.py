"""Who may open what: the summons, answers to it, and calendars; see tests/test_access.py."""

MATRIS = {}
