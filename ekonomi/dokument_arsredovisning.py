"""The annual report (årsredovisning): the board's account of the year, goals, results, statements, notes, signatures.

It becomes public when it is adopted: members, auditors and anybody may ask for it. So its results come from the version
of the report that is released to the public, never from the board's.
"""

import datetime

from ekonomi import dokument_budget as tabeller
from ekonomi import dokument_noter as noter
from ekonomi import dokument_resultat, reports
from ekonomi import dokument_varden as v
from ekonomi.dokument_bok import bokslut, utfallet
from ekonomi.dokument_bygge import Bygge
from ekonomi.dokument_plan import medlemmar
from ekonomi.models import Dokument, Dokumenttext, Verksamhetsar
from moten.models import Ledamotskap, Organ
from samordning.karna.kalender import helar, idag
from samordning.karna.models import Anvandare, Rapportversion, Roll

# The goal of the plan, and the text that says whether it was reached.
MALEN = (("mal_verksamhet", "Verksamhetsmål"), ("mal_individ", "Individuella mål"), ("mal_ekonomi", "Finansiellt mål"))
FORVALTNING = ("oversikt", "handelser", "styrning", "personal", "framat")
SKRIVER_UNDER = (Ledamotskap.Uppdrag.ORDFORANDE, Ledamotskap.Uppdrag.VICE, Ledamotskap.Uppdrag.LEDAMOT)
VARFOR_PUBLIK = (
    "Årsredovisningen är offentlig när den är fastställd. Därför är talen hämtade ur den rapport som är släppt till "
    "allmänheten, där fler små tal är dolda än i styrelsens."
)


def senast(ar: int) -> datetime.date:
    """The last day for the board to sign: within three months of the year's end (doman.md 4.3)."""
    return datetime.date(ar + 1, 3, 31)


def kapitlen(bygge: Bygge) -> list[dict]:
    """The chapters in order. A fixed number of queries."""
    bok = bokslut(bygge.verksamhetsar) if bygge.verksamhetsar else None
    fore = bokslut(ar) if (ar := Verksamhetsar.objects.filter(ar=bygge.ar - 1).first()) else None
    resultat = dokument_resultat.delar(bygge, helar(bygge.ar), Rapportversion.Malgrupp.PUBLIK)
    return [
        v.kapitel("forvaltning", "Förvaltningsberättelse", *(bygge.text(nyckel) for nyckel in FORVALTNING)),
        _organisation(bygge),
        _malen(bygge),
        v.kapitel("resultat", "Resultat av insatserna", v.stycke(VARFOR_PUBLIK, "liten"),
                  v.rubrik("Deltagare", "deltagare"), *resultat),
        v.kapitel("budget", "Utfall mot budget", *_utfall(bygge)),
        v.kapitel("rakningar", "Resultat- och balansräkning", *_rakningar(bygge, bok, fore)),
        v.kapitel("noter", "Noter", bygge.text("principer"), *noter.noter(bygge, bok)),
        v.kapitel("underskrifter", "Underskrifter", *_underskrifter(bygge)),
    ]  # fmt: skip


# ---- Organisation and signatures


def _styrelsen():
    return Ledamotskap.objects.filter(organ__slag=Organ.Slag.STYRELSE).select_related("kontakt", "part")


def _organisation(bygge):
    """The members, and who sat in the board some part of the year. Two queries."""
    fran, till = datetime.date(bygge.ar, 1, 1), datetime.date(bygge.ar, 12, 31)
    arets = _styrelsen().filter(fran__lte=till).exclude(till__lt=fran).i_ordning()
    rader = [v.rad(en.kontakt.namn, _som(en), en.part.namn, _tid(en, fran, till)) for en in arets]
    namnen = [part.namn for part in medlemmar(bygge.ar)]
    return v.kapitel(
        "organisation", "Organisation", v.rubrik("Medlemmar", "medlemmar"),
        v.lista(namnen) if namnen
        else bygge.saknas(f"Inga parter är inlagda som medlemmar den 1 januari {bygge.ar}."),
        v.rubrik("Styrelsen", "styrelsen"),
        v.tabell(f"Styrelsen {bygge.ar}", ("Namn", "Uppdrag", "För", "Tid"), rader, text=range(4)) if rader
        else bygge.saknas(f"Styrelsens ledamöter {bygge.ar} är inte inlagda.", bygge.adress_till("moten:organ_list")),
    )  # fmt: skip


def _som(ledamot):
    return "Ersättare" if ledamot.ersattare else ledamot.get_uppdrag_display()


def _tid(ledamot, fran, till):
    delar = [f"från {v.datum(ledamot.fran)}"] if ledamot.fran > fran else []
    if ledamot.till and ledamot.till < till:
        delar.append(f"till {v.datum(ledamot.till)}")
    return " ".join(delar) or "hela året"


def _underskrifter(bygge):
    """Who sits in the board today signs, also who did not during the year (doman.md 4.3). Two queries."""
    sitter = _styrelsen().filter(ersattare=False, uppdrag__in=SKRIVER_UNDER).pagaende().i_ordning()
    rader = [(en.kontakt.namn, f"{en.get_uppdrag_display()}, {en.part.namn}") for en in sitter]
    revisorer = Anvandare.objects.med_roll(Roll.REVISOR).order_by("namn")
    namnen = [(en.namn, "Revisor") for en in revisorer] or [("", "Revisor")]
    return [
        v.stycke("Styrelsen har fastställt årsredovisningen."), v.underskrifter([("", "Ort och dag")]),
        v.rubrik("Styrelsen", "styrelsens-underskrifter"),
        v.underskrifter(rader) if rader
        else bygge.saknas("Ingen sitter i styrelsen i dag, så ingen kan skriva under.",
                          bygge.adress_till("moten:organ_list")),
        v.rubrik("Revisorerna", "revisorernas-underskrifter"),
        v.stycke("Revisionsberättelsen lämnas för sig."),
        v.underskrifter([*namnen, ("", "Ort och dag")]),
    ]  # fmt: skip


