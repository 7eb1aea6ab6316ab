"""From lines to old minutes as data. Every line that is not blank gets one place; nothing is thrown away."""

import re

from moten.tolk import datum, kanter, narvaro, nasta, rubriker, utfall
from moten.tolk.huvud import las_huvud
from moten.tolk.typer import Anteckning, Kalltext, Punkt, Rad, Varning

LANGSTA_LAST = 5_000  # signs: a longer line is kept as text, and nothing is looked for in it
FLEST_VARNINGAR = 100


def las(kalla: Kalltext, fil: str = "") -> Anteckning:
    """Read the lines of a file. `fil`: its name, which may tell body and date."""
    rader = tuple(_kort(rad) for rad in kalla.rader)
    vid_kant = kanter.hitta(rader)
    funna, numrerade = rubriker.hitta(rader, vid_kant)
    rubrikrader = {rubrik.rader[0]: nr for nr, rubrik in enumerate(funna, 1)}
    tagna = {i for rubrik in funna for i in rubrik.rader}
    lista = narvaro.las(rader, rubrikrader, vid_kant)
    lista.agda -= tagna | vid_kant
    sista = funna[-1].rader[-1] + 1 if funna else len(rader)
    under = kanter.underskrifter(rader, sista, vid_kant | lista.agda)
    rester = (vid_kant | under) - tagna - lista.agda
    delar = _dela(rader, funna, tagna | lista.agda | rester)
    forsta = funna[0].rader[0] if funna else len(rader)
    huvud = las_huvud(rader, forsta, sorted(under | vid_kant), lista, fil, any(r.nr.find("§") >= 0 for r in funna))
    punkter = tuple(
        _punkt(kalla.rader, funna, nr, delar[nr + 1], lista, huvud.beslutar) for nr in range(len(funna))
    )  # fmt: skip
    moten = tuple(
        mote for punkt, del_ in zip(punkter, delar[1:], strict=True)
        for mote in nasta.motestider(punkt.rubrik, _par(rader, del_, punkt.rubrikrader[0]), punkt.rubrikrader[0])
    ) or tuple(nasta.motestider("", _par(rader, delar[0], 1)))  # fmt: skip
    varningar = [
        *kalla.varningar,
        *huvud.varningar,
        *lista.varningar,
        *_varningar(funna, numrerade, lista, moten, rader),
    ]
    varningar.sort(key=lambda varning: varning.rad or 0)
    return Anteckning(
        rader=kalla.rader, titel=huvud.titel, typ=huvud.typ, organ=huvud.organ, datum=huvud.datum, fran=huvud.fran,
        till=huvud.till, plats=huvud.plats, ordforande=huvud.ordforande, sekreterare=huvud.sekreterare,
        justerare=huvud.justerare, narvarande=tuple(lista.narvarande), franvarande=tuple(lista.franvarande),
        punkter=punkter, nasta_moten=moten, varningar=tuple(varningar[:FLEST_VARNINGAR]),
        inledningsrader=_nummer(rader, delar[0]), narvarorader=_nummer(rader, lista.agda),
        rester=_nummer(rader, rester),
    )  # fmt: skip


def _kort(rad):
    """The line as it is looked at; what stands in a line that is too long is not looked for."""
    if len(rad.text) <= LANGSTA_LAST:
        return rad
    return Rad(rad.nr, "", re.sub(r"\s+", " ", rad.text[:300]) + "…", 0, rad.kant, rad.sida)


def _dela(rader, funna, tagna):
    """[[indices]]: the lines before the first item, then those of each item; blank and taken lines are left out."""
    delar, nr = [[] for _ in range(len(funna) + 1)], 0
    for i, rad in enumerate(rader):
        while nr < len(funna) and i >= funna[nr].rader[0]:
            nr += 1
        if not rad.tom and i not in tagna:
            delar[nr].append(i)
    return delar


def _nummer(rader, index):
    return tuple(rader[i].nr for i in sorted(index) if not rader[i].tom)


def _par(rader, index, forra):
    """[(line number, text)] with (None, "") where the source has a blank line."""
    ut = []
    for i in index:
        if ut and any(rad.tom for rad in rader[forra:i]):
            ut.append((None, ""))
        ut.append((rader[i].nr, rader[i].text))
        forra = i + 1
    return ut


def _punkt(rader, funna, nr, index, lista, beslutar):
    rubrik = funna[nr]
    slut = funna[nr + 1].rader[0] if nr + 1 < len(funna) else len(rader)
    par = _par(rader, index, rubrik.rader[-1])
    text = "\n".join(text.strip() for _, text in par)
    har_narvaro = any(rubrik.rader[0] <= i < slut for i in lista.agda)
    har_under = nr + 1 < len(funna) and funna[nr + 1].under and not rubrik.under
    har_tid = nasta.ar_nasta(rubrik.text) and bool(datum.hitta(rubrik.text))
    return Punkt(
        nr=rubrik.nr,
        rubrik=rubrik.text,
        text=text,
        status=utfall.status(text, har_narvaro or har_under or har_tid),
        rubrikrader=tuple(rader[i].nr for i in rubrik.rader),
        rader=tuple(rader[i].nr for i in index),
        utfall=tuple(utfall.utfall(par, beslutar)),
        hanvisningar=utfall.hanvisningar(par),
    )


def _varningar(funna, numrerade, lista, moten, rader):
    if not funna:
        yield Varning(None, "Inga punkter hittades. Hela texten ligger som inledning. Dela upp den för hand.")
    elif not numrerade:
        yield Varning(None, "Rubrikerna har inga nummer. Kontrollera att punkterna är rätt delade.")
    forra = None
    for rubrik in funna:
        if rubrik.under or not numrerade:
            continue
        if forra is not None and rubrik.tal > forra + 1:
            yield Varning(rubrik.i + 1, f"Nummer saknas mellan {forra} och {rubrik.tal}.")
        if not rubrik.text:
            yield Varning(rubrik.i + 1, f"Punkt {rubrik.nr} har ingen rubrik.")
        forra = rubrik.tal
    if not lista.narvarande:
        yield Varning(None, "Inga närvarande hittades. Lägg till dem för hand.")
    bada = {person.namn for person in lista.narvarande} & {person.namn for person in lista.franvarande}
    for namn in sorted(bada):
        yield Varning(None, f"{namn} står både som närvarande och som frånvarande.")
    for mote in moten:
        if mote.datum.startswith("--"):
            yield Varning(mote.rad or None, "Texten säger inte vilket år nästa möte är.")
            break
