"""The budget's tables in a document: allocation, the table of lines, the ledger beside it, shares, and equity against
the rule. Pure: takes a `Budgetrapport` and an `Utfall`."""

from decimal import Decimal

from ekonomi import dokument_varden as v
from ekonomi.belopp import NOLL, Kapitalregel, summa_i_procent
from ekonomi.bok_utfall import Utfall
from ekonomi.budgetrapport import OMDOMEN, Budgetrapport

LEDGERNS = ("huvudman", "ovriga")  # incomes that the ledger has; what is carried over is no income of the year
INOM_PARENTES = "Det som står inom parentes visas men räknas inte med i summan."


def tilldelning(rapport: Budgetrapport) -> dict | None:
    """Year beside year, kronor; None when no member's sum is known."""
    if not rapport.bidrag:
        return None
    fore = [rad.foregaende for rad in rapport.bidrag if rad.foregaende is not None]
    rader = [v.rad(rad.part, v.kronor(rad.belopp), v.kronor(rad.foregaende)) for rad in rapport.bidrag]
    summor = sum((rad.belopp for rad in rapport.bidrag), NOLL), sum(fore, NOLL) if fore else None
    kolumner = ("Medlem", f"Tilldelning {rapport.ar}", f"Tilldelning {rapport.ar - 1}")
    slut = v.summa("Summa", *(v.kronor(ett) for ett in summor))
    return v.tabell(f"Tilldelning {rapport.ar}", kolumner, [*rader, slut], breda=(0,))


def budget(rapport: Budgetrapport, sidor: dict[str, str]) -> dict:
    """The table of the plan: costs with minus, a memo within parentheses. `sidor` {slug of an insats: id of its
    page}."""
    poster = [rad for block in rapport.block for rad in block.rader]
    enhet = v.Enhet(ett for rad in (*rapport.intakter, *poster) for ett in (rad.foregaende, rad.budget))

    def en(namn, kategori, fore, belopp, sida="", gor=v.rad):
        return gor(namn, kategori, fore, belopp, *([sida] if sidor else []))

    def slut(namn, summa, tecken):
        varden = (enhet(summa(kolumn), tecken) for kolumn in ("foregaende", "budget"))
        return en(namn, "", *varden, gor=v.summa)

    rader = [v.grupp("Intäkter")]
    rader += [en(ett.namn, "", enhet(ett.foregaende), enhet(ett.budget)) for ett in rapport.intakter]
    rader.append(slut("Ingående ekonomi", rapport.summa_intakter, 1))
    for block in rapport.block:
        rader.append(v.grupp(block.namn))
        for rad in block.rader:
            sida = v.till(sidor[rad.insats]) if rad.insats in sidor else ""
            varden = (_cell(rad, kolumn, enhet) for kolumn in ("foregaende", "budget"))
            rader.append(en(_namn(rad), rad.kategori_namn, *varden, sida))
        rader.append(slut(f"Summa {block.namn.lower()}", block.summa, -1))
    rader.append(slut("Kostnader totalt", rapport.kostnader, -1))
    rader.append(slut("Beräknad utgående ekonomi", rapport.utgaende, 1))
    kolumner = ["Rad", "Kategori", f"Utfall {rapport.ar - 1} (prel.)", f"Budget {rapport.ar}", *["Sida"] * bool(sidor)]
    return v.tabell(
        f"Budget {rapport.ar} i {enhet.i_ord}", kolumner, rader, text=(0, 1), breda=(0,),
        not_=INOM_PARENTES if any(rad.memo for rad in poster) else "",
    )  # fmt: skip


def _namn(rad):
    return rad.namn + (" – nytt" if rad.ny else "") + (" – avslutas" if rad.avslutas else "")


def _cell(rad, kolumn, enhet):
    """The cost of a line; within parentheses where it is only shown."""
    text = enhet(getattr(rad, kolumn), -1)
    return f"({text})" if kolumn in rad.memo and text != v.SAKNAS else text


