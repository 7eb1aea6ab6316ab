"""The four strukturövergripande insatser of the plan. The keys are those of `insatser_individ`."""

from samordning.demo.avtal import Avtalsserie
from samordning.demo.insatser_individ import AR_2019, MTG
from samordning.demo.parter import FORBUND

PARTER = ("Försäkringskassan", "Arbetsförmedlingen", "Västra Götalandsregionen", *MTG)

UPPROP = {
    "falt": {
        "namn": "Upprop för ett friskare Norra Skaraborg",
        "orter": ["Mariestad", "Töreboda", "Gullspång"],
        "grupper": ["personal"],
        "sammanfattning": "Läkare, chefer och handläggare lär av varandra, så att fler kan vara kvar i sitt arbete "
        "eller få rätt stöd.",
        "beskrivning": "– Försäkringskassan för över kompetens till läkare och ger råd om kraven på medicinskt "
        "underlag.\n– Rutinerna kring intyg utvecklas och förenklas.\n– Chefer får gemensamma utbildningar om "
        "sjukskrivningsprocessen.\n– Försäkringskassan håller samman projektet med en handläggare på halvtid och "
        "bildar en arbetsgrupp med rehabkoordinatorerna på vårdcentralerna och HR i kommunerna. Arbetsförmedlingen är "
        "med i ärenden där arbetslöshet eller omställning är aktuell. Ny vårdenhet i projektet 2019 är Unicares "
        "vårdcentral i Mariestad.\n– Socialtjänsten är med i ärenden där den sjukskrivne saknar "
        "sjukpenninggrundande inkomst och har försörjningsstöd, och i ärenden där aktivitetsförmågan är oklar.",
        "bakgrund": "Sjukskrivningstalen är höga i Norra Skaraborgs tre kommuner. Som på andra orter i Skaraborg och "
        "landet är det kvinnor med psykisk ohälsa som ökar mest.\n\nKommunerna, Arbetsförmedlingen och "
        "Samordningsförbundet har flera rehabiliterande insatser, men läkarna känner inte alltid till vad de kan "
        "remittera till eller få stöd av. Inte heller chefer i företag eller hos kommunen som arbetsgivare gör det. "
        "Projektet ska göra strukturerna för samverkan tydliga, så att fler kan vara kvar i sin anställning eller få "
        "rätt stöd med arbetslivsinriktade insatser.",
        "malgrupp": "Läkare och rehabkoordinatorer på vårdcentralerna, chefer och HR hos arbetsgivare samt "
        "handläggare hos parterna.",
        "mal": "Modellen införs löpande under projekttiden. Resultatet redovisas till Samordningsförbundet och "
        "Folkhälsorådet. Försäkringskassan redovisar sjukpenningtalet löpande.",
        "omfattning": "En handläggare från Försäkringskassan på 50 procent.",
    },
    "agare": "Försäkringskassan",
    "kontakter": ("Marika Persdotter",),
    "avtal": [Avtalsserie("Försäkringskassan", PARTER[1:], AR_2019, 330_000)],
}

VALD = {
    "falt": {
        "namn": "Våld i nära relation",
        "skaraborgsgemensam": True,
        "grupper": ["personal"],
        "sammanfattning": "Stöd till personal hos parterna att upptäcka våld i nära relation och att samverka när "
        "någon behöver hjälp.",
        "beskrivning": "– En samordnare kartlägger vilka instrument parterna har för att synliggöra våld, och hur man "
        "samverkar när någon behöver kliniskt stöd för att bryta mönster i ett destruktivt förhållande.\n"
        "– Personalgrupper får information och handledning i workshopar eller liknande forum.\n"
        "– Parterna får hjälp att utveckla metodstöd och rutiner för att synliggöra våld.\n"
        "– Kunskapen om de samverkande parternas olika stödresurser ökar.",
        "metod": "Samordnare och processtöd, workshopar och handledning.",
        "bakgrund": "Våld i nära relation är ett stort folkhälsoproblem. Det ger upphov till psykiska besvär och andra "
        "problem, som tillsammans eller var för sig kan leda till ohälsa, arbetslöshet, utanförskap och personligt "
        "lidande.\n\nVåld i nära relation var ett fokusområde för samordningsförbunden i Skaraborg 2015–2018. "
        "Parterna har kommit olika långt i arbetet med att synliggöra våld. För att samverkan ska kunna utvecklas "
        "behöver alla få den utbildning, handledning och kunskap som krävs.",
        "malgrupp": "Myndighetspersonal hos förbundets parter.",
        "mal": "Samhällets gemensamma resurser ska vara välkända och lättillgängliga för de samverkande parterna och "
        "för individen.",
        "ovrigt": "All personal som arbetar med individinriktade insatser som finansieras av samordningsförbundet ska "
        "ha gått NCK:s grundutbildning om våld i nära relation.\n\nNorra Skaraborg betalar 15 procent av de gemensamma "
        "kostnaderna i Skaraborg.",
        "lankar": "http://www.nck.uu.se/kunskapsbanken/webbstod-for-kommuner/utbildning-moter-valdsutsatta/"
        "webbkurs-om-vald/",
    },
    "agare": FORBUND,
    "kontakter": ("Jenny Malmgren",),
    "avtal": [Avtalsserie(FORBUND, PARTER, AR_2019, 65_000)],
}

