"""Pages that the browser looks at: the summons, answers to it, and calendars; see test_sidor.py."""

KALLELSE = "/organ/ > /organ/<pk>/ > /moten/<pk>/dagordning/ > /moten/<pk>/ > /moten/<pk>/kallelse/"

SIDOR = [
    (KALLELSE, "kansli", "Skicka kallelsen"),
    ("/kalender/", "styrelse", "Möten i din kalender"),
    ("/kallelser/svar/finns-inte/", None, "Länken gäller inte"),
]
INGA_SIDOR = {
    "moten:kallelse_fil": "a file",
    "moten:kalender_organ": "a file",
    "moten:kalender_person": "a file",
}