# ---- Goals, money


def _malen(bygge):
    """Each goal of the year's plan with what came of it. Two queries."""
    plan = Dokument.objects.filter(slag=Dokument.Slag.PLAN, ar=bygge.ar).first()
    texter = dict(Dokumenttext.objects.filter(dokument=plan).values_list("nyckel", "text")) if plan else {}
    delar = []
    if plan is None:
        text = f"Verksamhetsplanen för {bygge.ar} finns inte här, så målen kan inte hämtas ur den."
        delar.append(bygge.saknas(text, bygge.adress("dokument_list")))
    elif plan.lage != Dokument.Lage.FASTSTALLT:
        text = f"Verksamhetsplanen för {bygge.ar} är inte fastställd, så målen kan ändras."
        delar.append(bygge.saknas(text, bygge.adress("dokument_detail", plan.pk)))
    for nyckel, rubrik in MALEN:
        delar.append(v.rubrik(rubrik, nyckel.replace("_", "-")))
        if texter.get(nyckel, "").strip():
            delar.append(v.avsnitt(f"Så står det i verksamhetsplanen för {bygge.ar}", texter[nyckel]))
        delar.append(bygge.text(nyckel, niva=3))
    return v.kapitel("mal", "Målen och hur det gick", *delar)


def _utfall(bygge):
    ar, delar = bygge.verksamhetsar, [bygge.text("ekonomi", rubrik=False)]
    if ar is None:
        return [*delar, bygge.utan_budget()]
    utfall = utfallet(ar)
    if utfall is None:
        return [*delar, bygge.saknas(f"Bokföringen för {ar} är inte inläst.", bygge.adress("bok_list"))]
    rapport = reports.budgetrapport(ar)
    delar.append(tabeller.mot_bokforingen(rapport, utfall, f"Budget och utfall {ar}"))
    if utfall.omappade:
        antal, belopp = utfall.omappat
        text = f"{antal} rad{'er' * (antal != 1)} i bokföringen, {v.kronor(belopp)}, har ingen plats i budgeten."
        delar.append(bygge.saknas(text, bygge.adress("regel_list", ar.pk)))
    return delar


def _rakningar(bygge, bok, fore):
    if bok is None:
        text = f"Bokföringen för {bygge.ar} är inte inläst, så räkningarna kan inte göras."
        return [bygge.saknas(text, bygge.adress("bok_list"))]
    delar = [v.rubrik("Resultaträkning", "resultatrakning"), noter.resultatrakning(bygge.ar, bok, fore)]
    delar += [v.rubrik("Balansräkning", "balansrakning"), *_balans(bygge, bok, fore)]
    if bok.har_ib:
        rapport = reports.budgetrapport(bygge.verksamhetsar)
        regel = reports.arets_regel(bygge.ar)
        delar += [
            v.rubrik("Eget kapital mot regeln", "kapital"),
            tabeller.vid_arets_slut(rapport, bok.kapital_ut, regel, f"Eget kapital den 31 december {bygge.ar}"),
        ]  # fmt: skip
    return delar


def _balans(bygge, bok, fore):
    if not bok.har_ib:
        text = "Bokföringsfilen har inga ingående saldon (#IB), så balansräkningen kan inte göras."
        return [bygge.saknas(text, bygge.adress("bok_list"))]
    if not bok.gar_ihop:
        text = "Balansräkningen går inte ihop: tillgångarna är inte lika med skulder och eget kapital."
        return [bygge.saknas(text, bygge.adress("bok_list"), absolut=True)]
    delar = [noter.balansrakning(bygge.ar, bok, fore if fore and fore.har_ib and fore.gar_ihop else None)]
    return delar + [bygge.saknas(text, url) for text, url in _avvikelser(bygge, bok, fore)]


def _avvikelser(bygge, bok, fore):
    """What does not agree with other figures that are known."""
    ar, till_boken = bygge.verksamhetsar, bygge.adress("bok_list")
    if fel := bok.fel_mot_filen():
        namnen = v.uppraknat(konto.i_ord for konto in fel[:3])
        yield f"Bokföringens utgående saldo är inte filens på {len(fel)} konton, bland dem {namnen}.", till_boken
    if (bok.sista_dag.year, bok.sista_dag.month) < (bygge.ar, 12):
        yield (
            f"Den sista verifikationen är från {v.datum(bok.sista_dag)}. Året är kanske inte färdigbokfört.",
            till_boken,
        )
    if bok.kapital_in != ar.eget_kapital_in:
        yield (
            f"Eget kapital vid årets början är {v.kronor(bok.kapital_in)} i bokföringen och "
            f"{v.kronor(ar.eget_kapital_in)} i budgeten.", bygge.adress("ar_detail", ar.pk),
        )  # fmt: skip
    if fore and fore.har_ib and fore.kapital_ut != bok.kapital_in:
        yield (
            f"Eget kapital vid slutet av {bygge.ar - 1} var {v.kronor(fore.kapital_ut)} men året börjar med "
            f"{v.kronor(bok.kapital_in)}.", till_boken,
        )  # fmt: skip
    if idag() <= datetime.date(bygge.ar, 12, 31):
        yield f"{bygge.ar} är inte slut än.", ""
