"""Old minutes as the JSON of the command `importera_anteckningar`."""

from pathlib import PurePath

from moten.tolk.typer import Anteckning


def som_json(anteckning: Anteckning, fil: str, *, organ: str | None = None, datum: str | None = None) -> dict:
    """One object of `filer`. `organ` and `datum` are what the user said, and win over what the text says.

    Lines at the edges of pages and signatures stand last in `inledning`, so that the object holds every line.
    """
    rester = anteckning.radtext(anteckning.rester)
    return {
        "fil": PurePath(fil).name,
        "organ": organ or anteckning.organ,
        "datum": datum or anteckning.datum,
        "typ": anteckning.typ,
        "inledning": "\n\n".join(filter(None, (anteckning.inledning, rester))),
        "narvarande": [{"namn": person.namn, "ersatter": person.ersatter} for person in anteckning.narvarande],
        "franvarande": [{"namn": person.namn} for person in anteckning.franvarande],
        "punkter": [
            {"nr": punkt.nr, "rubrik": punkt.rubrik, "text": punkt.text, "status": punkt.status}
            for punkt in anteckning.punkter
        ],
        "nasta_moten": [
            {"datum": mote.datum, "fran": mote.fran, "till": mote.till, "plats": mote.plats, "avser": mote.avser}
            for mote in anteckning.nasta_moten
        ],
        "varningar": [{"rad": varning.rad, "text": varning.text} for varning in anteckning.varningar],
    }
