"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

ARENDET = " > /arenden/<pk>/"
NYTT = f"/arenden/?lage=inkommen{ARENDET}"
BEREDS = f"/arenden/?lage=beredning{ARENDET}"
BESLUTAT = f"/arenden/?lage=beviljad{ARENDET} > /beslut/<pk>/"
ORGANET = "/organ/ > /organ/<pk>/"

ARENDE = "/arenden/ > /arenden/<pk>/"
ARENDE_SIDOR = [
    ("/ansokningstider/", None, "Ansökningstider"),
    (ARENDE, "kansli", "Nästa steg"),
    (ARENDE, "styrelse", "Nästa steg"),
]

SIDOR = [
    *ARENDE_SIDOR,
    ("/arenden/", "kansli", "Diariet"),
    ("/arenden/?sok=finnsinte", "beredning", "Inget ärende passar"),
    ("/arenden/", "partsforetradare", "Diariet"),
    (f"{NYTT} > /arenden/<pk>/handlaggare/", "kansli", "Handläggare"),
    (f"{NYTT} > /arenden/<pk>/yttranden/", "kansli", "Vilka ska svara?"),
    (f"{NYTT} > /arenden/<pk>/handlingar/", "kansli", "Spara handlingen"),
    (f"{NYTT} > /arenden/<pk>/jav/", "kansli", "Ledamöter hos parterna"),
    (f"{NYTT} > /arenden/<pk>/aterkalla/", "kansli", "Ja, återkalla"),
    (f"{NYTT} > /ansokningar/<pk>/begar-komplettering/", "kansli", "Skicka till parterna"),
    (f"{NYTT} > /ansokningar/<pk>/granskning/", "kansli", "Granska mot kriterierna"),
    (f"/arenden/?lage=beviljad{ARENDET} > /arenden/<pk>/avsluta/", "kansli", "Ja, avsluta"),
    (f"/arenden/?lage=avslutad{ARENDET} > /handlingar/<pk>/makulera/", "kansli", "Ja, makulera"),
    (f"{BEREDS} > /rundor/<pk>/", "kansli", "Vad de tycker"),
    (f"{BEREDS} > /rundor/<pk>/", "beredning", "Vad de tycker"),
    (f"{BEREDS} > /rundor/<pk>/ > /rundor/<pk>/stang/", "kansli", "Sammanfattning"),
    (f"{BEREDS} > /yttranden/<pk>/", "beredning", "Ställning"),
    (f"/arenden/?lage=styrelse{ARENDET} > /arenden/<pk>/beslut/", "kansli", "Spara beslutet"),
    (BESLUTAT, "kansli", "Nästa steg"),
    (f"{BESLUTAT} > /beslut/<pk>/ratta/", "kansli", "Rätta beslutet"),
    ("/organ/", "kansli", "Organ och möten"),
    ("/organ/nytt/", "kansli", "Spara organet"),
    (ORGANET, "kansli", "Kommande möten"),
    (f"{ORGANET} > /organ/<pk>/andra/", "kansli", "Ändra organet"),
    (f"{ORGANET} > /organ/<pk>/ledamoter/ny/", "kansli", "Lägg till en ledamot"),
    (f"{ORGANET} > /organ/<pk>/moten/nya/", "kansli", "Spara dagarna"),
    (f"{ORGANET} > /ledamoter/<pk>/", "kansli", "Ändra uppdraget"),
    (f"{ORGANET} > /moten/<pk>/andra/", "kansli", "Ändra mötet"),
    (f"{ORGANET} > /moten/<pk>/ta-bort/", "kansli", "Ja, ta bort"),
]
