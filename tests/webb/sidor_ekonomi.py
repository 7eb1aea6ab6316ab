"""Pages that the browser looks at: (address, role, a word that is there); see test_sidor.py."""

AR = "/ekonomi/ > /ekonomi/ar/<pk>/"
VERSION = "/ekonomi/ > /ekonomi/budgetversioner/<pk>/"
REKVISITION = "/ekonomi/rekvisitioner/?lage={} > /ekonomi/rekvisitioner/<pk>/"
AR_2019 = f"{VERSION} > /ekonomi/ar/<pk>/"
BOK = "/ekonomi/bokforing/"
ARETS_SIDOR = "/ekonomi/ar/<pk>/"
KONTERING = "/ekonomi/ar/<pk>/kontering/"
SCENARIO = "/ekonomi/scenarier/ > /ekonomi/scenarier/<pk>/"
PROGNOSER = f"{BOK} > /ekonomi/ar/<pk>/ > /ekonomi/ar/<pk>/prognoser/"
PROGNOS = f"{PROGNOSER} > /ekonomi/prognoser/<pk>/"

DOKUMENT = "/ekonomi/dokument/"
# The list begins with the draft of this year, so that its own link is the first; the adopted one is the board's first.
UTKASTET = f"{DOKUMENT} > {DOKUMENT}<pk>/"

SIDOR = [
    (DOKUMENT, "kansli", "Nytt dokument"),
    (f"{DOKUMENT}nytt/", "kansli", "Börja på dokumentet"),
    (UTKASTET, "kansli", "Det som saknas"),
    (UTKASTET, "styrelse", "Verksamhetsbudget 2019"),
    (f"{UTKASTET} > {DOKUMENT}<pk>/texter/vision/", "kansli", "Spara texten"),
    (f"{UTKASTET} > {DOKUMENT}<pk>/faststall/", "kansli", "Det går inte att fastställa än"),
    (f"{UTKASTET} > {DOKUMENT}<pk>/ta-bort/", "kansli", "Ta bort utkastet?"),
    (PROGNOSER, "ekonom", "En låst prognos ändras aldrig"),
    (f"{AR} > /ekonomi/ar/<pk>/prognoser/ > /ekonomi/ar/<pk>/prognoser/ny/", "ekonom", "Räkna fram förslaget"),
    (PROGNOS, "ekonom", "Eget kapital mot regeln"),
    (f"{PROGNOS} > /ekonomi/prognoser/<pk>/andra/", "ekonom", "Egen prognos"),
    (f"{PROGNOS} > /ekonomi/prognoser/<pk>/las/", "kansli", "Det som låses"),
    (f"{PROGNOS} > /ekonomi/prognoser/<pk>/ta-bort/", "kansli", "Ta bort utkastet"),
    (f"{AR_2019} > /ekonomi/ar/<pk>/kostnader/", "styrelse", "Maria Nova"),
    (f"{AR_2019} > /ekonomi/ar/<pk>/bokslut/", "kansli", "Överförs till nästa år"),
    (f"{AR_2019} > /ekonomi/ar/<pk>/bokslut/ > /ekonomi/ar/<pk>/bokslut/avsluta/", "kansli", "Inte klart"),
    (AR, "styrelse", "Eget kapital"),
    (f"{AR} > /ekonomi/ar/<pk>/andra/", "kansli", "Budgetens rader"),
    (f"{AR} > /ekonomi/ar/<pk>/bidrag/", "kansli", "Kommunerna"),
    (f"{AR} > /ekonomi/ar/<pk>/kalkylblad/las-in/", "ekonom", "Visa skillnaderna"),
    (f"{AR} > /ekonomi/ar/<pk>/foregaende/", "ekonom", "är inte avstämd"),
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
    (AR_2019, "ekonom", "Utfallet är lika med bokföringen"),
    (f"{AR_2019} > {KONTERING}", "ekonom", "Tabellen är lika med bokföringen"),
    (f"{BOK} > {KONTERING}", "ekonom", "Omappat: 3 rader"),
    (f"{BOK} > {KONTERING} > /ekonomi/ar/<pk>/kontering/ny/", "ekonom", "Hör till"),
    (f"{BOK} > {KONTERING} > /ekonomi/kontering/<pk>/", "ekonom", "Ändra regeln"),
    (f"{BOK} > {KONTERING} > /ekonomi/kontering/<pk>/ > /ekonomi/kontering/<pk>/ta-bort/", "kansli", "omappade"),
    (f"{BOK} > /ekonomi/ar/<pk>/verifikationer/", "ekonom", "Texterna kan nämna personer"),
    (f"{BOK} > /ekonomi/ar/<pk>/rekvisitioner/", "ekonom", "Kostnader utan rekvisition"),
    (f"{BOK} > /ekonomi/ar/<pk>/rekvisitioner/ > /ekonomi/rekvisitioner/<pk>/verifikation/", "ekonom", "Välj raden"),
    (BOK, "ekonom", "Inlästa filer"),
    ("/ekonomi/bokforing/ny/", "ekonom", "Granska filen"),
    (f"{BOK} > /ekonomi/bokforing/<pk>/", "ekonom", "Stämmer filen med sig själv?"),
    (f"{BOK} > /ekonomi/bokforing/<pk>/ > /ekonomi/bokforing/<pk>/angra/", "ekonom", "Ångra importen?"),
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
    ("/ekonomi/statsmodell/", "kansli", "Så är det räknat"),
    ("/ekonomi/statsmodell/?ar=2019", "styrelse", "Det här behövs för att räkna 2019"),
    ("/ekonomi/statsmodell/?ar=2019&fm=5&fm_alla=1", "styrelse", "behöver rättas"),
    ("/ekonomi/statsmodell/forutsattningar/", "kansli", "Skriv nya förutsättningar"),
    ("/ekonomi/statsmodell/ > /ekonomi/statsmodell/<pk>/", "kansli", "Spara talen"),
    (f"{AR} > {ARETS_SIDOR}plan/", "styrelse", "Obundet (option)"),
    (f"{AR} > {ARETS_SIDOR}plan/ > {ARETS_SIDOR}plan/andra/", "ekonom", "Rader utan avtal"),
    (f"{AR_2019} > {ARETS_SIDOR}gemensamt/", "styrelse", "Så här betalar förbunden varandra"),
    ("/ekonomi/gemensamma-kostnader/", "kansli", "Skriv nya andelar"),
    (f"{AR} > {ARETS_SIDOR}fakturor/", "styrelse", "Förslag"),
    (f"{AR_2019} > {ARETS_SIDOR}fakturor/", "ekonom", "Bokfört från medlemmarna"),
    (f"{AR} > {ARETS_SIDOR}fakturor/ > {ARETS_SIDOR}fakturor/dagar/", "ekonom", "Spara dagarna"),
]
