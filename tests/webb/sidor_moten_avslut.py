"""Pages that the browser looks at: a meeting's close, what is to be done, and what became of it; see test_sidor.py."""

MOTET = "/moten/?mina=on > /moten/<pk>/"  # the demo's meeting of today, which is going on

ATGARDER = "/atgarder/"

SIDOR = [
    (ATGARDER, "kansli", "Följ upp"),
    (f"{ATGARDER} > /atgarder/<pk>/", "kansli", "Inte påbörjad"),
    (f"{MOTET} > /moten/<pk>/avsluta/", "kansli", "Säg hur varje punkt slutade"),
]
INGA_SIDOR = {
    "moten:mote_ateroppna": "tests/moten/test_avslut.py; asks as mote_stall_in does",
}
