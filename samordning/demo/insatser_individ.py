"""The individinriktade insatser: the plan's six sheets, Rörsås with its later agreement, and Mofalla Lantgård.

`falt` are fields of Insats. `bekraftade` is how many days ago the free places were confirmed, `ny_grupp` in how many
days the next group begins; both live with the calendar. `takt`, `alder` and `kommuner` steer the invented stays.
"""

import datetime

from samordning.demo.avtal import Avtalsserie
from samordning.demo.parter import FORBUND

MTG = ("Mariestads kommun", "Töreboda kommun", "Gullspångs kommun")
ALLA_REMITTENTER = ["vard", "af", "fk", "kommun"]
AR_2019 = datetime.date(2019, 1, 1)

SJU_TJUGO = (
    "7TJUGO är en kombination av empowermentpedagogik och ett omfattande metodmaterial att använda i arbetet med "
    "människor från tonåren och uppåt i åldern. Fokus ligger på personlig utveckling och förändringsprocesser."
)

MARIA_NOVA = {
    "falt": {
        "namn": "Maria Nova",
        "orter": ["Mariestad"],
        "grupper": ["sjukskrivna", "arbetssokande"],
        "upplagg": ["kartlaggning", "grupp", "enskilt", "praktik"],
        "sammanfattning": "ÅKA – återhämtning, klargöra, anpassa. Kartläggning, vägledning och arbetsträning för dig "
        "som varit utan arbete eller sjukskriven länge.",
        "beskrivning": "ÅKA står för återhämtning, klargöra och anpassa. Deltagaren får kartläggning och vägledning, "
        "studie- och yrkesvägledning, arbetsträning med mera.\n\n"
        "Arbetsmarknadskonsulenterna gör tillsammans med övriga resurser på arbetsmarknadsenheten alltid en "
        "individuell planering ihop med deltagaren och den myndighet som remitterar.",
        "metod": "Verksamheten arbetar efter metoden 7TJUGO, en kombination av empowermentpedagogik och ett "
        "metodmaterial för arbete i alla åldrar. Fokus ligger på personlig utveckling och förändringsprocesser.",
        "malgrupp": "Långtidsarbetslösa och långtidssjukskrivna med någon form av nedsatt arbetsförmåga som hindrar "
        "eller som är oklar.",
        "mal": "Deltagaren och den myndighet som remitterar ska ha ett underlag för fortsatt planering. Deltagaren "
        "ska uppleva att det går framåt mot arbete, studier och egen försörjning.",
        "omfattning": "Till exempel 50 deltagare i 16 veckor eller 25 deltagare i 32 veckor.",
        "tid_i_insats": "4–16 veckor, kan förlängas i samråd med den som remitterar",
        "min_veckor": 4,
        "max_veckor": 16,
        "alder_fran": 19,
        "alder_till": 64,
        "remittenter": ALLA_REMITTENTER,
        "tar_emot": "digitalt",
        "ovrigt": "På arbetsmarknadsenheten finns flera inriktningar där man kan ingå i en grupp: media- och "
        "bildverkstad, matlagningskurs, hälsoinspiration med fysiska aktiviteter, skapande verksamhet, snickeri, "
        "måleri, annan tillverkning med mera.\n\nMan arbetar med självkänsla och social träning, till exempel att "
        "tala inför grupp. Alla deltagare får stöd i att presentera sig i ett cv och tränar inför möten med "
        "arbetsgivare.",
        "lediga_platser": 6,
        "platser_totalt": 16,
        "nasta_start": "Löpande",
    },
    "agare": "Arbetsmarknadsenheten Mariestad",
    "kontakter": ("Ingrid Forsell", "Peter Wallander"),
    "bekraftade": 4,
    "avtal": [Avtalsserie("Mariestads kommun", MTG[1:], AR_2019, 1_200_000, platser=16, deltagarveckor=800)],
    "takt": 40,
    "alder": (19, 62),
    "kommuner": ("1493", "1493", "1493", "1473", "1447"),
}

