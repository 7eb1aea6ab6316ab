"""Pages that the browser looks at: search, the diarium's papers and requests for disclosure; see test_sidor.py."""

SIDOR = [
    ("/sok/", "kansli", "Så söker du"),
    ("/sok/?q=budget", "kansli", "träffar"),
    ("/sok/?q=finnsinte", "styrelse", "Ingenting hittades"),
    ("/sok/sparade/", "kansli", "Inga sparade sökningar"),
    ("/sok/sparade/ny/?q=budget", "kansli", "Vad sökningen heter"),
    ("/handlingar/", "kansli", "Från eller till"),
    ("/handlingar/?sok=finnsinte", "styrelse", "Ingen handling passar"),
    ("/utlamnanden/", "kansli", "Utlämnande av handlingar"),
    ("/utlamnanden/ny/", "kansli", "Fråga inte vem eller varför"),
]
INGA_SIDOR = {
    "moten:arende_export": "a file",
    "moten:utlamnande_edit": "tests/moten/test_utlamnande.py; the demo has no request, and it looks as a new one",
    "sidor:sokning_visa": "only sends on",
    "sidor:sokning_edit": "tests/moten/test_sok.py; it looks as sokning_create does",
}
