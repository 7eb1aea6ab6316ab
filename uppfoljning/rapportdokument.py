"""A report as the document that its readers get: chapters, sentences, figures, tables, definitions and settings.

Pure: `dokument` reads the value of halvarsrapport.py and nothing else, so a kept version looks the same for ever, and
what is hidden in the value is hidden in every part of the document.
"""

import datetime

from samordning.karna.kalender import Period, tolka_period
from uppfoljning import visning
from uppfoljning.definitioner import omraden
from uppfoljning.meningar import SKAL, meningar, syns, uppraknat
from uppfoljning.rojande import DOLT

MALGRUPPER = {"intern": "Intern – får inte spridas", "styrelse": "Till styrelsen", "publik": "Publik rapport"}
TECKEN = (("0", "Ingen."), ("–", "Går inte att räkna ut, för ingen finns i nämnaren."))
TECKEN_DOLT = (
    ("dolt", "Visas inte, eftersom talet är litet eller skulle avslöja ett litet tal. Det kan också vara noll."),
)

UPPGIFTER = {
    "avslutsorsak": "Avslutsorsak", "kon": "Kön (annat eller okänt räknas som ej insamlat)", "alder": "Ålder",
    "skattning_start": "Skattad hälsa vid start", "skattning_slut": "Skattad hälsa vid avslut",
    "forsorjning_start": "Försörjning vid start", "forsorjning_slut": "Försörjning vid avslut",
    "timmar_start": "Timmar vid start", "timmar_slut": "Timmar vid avslut",
    "remittent": "Remittent (utan remiss räknas som ej insamlat)", "kommun": "Kommun",
}  # fmt: skip
SIDA_VID_SIDA = ("P3", "P4", "X1")
ALLA = "Alla insatser"
FLEST_I_BILAGAN = 20  # with more insatser than this, paper has the figures of all together and the sheets have the rest
FLEST_VAGAR = 8  # of F1 in a part's own chapter; a longer matrix stands whole in the appendix
KLASSER = (
    ("0", "Samma dag"), ("1-3", "1–3 dagar"), ("4-6", "4–6 dagar"), ("7-10", "7–10 dagar"),
    ("11+", "11 dagar eller mer"), ("import", "Från fil"), ("okant", "Okänt"),
)  # fmt: skip
ANTAL = ("galler", "ves", "saknas", "motsagelse", "totalt")
TIDER = {"start": "Från start", "slut": "Från avslut"}
VARNINGAR = {
    "svar_utan_datum": "Svar eller läge utan datum",
    "skattning_utanfor": "Skattningar i omvänd ordning eller utanför tiden i insatsen",
    "over_langsta_tid": "Pågår längre än insatsens längsta tid",
    "utan_slutskattning": "Ingen skattning vid avslut efter 14 dagar",
    "tyst": "Pågår men inget har hänt på 90 dagar",
    "remiss_utan_start": "Remissen accepterad men ingen start på 60 dagar",
}


def dokument(rapport: dict) -> dict:
    """The context of every template and sheet that shows the report (a value of `halvarsrapport` or `omslut`)."""
    period = period_av(rapport)
    delar = [_del(rapport, nr, utfall) for nr, utfall in enumerate(rapport["delar"], start=1)]
    insatser = _insatser(rapport)
    skyddad = rapport["for"] != "intern"
    resultat = {
        "titel": f"Resultat {period.namn}",
        "undertitel": f"{visning.vilka([rad['namn'] for rad in insatser])}, uppdelat på kvinnor och män"
        if insatser else "Ingen insats hade deltagare",
        "malgrupp": rapport["for"],
        "malgrupp_text": MALGRUPPER[rapport["for"]],
        "skyddad": skyddad,
        "period": period,
        "period_namn": period.namn,
        "rapport": rapport,
        "k": rapport["delar"][0]["installningar"]["k"],
        "delar": delar,
        "insatser": insatser,
        "definitioner": omraden(rapport["delar"][0]["celler"]),
        "installningar": _installningar(rapport["delar"][0]["installningar"]),
        "datakvalitet": _datakvalitet(rapport),
        "forslag": rapport["forslag"],
        "utelamnat": rapport["utelamnat"],
        "tecken": TECKEN + TECKEN_DOLT * skyddad,
        "brutna": [rad for del_ in delar for rad in del_["brutna"]],
        "tom": all(del_["tom"] for del_ in delar),
        "for_lang": len(insatser) > FLEST_I_BILAGAN,
        "bilaga": _bilaga(rapport, insatser[: FLEST_I_BILAGAN if len(insatser) <= FLEST_I_BILAGAN else 0]),
        "vagar": _vagar(rapport),
        "dolt": DOLT,
    }  # fmt: skip
    return resultat | {"innehall": _innehall(resultat)}


