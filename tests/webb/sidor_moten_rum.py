"""Pages that the browser looks at: what people do together on their phones during a meeting; see test_sidor.py."""

RUMMET = "/moten/?mina=on > /moten/<pk>/ > /moten/<pk>/rum/"  # of the demo's meeting of today
PA_TELEFON = "the browser story of the meetings goes through it, on phones"

SIDOR = [
    (RUMMET, "kansli", "Dela i grupper"),
    (f"{RUMMET} > /moten/<pk>/rum/visa/", "kansli", "Kom in i mötets rum"),
    (f"{RUMMET} > /moten/<pk>/utvardering/", "kansli", "Frågor"),
    (f"{RUMMET} > /punkter/<pk>/grupparbete/", "kansli", "Antal grupper"),
    (f"{RUMMET} > /punkter/<pk>/omrostning/ny/", "kansli", "Alternativ"),
    (f"{RUMMET} > /omrostningar/<pk>/", "kansli", "prickar var"),
    (f"{RUMMET} > /punkter/<pk>/laget-runt/", "kansli", "Skriv svar för hand"),
    (f"{RUMMET} > /punkter/<pk>/laget-runt/ > /laget-runt/svar/<pk>/", "kansli", "Ändra svaret"),
    (f"{RUMMET} > /organ/<pk>/utvarderingar/", "kansli", "möte för möte"),
    ("/rum/", None, "Mötets kod"),
]
INGA_SIDOR = {
    "moten:rum": PA_TELEFON,
    "moten:rum_grupp": PA_TELEFON,
    "moten:rum_rosta": PA_TELEFON,
    "moten:rum_ord": PA_TELEFON,
    "moten:rum_utvardera": PA_TELEFON,
}
