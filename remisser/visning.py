"""A remiss in words: the sections of the check page, what each side may read, states and durations."""

import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from remisser.models import Forsorjning, Remiss, Situation
from samordning.karna.andringar import TOMT
from samordning.karna.kalender import idag
from samordning.karna.kommuner import KOMMUNER
from samordning.karna.templatetags.samordning import HART_MELLANSLAG, datum

SAKNAS = "Inte ifyllt"
Lage = Remiss.Lage

# state -> (type, symbol) of its mark
MARKEN = {
    Lage.UTKAST: ("", "ring"),
    Lage.SKICKAD: ("varn", "ring"),
    Lage.OPPNAD: ("info", "halv"),
    Lage.KOMPLETTERING: ("varn", "ring"),
    Lage.ACCEPTERAD: ("bra", "full"),
    Lage.VANTELISTA: ("info", "halv"),
    Lage.AVBOJD: ("fara", "streck"),
    Lage.ATERTAGEN: ("", "streck"),
    Lage.OBESVARAD: ("fara", "trekant"),
    Lage.PABORJAD: ("bra", "full"),
    Lage.KOM_ALDRIG: ("", "streck"),
}
# (code of a situation, upper bound in whole months or None, words); the classes of Bilaga 1 without its hole
KLASSER = {
    "ARBETSLOS": ((5, "mindre än 6 månader"), (24, "6–24 månader"), (None, "mer än 24 månader")),
    "SJUKSKRIVEN": ((5, "mindre än 6 månader"), (None, "6 månader eller mer")),
    "PERIODVIS": ((5, "mindre än 6 månader"), (None, "6 månader eller mer")),
}


def marke(remiss):
    """(word, type, symbol)."""
    if remiss.ar_forsenad:
        return ("Försenad", "fara", "trekant")
    return (remiss.get_lage_display(), *MARKEN[remiss.lage])


def dagar_sedan(tid):
    """In words, for a list: i dag, 1 dag, 12 dagar."""
    dagar = (idag() - localdate(tid)).days
    return "i dag" if dagar == 0 else f"{dagar}{HART_MELLANSLAG}{'dag' if dagar == 1 else 'dagar'} sedan"


def fodelsedag(remiss):
    """12 mars 1987 of the saved number; "" without one."""
    siffror = remiss.personnummer
    if len(siffror) != 12 or not siffror.isdecimal():
        return ""
    return datum(datetime.date(int(siffror[:4]), int(siffror[4:6]), int(siffror[6:8]) % 60 or 60))


def _nummer(remiss, maska):
    """19870312-2386, or 19870312-•••• where others may look on."""
    return f"{remiss.personnummer[:8]}-{'••••' if maska else remiss.personnummer[8:]}" if remiss.personnummer else ""


def tidsklass(kod, manad, dag=None):
    """The class of Bilaga 1 that a month gives, in whole months."""
    if kod not in KLASSER or not manad:
        return ""
    dag = dag or idag()
    manader = (dag.year - int(manad[:4])) * 12 + dag.month - int(manad[5:])
    return next(text for grans, text in KLASSER[kod] if grans is None or manader <= grans)


def ja_nej(varde):
    return SAKNAS if varde is None else "Ja" if varde else "Nej"


def _situationer(remiss):
    texter = dict(Situation.objects.filter(kod__in=remiss.situation).values_list("kod", "text"))
    rader = []
    for kod, manad in sorted(remiss.situation.items(), key=lambda post: list(texter).index(post[0])):
        klass = tidsklass(kod, manad)
        sedan = f" sedan {manad}" if manad else " (månad saknas)"
        rader.append(f"{texter.get(kod, kod)}{sedan}{f', {klass}' if klass else ''}")
    return "\n".join(rader)


def _forsorjning(remiss):
    texter = dict(Forsorjning.objects.filter(kod__in=remiss.forsorjning).values_list("kod", "text"))
    return "\n".join(texter.get(kod, kod) for kod in remiss.forsorjning)


def _val(val, koder):
    texter = dict(val.choices)
    return "\n".join(str(texter.get(kod, kod)) for kod in koder)


def kontakter(remiss):
    """The names of the ticked contacts; another one by what was written."""
    return [
        remiss.kontakt_annan if kod == Remiss.Kontakter.ANNAN else str(Remiss.Kontakter(kod).label)
        for kod in remiss.kontaktkoder
    ]


def _utan_nummer(remiss):
    return remiss.get_utan_nummer_display() if remiss.utan_nummer else "Deltagaren har ett nummer"


