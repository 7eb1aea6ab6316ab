"""Pages that the browser looks at: the meeting while it goes on and its page; see test_sidor.py."""

MOTET = "/moten/?mina=on > /moten/<pk>/"  # the demo's meeting of today, which is going on
NARVARO = f"{MOTET} > /moten/<pk>/narvaro/"
ANTECKNA = f"{MOTET} > /moten/<pk>/anteckna/"

SIDOR = [
    (MOTET, "kansli", "har öppnat sidan"),
    (f"{MOTET} > /punkter/<pk>/min-anteckning/", "kansli", "Bara du läser den"),
    (NARVARO, "kansli", "inte prickade"),
    (f"{NARVARO} > /moten/<pk>/narvaro/ny/", "kansli", "Välj person"),
    (f"{NARVARO} > /narvaro/<pk>/", "kansli", "Kom till punkten"),
    (ANTECKNA, "kansli", "punkter har"),
    (f"{ANTECKNA} > /punkter/<pk>/anteckna/", "kansli", "Spara och gå till nästa"),
    (f"{ANTECKNA} > /punkter/<pk>/utfall/nytt/", "kansli", "Medskick"),
]
INGA_SIDOR = {
    "moten:utfall_edit": "the same form as utfall_create, and the demo's ongoing meeting has no outcome yet",
    "moten:utfall_delete": "tests/moten/test_motet.py; asks as punkt_delete does",
}