def mot_bokforingen(rapport: Budgetrapport, utfall: Utfall, titel: str, *, till: str = "") -> dict:
    """Budget, ledger and the difference line by line; its last row is the ledger's own result, so rows outside of the
    budget stand there too. `till` is the last day of a year that goes on: then the share of the year's budget that is
    used stands instead of a difference, since the budget is not divided into months."""
    rader = [v.grupp("Intäkter")]

    def en(namn, belopp, bokfort, tecken, gor=v.rad):
        if till:
            sist = v.SAKNAS if belopp is None else v.andel(bokfort, belopp)
        else:
            # Below nought is worse than the budget: less came in, or more was used.
            sist = v.kronor(tecken * (bokfort - (belopp or NOLL)))
        rader.append(gor(namn, v.kronor(belopp and tecken * belopp), v.kronor(tecken * bokfort), sist))

    intakter = [ett for ett in rapport.intakter if ett.kod in LEDGERNS]
    for ett in intakter:
        en(ett.namn, ett.budget, utfall.intakter.get(ett.kod, NOLL), 1)
    if utfall.intakter.get("ovriga") and all(ett.kod != "ovriga" for ett in intakter):
        en("Övriga intäkter", NOLL, utfall.intakter["ovriga"], 1)
    in_budget = sum((ett.budget for ett in intakter), NOLL)
    en("Summa intäkter", in_budget, utfall.summa_intakter, 1, v.summa)
    for block in rapport.block:
        rader.append(v.grupp(block.namn))
        bokfort = NOLL
        for rad in block.rader:
            bokfort += utfall.poster.get(rad.pk, NOLL)
            en(_namn(rad), rad.raknas("budget"), utfall.poster.get(rad.pk, NOLL), -1)
        en(f"Summa {block.namn.lower()}", block.summa_budget, bokfort, -1, v.summa)
    en("Kostnader totalt", rapport.kostnader("budget"), utfall.kostnader, -1, v.summa)
    utan_plats = utfall.resultat - utfall.tabellens
    if utfall.utanfor:
        rader.append(v.rad("Räknas inte mot budgeten", v.SAKNAS, v.kronor(utfall.utanfor), v.SAKNAS))
    if utan_plats or utfall.omappade:
        rader.append(v.rad("Har ingen plats i budgeten än", v.SAKNAS, v.kronor(utan_plats), v.SAKNAS))
    resultat = in_budget - rapport.kostnader("budget")
    sist = v.SAKNAS if till else v.kronor(utfall.resultat - resultat)
    rader.append(v.summa("Resultat", v.kronor(resultat), v.kronor(utfall.resultat), sist))
    kolumner = ("Rad", f"Budget {rapport.ar}", f"Bokfört till {till}" if till else f"Utfall {rapport.ar}",
                "Andel av budgeten" if till else "Avvikelse")  # fmt: skip
    text = "" if till else "En avvikelse med minus är sämre än budgeten: mindre har kommit in eller mer har gått åt."
    return v.tabell(titel, kolumner, rader, breda=(0,), not_=text)


def kategorier(rapport: Budgetrapport) -> dict:
    """Shares of all there is to use; the note says of what, and why they do not become 100 (M100)."""
    andelar = rapport.budget.andelar()
    medel, procent = rapport.budget.medel, summa_i_procent(andelar)
    enhet = v.Enhet([medel, *(ett.belopp for ett in andelar)])
    rader = [v.rad(ett.namn, enhet(ett.belopp), v.andel(ett.belopp, medel)) for ett in andelar]
    text = f"Andelarna är av allt som finns att använda under året, {enhet(medel)}{v.HART}{enhet.namn}."
    if procent != 100:
        text += f" De är avrundade var för sig och blir därför {procent}{v.HART}% tillsammans."
    titel = f"Vad pengarna ska användas till {rapport.ar}"
    return v.tabell(titel, ("Kategori", f"Belopp i {enhet.namn}", "Andel"), rader, breda=(0,), not_=text)


def kapital(rapport: Budgetrapport) -> dict:
    """Equity at the year's beginning and end against the rule, on each base: the rule's text says neither."""
    rader = []
    for rad in rapport.kapital:
        in_, ut = (
            f"{v.andel(ett.kapital, rad.belopp, 1)}, {OMDOMEN[ett.lage]}" for ett in (rad.in_, rad.ut)
        )  # fmt: skip
        rader.append(v.rad(f"{rad.bas.capitalize()}, {v.kronor(rad.belopp)}", in_, ut))
    return v.tabell(
        "Eget kapital mot regeln", ("Andel av", "Vid årets början", "Vid årets slut"), rader, breda=(0,),
        not_=regeltext(rapport.kapital[0].tak, len(rapport.kapital) > 1),
    )  # fmt: skip


def regeltext(tak: Decimal | None, bada: bool = False) -> str:
    """The rule in words. `tak` in percent, None when none holds; `bada` when it is compared with two bases."""
    if tak is None:
        return "Ingen regel är inställd för en så stor tilldelning."
    mer = " Regeln säger inte vilken tilldelning den gäller, så båda visas." if bada else ""
    return f"Det egna kapitalet får vara högst {v.andel(tak, Decimal(100))} av årets tilldelning.{mer}"


def vid_arets_slut(rapport: Budgetrapport, belopp: Decimal, regel: Kapitalregel, titel: str) -> dict:
    """A known or expected closing equity against the rule, on the same bases."""
    tilldelningen = rapport.budget.tilldelning
    rader = []
    for rad in rapport.kapital:
        omdome = regel.bedom(belopp, rad.belopp, steg=tilldelningen)
        namn = f"{rad.bas.capitalize()}, {v.kronor(rad.belopp)}"
        rader.append(v.rad(namn, v.kronor(belopp), v.andel(belopp, rad.belopp, 1), OMDOMEN[omdome.lage].capitalize()))
    return v.tabell(
        titel, ("Andel av", "Eget kapital", "Andel", "Mot regeln"), rader, text=(0, 3), breda=(0,),
        not_=regeltext(regel.hogst_procent(tilldelningen), len(rapport.kapital) > 1),
    )  # fmt: skip