ORD = {
    "utan_nummer": _utan_nummer,
    "kon": lambda r: r.get_kon_display() if r.kon else "",
    "kommun": lambda r: KOMMUNER.get(r.kommun, r.kommun),
    "situation": _situationer,
    "forsorjning": _forsorjning,
    "program": lambda r: _val(Remiss.Program, r.program),
    "onskad": lambda r: _val(Remiss.Onskad, r.onskad),
    "kontakter": lambda r: "\n".join(kontakter(r)),
    "nyanland": lambda r: ja_nej(r.nyanland),
    "ensamkommande": lambda r: ja_nej(r.ensamkommande),
    "inskriven_af": lambda r: ja_nej(r.inskriven_af),
    "tolk": lambda r: ja_nej(r.tolk),
    "trepartssamtal": lambda r: ja_nej(r.trepartssamtal),
    "sprak": lambda r: str(r.sprak or ""),
}


def i_ord(remiss, namn):
    """What one field of a saved remiss says."""
    varde = ORD[namn](remiss) if namn in ORD else getattr(remiss, namn)
    return str(varde) if varde not in (None, "") else TOMT


def _deltagaren(remiss, maska):
    rader = [("Namn", remiss.namn)]
    if remiss.utan_nummer:
        rader += [("Personnummer", _utan_nummer(remiss)), ("Födelseår", remiss.fodelsear)]
    else:
        rader += [("Personnummer", _nummer(remiss, maska)), ("Född", fodelsedag(remiss))]
    if remiss.kon:
        rader.append(("Kön", remiss.get_kon_display()))
    rader += [("Adress", remiss.adress), ("Kommun", ORD["kommun"](remiss)), ("Telefon", remiss.telefon)]
    return [*rader, ("E-post", remiss.epost or "Ingen")]


def _handlaggaren(remiss):
    return [
        ("Handläggare", remiss.handlaggare),
        ("Arbetar på", str(remiss.avsandare)),
        ("Handläggarens telefon", remiss.handlaggare_telefon),
        ("Handläggarens e-post", remiss.handlaggare_epost),
    ]


def _situationen(remiss):
    rader = [("Situation", _situationer(remiss))]
    if remiss.situation_annat:
        rader.append(("Annan situation", remiss.situation_annat))
    stammer = [text for text, ja in (("Nyanländ", remiss.nyanland), ("Ensamkommande barn", remiss.ensamkommande)) if ja]
    if stammer:
        rader.append(("Stämmer också", "\n".join(stammer)))
    inskriven = {True: "Inskriven", False: "Inte inskriven", None: ""}[remiss.inskriven_af]
    return [*rader, ("Försörjning", _forsorjning(remiss)), ("Arbetsförmedlingen", inskriven)]


def _onskad(remiss):
    return [
        ("Insats", str(remiss.insats)),
        ("Önskad insats", ORD["onskad"](remiss) or "Inget särskilt"),
        ("Program", ORD["program"](remiss) or "Inget program"),
        ("Pågående kontakter", ORD["kontakter"](remiss) or "Inga"),
    ]


def _tolk(remiss):
    return f"Ja, {str(remiss.sprak).lower()}" if remiss.tolk and remiss.sprak else ja_nej(remiss.tolk)


def _syftet(remiss):
    return [
        ("Frågor till insatsen", remiss.fragestallning),
        ("Mål", remiss.mal),
        ("Övrig information", remiss.ovrigt or "Ingen"),
        ("Tolk", _tolk(remiss)),
        ("Trepartssamtal", ja_nej(remiss.trepartssamtal)),
    ]


def avsnitt(remiss, *, maska):
    """[(heading, step, [(label, value)])] of the whole remiss. `maska` hides the last four digits of the number."""
    delar = (
        ("Deltagare och handläggare", 1, _deltagaren(remiss, maska) + _handlaggaren(remiss)),
        ("Situation och försörjning", 2, _situationen(remiss)),
        ("Önskad insats och kontakter", 3, _onskad(remiss)),
        ("Syfte och behov", 4, _syftet(remiss)),
    )
    return [(rubrik, nr, [(etikett, varde or SAKNAS) for etikett, varde in rader]) for rubrik, nr, rader in delar]


def fore_svar(remiss):
    """All that the insats reads before it has said yes (RA5): nothing that tells who it is."""
    if remiss.lage == Lage.ATERTAGEN:
        return []
    rader = [
        ("Förnamn", remiss.fornamn),
        ("Ålder", remiss.aldersgrupp()),
        ("Tolk", _tolk(remiss)),
        ("Frågor till insatsen", remiss.fragestallning),
        ("Mål", remiss.mal),
    ]
    return [("Det här gäller remissen", None, rader)]


def samtycken(remiss):
    """[(what, between whom, how, when)] of the consents."""
    return [
        (
            rad.get_slag_display(),
            rad.parter.replace("\n", ", "),
            rad.get_satt_display(),
            datum(rad.givet),
        )
        for rad in remiss.samtycken.order_by("slag")
    ]


def telefon_till(insats):
    """Whom to ring about a protected person: the insats' first contact with a number, or ""."""
    numren = insats.insatskontakter.exclude(kontakt__telefon="").values_list("kontakt__telefon", flat=True)
    return numren.first() or ""


def adress(namn, remiss, *fler):
    return reverse(f"remisser:{namn}", args=[remiss.uuid, *fler])
