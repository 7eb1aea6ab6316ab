"""Pages that the browser looks at: the record on paper, and its approval; see test_sidor.py."""

JUSTERING = "/moten/?tid=forra > /moten/<pk>/ > /moten/<pk>/justering/"

SIDOR = [
    (JUSTERING, "kansli", "Kontrollsumma"),
    (JUSTERING, "styrelse", "Jag justerar version 1"),
    (f"{JUSTERING} > /moten/<pk>/justering/undertecknat/", "kansli", "Spara och justera"),
]
INGA_SIDOR = {
    "moten:kommentar_svar": "tests/moten/test_justering.py; the same page as a note of one's own",
}
