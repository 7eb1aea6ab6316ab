"""The statements of the annual report as tables, and the notes that tell what each of their lines is made of."""

from collections import defaultdict

from ekonomi import dokument_bok as b
from ekonomi import dokument_varden as v
from ekonomi.belopp import NOLL
from ekonomi.dokument_bygge import Bygge
from ekonomi.models import Budgetpost, Konteringsregel

KLASSNAMN = {
    b.TILLGANG: "Tillgångar", b.KAPITAL: "Eget kapital", b.AVSATTNING: "Avsättningar", b.SKULD: "Skulder",
}  # fmt: skip
UTAN_REGEL = "Har ingen plats i budgeten än"


def resultatrakning(ar: int, bok: b.Bokslut, fore: b.Bokslut | None) -> dict:
    def rad(namn, tal, not_="", gor=v.rad):
        return gor(namn, not_, v.kronor(tal(bok)), v.kronor(tal(fore) if fore else None))

    rader = [
        rad("Verksamhetens intäkter", lambda x: x.summa(b.INTAKT), "1"),
        rad("Verksamhetens kostnader", lambda x: x.summa(b.KOSTNAD), "1"),
        rad("Verksamhetens resultat", lambda x: x.summa(b.INTAKT) + x.summa(b.KOSTNAD), gor=v.summa),
        rad("Finansiella intäkter", lambda x: x.summa(b.FINANS_IN), "1"),
        rad("Finansiella kostnader", lambda x: x.summa(b.FINANS_UT), "1"),
        rad("Årets resultat", lambda x: x.resultat, gor=v.summa),
    ]
    return _rakning(f"Resultaträkning {ar}", ar, rader, fore)


def balansrakning(ar: int, bok: b.Bokslut, fore: b.Bokslut | None) -> dict:
    def rad(namn, tal, not_="", gor=v.rad):
        return gor(namn, not_, v.kronor(tal(bok)), v.kronor(tal(fore) if fore else None))

    rader = [
        v.grupp("Tillgångar"), *_per_konto(bok, fore, b.TILLGANG, 1),
        rad("Summa tillgångar", lambda x: x.summa(b.TILLGANG), gor=v.summa),
        v.grupp("Eget kapital"), rad("Vid årets början", lambda x: x.kapital_in),
        rad("Årets resultat", lambda x: x.resultat),
    ]  # fmt: skip
    if bok.kapital_annat or (fore and fore.kapital_annat):
        rader.append(rad("Andra förändringar", lambda x: x.kapital_annat, "2"))
    rader.append(rad("Summa eget kapital", lambda x: x.kapital_ut, gor=v.summa))
    for klass in (b.AVSATTNING, b.SKULD):
        if bok.i(klass) or (fore and fore.i(klass)):
            namn = KLASSNAMN[klass]
            rader += [v.grupp(namn), *_per_konto(bok, fore, klass, -1)]
            rader.append(rad(f"Summa {namn.lower()}", lambda x, klass=klass: x.summa(klass), gor=v.summa))
    rader.append(rad("Summa eget kapital och skulder", lambda x: x.skulder_och_kapital, gor=v.summa))
    return _rakning(f"Balansräkning den 31 december {ar}", ar, rader, fore)


def _rakning(titel, ar, rader, fore):
    text = "" if fore else f"Bokföringen för {ar - 1} är inte inläst, så det året har inga tal."
    return v.tabell(titel, ("Rad", "Not", str(ar), str(ar - 1)), rader, text=(0, 1), breda=(0,), not_=text)


def _per_konto(bok, fore, klass, tecken):
    """A row for each account of either year, in order."""
    nu, da = ({konto.nr: konto for konto in (ett.i(klass) if ett else ())} for ett in (bok, fore))
    for nr in sorted(nu | da):
        konto, forr = nu.get(nr), da.get(nr)
        forra = None if fore is None else tecken * forr.ut if forr else NOLL
        yield v.rad((konto or forr).i_ord, "2", v.kronor(tecken * konto.ut if konto else NOLL), v.kronor(forra))


# ---- Notes


def noter(bygge: Bygge, bok: b.Bokslut | None) -> list[dict]:
    """Note 1: the result by account under each line of the budget. Note 2: the balance accounts."""
    if bok is None:
        return []
    delar = [v.rubrik("Not 1. Intäkter och kostnader per konto", "not-1"), _per_rad(bygge.verksamhetsar)]
    if bok.har_ib:
        delar += [v.rubrik("Not 2. Balansposter per konto", "not-2"), _balansposter(bok)]
    return delar


def _per_rad(ar):
    """The rows of the ledger sorted by the rules that lead them to a line. Seven queries."""
    utfall = b.utfallet(ar)
    poster = dict(Budgetpost.objects.filter(verksamhetsar=ar).values_list("pk", "rubrik"))
    ordning = [Konteringsregel.Mal.HUVUDMAN, Konteringsregel.Mal.OVRIGA, *poster, Konteringsregel.Mal.UTANFOR, ""]
    namn = {mal.value: mal.label for mal in Konteringsregel.Mal} | poster | {"": UTAN_REGEL}
    summor = defaultdict(lambda: defaultdict(lambda: NOLL))
    for grupp in utfall.grupper if utfall else ():
        summor[grupp.post or grupp.mal][f"{grupp.konto} {grupp.namn}".strip()] -= grupp.belopp
    rader = []
    for mal in ordning:
        if konton := summor.get(mal):
            rader.append(v.grupp(namn[mal]))
            rader += [v.rad(konto, v.kronor(belopp)) for konto, belopp in sorted(konton.items())]
            if len(konton) > 1:
                rader.append(v.summa("Summa", v.kronor(sum(konton.values(), NOLL))))
    rader.append(v.summa("Årets resultat", v.kronor(utfall.resultat if utfall else NOLL)))
    return v.tabell(f"Intäkter och kostnader {ar} per konto", ("Konto", "Belopp"), rader, breda=(0,))


def _balansposter(bok):
    rader = []
    for klass, namn in KLASSNAMN.items():
        tecken = 1 if klass == b.TILLGANG else -1
        if konton := bok.i(klass):
            rader.append(v.grupp(namn))
            for konto in konton:
                tal = (v.kronor(tecken * ett) for ett in (konto.in_, konto.rorelse, konto.ut))
                rader.append(v.rad(konto.i_ord, *tal))
    kolumner = ("Konto", "Ingående", "Årets förändring", "Utgående")
    return v.tabell("Balanskonton", kolumner, rader, breda=(0,), not_=(
        "Årets resultat är inte omfört till eget kapital i bokföringen." if bok.resultat != bok.bokfort_resultat else ""
    ))  # fmt: skip
