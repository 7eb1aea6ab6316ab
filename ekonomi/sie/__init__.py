"""The reader of ledgers in the Swedish exchange format SIE, types 1-4 and 4i (MC3): bytes to a `Bok` and its warnings.

Pure functions without a database. What disagrees with itself is told of by line; nothing that the file holds is
corrected or left out in silence.
"""
