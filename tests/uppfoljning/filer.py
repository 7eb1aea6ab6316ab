"""Participation files for the tests: rows as dicts with the file's column names, bytes, and random ones."""

import csv
import datetime
import io
import random

from uppfoljning.importering import granska, spara

KOLUMNER = (
    "id", "person", "kon", "insats", "start", "slut", "avslutsorsak", "anonym", "skyddad", "start_skattning_datum",
    "slut_skattning_datum", "halsa_start", "halsa_slut", "tim_start", "tim_slut", "bemotande_slut", "forsorjning_start",
    "forsorjning_slut", "remittent",
)  # fmt: skip
ORSAKER = (
    "arbete", "studier", "jobbsok", "vidare_insats", "forsamrad_halsa", "avbrott_eget", "avbrott_insats", "fullfoljd",
    "avliden", "flyttat", "",
)  # fmt: skip
FORSORJNING = ("FK", "FORS", "AF", "AKASSA", "SJUKERS", "AKTERS", "LON", "STUD", "INGEN", "ANNAN", "VES", "")


def rad(nr, **celler):
    """A row that is right: a woman who started in insats A on 10 January 2024."""
    grund = {"id": f"R{nr}", "person": f"P{nr}", "kon": "K", "insats": "A", "start": "2024-01-10",
             "anonym": "0", "skyddad": "0"}  # fmt: skip
    return dict.fromkeys(KOLUMNER, "") | grund | celler


def som_csv(rader, skiljetecken=",", kodning="utf-8"):
    text = io.StringIO(newline="")
    skrivare = csv.DictWriter(text, list(rader[0]), delimiter=skiljetecken)
    skrivare.writeheader()
    skrivare.writerows(rader)
    return text.getvalue().encode(kodning)


def importera(rader, **val):
    """Through the product's own import; new insatser are made."""
    granskning = granska(som_csv(rader), "prov.csv", skapa_insatser=True, **val)
    assert granskning.fel == []
    return spara(granskning)


def slumprader(antal, fro):
    """Rows with everything that the definitions speak of: refusals, gaps, late halves, re-entries, anonymous ones."""
    r = random.Random(fro)
    rader, upptaget, kon = [], {}, {}
    for nr in range(antal):
        person, insats = f"P{r.randrange(antal * 2 // 3)}", r.choice(["A", "Grön väg", "Ängen", "C 2", "D"])
        start = datetime.date(2022, 10, 1) + datetime.timedelta(days=r.randrange(820))
        slut = start + datetime.timedelta(days=r.choice([0, 1, 30, 90, 120, 200, r.randrange(400)]))
        oppen = r.random() < 0.15
        grans = datetime.date.max if oppen else slut
        if any(start <= s and f <= grans for f, s in upptaget.setdefault((person, insats), [])):
            continue
        fel = not oppen and r.random() < 0.04
        if not fel:
            upptaget[person, insats].append((start, grans))
        k = kon.setdefault(person, r.choice(["K", "K", "K", "M", "M", "O", ""]))
        rader.append(
            rad(
                nr, person=person, kon=k, insats=insats, start=str(start), slut="" if oppen else str(slut),
                avslutsorsak="" if oppen else "felregistrering" if fel else r.choice(ORSAKER),
                skyddad=str(int(r.random() < 0.05)), remittent=r.choice(["FK", "AF", "KOMMUN", "VGR", "VARD", ""]),
                **_svar(r, start, None if oppen else slut),
            )
        )  # fmt: skip
    for nr in range(antal // 20):
        ar = r.choice(["2023", "2024", f"2023-{r.randrange(1, 13):02}-15"])
        rader.append(rad(f"anonym{nr}", person="", kon=r.choice(["K", "M", "O", ""]), start=ar, anonym="1"))
    r.shuffle(rader)
    return rader


def _svar(r, start, slut):
    def nara(handelse):
        avstand = r.choice([0, 0, 3, -5, 30, 31, -30, -31, 75])
        return str(handelse + datetime.timedelta(days=avstand)) if r.random() < 0.9 else ""

    def skala():
        return r.choice([*map(str, range(1, 11)), *map(str, range(5, 11)), "VES", ""])

    def timmar():
        return r.choice(["", "0", "60", str(r.randrange(60)), f"{r.randrange(59)},5", f"{r.randrange(59)}.25"])

    svar = {"start_skattning_datum": nara(start), "halsa_start": skala(), "tim_start": timmar(),
            "forsorjning_start": r.choice(FORSORJNING)}  # fmt: skip
    if slut and r.random() < 0.85:
        svar |= {"slut_skattning_datum": nara(slut), "halsa_slut": skala(), "tim_slut": timmar(),
                 "bemotande_slut": skala(), "forsorjning_slut": r.choice(FORSORJNING)}  # fmt: skip
    return svar
