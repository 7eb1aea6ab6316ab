"""What the pages and panels say about applications: where each is, what is asked of whom, and the steps of writing."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format

from insatser import ansokan_parter, avsnitt, inlamning
from insatser.models import Ansokan, Kompletteringspunkt
from insatser.visning import upprakning
from moten.models import Arende, Mote, Organ, Yttranderunda
from samordning.karna.models import Roll

Lage = Arende.Lage
# The state of a case as a mark: text, kind, symbol.
MARKEN = {
    Lage.INKOMMEN: ("Hos kansliet", "info", "halv"),
    Lage.KOMPLETTERING: ("Ska kompletteras", "varn", "trekant"),
    Lage.BEREDNING: ("I beredningsgruppen", "info", "halv"),
    Lage.AU: ("I arbetsutskottet", "info", "halv"),
    Lage.STYRELSE: ("Hos styrelsen", "info", "halv"),
    Lage.BEVILJAD: ("Beviljad", "bra", "full"),
    Lage.AVSLAGEN: ("Avslagen", "fara", "streck"),
    Lage.AVSLUTAD: ("Avslutad", "", "streck"),
    Lage.ATERKALLAD: ("Återkallad", "", "streck"),
}
ORGAN = {
    Lage.BEREDNING: Organ.Slag.BEREDNING, Lage.AU: Organ.Slag.AU, Lage.STYRELSE: Organ.Slag.STYRELSE
}  # fmt: skip
# The choices of the list.
VISA = (
    ("", "Alla"),
    ("utkast", "Utkast"),
    ("kompletteras", "Ska kompletteras"),
    ("pagar", "Pågår"),
    ("avslutade", "Beslutade och avslutade"),
)


def med_punkter(ansokningar):
    """With the points of an open completion as `oppna_punkter`. One query."""
    oppna = Kompletteringspunkt.objects.filter(version=None).order_by("pk")
    return ansokningar.prefetch_related(Prefetch("punkter", oppna, to_attr="oppna_punkter"))


def filtrera(ansokningar, visa):
    if visa == "utkast":
        return ansokningar.filter(lage=Ansokan.Lage.UTKAST)
    if visa == "kompletteras":
        return ansokningar.filter(arende__lage=Lage.KOMPLETTERING)
    if visa == "pagar":
        return ansokningar.filter(arende__lage__in=Arende.FORE_BESLUT)
    if visa == "avslutade":
        return ansokningar.filter(arende__isnull=False).exclude(arende__lage__in=Arende.FORE_BESLUT)
    return ansokningar


def marke(ansokan):
    if ansokan.lage == Ansokan.Lage.UTKAST:
        return ("Utkast", "", "ring")
    return MARKEN[ansokan.arende.lage]


def nasta_moten(arenden):
    """{case: its body's next meeting} of those that a body holds. Two queries."""
    hos = {arende.pk: ORGAN[arende.lage] for arende in arenden if arende.lage in ORGAN}
    rundor = Yttranderunda.objects.filter(arende__in=hos, lage=Yttranderunda.Lage.OPPEN, organ__isnull=False)
    organ_for = dict(rundor.values_list("arende", "organ"))
    forsta = {}
    for mote in Mote.objects.kommande().filter(organ__slag__in=ORGAN.values()).select_related("organ"):
        forsta.setdefault(mote.organ_id, mote)
        forsta.setdefault(mote.organ.slag, mote)
    moten = {pk: forsta.get(organ_for.get(pk), forsta.get(slag)) for pk, slag in hos.items()}
    return {pk: mote for pk, mote in moten.items() if mote}


@dataclass(frozen=True)
class Listrad:
    """`begart`: what is asked of who reads, with its address and its last day, or empty."""

    ansokan: Ansokan
    parter: str
    marke: tuple
    mote: Mote | None
    begart: str = ""
    url: str = ""
    senast: object = None
    varfor: str = ""


def listrader(ansokningar, user):
    """A `Listrad` for each of a page's applications (`for_lista` and `med_punkter`). Two queries."""
    moten = nasta_moten([rad.arende for rad in ansokningar if rad.arende_id])
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    return [
        Listrad(
            rad,
            upprakning(str(part) for part in rad.parter.all()),
            marke(rad),
            moten.get(rad.arende_id),
            *_begart(rad, egna),
        )
        for rad in ansokningar
    ]


def _begart(ansokan, egna):
    """(what, address, last day, why) of what a user who speaks for the parties `egna` is asked for."""
    if not any(rad.part_id in egna for rad in ansokan.parter.all()):
        return "", "", None, ""
    if ansokan.lage == Ansokan.Lage.UTKAST:
        if any(rad.part_id in egna and not rad.star_bakom for rad in ansokan.parter.all()):
            return "Ta ställning till ansökan", reverse("ansokan:parter", args=[ansokan.pk]), None, ""
        return "Skriv klart och skicka", reverse("ansokan:kontroll", args=[ansokan.pk]), None, ""
    if ansokan.arende.lage == Lage.KOMPLETTERING and ansokan.oppna_punkter:
        senast = min(punkt.senast for punkt in ansokan.oppna_punkter)
        kvar = sum(1 for punkt in ansokan.oppna_punkter if not punkt.atgardad)
        varfor = f"{kvar} av {len(ansokan.oppna_punkter)} punkter är kvar." if kvar else "Alla punkter är klara."
        return "Komplettera ansökan", reverse("ansokan:komplettering_edit", args=[ansokan.pk]), senast, varfor
    return "", "", None, ""


@dataclass(frozen=True)
class Steg:
    nyckel: str
    rubrik: str
    url: str
    klart: bool
    oppet: bool = True


def steg(ansokan):
    """The pages of writing, in order. At most five queries."""
    oppna = inlamning.oppna_avsnitt(ansokan)
    kvar = {rad.nyckel for rad, _ in avsnitt.saknas(ansokan)}
    utkast = ansokan.lage == Ansokan.Lage.UTKAST
    rader = [
        Steg(
            rad.nyckel,
            rad.rubrik,
            reverse("ansokan:avsnitt_edit", args=[ansokan.pk, rad.nyckel]),
            rad.nyckel not in kvar and (rad.krav or bool(getattr(ansokan, rad.falt[0]))),
            rad.nyckel in oppna,
        )
        for rad in avsnitt.for_slag(ansokan.slag)
    ]
    bakom = [bool(rad.star_bakom) for rad in ansokan.parter.all()]
    parter_klara = len(bakom) >= inlamning.MINST_PARTER and all(bakom)
    rader = [Steg("namn", "Namn", reverse("ansokan:ansokan_edit", args=[ansokan.pk]), True, utkast), *rader]
    rader.append(Steg("parter", "Parter", reverse("ansokan:parter", args=[ansokan.pk]), parter_klara,
                      ansokan_parter.kan_ta_stallning(ansokan)))  # fmt: skip
    rader.append(
        Steg("bilagor", "Bilagor", reverse("ansokan:bilagor", args=[ansokan.pk]), ansokan.bilagor.exists(), bool(oppna))
    )
    sist = "kontroll" if utkast else "komplettering_edit"
    text = "Kontrollera och skicka" if utkast else "Svara och skicka"
    rader.append(Steg("kontroll", text, reverse(f"ansokan:{sist}", args=[ansokan.pk]), False, bool(oppna)))
    return rader


def nasta_url(ansokan, nyckel):
    """Where "Spara och fortsätt" goes: the next page that is open."""
    oppna = [rad for rad in steg(ansokan) if rad.oppet]
    nycklar = [rad.nyckel for rad in oppna]
    plats = nycklar.index(nyckel) + 1 if nyckel in nycklar else 0
    return oppna[min(plats, len(oppna) - 1)].url


def lasbara_avsnitt(ansokan, version=None):
    """[(heading, text)] of what is filled in, as it was sent in `version` or as it stands now. One query."""
    texter = version.innehall if version else avsnitt.som_text(ansokan)
    return [(rad.rubrik, text) for rad in avsnitt.for_slag(ansokan.slag) if (text := texter.get(rad.nyckel))]


def period(ansokan):
    if not (ansokan.start and ansokan.slut):
        return ""
    return f"{date_format(ansokan.start, 'j F Y')} till {date_format(ansokan.slut, 'j F Y')}"


def bakom_i_ord(rad, ansokan):
    """{what: text} about one party's tick, for the table of parties."""
    if not rad.star_bakom:
        return {"marke": ("Har inte tagit ställning", "", "ring"), "text": "", "andrad": False}
    egen = rad.av is None or str(rad.av) == rad.namngiven
    text = rad.namngiven if egen else f"Enligt mejl från {rad.namngiven}, antecknat av {rad.av}"
    return {
        "marke": ("Står bakom", "bra", "full"),
        "text": text,
        "andrad": rad.vid_version is not None and rad.vid_version < ansokan.version,
    }