AMU_TOREBODA = {
    "falt": {
        "namn": "AMU Töreboda",
        "orter": ["Töreboda"],
        "grupper": ["sjukskrivna", "arbetssokande"],
        "upplagg": ["kartlaggning", "enskilt", "praktik"],
        "sammanfattning": "Kartläggning, handlingsplan och bedömning av arbetsförmåga för dig som behöver en lugn "
        "start på vägen mot arbete.",
        "beskrivning": "Deltagaren kartläggs och får en individuell handlingsplan enligt WRI (The Worker Role "
        "Interview). Arbetsförmågan bedöms enligt metoden AWP 2.0 (Assessment of Work Performance).",
        "metod": f"WRI, AWP 2.0 och 7TJUGO. {SJU_TJUGO}",
        "malgrupp": "Personer i yrkesverksam ålder som på grund av ohälsa eller andra oklara omständigheter behöver "
        "en förberedande och kartläggande insats, till exempel en utredning av arbetsförmågan.\n\n"
        "Det kan vara nollklassade, sjukskrivna eller långtidsarbetslösa, eller någon som av annat skäl behöver en "
        "uppstartsperiod.",
        "mal": "Deltagaren och den myndighet som remitterar ska ha ett underlag för fortsatt planering i "
        "arbetslivsinriktad rehabilitering. Deltagaren ska uppleva att det går framåt mot arbete, studier och egen "
        "försörjning.",
        "omfattning": "Till exempel 25 deltagare i 12 veckor.",
        "tid_i_insats": "4–12 veckor, kan förlängas i samråd med den som remitterar",
        "min_veckor": 4,
        "max_veckor": 12,
        "remittenter": ALLA_REMITTENTER,
        "tar_emot": "digitalt",
        "ovrigt": "Syftet för alla deltagare är att stärka deras möjligheter till arbete och egen försörjning.\n\n"
        "AMU gör en individuell planering där deltagaren är delaktig och med AMU:s stöd tar ansvar för sin väg dit. "
        "AMU vill skapa ett bra samarbete genom förtroende, ärlighet och lyhördhet. Deltagaren ska få hitta och visa "
        "sina styrkor och se vad hen vill utveckla.\n\nFör en gemensam helhetssyn, och för att undvika rundgång "
        "mellan myndigheter, kan AMU samverka med deltagarens kontakter hos myndigheterna eller hjälpa till med de "
        "kontakter som behövs.",
        "lediga_platser": 3,
        "platser_totalt": 6,
        "nasta_start": "Löpande",
    },
    "agare": "AMU Töreboda",
    "kontakter": ("Malin Nordqvist",),
    "bekraftade": 12,
    "avtal": [Avtalsserie("Töreboda kommun", (MTG[0], MTG[2]), AR_2019, 450_000, platser=6, deltagarveckor=300)],
    "takt": 24,
    "alder": (20, 62),
    "kommuner": ("1473", "1473", "1473", "1493", "1447"),
}

