"""Pages that gather from several apps, each through its `paneler.py` (beslut.md 31)."""
