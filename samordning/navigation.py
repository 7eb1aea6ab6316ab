"""The menus as data: text, URL name, icon and roles. What has no app yet is absent."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from moten.policies import has_seat
from samordning.demo.konton import KONTON
from samordning.karna.models import Part, Rapportversion, Roll

ALLA = frozenset(Roll.values)
KANSLI = frozenset({Roll.KANSLI, Roll.FORBUNDSCHEF})
SER_UTFALL = KANSLI | {Roll.INSATSPERSONAL}
PERSONAL = frozenset({Roll.INSATSPERSONAL})
REMITTENT = frozenset({Roll.REMITTENT})
STYRELSEN = Rapportversion.STYRELSENS_ROLLER
PARTER = frozenset({Roll.PARTSFORETRADARE})
EKONOMI = KANSLI | {Roll.EKONOM, Roll.STYRELSE, Roll.REVISOR}
ARSHJUL = EKONOMI | {Roll.BEREDNING, Roll.PARTSFORETRADARE}
KONTOANSVARIG = frozenset({Roll.KONTOANSVARIG})

MOTEN = "moten:mote_list"

# text, URL name, icon, roles that see it
MENY = (
    ("Start", "sidor:start", "home", ALLA),
    ("Insatser", "insatser:insats_list", "rectangle-stack", ALLA),
    ("Mina remisser", "remisser:remiss_list", "paper-airplane", REMITTENT),
    ("Remisser", "remisser:inkorg_list", "inbox-arrow-down", PERSONAL),
    ("Deltagare", "uppfoljning:deltagande_list", "user-group", PERSONAL),
    ("Uppföljning", "uppfoljning:utfall", "chart-bar", SER_UTFALL),
    ("Rapporter", "uppfoljning:rapport_list", "document-chart-bar", KANSLI | STYRELSEN),
    ("Möten", MOTEN, "calendar-days", KANSLI | STYRELSEN),  # and who has a seat without a role
    ("Årshjul", "ekonomi:hjul_list", "arrow-path", ARSHJUL),
    ("Sök", "sidor:sok", "magnifying-glass", KANSLI | STYRELSEN),
    ("Ärenden", "moten:arende_list", "folder-open", KANSLI | STYRELSEN),
    ("Ansökningar", "ansokan:ansokan_list", "document-text", PARTER),
    ("Avtal", "avtal:avtal_list", "document-check", KANSLI | STYRELSEN),
    ("Lägesrapporter", "avtal:lagesrapport_list", "clipboard-document-list", KANSLI | PARTER | PERSONAL),
    ("Rekvisitioner", "ekonomi:rekvisition_list", "banknotes", KANSLI | PARTER | {Roll.EKONOM, Roll.REVISOR}),
    ("Budget", "ekonomi:ar_list", "calculator", EKONOMI),
    ("Utbildningar", "tillfallen:tillfalle_list", "academic-cap", ALLA),
    ("Kontakter", "kontakter:kontakt_list", "identification", KANSLI),
    ("Jobb", "sidor:jobb_list", "cog-6-tooth", frozenset({Roll.DRIFT})),
    ("Konton", "konton:konto_list", "users", KONTOANSVARIG),
)

# text, URL name: the public pages
TOPPMENY = (
    ("Insatser", "insatser:insats_list"),
    ("Resultat", "resultat:resultat_list"),
    ("Protokoll", "moten:protokoll_list"),
)

# text, URL name, why, roles
GENVAGAR = (
    ("Hitta en insats", "insatser:insats_list", "Sök i katalogen och läs vem insatsen passar för.", ALLA),
    ("Lägg till en insats", "insatser:insats_create", "Den syns för andra först när du publicerar den.", KANSLI),
    ("Se deltagarna", "uppfoljning:deltagande_list", "Registrera start och avslut, och se vad som saknas.", PERSONAL),
    ("Se resultaten", "uppfoljning:utfall", "Alla tal för en period, kvinnor och män för sig.", SER_UTFALL),
    ("Gör en rapport", "uppfoljning:rapport_create", "Halvårets resultat, till styrelsen och allmänheten.", KANSLI),
    ("Se ansökningarna", "ansokan:ansokan_list", "Utkast och skickade, och vad som väntar på parterna.", KANSLI),
    ("Pröva ett scenario", "ekonomi:scenario_list", "Vad ryms i pengarna som inte är beslutade?", KANSLI),
    ("Skriv en ansökan", "ansokan:ansokan_list", "Minst två parter söker tillsammans.", PARTER),
    ("Skriv ner en idé", "ansokan:ide_create", "En mening räcker. Den kan bli en ansökan.", KANSLI | PARTER),
    ("Skriv lägesrapporten", "avtal:lagesrapport_list", "För varje halvår som avtalet gäller.", PARTER | PERSONAL),
    (
        "Nominera till Det goda exemplet",
        "tillfallen:nominering_list",
        "En arbetsgivare som gör skillnad.",
        KANSLI | PARTER | {Roll.BEREDNING},
    ),
    (
        "Se implementeringen",
        "insatser:implementering_list",
        "Hur långt metoderna har kommit i det vanliga arbetet.",
        KANSLI | PARTER | {Roll.BEREDNING, Roll.STYRELSE},
    ),
    ("Organ och möten", "moten:organ_list", "Ledamöter och mötesdagar.", KANSLI),
    ("NCK:s grundkurs", "insatser:nck", "Vilka som arbetar i insatserna och har gått kursen.", KANSLI),
    ("Läs ärendena", "moten:arende_list", "Ansökningar, yttranden och beslut.", STYRELSEN),
    ("Läs rapporterna", "uppfoljning:rapport_list", "Resultaten halvår för halvår.", STYRELSEN),
    ("Se remissflödet", "remisser:flode", "Hur många remisser som väntar i varje insats.", KANSLI),
    ("Bjud in en person", "konton:inbjudan_create", "Personen får ett mejl och väljer sitt lösenord.", KONTOANSVARIG),
    ("Kollegors insyn i remisser", "remisser:enhet_list", "Välj om kollegor får läsa varandras.", KONTOANSVARIG),
    ("Ditt konto", "konton:mitt_konto", "Dina roller och ditt lösenord.", ALLA),
)


@dataclass(frozen=True)
class Menypost:
    """One entry of a menu; `aktiv` when the page lies under it."""

    text: str
    url: str
    ikon: str
    aktiv: bool
    antal: int = 0


# Pages of meetings beside /moten/ belong to the meetings, but those about a case to the cases.
OM_ARENDEN = frozenset({"beslut", "handlingar", "rundor", "yttranden"})


def _motenas(request):
    """The menu entry of a page of meetings, by its address; "" for other pages."""
    traff = getattr(request, "resolver_match", None)
    if traff is None or traff.namespace != "moten":
        return ""
    return reverse("moten:arende_list" if request.path.split("/")[1] in OM_ARENDEN else MOTEN)


def _meny(request):
    if not request.user.is_authenticated:
        return []
    poster = [
        (text, reverse(namn), ikon)
        for text, namn, ikon, roller in MENY
        if request.user.har_roll(*roller) or roller is ALLA or namn == MOTEN and has_seat(request.user)
    ]
    # The page lies under the longest address that begins its own.
    har = max((url for _, url, _ in poster if request.path.startswith(url)), key=len, default="")
    if har in ("", reverse("sidor:start")):
        har = _motenas(request) or har
    return [Menypost(text, url, ikon, url == har) for text, url, ikon in poster]


def genvagar(user):
    """[(text, address, why)] of what the user's roles may do."""
    return [
        (text, reverse(namn), varfor)
        for text, namn, varfor, roller in GENVAGAR
        if user.har_roll(*roller) or roller is ALLA
    ]


def samordning(request):
    """What the frame of every page needs; each part is looked up only where a template asks for it."""
    tema = request.COOKIES.get("tema", "")
    return {
        "forbund": SimpleLazyObject(Part.objects.forbund),
        "meny": SimpleLazyObject(lambda: _meny(request)),
        "toppmeny": [Menypost(text, url := reverse(namn), "", request.path.startswith(url)) for text, namn in TOPPMENY],
        "tema": tema if tema in ("ljus", "mork") else "",
        "demo": settings.DEMO,
        "demo_inloggningar": KONTON if settings.DEMO else (),
    }
