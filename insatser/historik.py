"""What happened to an insats, in the words of its sheet."""

from dataclasses import dataclass
from decimal import Decimal

from insatser.models import Avtal, Implementering, Insats, Insatsgrupp
from samordning.karna.andringar import i_ord
from samordning.karna.models import Handelse, Kontakt, Part

HANDELSER = {
    "skapad": "Lade till insatsen",
    "andrad": "Ändrade sidan",
    "platser": "Bekräftade lediga platser",
    "kontakt_tillagd": "Lade till en kontaktperson",
    "kontakt_andrad": "Ändrade en kontaktperson",
    "kontakt_borttagen": "Tog bort en kontaktperson",
    "medarbetare_tillagd": "Lade till en medarbetare",
    "medarbetare_avslutad": "Gav en medarbetare en sista dag",
    "avtal_tillagt": "Lade till ett avtal",
    "avtal_andrat": "Ändrade ett avtal",
    "grupp_tillagd": "Lade till en grupp",
    "grupp_andrad": "Ändrade en grupp och bekräftade lediga platser",
    "grupp_bekraftad": "Bekräftade lediga platser i en grupp",
    "grupp_avslutad": "Avslutade en grupp",
    "grupp_borttagen": "Tog bort en grupp",
    "implementering": "Skrev ny status för implementeringen",
    "blankett_upplagd": "Lade upp en egen remissblankett",
    "blankett_borttagen": "Tog bort den egna remissblanketten",
    "nck_kurs": "Ändrade dag för NCK:s grundkurs",
}
# Whose fields an event speaks of, when it is not the sheet's.
MODELLER = {"avtal": Avtal, "kontakt": Kontakt, "grupp": Insatsgrupp, "implementering": Implementering}
# The fields whose values are primary keys of parties.
PARTFALT = {"agare", "huvudpart", "parter", "part"}


@dataclass(frozen=True)
class Rad:
    handelse: Handelse
    text: str
    andringar: list

    @property
    def ar_ny(self):
        """Nothing was there before, so only what was filled in is worth showing."""
        return self.handelse.namn == "skapad"


def rader(handelser):
    """[Rad]; one query more for the names of all parties on the page."""
    handelser = list(handelser)
    parter = _parter(handelser)
    return [
        Rad(
            handelse,
            HANDELSER.get(handelse.namn, handelse.namn.capitalize()),
            [_andring(handelse, namn, *fore_efter, parter) for namn, fore_efter in handelse.data.items()],
        )
        for handelse in handelser
    ]


def _andring(handelse, namn, fore, efter, parter):
    """(label, before, after) in words."""
    modell = next((modell for forled, modell in MODELLER.items() if handelse.namn.startswith(forled)), Insats)
    falt = {falt.name: falt for falt in modell._meta.get_fields() if falt.concrete}.get(namn)
    etikett = str(falt.verbose_name if falt else namn)
    if namn.startswith("belopp "):
        fore, efter = kronor_i_ord(fore), kronor_i_ord(efter)
    return (etikett[:1].upper() + etikett[1:], i_ord(falt, fore, parter), i_ord(falt, efter, parter))


def kronor_i_ord(varde):
    return varde and f"{Decimal(varde):,.2f} kr".replace(",", "\N{NO-BREAK SPACE}").replace(".00", "").replace(".", ",")


def _parter(handelser):
    """{primary key: name} of every party that the rows name."""
    nycklar = set()
    for handelse in handelser:
        for namn in PARTFALT & handelse.data.keys():
            for varde in handelse.data[namn]:
                nycklar.update(varde if isinstance(varde, list) else [varde])
    return dict(Part.objects.filter(pk__in=nycklar - {None}).values_list("pk", "namn"))