def period_av(rapport: dict) -> Period:
    """The period that the report is named after."""
    if rapport["rapport"] == "halvar":
        return tolka_period(rapport["period"])
    return Period.av_text(*rapport["period"].split("--"))


def _rubrik(period):
    """Andra halvåret 2023 | Hela 2023 | 2024-01-01 till 2024-02-15"""
    return f"Hela {period.namn}" if period.ar_kalenderar else period.namn[0].upper() + period.namn[1:]


def _del(rapport, nr, utfall):
    sida = visning.sida(utfall, rapport["namn"], rapport["koder"])
    rubrik = _rubrik(sida["period"])
    return (
        sida
        | {
            "id": f"del-{nr}",
            "nr": nr,
            "rubrik": rubrik,
            "rubrik_i_text": rubrik[0].lower() + rubrik[1:],
            "figurer": [_figur(figur) for figur in sida["figurer"]],
        }
        | _sida_vid_sida(sida["tabeller"])
    )


def _figur(figur):
    """With `tryckta`, the rows that paper has: without those of which nothing is shown, which `dolda` tells of. `hel`
    is the row of all together, whose bar has a scale of its own."""
    sist = len(figur["rader"]) - 1 if figur.get("sista_ar_alla") else None
    rader = [rad | {"hel": nr == sist} for nr, rad in enumerate(figur["rader"])]
    dolda = [rad for rad in rader if set(rad["celler"]) == {DOLT}]
    namn = ["alla insatser" if rad["hel"] else rad["namn"] for rad in dolda]
    return figur | {
        "tryckta": [rad for rad in rader if rad not in dolda],
        "dolda": f"Talen för {uppraknat(namn)} visas inte, {SKAL}." if namn else "",
    }


def _sida_vid_sida(tabeller):
    """The rows that tell women's and men's way through an insats, but not of an insats that shows nothing in them."""
    per_insats = [
        (namn, [rad for _, rader in omraden_ for rad in rader if rad.id in SIDA_VID_SIDA])
        for namn, omraden_ in tabeller
    ]
    tysta = [namn for namn, rader in per_insats if _tyst(rader)]
    i_ord = ["alla insatser tillsammans" if namn == ALLA else namn for namn in tysta]
    return {
        "sida_vid_sida": [(namn, rader) for namn, rader in per_insats if namn not in tysta],
        "sida_vid_sida_dolda": f"För {uppraknat(i_ord)} är alla tal dolda eller 0." if tysta else "",
    }


def _tyst(rader):
    return _inget_att_se({varde for rad in rader for varde, _ in rad.varden})


# ---- One chapter an insats


def _insatser(rapport):
    """Those of any part, in the order of the widest part (the last)."""
    slugar = {}
    for utfall in reversed(rapport["delar"]):
        slugar |= {slug: namn for slug, namn, _ in visning.insatser_i_ordning(utfall, rapport["namn"])
                   if slug not in slugar}  # fmt: skip
    return [
        {
            "id": f"insats-{slug}",
            "slug": slug,
            "namn": namn,
            **_fakta_i_delar(rapport, slug),
            "delar": [
                {
                    "rubrik": _rubrik(Period.av_text(*utfall["period"])),
                    "text": meningar(utfall, slug, namn),
                    "fakta": _fakta(utfall["per_insats"][slug]["celler"]),
                }
                for utfall in rapport["delar"]
                if slug in utfall["per_insats"]
            ],
        }
        for slug, namn in slugar.items()
    ]


def _bilaga(rapport, insatser):
    """All figures with the parts beside each other: [{rubrik, delar, omraden}] as `_bilagetabell` gives them.

    An insats has the parts that it is in.
    """
    med = [(utfall, _rubrik(Period.av_text(*utfall["period"]))) for utfall in rapport["delar"]]
    tabeller = [(ALLA, [(utfall["celler"], rubrik) for utfall, rubrik in med])]
    for insats in insatser:
        delar = [
            (utfall["per_insats"][insats["slug"]]["celler"], rubrik)
            for utfall, rubrik in med
            if insats["slug"] in utfall["per_insats"]
        ]
        tabeller.append((insats["namn"], delar))
    return [_bilagetabell(*tabell) for tabell in tabeller[1 if len(insatser) == 1 else 0 :]]


