"""The reader of old minutes (MA5): bytes to lines (`text`), lines to an `Anteckning` (`las`) and JSON (`utskrift`).

Pure functions without a database. What is read is a proposal that a person confirms; no line of the source is lost.
"""
