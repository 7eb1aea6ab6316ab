"""A report as the document that its readers get: chapters, sentences, figures, tables, definitions and settings.

Pure: `dokument` reads the value of halvarsrapport.py and nothing else, so a kept version looks the same for ever, and
what is hidden in the value is hidden in every part of the document.
"""

import datetime

from samordning.karna.kalender import Period, tolka_period
from uppfoljning import visning
from uppfoljning.definitioner import omraden
from uppfoljning.meningar import meningar, syns
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
FLEST_I_BILAGAN = 20  # with more insatser than this, paper has the figures of all together and the sheets have the rest
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
    return sida | {
        "id": f"del-{nr}",
        "nr": nr,
        "rubrik": rubrik,
        "rubrik_i_text": rubrik[0].lower() + rubrik[1:],
        "sida_vid_sida": [(namn, _sida_vid_sida(omraden_)) for namn, omraden_ in sida["tabeller"]],
    }


def _sida_vid_sida(omraden_):
    """The rows that tell women's and men's way through an insats."""
    return [rad for _, rader in omraden_ for rad in rader if rad.id in SIDA_VID_SIDA]


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
            "fakta": _fakta_i_delar(rapport, slug),
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
    """All figures with the parts beside each other: [{rubrik, delar, omraden: [(area, [(text, id, values)])]}].

    `values` are Tabellrad.varden of one part after the other; an insats has the parts that it is in.
    """
    med = [(utfall, _rubrik(Period.av_text(*utfall["period"]))) for utfall in rapport["delar"]]
    tabeller = [("Alla insatser", [(utfall["celler"], rubrik) for utfall, rubrik in med])]
    for insats in insatser:
        delar = [
            (utfall["per_insats"][insats["slug"]]["celler"], rubrik)
            for utfall, rubrik in med
            if insats["slug"] in utfall["per_insats"]
        ]
        tabeller.append((insats["namn"], delar))
    return [_bilagetabell(*tabell) for tabell in tabeller[1 if len(insatser) == 1 else 0 :]]


def _bilagetabell(rubrik, delar):
    """Without the column of the third group where nobody is in it, which `utan_annat` tells."""
    utan_annat = all(celler["P1"]["O"] == 0 for celler, _ in delar)
    kon = [nr for nr, namn in enumerate(visning.KON) if not (utan_annat and namn == "O")]
    return {
        "rubrik": rubrik,
        "delar": [del_rubrik for _, del_rubrik in delar],
        "utan_annat": utan_annat,
        "antal": len(kon),
        "bredd": 1 + len(kon) * len(delar),
        "omraden": _sammanfogade([visning.tabell(celler) for celler, _ in delar], kon),
    }


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
    """[(label, [value in each part that the insats is in])]."""
    delar = [
        _fakta(utfall["per_insats"][slug]["celler"]) for utfall in rapport["delar"] if slug in utfall["per_insats"]
    ]
    return [(rader[0][0], [varde for _, varde in rader]) for rader in zip(*delar, strict=True)]


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
