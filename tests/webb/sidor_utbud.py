"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

MOFALLA = "/insatser/mofalla-lantgard/"
KUR = "/insatser/kur-kompetensutveckling-psykisk-halsa/"
PAPPER = "/insatser/gront-jobbspar-sotasen/"
KOMMER = "/tillfallen/ > /tillfallen/<pk>/"
VAR = "/tillfallen/?visa=tidigare > /tillfallen/<pk>/"
NOMINERINGAR = "/tillfallen/goda-exemplet/"

SIDOR = [
    ("/insatser/grupper/", None, "Språkgruppen i Mariestad"),
    ("/insatser/grupper/?start=nu", None, "Visa alla grupper"),
    (f"{MOFALLA}grupper/ny/", "kansli", "Spara gruppen"),
    (f"{MOFALLA} > {MOFALLA}grupper/<pk>/", "kansli", "Språkgruppen"),
    (f"{MOFALLA} > {MOFALLA}grupper/<pk>/avsluta/", "kansli", "Ta bort"),
    (f"{PAPPER}blankett/", "kansli", "Lägg upp"),
    (f"{MOFALLA}blankett/", "kansli", "papper"),
    (f"{PAPPER}blankett/ta-bort/", "kansli", "Ta bort remissblanketten"),
    (f"{MOFALLA}implementering/", "kansli", "Ny status"),
    ("/insatser/implementering/", "partsforetradare", "Maria Nova"),
    ("/insatser/nck/", "kansli", "har gått kursen"),
    ("/insatser/nck/ > /insatser/nck/<pk>/", "kansli", "Spara dagen"),
    (KUR, None, "Logga in för att anmäla dig"),
    ("/tillfallen/", "remittent", "Du är anmäld"),
    ("/tillfallen/?visa=tidigare", "kansli", "27 av 40 platser utnyttjade"),
    ("/tillfallen/nytt/", "kansli", "Spara tillfället"),
    (KOMMER, "styrelse", "Anmäl dig"),
    (KOMMER, "kansli", "Anmälda"),
    (f"{KOMMER} > /tillfallen/<pk>/andra/", "kansli", "Spara tillfället"),
    (f"{KOMMER} > /tillfallen/<pk>/stall-in/", "kansli", "Ställ in"),
    (f"{KOMMER} > /tillfallen/<pk>/anmal-annan/", "kansli", "Anmäl någon annan"),
    (f"{VAR} > /tillfallen/<pk>/narvaro/", "kansli", "Spara närvaron"),
    (NOMINERINGAR, "partsforetradare", "Lugnås Trädgård"),
    (f"{NOMINERINGAR}ny/", "beredning", "Nominera"),
    (f"{NOMINERINGAR} > {NOMINERINGAR}<pk>/", "kansli", "Spara nomineringen"),
    (f"{NOMINERINGAR} > {NOMINERINGAR}<pk>/ta-bort/", "kansli", "Ta bort"),
]
