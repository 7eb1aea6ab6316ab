"""What the pages say about groups, events and implementation, in words."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format

from insatser import policies
from insatser.models import Implementering, Insats, Insatsgrupp, Tillfalle
from samordning.karna.kalender import idag

# How each state is marked: (kind, symbol).
IMPLEMENTERINGENS_MARKEN = {
    Implementering.Status.EJ_PLANERAD: ("varn", "ring"),
    Implementering.Status.PLANERAD: ("info", "ring"),
    Implementering.Status.PAGAR: ("info", "halv"),
    Implementering.Status.GENOMFORD: ("bra", "full"),
    Implementering.Status.AVBRUTEN: ("", "streck"),
}


@dataclass(frozen=True)
class Grupprad:
    """A group as a row: its mark is how many can begin, its small line says how old that is."""

    grupp: Insatsgrupp
    marke: tuple
    start: str
    bekraftad: str

    @property
    def gammal(self):
        return self.grupp.ar_gammal


def grupprad(grupp):
    return Grupprad(grupp, _platsmarke(grupp), _start(grupp), f"Bekräftat {_dag(grupp.bekraftad)}")


def _platsmarke(grupp):
    """An old figure keeps its word but loses its colour, as for the places of an insats."""
    if not grupp.lediga:
        return ("Fullt", "" if grupp.ar_gammal else "varn", "halv")
    text = f"{grupp.lediga} {'ledig plats' if grupp.lediga == 1 else 'lediga platser'}"
    return (text, "" if grupp.ar_gammal else "bra", "ring" if grupp.ar_gammal else "full")


def _start(grupp):
    start = f"{'Startade' if grupp.har_startat else 'Startar'} {_dag(grupp.start)}"
    return f"{start}, till {_dag(grupp.slut)}" if grupp.slut else start


def implementeringens_marke(rad):
    """(text, kind, symbol) of the row that holds; of none, that nothing is written."""
    if rad is None:
        return ("Inget skrivet", "", "streck")
    return (rad.get_status_display(), *IMPLEMENTERINGENS_MARKEN[rad.status])


@dataclass(frozen=True)
class Tillfallesrad:
    """An event as a row. `antal` is the words about its places; for one that has been, how they were used."""

    tillfalle: Tillfalle
    marke: tuple
    antal: str
    anmald: bool = False


def tillfallesrad(tillfalle, anmald=False):
    """Of a Tillfalle with `med_antal()`."""
    return Tillfallesrad(tillfalle, tillfallets_marke(tillfalle), antal_i_ord(tillfalle), anmald)


def har_varit(tillfalle):
    return tillfalle.dag < idag()


def tillfallets_marke(tillfalle):
    if tillfalle.installt:
        return ("Inställt", "fara", "streck")
    if har_varit(tillfalle):
        return ("Har varit", "", "streck")
    lediga = tillfalle.platser - tillfalle.anmalda
    if lediga <= 0:
        return ("Fullt", "varn", "halv")
    if tillfalle.sista_anmalan and tillfalle.sista_anmalan < idag():
        return ("Anmälan är stängd", "", "streck")
    return (f"{lediga} {'ledig plats' if lediga == 1 else 'lediga platser'}", "bra", "full")


def antal_i_ord(tillfalle):
    """27 av 40 platser utnyttjade; before it is known who came, how many have signed up."""
    if not tillfalle.installt and har_varit(tillfalle) and tillfalle.bockade:
        return f"{tillfalle.narvarande} av {tillfalle.platser} platser utnyttjade"
    ord_ = f"{tillfalle.anmalda} av {tillfalle.platser} {'plats' if tillfalle.platser == 1 else 'platser'} bokade"
    if not tillfalle.installt and har_varit(tillfalle) and tillfalle.anmalda:
        ord_ += ". Närvaron är inte ifylld"
    return ord_


@dataclass(frozen=True)
class Serie:
    """What the events of an insats have used in a year; only those where it is known who came."""

    insats: str
    ar: int
    antal: int
    narvarande: int
    platser: int

    @property
    def i_ord(self):
        return f"{self.narvarande} av {self.platser} platser utnyttjade"


def serier(tillfallen):
    """[Serie], latest year first, of a Tillfalle queryset. One query."""
    summor = {}
    rader = tillfallen.hallna().med_antal().filter(bockade__gt=0).order_by()
    for namn, dag, platser, narvarande in rader.values_list("insats__namn", "dag", "platser", "narvarande"):
        antal, var_dar, alla = summor.get((dag.year, namn), (0, 0, 0))
        summor[dag.year, namn] = (antal + 1, var_dar + narvarande, alla + platser)
    return [
        Serie(namn, ar, antal, var_dar, alla)
        for (ar, namn), (antal, var_dar, alla) in sorted(summor.items(), key=lambda par: (-par[0][0], par[0][1]))
    ]


def pa_insatsens_sida(insats, user):
    """What the page of an insats shows of all this: at most four queries."""
    far_andra = policies.can_edit_grupp(user, insats)
    grupper = insats.insatsgrupper.inte_slut() if far_andra else insats.insatsgrupper.for_alla()
    sida = {
        "grupprader": [grupprad(grupp) for grupp in grupper],
        "far_andra_grupper": far_andra and insats.inriktning == Insats.Inriktning.INDIVID and not insats.har_avslutats,
        "tillfallesrader": [],
        "serier": [],
        "visar_tillfallen": insats.inriktning == Insats.Inriktning.STRUKTUR and policies.can_edit_insats(user),
        "ser_implementering": policies.can_view_implementering(user),
    }
    if insats.inriktning == Insats.Inriktning.STRUKTUR or insats.aven_strukturell:
        sida["tillfallesrader"] = [tillfallesrad(rad) for rad in insats.tillfallen.kommande().med_antal()]
        if user.is_authenticated:
            sida["serier"] = serier(insats.tillfallen.all())
    if sida["ser_implementering"]:
        rad = insats.implementering.first()
        sida |= {"implementering": rad, "implementering_marke": implementeringens_marke(rad)}
    return sida


def senaste_implementering(insatser):
    """{insats: the row that holds}. One query."""
    rader = Implementering.objects.filter(insats__in=insatser)
    return {rad.insats_id: rad for rad in rader.order_by("insats", "-datum", "-pk").distinct("insats")}


def grupper_pa_ort(grupper, ort):
    """Of insatser in a place; those for all of Skaraborg are everywhere."""
    return grupper.filter(Q(insats__orter__contains=[ort]) | Q(insats__skaraborgsgemensam=True))


def _dag(dag):
    return date_format(dag, "j F Y")
