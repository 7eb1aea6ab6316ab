"""A report as sheets, with the cell ids and the values of the JSON. Pure: reads `rapportdokument.dokument`."""

from samordning.karna.kalkylblad import Andel, Blad
from samordning.karna.templatetags.samordning import datumtid
from uppfoljning import visning
from uppfoljning.definitioner import Definition, omraden
from uppfoljning.rapportdokument import ANTAL, KLASSER, TIDER
from uppfoljning.rojande import DOLT

KON = ("K", "M", "O", "T")
KONSKOLUMNER = [("Kvinnor", 12), ("Män", 12), ("Annat", 12), ("Alla", 12)]
NEDRE, OVRE = "nedre gränsen", "övre gränsen"
# What the table on paper does not have a row of, because the counts beside it tell the same.
ANDEL_NOJDA = Definition("S3", "Andel nöjda", "Nöjda delat med svarade.", "andel", del_="andel")


def blad(d: dict, raknad) -> tuple[list, list]:
    """(rows of the sheet Om, [Blad]) of `kalkylblad.gor`."""
    rapport = d["rapport"]
    sidor = []
    for del_, utfall in zip(d["delar"], rapport["delar"], strict=True):
        slut = _kort(del_["period"])
        sidor.append(
            Blad(f"Alla insatser {slut}", [("Cell-id", 22), ("Tal", 44), *KONSKOLUMNER], _rader(utfall["celler"]))
        )
        per_insats = visning.insatser_i_ordning(utfall, rapport["namn"])
        rader = [(namn, *rad) for _, namn, celler in per_insats for rad in _rader(celler)]
        sidor.append(Blad(f"Per insats {slut}", [("Insats", 32), ("Cell-id", 22), ("Tal", 44), *KONSKOLUMNER], rader))
        sidor.append(
            Blad(f"F1 försörjning {slut}",
                 [("Insats", 32), ("Cell-id", 18), ("Vid start", 44), ("Vid avslut", 44), *KONSKOLUMNER],
                 [*_f1("Alla insatser", utfall["celler"]["F1"], rapport["koder"]),
                  *(rad for _, namn, celler in per_insats for rad in _f1(namn, celler["F1"], rapport["koder"]))])
        )  # fmt: skip
        if utfall["anonyma"]:
            sidor.append(Blad(f"Anonyma {slut}", KONSKOLUMNER, [[_varde(utfall["anonyma"][kon]) for kon in KON]]))
    definitioner = [
        (cell_id, text, d_.raknas, d_.av)
        for d_ in _definitioner(rapport["delar"][0]["celler"])
        for cell_id, text in _idn(d_)
    ]
    kolumner = [("Cell-id", 22), ("Tal", 44), ("Så räknas det", 90), ("Andel av", 12)]
    sidor.append(Blad("Definitioner", kolumner, definitioner))
    if rapport["datakvalitet"]:
        sidor += _datakvalitet(d, rapport["datakvalitet"])
    sidor.append(
        Blad(
            "Inställningar",
            [("Inställning", 32), ("Värde", 14), ("Betyder", 90)],
            [list(r) for r in d["installningar"]],
        )
    )
    return _om(d, raknad), sidor


def _kort(period):
    """H2 2023 | 2023 | 2023-01-01--2023-02-15; short enough for the name of a sheet."""
    if period.ar_kalenderar:
        return str(period.fran.year)
    if period.namn[0].isdigit():
        return f"{period.fran:%y%m%d}-{period.till:%y%m%d}"
    return f"H{1 if period.fran.month == 1 else 2} {period.fran.year}"


