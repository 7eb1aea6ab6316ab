"""The outcome report a second time: rows of a file in, report out, slowly and in plain Python, cell by cell from the
definitions. It shares nothing with the product, so that a fault has to be made twice to pass."""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

POSITIVA = {"arbete", "studier", "jobbsok", "vidare_insats"}
TILL_ARBETE = {"arbete", "studier", "jobbsok"}
NEUTRALA = {"avliden", "flyttat"}
EGEN = {"LON", "STUD"}
FONSTER = 30
Z = Decimal("1.959963984540054235524594430520551")


def slug(namn):
    ascii_ = unicodedata.normalize("NFKD", namn).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_)).strip("-_")


def dag(text):
    return date.fromisoformat(text) if text else None


def rund(tal, decimaler):
    if tal is None:
        return None
    exakt = Fraction(tal)
    with localcontext(prec=60):
        varde = Decimal(exakt.numerator) / Decimal(exakt.denominator)
        return float(varde.quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP))


def kvot(a, b):
    return Fraction(a, b) if b else None


def medel(tal):
    return Fraction(sum(tal)) / len(tal) if tal else None


def median(tal):
    tal = sorted(tal)
    if not tal:
        return None
    return Fraction(tal[(len(tal) - 1) // 2] + tal[len(tal) // 2]) / 2


def wilson(x, n):
    with localcontext(prec=60):
        p = Decimal(x) / n
        mitt = p + Z * Z / (2 * n)
        halv = Z * (p * (1 - p) / n + Z * Z / (4 * n * n)).sqrt()
        namnare = 1 + Z * Z / n
        return max(Decimal(0), (mitt - halv) / namnare), min(Decimal(1), (mitt + halv) / namnare)


class Rad:
    """One row, with what several cells ask for."""

    def __init__(self, rad, kon):
        self.text, self.kon = rad, kon
        self.person, self.orsak, self.insats = rad["person"], rad["avslutsorsak"], slug(rad["insats"])
        self.anonym = rad["anonym"] == "1"
        self.ar = int(rad["start"][:4])
        self.start = None if self.anonym else dag(rad["start"])
        self.slut = None if self.anonym else dag(rad["slut"])

    def tal(self, kolumn):
        """An answer 1-10 as a number; None when it is missing or refused."""
        varde = self.text[kolumn]
        return int(varde) if varde and varde != "VES" else None

    def timmar(self, kolumn):
        varde = self.text[kolumn].replace(",", ".")
        return Fraction(varde) if varde else None

    def i_fonstret(self, vilken):
        datum, handelse = dag(self.text[f"{vilken}_skattning_datum"]), getattr(self, vilken)
        return bool(datum and handelse and abs((datum - handelse).days) <= FONSTER)

    def forsorjning(self, vilken):
        return self.text[f"forsorjning_{vilken}"] or "saknas"


def rader(texter):
    """Rows of the file as Rad; a person has one sex, whichever row tells it."""
    kon = {rad["person"]: rad["kon"] for rad in texter if rad["person"] and rad["kon"]}
    return [Rad(rad, kon.get(rad["person"]) or rad["kon"] or "O") for rad in texter]


def celler(p1, univ, fran, till, forbundet):
    p4 = [r for r in p1 if r.slut and r.slut <= till]
    p5 = [r for r in p1 if not (r.slut and r.slut <= till)]
    p7 = [r for r in p4 if r.orsak not in NEUTRALA]
    c = {
        "P1": len(p1), "P2": sum(r.start < fran for r in p1), "P3": sum(r.start >= fran for r in p1),
        "P4": len(p4), "P5": len(p5), "P6": len(p4) - len(p7), "P7": len(p7), "X5": rund(kvot(len(p4), len(p1)), 4),
    }  # fmt: skip
    c |= personer(p1, p5, univ, fran, till, forbundet)
    c["X1"] = sum(r.orsak in POSITIVA for r in p7)
    c["X2"] = sum(r.orsak in TILL_ARBETE for r in p7)
    c["X3"] = sum(r.orsak == "forsamrad_halsa" for r in p7)
    c["X4"] = sum(r.orsak == "" for r in p7)
    c |= halsa(p7)
    par = [
        (r.timmar("tim_start"), r.timmar("tim_slut"))
        for r in p7
        if r.text["tim_start"] and r.text["tim_slut"] and r.i_fonstret("start") and r.i_fonstret("slut")
    ]
    c["T1"] = {
        "par": len(par), "start_medel": rund(medel([a for a, _ in par]), 2),
        "slut_medel": rund(medel([b for _, b in par]), 2), "median_andring": rund(median([b - a for a, b in par]), 2),
    }  # fmt: skip
    c |= forsorjning(p7)
    c |= bemotande(p7)
    dagar = [(r.slut - r.start).days for r in p4]
    hittills = [(till - r.start).days + 1 for r in p5]
    c["L1"] = {"medel": rund(medel(dagar), 2), "median": rund(median(dagar), 2)}
    c["L2"] = {"medel": rund(medel(hittills), 2), "median": rund(median(hittills), 2)}
    c["V1"] = rund(Fraction(sum((min(r.slut or till, till) - max(r.start, fran)).days + 1 for r in p1), 7), 2)
    return c


def personer(p1, p5, univ, fran, till, forbundet):
    alla, pagar = {r.person for r in p1}, {r.person for r in p5}
    forsta = {}
    for r in univ:
        forsta[r.person] = min(r.start, forsta.get(r.person, r.start))
    ater = {
        r.person
        for r in p1
        if r.start >= fran
        and any(t.person == r.person and t.insats == r.insats and t.slut and t.slut < r.start for t in univ)
    }
    i_flera = {p for p in alla if len({r.insats for r in p1 if r.person == p}) > 1} if forbundet else ()
    return {
        "U1": len(alla), "U2": len(pagar), "U3": len(alla - pagar), "U4": sum(fran <= forsta[p] <= till for p in alla),
        "U5": len(ater), "U6": len(i_flera),
    }  # fmt: skip


def halsa(p7):
    h = dict.fromkeys(("H1", "H2", "H3", "H4", "H5", "H6", "H7", "H2_m2", "H3_m2", "H4_m2"), 0)
    for r in p7:
        forst, sist = r.text["halsa_start"], r.text["halsa_slut"]
        if "VES" in (forst, sist):
            h["H5"] += 1
        elif not (forst and sist):
            h["H6"] += 1
        elif not (r.i_fonstret("start") and r.i_fonstret("slut")):
            h["H7"] += 1
        else:
            andring = int(sist) - int(forst)
            h["H1"] += 1
            h["H2" if andring > 0 else "H4" if andring < 0 else "H3"] += 1
            h["H2_m2" if andring > 1 else "H4_m2" if andring < -1 else "H3_m2"] += 1
    return h | {"H8": rund(kvot(h["H1"], len(p7)), 4)}


def forsorjning(p7):
    matris = {}
    for r in p7:
        par = f"{r.forsorjning('start')}>{r.forsorjning('slut')}"
        matris[par] = matris.get(par, 0) + 1
    utan = {"saknas", "VES"}
    par = [(a, b) for r in p7 if (a := r.forsorjning("start")) not in utan and (b := r.forsorjning("slut")) not in utan]
    egna_vid_slut = [a for a, b in par if b in EGEN]
    return {
        "F1": dict(sorted(matris.items())),
        "F3": {
            "par": len(par), "start": rund(kvot(sum(a in EGEN for a, _ in par), len(par)), 4),
            "slut": rund(kvot(len(egna_vid_slut), len(par)), 4),
            "nya": rund(kvot(sum(a not in EGEN for a in egna_vid_slut), len(egna_vid_slut)), 4),
        },
    }  # fmt: skip


def bemotande(p7, t=7):
    svar = [v for r in p7 if r.i_fonstret("slut") and (v := r.tal("bemotande_slut")) is not None]
    n, x = len(svar), sum(v >= t for v in svar)
    s3 = dict.fromkeys(("andel", "ki", "omdome", "andel_t_minus_1", "andel_t_plus_1"))
    s3["svarsandel"] = rund(kvot(n, len(p7)), 4)
    if n:
        lag, hog = wilson(x, n)
        s3["andel"], s3["ki"] = rund(Fraction(x, n), 4), [rund(lag, 4), rund(hog, 4)]
        s3["andel_t_minus_1"] = rund(Fraction(sum(v >= t - 1 for v in svar), n), 4)
        s3["andel_t_plus_1"] = rund(Fraction(sum(v >= t + 1 for v in svar), n), 4)
        mal = Decimal("0.8")
        if Fraction(x, n) >= Fraction(4, 5):
            s3["omdome"] = "uppnått" if lag >= mal else "uppnått, osäkert"
        else:
            s3["omdome"] = "ej uppnått, osäkert" if hog >= mal else "ej uppnått"
    return {"S1": n, "S2": x, "S3": s3}


def rapport(texter, fran, till, valda=None):
    """{"insatser", "celler", "per_insats", "anonyma"} of the report that `rapport utfall --format json` should give."""
    alla = [r for r in rader(texter) if valda is None or r.insats in valda]
    univ = [r for r in rader(texter) if not r.anonym and r.orsak != "felregistrering"]
    p1 = [
        r for r in univ
        if r.start <= till and not (r.slut and r.slut < fran) and (valda is None or r.insats in valda)
    ]  # fmt: skip

    def delar(urval, forbundet):
        per_kon = {
            kon: celler([r for r in urval if kon in ("T", r.kon)], univ, fran, till, forbundet) for kon in "TKMO"
        }
        return {cell: {kon: per_kon[kon][cell] for kon in "TKMO"} for cell in per_kon["T"]}

    anonyma = None
    if (fran, till) == (date(fran.year, 1, 1), date(fran.year, 12, 31)):
        arets = [r for r in alla if r.anonym and r.ar == fran.year]
        anonyma = {kon: sum(kon in ("T", r.kon) for r in arets) for kon in "TKMO"}
    insatser = sorted({r.insats for r in p1} | set(valda or ()))
    return {
        "insatser": insatser,
        "celler": delar(p1, True),
        "per_insats": {namn: {"celler": delar([r for r in p1 if r.insats == namn], False)} for namn in insatser},
        "anonyma": anonyma,
    }


def skillnader(a, b, vag=""):
    """["/celler/P1/K: 3 != 4"]; a value of another type differs too."""
    if isinstance(a, dict) and isinstance(b, dict):
        return [
            fel
            for nyckel in sorted(set(a) | set(b))
            for fel in (
                skillnader(a[nyckel], b[nyckel], f"{vag}/{nyckel}")
                if nyckel in a and nyckel in b
                else [f"{vag}/{nyckel} finns bara på ena sidan"]
            )
        ]
    return [] if a == b and type(a) is type(b) else [f"{vag}: {a!r} != {b!r}"]