AME_GULLSPANG = {
    "falt": {
        "namn": "AME Gullspång",
        "orter": ["Gullspång"],
        "grupper": ["sjukskrivna", "arbetssokande"],
        "upplagg": ["kartlaggning", "grupp", "enskilt"],
        "sammanfattning": "Återhämtning, nystart och hälsofrämjande aktiviteter i grupp eller enskilt, med vägledning "
        "till nästa steg.",
        "beskrivning": "Deltagaren kartläggs och får en individuell handlingsplan. Här finns återhämtning, nystart "
        "och meningsfulla hälsofrämjande aktiviteter, individuellt eller i grupp.\n\nDeltagaren får vägledning och "
        "coachning till insatser och aktiviteter som kan vara nästa steg i den arbetslivsinriktade rehabiliteringen.",
        "metod": "Motiverande samtal samt studie- och yrkesvägledning.",
        "malgrupp": "Personer i yrkesverksam ålder som på grund av ohälsa eller andra oklara omständigheter behöver "
        "en förberedande och kartläggande insats med till exempel motiverande samtal och studie- och "
        "yrkesvägledning.\n\nDet kan vara nollklassade, sjukskrivna eller långtidsarbetslösa, eller någon som av "
        "annat skäl behöver en uppstartsperiod.",
        "mal": "Deltagaren och den myndighet som remitterar ska ha ett underlag för fortsatt planering i "
        "arbetslivsinriktad rehabilitering. Deltagaren ska uppleva att det går framåt mot arbete, studier och egen "
        "försörjning.",
        "omfattning": "Grupp tre halvdagar i veckan. 15 deltagare i 12 veckor.",
        "tid_i_insats": "12 veckor",
        "max_veckor": 12,
        "remittenter": ALLA_REMITTENTER,
        "tar_emot": "digitalt",
        "lediga_platser": 2,
        "platser_totalt": 4,
        "nasta_start": "Löpande",
    },
    "agare": "Arbetsmarknadsenheten Gullspång",
    "kontakter": ("Mona Ekdahl",),
    "bekraftade": 75,
    "avtal": [
        Avtalsserie("Gullspångs kommun", MTG[:2], AR_2019, 250_000, platser=4, deltagarveckor=180, framforhallning=0)
    ],
    "takt": 15,
    "alder": (20, 62),
    "kommuner": ("1447", "1447", "1447", "1473", "1493"),
}

RORSAS = {
    "falt": {
        "namn": "Rörsås Lantliv",
        "orter": ["Mariestad"],
        "grupper": ["sjukskrivna", "arbetssokande", "psykisk"],
        "upplagg": ["natur", "grupp", "praktik"],
        "sammanfattning": "En gård utanför Mariestad där du kan hitta tillbaka till ork och vardag – i lugn takt, med "
        "händerna i jorden.",
        "beskrivning": "Grön rehabilitering med återhämtning, nystart och meningsfulla hälsofrämjande aktiviteter i "
        "jordnära miljö. På gården finns odling, biodling, husdjur och något att göra året runt.",
        "metod": "Grön arena. Arbetsträning och rekreation på en gård i landsbygdsmiljö med ett individuellt anpassat "
        "program kan vara ett sätt att komma tillbaka till arbete och vardag efter sjukskrivning eller lång frånvaro "
        "från arbetsmarknaden.\n\nEn grön arena rymmer också social omsorg: daglig verksamhet, sysselsättning och "
        "arbetsträning på ett roligt och meningsfullt sätt på en lantgård. Den delen vänder sig till barn och "
        "ungdomar, personer med psykisk ohälsa eller funktionshinder, äldre och personer med symptom på tidig demens "
        "samt personer med missbruksproblematik.",
        "malgrupp": "Deltagare i alla åldrar som\n– har tappat orken\n– har drabbats av utmattningsdepression och "
        "psykisk ohälsa\n– vill tillbaka i arbetslivet\n– vill förbättra sin hälsa och livskvalitet.",
        "mal": "Ökad upplevd hälsa, motivation och förmåga. Närma sig egen försörjning genom att närma sig studier, "
        "arbetsmarknadsinsatser eller arbete.",
        "omfattning": "Individuell planering, som riktlinje tre dagar i veckan, 4–6 timmar om dagen.",
        "remittenter": ALLA_REMITTENTER,
        "tar_emot": "digitalt",
        "hitta_hit": "Gården ligger utanför Mariestad. Det finns kollektivtrafik, men för att nå gården är det också "
        "en bit att gå.",
        "ovrigt": "Mariestads kommun, Arbetsmarknadsenheten, har avtal om platserna. Hälso- och sjukvården har "
        "upphandlade platser. Samordningsförbundets finansiering kompletterar dem.",
        "lediga_platser": 5,
        "platser_totalt": 15,
        "nasta_start": "Löpande",
    },
    "agare": "Rörsås Lantliv",
    "kontakter": ("Frida Ljung", "Joakim Stål"),
    "bekraftade": 6,
    "avtal": [
        Avtalsserie("Mariestads kommun", (), AR_2019, 150_000, slut=datetime.date(2019, 12, 31)),
        Avtalsserie("Mariestads kommun", ("Försäkringskassan", "Västra Götalandsregionen"),
                    datetime.date(2022, 10, 1), 480_000, platser=15, deltagarveckor=520),
    ],
    "takt": 22,
    "alder": (20, 62),
    "kommuner": ("1493", "1493", "1493", "1473", "1447"),
}  # fmt: skip