def _om(d, raknad):
    rader = [
        ("Målgrupp", d["malgrupp_text"]),
        ("Period", ", ".join(del_["rubrik"] for del_ in d["delar"])),
        ("Insatser", ", ".join(rad["namn"] for rad in d["insatser"]) or "Ingen insats hade deltagare."),
        ("Räknat", datumtid(raknad).replace("\N{NO-BREAK SPACE}", " ")),
        *((f"Inställning: {text}", f"{varde}. {betyder}") for text, varde, betyder in d["installningar"]),
        *((f"Tecknet {tecken}", betyder) for tecken, betyder in d["tecken"]),
        ("Dagar", "L1 och L2 står i dagar och V1 i veckor."),
        ("Lägg inte ihop", "Samma person kan vara med i flera insatser."),
    ]
    if not d["skyddad"]:
        rader.append(("Spridning", "Här finns tal som kan peka ut en person."))
    if d["brutna"]:
        rader.append(("Talen går inte ihop", f"Använd inte rapporten. {'; '.join(d['brutna'])}."))
    return rader + [("Inte med", text) for text in d["utelamnat"]] + [("Att visa mer", text) for text in d["forslag"]]


# ---- Cells


def _definitioner(celler):
    """In the order of the paper."""
    for _, rader in omraden(celler):
        for definition in rader:
            if definition.id == "S3.ki":
                yield ANDEL_NOJDA
            yield definition


def _text(d):
    return d.text.replace("Veckor", "Dagar") if d.slag == "veckor" else d.text


def _idn(d):
    """[(id, text)]: two for an interval, whose ends have a row each."""
    if d.slag != "intervall":
        return [(d.id, _text(d))]
    return [(f"{d.id}[0]", f"{_text(d)}, {NEDRE}"), (f"{d.id}[1]", f"{_text(d)}, {OVRE}")]


def _rader(celler):
    """(cell id, text, women, men, others, all) of every cell but F1."""
    return [
        (cell_id, text, *(_varde(_ur(celler[d.cell], kon, d, nr), d.slag) for kon in KON))
        for d in _definitioner(celler)
        if d.cell in celler
        for nr, (cell_id, text) in enumerate(_idn(d))
    ]


def _ur(cell, kon, d, nr):
    varde = cell[kon] if cell else None
    if d.del_ and isinstance(varde, dict):
        varde = varde[d.del_]
    return varde[nr] if isinstance(varde, list) else varde


def _varde(varde, slag=""):
    if varde is None:
        return visning.SAKNAS
    if varde == DOLT:
        return "dolt"
    return Andel(varde) if slag in ("andel", "intervall") else varde


def _f1(namn, matris, koder):
    """One row a way, the most common first; one row that says dolt when all of it is hidden."""
    koder = koder | visning.UTAN_KOD
    if matris["T"] == DOLT:
        return [(namn, "F1", "dolt", "dolt", *["dolt"] * 4)]
    return [
        (namn, f"F1.{vag}", *(koder.get(kod, kod) for kod in vag.split(">")),
         *(_varde(DOLT if matris[kon] == DOLT else matris[kon].get(vag, 0)) for kon in KON))
        for vag in sorted(matris["T"])
    ]  # fmt: skip


# ---- Data quality


def _datakvalitet(d, kvalitet):
    """The numbers of the value, with the words of the document beside them."""
    visad = d["datakvalitet"]
    uppgifter = [
        (orden[0], *(_varde(rad[slag]) for slag in ANTAL), _varde(rad["andel"], "andel"))
        for orden, rad in zip(visad["uppgifter"], kvalitet["uppgifter"], strict=True)
    ]
    varningar = [
        (orden[0], rad["antal"], orden[2]) for orden, rad in zip(visad["varningar"], kvalitet["varningar"], strict=True)
    ]
    tider = [
        (TIDER[rad["id"]], *((rad["per_klass"] | rad)[klass] for klass, _ in KLASSER)) for rad in kvalitet["tider"]
    ]
    rubriker = ("Gäller", "Vill inte svara", "Inte insamlat", "Motsägelse", "Totalt", "Andel")
    return [
        Blad("Datakvalitet", [("Uppgift", 48), *((rubrik, 15) for rubrik in rubriker)], uppgifter),
        Blad("Hur snart", [("Händelse", 20), *((klass, 16) for klass in visad["klasser"])], tider),
        Blad("Värt att titta på", [("Vad", 60), ("Antal", 10), ("Var", 80)], varningar),
    ]
