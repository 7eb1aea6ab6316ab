"""Who may open what: the meeting while it goes on and its page; see tests/test_access.py."""

MATRIS = {}