def _bilagetabell(rubrik, delar):
    """One table: omraden is [(area, rows, nobody, hidden)], a row (text, id, values of one part after the other).

    Rows that are 0 in every column, and those that are hidden or 0, are only named, in `nobody` and `hidden` ("Mår
    sämre (H4)"). So is the column of the third group, where nobody is in it or all of it is hidden or 0: `annat`.
    """
    tabeller = [visning.tabell(celler) for celler, _ in delar]
    annat = _annat(tabeller, delar)
    kon = [nr for nr, namn in enumerate(visning.KON) if not (annat and namn == "O")]
    omraden_ = [(namn, *_samlade(rader)) for namn, rader in _sammanfogade(tabeller, kon)]
    return {
        "rubrik": rubrik,
        "delar": [del_rubrik for _, del_rubrik in delar],
        "annat": annat,
        "antal": len(kon),
        "varden": len(kon) * len(delar),
        "bredd": 1 + len(kon) * len(delar),
        "omraden": omraden_,
        "dold": not any(rader or inga for _, rader, inga, _ in omraden_),
    }


def _annat(tabeller, delar):
    """Why the third group has no column: "ingen" | "dolt", or "" when it has one."""
    nr = visning.KON.index("O")
    if all(celler["P1"]["O"] == 0 for celler, _ in delar):
        return "ingen"
    sedda = {rad.varden[nr][0] for tabell in tabeller for _, rader in tabell for rad in rader}
    return "dolt" if _inget_att_se(sedda) else ""


def _inget_att_se(sedda):
    """Some of it hidden, and nothing shown but zeros and shares of nobody."""
    return DOLT in sedda and sedda <= {DOLT, "0", visning.SAKNAS}


def _samlade(rader):
    """(rows with something to read, names of those that are 0 everywhere, names of those with only hidden and 0)"""
    kvar, inga, dolda = [], [], []
    for text, id_, varden in rader:
        sedda = {varde for varde, _ in varden}
        if _inget_att_se(sedda):
            dolda.append(f"{text} ({id_})")
        elif sedda == {"0"}:
            inga.append(f"{text} ({id_})")
        else:
            kvar.append((text, id_, varden))
    return kvar, inga, dolda


def _sammanfogade(tabeller, kon):
    """The rows of tables of the same cells, joined: [(area, [(text, id, values)])]."""
    return [
        (
            omraden_[0][0],
            [
                (rader[0].text, rader[0].id, [varde for rad in rader for varde in (rad.varden[nr] for nr in kon)])
                for rader in zip(*(rader for _, rader in omraden_), strict=True)
            ],
        )
        for omraden_ in zip(*tabeller, strict=True)
    ]


def _vagar(rapport):
    """F1 with the parts beside each other, or None where the parts have room for all of it: {delar, antal, rader},
    a row (at start, at exit, values of one part after the other). A part that is hidden is left out.
    """
    koder = rapport["koder"]
    delar = []
    for utfall in rapport["delar"]:
        # By code, since two codes may have the same text.
        if rader := visning.forsorjning(utfall["celler"]["F1"], {}):
            delar.append((_rubrik(Period.av_text(*utfall["period"])), {rad[:2]: rad[2:] for rad in rader}))
    if max((len(vagar) for _, vagar in delar), default=0) <= FLEST_VAGAR:
        return None
    ordning = dict.fromkeys(vag for _, vagar in reversed(delar) for vag in vagar)
    ingen = [tuple(DOLT if varde == DOLT else 0 for varde in next(iter(vagar.values()))) for _, vagar in delar]
    varden = {vag: [vagar.get(vag, tom) for (_, vagar), tom in zip(delar, ingen, strict=True)] for vag in ordning}
    utan_annat = all(ett[2] == 0 for rad in varden.values() for ett in rad)
    kon = (0, 1, 3) if utan_annat else (0, 1, 2, 3)
    return {
        "delar": [rubrik for rubrik, _ in delar],
        "antal": len(kon),
        "varden": len(kon) * len(delar),
        "utan_annat": utan_annat,
        "rader": [
            (*(koder.get(kod, kod) for kod in vag), [ett[nr] for ett in rad for nr in kon])
            for vag, rad in varden.items()
        ],
    }


