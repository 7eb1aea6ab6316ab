"""Pages that the browser looks at: the record on paper, and its approval; see test_sidor.py."""

JUSTERING = "/start/ > /moten/<pk>/justering/"  # the demo's record that is with those who approve it

SIDOR = [
    (JUSTERING, "kansli", "Kontrollsumma"),
    (JUSTERING, "styrelse", "Jag justerar version 1"),
    (f"{JUSTERING} > /moten/<pk>/justering/undertecknat/", "kansli", "Spara och justera"),
    (f"{JUSTERING} > /justeringskommentarer/<pk>/", "kansli", "Mitt namn är felstavat"),
]
INGA_SIDOR = {
    "moten:protokoll_pdf": "a file; tests/moten/test_protokoll_pdf.py",
    "moten:paragraf_pdf": "a file; tests/moten/test_protokoll_pdf.py",
    "moten:protokollversion_fil": "a file; tests/moten/test_justering.py",
}
