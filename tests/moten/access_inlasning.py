"""Who may open what: old minutes read in; see tests/test_access.py."""

MATRIS = {}
