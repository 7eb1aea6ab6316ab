"""Who may open what: what people do together on their phones during a meeting; see tests/test_access.py."""

MATRIS = {}