SOTASEN = {
    "falt": {
        "namn": "Grönt jobbspår, Sötåsen",
        "orter": ["Mariestad", "Töreboda", "Gullspång"],
        "grupper": ["arbetssokande", "sprak", "unga"],
        "upplagg": ["natur", "praktik", "grupp"],
        "sammanfattning": "Pröva naturbrukets yrken på Sötåsen och få vägledning till studier eller arbete.",
        "beskrivning": "Insatsen är till för deltagare som motiveras av naturbruksskolans miljö och aktiviteter i en "
        "arbetslivsinriktad rehabilitering. Det finns goda möjligheter att få inblick i naturbrukets olika yrken och "
        "vägledning för vidare studier.",
        "metod": "Arbetslivsinriktad rehabilitering i naturbruksskolans miljö, med samordnare, språkstöd och "
        "lärarassistent.",
        "bakgrund": "Insatsen startade 2018 med inriktning integration. Från 2019 utökar samordningsförbundet den för "
        "fler deltagare.",
        "malgrupp": "Personer mellan 16 och 64 år som inte arbetar eller studerar och som behöver en rehabiliterande "
        "insats. De ingår inte i DUNA, och insatsen kan inte betalas med merkostnadsersättning från "
        "Arbetsförmedlingen.",
        "mal": "Ökad motivation och aktivitetsförmåga, arbete eller studier.",
        "omfattning": "Halvtid på Sötåsen, resten annan planerad aktivitet. 4 helårsplatser (8 deltagare).",
        "tid_i_insats": "Längst 6 månader",
        "max_veckor": 26,
        "alder_fran": 16,
        "alder_till": 64,
        "remittenter": ALLA_REMITTENTER,
        "tar_emot": "papper",
        "hitta_hit": "Sötåsen ligger utanför Töreboda.",
        "ovrigt": "På natursköna Sötåsen finns ett helt centrum för ekologiskt och hållbart naturbruk. Här bedrivs "
        "ekologiskt lantbruk, kravgodkänd djurhållning och storskaliga ekologiska trädgårdsodlingar. Här finns också "
        "en anläggning för hundträning och ett djurhus med allt från ormar och reptiler till gnagare och fåglar.",
        "lankar": "http://www.naturbruk.nu/gymnasium/sotasen/",
        "start": datetime.date(2018, 1, 1),
        "lediga_platser": 0,
        "platser_totalt": 4,
    },
    "agare": "Mottagningsenheten Töreboda",
    "kontakter": ("Mirza Begić", "Anna-Karin Vester", "Hanna Noor"),
    "bekraftade": 20,
    "avtal": [Avtalsserie("Töreboda kommun", (MTG[0], MTG[2]), AR_2019, 150_000, platser=4)],
    "takt": 8,
    "alder": (17, 60),
    "kommuner": ("1473", "1473", "1493", "1447"),
}