def _fakta(celler):
    """[(label, value)], DOLT where the value needs a hidden cell."""
    return [
        ("Tog emot", visning.tal_eller_dolt(celler["P3"]["T"])),
        ("Avslutade", visning.tal_eller_dolt(celler["P4"]["T"])),
        ("Pågår vid periodens slut", visning.tal_eller_dolt(celler["P5"]["T"])),
        ("Positiva avslut", _av(celler, "X1", "P7")),
        ("Mår bättre", _av(celler, "H2", "H1")),
        ("Nöjda med bemötandet", _av(celler, "S2", "S1")),
        ("Veckor i insatsen, median", _veckor(celler["L1"]["T"])),
    ]


def _fakta_i_delar(rapport, slug):
    """fakta: [(label, [value in each part that the insats is in])] of what is shown; dolda: the labels of the rest."""
    delar = [
        _fakta(utfall["per_insats"][slug]["celler"]) for utfall in rapport["delar"] if slug in utfall["per_insats"]
    ]
    rader = [(rader[0][0], [varde for _, varde in rader]) for rader in zip(*delar, strict=True)]
    return {
        "fakta": [(text, varden) for text, varden in rader if set(varden) != {DOLT}],
        "dolda": [text for text, varden in rader if set(varden) == {DOLT}],
    }


def _av(celler, del_, av):
    """6 av 10 (60 %)"""
    antal, namnare = celler[del_]["T"], celler[av]["T"]
    if not syns(antal, namnare):
        return DOLT
    if not namnare:
        return visning.SAKNAS
    return f"{visning.tal(antal)} av {visning.tal(namnare)} ({visning.procent(antal / namnare)})"


def _veckor(langd):
    return visning.formatera(langd["median"] if isinstance(langd, dict) else langd, "veckor")


# ---- Settings, data quality, contents


def _installningar(val):
    """[(setting, value, what it decides)] (7.7)."""
    rader = [
        ("t, gränsen för nöjd", str(val["t"]), "Minsta svar på skalan 1–10 som räknas som nöjd."),
        ("m, gränsen för bättre", str(val["m"]), "Minsta förändring på skalan 1–10 som räknas som bättre eller sämre."),
        ("Fönstret", f"{val['fonster_dagar']} dagar", "Så långt från start eller avslut får en skattning vara gjord."),
    ]
    if val["k"]:
        rader.append(("k, gränsen för små tal", str(val["k"]), "Tal under gränsen visas inte, utom noll."))
    else:
        rader.append(("Små tal", "visas", "Rapporten är intern och får inte spridas."))
    return rader


def _datakvalitet(rapport):
    """The value of datakvalitet.py in words and ready to print, or None outside intern."""
    kvalitet = rapport["datakvalitet"]
    if kvalitet is None:
        return None
    return {
        "dag": datetime.date.fromisoformat(kvalitet["dag"]),
        "period_namn": Period.av_text(*kvalitet["period"]).namn,
        "uppgifter": [
            (UPPGIFTER[rad["id"]], *(visning.tal(rad[slag]) for slag in ANTAL), visning.procent(rad["andel"]))
            for rad in kvalitet["uppgifter"]
        ],
        "klasser": [text for _, text in KLASSER],
        "tider": [
            (TIDER[rad["id"]], [visning.tal((rad["per_klass"] | rad)[klass]) for klass, _ in KLASSER])
            for rad in kvalitet["tider"]
        ],
        "varningar": [
            (VARNINGAR[rad["id"]], visning.tal(rad["antal"]), _var(rad["per_insats"], kvalitet["namn"]))
            for rad in kvalitet["varningar"]
        ],
    }  # fmt: skip


def _var(per_insats, namn):
    """Mofalla Lantgård 3; Rörsås Lantliv 1"""
    return "; ".join(f"{namn[slug]} {visning.tal(antal)}" for slug, antal in per_insats.items())


def _innehall(d):
    """[(id, text, [(id, text)])] of the chapters, in their order."""
    kapitel = [("kort", "Kort sagt", [])]
    kapitel += [(del_["id"], del_["rubrik"], []) for del_ in d["delar"] if not del_["tom"]]
    if d["insatser"]:
        kapitel.append(("insatserna", "Insatserna", [(rad["id"], rad["namn"]) for rad in d["insatser"]]))
    if not d["tom"]:
        kapitel.append(("alla-tal", "Alla tal", []))
    if d["datakvalitet"]:
        kapitel.append(("datakvalitet", "Uppgifternas kvalitet", []))
    lasa = [("utelamnat", "Det som inte är med")] * bool(d["utelamnat"] or d["forslag"])
    lasa += [("tecken", "Tecken"), ("installningar", "Inställningar"), ("definitioner", "Varje tal")]
    kapitel.append(("sa-raknar-vi", "Så läser du rapporten", lasa))
    return kapitel
