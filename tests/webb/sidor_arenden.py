"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

ARENDE = "/arenden/ > /arenden/<pk>/"
ARENDE_SIDOR = [
    ("/ansokningstider/", None, "Ansökningstider"),
    (ARENDE, "kansli", "Nästa steg"),
    (ARENDE, "styrelse", "Nästa steg"),
]

SIDOR = [*ARENDE_SIDOR]
