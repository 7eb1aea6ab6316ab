"""A scenario as a paper of its cases: the same figures as PDF and as text, frozen the day they are filed."""

from django.db import transaction
from django.template.loader import render_to_string

from ekonomi.belopp import kr
from moten.models import Handling
from samordning.karna import filer, pdf
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Part


def tryck(utfall) -> str:
    """The document that `gor` lays out."""
    return render_to_string(
        "ekonomi/scenario_tryck.html", {"utfall": utfall, "forbund": Part.objects.forbund(), "idag": idag()}
    )


def gor(utfall) -> bytes:
    """PDF/UA-1. Raises `pdf.PdfSaknas`."""
    return pdf.gor(tryck(utfall), titel=f"Ekonomiskt underlag: {utfall.scenario}")


def text(utfall) -> str:
    """The same in plain words, for the page of the case."""
    stycken = [f"Räknat {idag()} på {utfall.scenario}. Beloppen är kronor."]
    for rad in utfall.ansokningar:
        per_ar = ", ".join(f"{ar}: {kr(kronor)}" for ar, kronor in rad.belopp)
        stycken.append(f"{rad.ansokan.arende.diarienummer} {rad.ansokan.rubrik}: {per_ar}.")
    for ar in utfall.ar:
        slut = ar.bedomningar()[1][2]
        andel = "" if slut.procent is None else f" ({str(slut.procent).replace('.', ',')} procent av tilldelningen)"
        stycken.append(
            f"{ar.ar}: ej beslutat {kr(ar.fore.ej_beslutat)} före och {kr(ar.kvar)} efter. "
            f"Eget kapital vid årets slut blir {kr(slut.kapital)}{andel}. {ar.marke[0]}."
        )
    return "\n".join(stycken)


@transaction.atomic
def lagg_till(utfall, arenden, *, av) -> list[Handling]:
    """File it in each case, for all who see the case. One file, since it is one paper."""
    fil = filer.spara(gor(utfall), f"ekonomiskt-underlag-{idag()}.pdf", av=av)
    fil.godkann(av=av)
    innehall, handlingar = text(utfall), []
    for arende in arenden:
        handling = Handling.objects.create(
            arende=arende, rubrik=f"Ekonomiskt underlag: {utfall.scenario}", krets=Handling.Krets.ALLA, fil=fil,
            text=innehall, av=av,
        )  # fmt: skip
        Handelse.logga(handling, "skapad", av=av)
        handlingar.append(handling)
    Handelse.logga(utfall.scenario, "underlag", av=av, data={"arenden": [arende.pk for arende in arenden]})
    return handlingar
