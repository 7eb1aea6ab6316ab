"""The cost of insatser as an Excel file and on paper."""

from django.template.loader import render_to_string

from ekonomi.kostnad import DOLT, Kostnadsrapport
from samordning.karna import kalkylblad, pdf
from samordning.karna.kalender import idag
from samordning.karna.models import Part

KOLUMNER = [
    ("Insats", 40), ("Budget", 14), ("Kostnad", 14), ("Avtalade deltagarveckor", 16), ("Kronor per deltagarvecka", 16),
    ("Helårsplatser", 14), ("Kronor per helårsplats", 16), ("Avslut", 10), ("Kronor per avslut", 16),
]  # fmt: skip
ORD = "dolt"


def _titel(rapport):
    return f"Kostnad per insats {rapport.ar}"


def varifran(rapport: Kostnadsrapport) -> str:
    """Where the numbers of exits come from, as a sentence."""
    if not rapport.kalla:
        return f"Resultaten för {rapport.ar} är inte släppta till styrelsen än, så avslut visas inte."
    return (
        f"Avsluten kommer från det som är släppt till styrelsen: {rapport.kalla}. Ett tal som är dolt där är dolt här, "
        "och då visas inte kostnaden per avslut."
    )


def xlsx(rapport: Kostnadsrapport) -> bytes:
    """One row an insats, then the rest and the sum. Money is numbers."""
    rader = [
        [
            rad.namn, _kr(rad.budget), _kr(rad.kostnad), _antal(rad.veckor_tal), _kr(rad.per_vecka),
            _antal(rad.platser_tal), _kr(rad.per_plats), _dolt(rad.avslut), _kr(rad.per_avslut),
        ]
        for rad in rapport.rader
    ]  # fmt: skip
    tomt = [None] * 6
    rader.append(["Övriga kostnader i budgeten", None, _kr(rapport.ovrigt), *tomt])
    rader.append(["Summa", None, _kr(rapport.summa), *tomt])
    om = [
        ("Uttaget", str(idag())), ("Belopp", "Kronor, enligt bokföringen."), ("Avslut", varifran(rapport)),
        *(("Obs", text) for text in rapport.brister),
    ]  # fmt: skip
    return kalkylblad.gor(_titel(rapport), om, [kalkylblad.Blad(f"Insatser {rapport.ar}", KOLUMNER, rader)])


def _kr(varde):
    return varde if varde is None else ORD if varde == DOLT else kalkylblad.Kr(varde)


def _antal(varde):
    return None if varde is None else float(varde)


def _dolt(varde):
    return ORD if varde == DOLT else varde


def tryck(rapport: Kostnadsrapport) -> str:
    """The document that `som_pdf` lays out."""
    context = {"rapport": rapport, "varifran": varifran(rapport), "forbund": Part.objects.forbund(), "idag": idag()}
    return render_to_string("ekonomi/kostnad_tryck.html", context)


def som_pdf(rapport: Kostnadsrapport) -> bytes:
    """PDF/UA-1. Raises `pdf.PdfSaknas`."""
    return pdf.gor(tryck(rapport), titel=_titel(rapport))
