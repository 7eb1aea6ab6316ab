"""The demo's yearly documents: the plan of 2019 as the board adopted it, and this year's as a draft. In our own
words."""

import contextlib
import datetime

from ekonomi import dokument as dokumenten
from ekonomi import dokument_docx, dokument_jobb, dokument_tryck
from ekonomi.dokument_texter import SKAL
from ekonomi.models import Dokument, Dokumenttext
from samordning.karna.pdf import PdfSaknas

BESLUTAD_2018, PARAGRAF_2018 = datetime.date(2018, 12, 12), "§ 72"
TEXTER_2019 = {
    "styrelse": "Varje medlem utser ledamöter och ersättare i styrelsen. Styrelsen möts minst sex gånger om året. "
    "Ordföranden, vice ordföranden och förbundschefen är arbetsutskott och förbereder ärendena.\n\nStyrelsen\n- "
    "bestämmer mål och riktlinjer\n- stöder samverkan mellan parterna\n- bestämmer hur pengarna används och ser till "
    "att det blir gjort\n- ansvarar för att insatserna följs upp och utvärderas\n- ansvarar för budget och "
    "årsredovisning",
    "forbundschef": "Förbundschefen\n- leder arbetet mot de mål som är beslutade\n- tar fram underlag till "
    "styrelsens beslut och sköter dess administration\n- utreder och föreslår nya sätt att samverka\n- stöder "
    "samverkan mellan parterna\n\nEkonomiadministrationen köps av Mariestads kommun.",
    "beredningsgrupp": "I beredningsgruppen finns tjänstemän från alla medlemmar. Hela gruppen, eller delar av den, "
    "möts två till fyra gånger om året och oftare när det behövs.\n\nGruppen\n- gör samverkan till en vanlig del av "
    "arbetet\n- bereder och äskar medel för de behov som parterna har\n- ansvarar för att uppdragen från styrelsen "
    "utförs\n- förankrar arbetet hemma i sin myndighet\n- ser till att myndigheterna får veta av varandra",
    "vision": "Vi skapar möjligheter. Vi lägger ihop våra resurser för att ta vara på och utveckla varje persons "
    "förmåga. Individen står i centrum, och vi är nytänkande, engagerade och tillåtande.",
    "uppdrag": "- Ta reda på vilka behov och målgrupper som finns i våra kommuner\n- Hitta flaskhalsar och hinder "
    "mellan systemen\n- Finansiera strukturinsatser som gör det lättare att samverka\n- Finansiera insatser till "
    "individen\n\nFör individen betyder det ett respektfullt bemötande, rätt åtgärder och delaktighet i den egna "
    "rehabiliteringen.\n\nFör parterna betyder det ny kompetens, en enklare process, kortare väntan och en tydligare "
    "gräns för vem som ansvarar för vad.",
    "mal_overgripande": "Samhällets resurser inom rehabilitering används effektivt och till större nytta för den "
    "enskilde.\n\n- Tiden för behandling och rehabilitering blir kortare, med gemensamma handlingsplaner.\n- Fler "
    "kommer i arbete, och resurser frigörs till andra viktiga behov.",
    "mal_verksamhet": "- Samverkan mellan parterna utvecklas, och alla myndigheter kan mer om hur man samverkar.\n- "
    "Fler deltagare blir självförsörjande, och samhällets kostnader för försörjning minskar.",
    "mal_individ": "- Den som behöver samordnad rehabilitering får ett eget processtöd där flera parters kunskap och "
    "insatser finns med.\n- Deltagarna upplever att hälsan blir bättre.\n- Minst 80 procent av deltagarna är nöjda "
    "med tillgänglighet, bemötande, respekt och kvalitet.",
    "mal_ekonomi": "Budgeten följs noga, och de nationella riktlinjerna om eget kapital gäller. Förbundet använder "
    "så mycket som möjligt av pengarna till det som parterna tillsammans ser behov av.",
    "finansiering": "Sedan 2016 fördelas de statliga medlen mellan förbunden efter en modell som Försäkringskassan "
    "beslutade 2015 och som parterna står bakom. Den ger\n- en grundtilldelning på 400 tkr\n- resten efter ett mått "
    "på försörjning (75 procent) och antalet invånare (25 procent)\n- mindre till förbund med ett stort eget "
    "kapital\n\nNya förbund i landet 2018 påverkar också vad varje förbund får.",
    "gemensamt": "Det som är gemensamt för Skaraborg betalar förbunden efter sin tilldelning. Norra Skaraborg "
    "betalar 15 procent av de gemensamma kostnaderna.",
    "individ": "Parterna har inför planen sagt vilka områden och målgrupper de ser som viktigast. Färre är sjuka, "
    "arbetslösa och i behov av försörjningsstöd än förut, men de som är kvar står längre från arbetsmarknaden. Gapet "
    "har ökat till den som har nedsatt arbetsförmåga, saknar gymnasieutbildning eller arbetslivserfarenhet, är född "
    "utomlands eller är äldre än 55 år.\n\nInsatserna är mest förberedande och samordnande, pre-rehab. De visar vad "
    "en person kan och vad som hindrar, så att stöd och anpassningar blir rätt. Alla parter får remittera till alla "
    "insatser, och kommungränsen spelar ingen roll.\n\nFörbundet ska inte vara en femte myndighet utan en plats där "
    "parterna samordnar sig och lär känna varandras uppdrag.",
    "struktur": "De här insatserna främjar samordning, samsyn och samarbete mellan parterna och med andra som "
    "arbetar för att fler ska ha en plats. En del av dem är gemensamma för Skaraborg.",
    "uppfoljning": "Det är svårt att mäta allt som insatserna leder till, till exempel vem som har gått från "
    "offentlig försörjning till egen. Insatserna är en del av en kedja.\n\nDeltagare registreras i det nationella "
    "registret. Som komplement svarar de själva på frågor om hälsa, aktivitet, bemötande och kvalitet. Större "
    "projekt utvärderas av någon utomstående.\n\nTalen om offentlig försörjning, helårsekvivalenterna, följs varje "
    "halvår:\n- sjukpenning\n- sjukersättning och aktivitetsersättning\n- arbetslöshetsersättning\n- "
    "försörjningsstöd\n\nDet vi lär oss sprids inom och mellan myndigheterna och på förbundets webbplats.",
}
UTAN_ALLT = "Planen beslutades innan förbundet hade allt i systemet."


def skriv(kansli, dag):
    """After the budgets and the annual wheels."""
    _faststalld_2019(kansli)
    dokumenten.skapa(Dokument(slag=Dokument.Slag.PLAN, ar=dag.year), av=kansli)


def _faststalld_2019(kansli):
    plan = dokumenten.skapa(Dokument(slag=Dokument.Slag.PLAN, ar=2019), av=kansli)
    _texter(plan, TEXTER_2019)
    if dokumenten.las(plan).hinder:
        _texter(plan, {SKAL: UTAN_ALLT})
    varden = dokumenten.beslutade(dokumenten.las(plan), beslutad=BESLUTAD_2018, paragraf=PARAGRAF_2018)
    papper = None
    with contextlib.suppress(PdfSaknas):
        papper = dokument_tryck.gor(varden)
    dokument_jobb.frys(
        plan, varden, docx=dokument_docx.gor(varden), papper=papper, av=kansli, beslutad=BESLUTAD_2018,
        paragraf=PARAGRAF_2018,
    )  # fmt: skip


def _texter(dokument, texter):
    Dokumenttext.objects.bulk_create(
        Dokumenttext(dokument=dokument, nyckel=nyckel, text=text, version=2) for nyckel, text in texter.items()
    )
