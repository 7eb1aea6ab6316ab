"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

PART = "partsforetradare"
UTKAST = "/ansokningar/?visa=utkast > /ansokningar/<pk>/"
SKRIVA = f"{UTKAST} > /ansokningar/<pk>/kontroll/"
KOMPLETTERAS = "/ansokningar/?visa=kompletteras > /ansokningar/<pk>/"
IDEER = "/ansokningar/ideer/"

SIDOR = [
    ("/ansokningar/", PART, "Var är min ansökan?"),
    ("/ansokningar/?visa=kompletteras", PART, "Inga ansökningar här"),
    ("/ansokningar/", "kansli", "Alla ansökningar"),
    ("/ansokningar/ny/forberedande/", PART, "Finns insatsen redan i katalogen?"),
    ("/ansokningar/ny/strukturinsats/", PART, "Sidan finns inte"),
    ("/ansokningar/ny/struktur/", "kansli", "Huvudpart"),
    (UTKAST, PART, "Skriv vidare och skicka"),
    (SKRIVA, PART, "Checklista"),
    (f"{SKRIVA} > /ansokningar/<pk>/namn/", PART, "Spara och fortsätt"),
    (f"{SKRIVA} > /ansokningar/<pk>/skriv/behov/", PART, "Du kan spara halvfärdigt"),
    (f"{SKRIVA} > /ansokningar/<pk>/skriv/budget/", PART, "Belopp per år"),
    (f"{SKRIVA} > /ansokningar/<pk>/parter/", PART, "Lägg till en part"),
    (f"{SKRIVA} > /ansokningar/<pk>/parter/", "kansli", "Enligt mejl från"),
    (f"{SKRIVA} > /ansokningar/<pk>/bilagor/", PART, "Bifoga en fil"),
    (f"{UTKAST} > /ansokningar/<pk>/ta-bort/", PART, "Vill du ta bort utkastet"),
    (KOMPLETTERAS, "kansli", "Komplettera ansökan"),
    (f"{KOMPLETTERAS} > /ansokningar/<pk>/komplettering/", "kansli", "Skicka kompletteringen"),
    ("/ansokningar/?visa=pagar > /ansokningar/<pk>/ > /ansokningar/<pk>/versioner/", PART, "Lika i båda"),
    (IDEER, PART, "Idéer"),
    (f"{IDEER}ny/", PART, "Spara idén"),
    (f"{IDEER} > {IDEER}<pk>/", "kansli", "Spara idén"),
]