UNG_ARENA = {
    "falt": {
        "namn": "Ung Arena",
        "aven_strukturell": True,
        "orter": ["Mariestad", "Töreboda", "Gullspång"],
        "grupper": ["unga", "psykisk"],
        "upplagg": ["grupp", "enskilt", "kartlaggning"],
        "sammanfattning": "Vägledning och samordnat stöd för dig mellan 16 och 29 år som varken arbetar eller "
        "studerar.",
        "beskrivning": "Vägledning, samordning och samverkan. Insatsen har studiemotiverande och arbetsförberedande "
        "aktiviteter, introduktionsutbildningar i yrkesutbildningar samt studie- och yrkesvägledning.",
        "metod": SJU_TJUGO,
        "bakgrund": "Insatsen inför arbetssättet från Ung Arena 9.0, ett ESF-projekt som pågick 2016–2018. Under 2019 "
        "och 2020 öppnar insatsen för en bredare målgrupp. I arbetet ligger också erfarenhetsutbyte med Level Up, "
        "motsvarande ESF-projekt i Västra Skaraborg.",
        "malgrupp": "Unga vuxna 16–29 år som inte arbetar och inte studerar. Särskilt fokus på unga med ohälsa, "
        "funktionsnedsättning eller ofullständiga gymnasiebetyg.",
        "mal": "Bibehålla och utveckla den samverkan och den arbetsmetod som finns. Fler unga i arbete eller studier.",
        "alder_fran": 16,
        "alder_till": 29,
        "remittenter": ALLA_REMITTENTER,
        "tar_emot": "digitalt",
        "ovrigt": "Metoderna ska utvecklas och erfarenheter utbytas i hela Skaraborg för unga som inte arbetar eller "
        "studerar.\n\nKontaktpersonen är inte bestämd än. Ring kansliet så länge.",
        "start": AR_2019,
        "lediga_platser": 4,
        "platser_totalt": 20,
    },
    "agare": FORBUND,
    "kontakter": (),
    "bekraftade": 30,
    "ny_grupp": 19,
    "avtal": [Avtalsserie("Mariestads kommun", MTG[1:], AR_2019, 200_000, platser=20)],
    "takt": 18,
    "alder": (16, 28),
    "kommuner": ("1493", "1493", "1473", "1447"),
}

MOFALLA = {
    "falt": {
        "namn": "Mofalla Lantgård",
        "orter": ["Tibro"],
        "grupper": ["sjukskrivna", "arbetssokande", "psykisk", "sprak"],
        "upplagg": ["natur", "grupp", "praktik"],
        "sammanfattning": "Lugna dagar på landet, med djur och odling, för dig som behöver hitta tillbaka till ork och "
        "rutiner.",
        "beskrivning": "På gården sköter deltagarna djur, odlar och gör de sysslor som årstiden kräver, i liten grupp "
        "och i sin egen takt.",
        "metod": "Grön rehabilitering med individuell planering och återkommande samtal.",
        "malgrupp": "Personer som står långt från arbetsmarknaden på grund av ohälsa, till exempel utmattning eller "
        "psykisk ohälsa.",
        "mal": "Bättre hälsa, fungerande vardagsrutiner och ett nästa steg mot arbete eller studier.",
        "omfattning": "Individuell planering, som riktlinje tre dagar i veckan.",
        "remittenter": ALLA_REMITTENTER,
        "tar_emot": "digitalt",
        "start": datetime.date(2022, 9, 1),
        "lediga_platser": 3,
        "platser_totalt": 12,
    },
    "agare": "Mofalla Lantgård",
    "kontakter": ("Lena Ahlin", "Tomas Hedlund"),
    "bekraftade": 2,
    "ny_grupp": 26,
    "avtal": [Avtalsserie("Tibro kommun", ("Försäkringskassan",), datetime.date(2022, 9, 1), 540_000, platser=12,
                          deltagarveckor=400)],
    "takt": 14,
    "alder": (21, 61),
    "kommuner": ("1472", "1472", "1472", "1493"),
}  # fmt: skip

INDIVID = (MARIA_NOVA, AMU_TOREBODA, AME_GULLSPANG, RORSAS, SOTASEN, UNG_ARENA, MOFALLA)