KUR = {
    "falt": {
        "namn": "KUR – kompetensutveckling psykisk hälsa",
        "skaraborgsgemensam": True,
        "grupper": ["personal"],
        "upplagg": ["grupp"],
        "sammanfattning": "Utbildningar om psykisk hälsa för dig som arbetar på Arbetsförmedlingen, "
        "Försäkringskassan, i en kommun eller i vården.",
        "beskrivning": "KUR-utbildningarna vänder sig till anställda inom Arbetsförmedlingen, Försäkringskassan, "
        "kommunerna och vården. Aktiviteter planeras inom psykisk hälsa och om våld i nära relation kopplat till "
        "ohälsa.\n\nFörbundet anlitar också handledare i anslutning till utbildningarna.",
        "malgrupp": "Myndighetspersonal i första hand. Även utbildning för arbetsgivare och allmänhet kan bli aktuell.",
        "mal": "Ökad samverkan och ökad kunskap om rehabilitering av personer inom det samlade ansvarsområdet.",
        "omfattning": "Planeras gemensamt i Skaraborg efter parternas önskemål och behov.",
        "ovrigt": "Utbildningstillfällen sprids löpande genom utskick och på förbundets webbplats.\n\nNorra "
        "Skaraborg betalar 15 procent av de gemensamma kostnaderna.",
    },
    "agare": FORBUND,
    "kontakter": ("Birgitta Sandell",),
    "avtal": [Avtalsserie(FORBUND, PARTER, AR_2019, 70_000)],
}

GODA_EXEMPLET = {
    "falt": {
        "namn": "Det goda exemplet",
        "orter": ["Mariestad", "Töreboda", "Gullspång"],
        "sammanfattning": "En utmärkelse till arbetsgivare som har gjort något utöver det vanliga för någon som "
        "behövde en väg in.",
        "beskrivning": "Arbetsförmedlingen och arbetsmarknadsenheterna i kommunerna tar fram nomineringar till Det "
        "goda exemplet.\n\nUtmärkelsen ges till arbetsgivare som har gjort något utöver det vanliga för personer "
        "mellan 19 och 64 år, som har fått möjlighet till anställning, arbetsprövning eller praktik utifrån sina "
        "förutsättningar.",
        "mal": "Samordningsförbundet visar upp de arbetsgivare som fått utmärkelsen, som goda ambassadörer.",
        "malgrupp": "Arbetsgivare i Mariestad, Töreboda och Gullspång.",
        "omfattning": "3 utmärkelser om året",
        "ovrigt": "Har du förslag på en arbetsgivare som tar stort socialt ansvar, bidrar till god arbetslivsinriktad "
        "rehabilitering eller anställer medarbetare som behöver anpassade arbetsuppgifter eller extra stöd? Kontakta "
        "samordningsförbundet.",
    },
    "agare": FORBUND,
    "kontakter": ("Birgitta Sandell", "Stefan Rosén"),
    "avtal": [Avtalsserie(FORBUND, PARTER[1:2] + MTG, AR_2019, 10_000)],
}

STRUKTUR = (UPPROP, VALD, KUR, GODA_EXEMPLET)
