"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

AR = "/ekonomi/ > /ekonomi/ar/<pk>/"
VERSION = "/ekonomi/ > /ekonomi/budgetversioner/<pk>/"
REKVISITION = "/ekonomi/rekvisitioner/?lage={} > /ekonomi/rekvisitioner/<pk>/"
SCENARIO = "/ekonomi/scenarier/ > /ekonomi/scenarier/<pk>/"

SIDOR = [
    (AR, "styrelse", "Eget kapital"),
    (f"{AR} > /ekonomi/ar/<pk>/andra/", "kansli", "Budgetens rader"),
    (f"{AR} > /ekonomi/ar/<pk>/bidrag/", "kansli", "Kommunerna"),
    (f"{AR} > /ekonomi/ar/<pk>/faststall/", "kansli", "Spara beslutet"),
    (f"{AR} > /ekonomi/rader/<pk>/", "ekonom", "Vår andel i procent"),
    (f"{VERSION} > /ekonomi/ar/<pk>/ > /ekonomi/ar/<pk>/revidera/", "kansli", "Varför ska budgeten ändras"),
    (VERSION, "styrelse", "Så såg budgeten ut då"),
    (REKVISITION.format("inskickad"), "kansli", "Attestera"),
    (f"{REKVISITION.format('inskickad')} > /ekonomi/rekvisitioner/<pk>/skicka-tillbaka/", "ekonom", "tillbaka"),
    (REKVISITION.format("tillbaka"), "partsforetradare", "Underlaget för lokalen saknas."),
    (f"{REKVISITION.format('tillbaka')} > /ekonomi/rekvisitioner/<pk>/andra/", "partsforetradare", "Handledare"),
    (f"{REKVISITION.format('tillbaka')} > /ekonomi/rekvisitioner/<pk>/aterkalla/", "partsforetradare", "terkalla"),
    (f"{REKVISITION.format('attesterad')} > /ekonomi/rekvisitioner/<pk>/betald/", "ekonom", "Betalades den"),
    (SCENARIO, "kansli", "Alla som väntar"),
    (f"{SCENARIO} > /ekonomi/scenarier/<pk>/andra/", "kansli", "Alla som väntar"),
    (f"{SCENARIO} > /ekonomi/scenarier/<pk>/underlag/", "kansli", "nderlag"),
    (f"{SCENARIO} > /ekonomi/scenarier/<pk>/ta-bort/", "kansli", "Ta bort scenariot"),
    ("/ekonomi/eget-kapital/", "kansli", "Skriv en ny regel"),
    ("/ekonomi/", "kansli", "Lägg till ett år"),
    ("/ekonomi/", "styrelse", "Ekonomi"),
    ("/ekonomi/ar/nytt/", "ekonom", "Budgetens rader"),
    ("/ekonomi/rekvisitioner/", "partsforetradare", "Rekvisitioner"),
    ("/ekonomi/rekvisitioner/?lage=betald", "ekonom", "Rekvisitioner"),
    ("/ekonomi/rekvisitioner/ > /ekonomi/rekvisitioner/ny/<pk>/", "partsforetradare", "Spara utkastet"),
    ("/ekonomi/scenarier/", "kansli", "Scenarier"),
    ("/ekonomi/scenarier/nytt/", "kansli", "Nytt scenario"),
    ("/ekonomi/scenarier/jamfor/", "ekonom", "Jämför scenarier"),
]
