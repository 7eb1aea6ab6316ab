"""Who may open what: old minutes that are read in; see tests/test_access.py."""

MATRIS = {}
