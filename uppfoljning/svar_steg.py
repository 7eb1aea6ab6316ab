"""The pages of the questions: which form and template each step has, and what its answer does to the draft."""

from dataclasses import dataclass

from samordning.karna.templatetags.samordning import HART_MELLANSLAG, komma
from uppfoljning import figurer
from uppfoljning.fragor import (
    ANDELAR,
    BEMOTANDE,
    FRAGOR,
    HALSA,
    HUR_STOR_DEL,
    OVRIGT,
    PENGAR,
    SKALA,
    TIMMAR,
    Fraga,
    Text,
    kodtexter,
)  # fmt: skip
from uppfoljning.svar import PENGAR_STEG, VES, VET_EJ, Besok
from uppfoljning.svar_forms import AndelarForm, OvrigtForm, SkalaForm, TimmarForm, ValForm

HOPPADE = "Du hoppade över frågan"
VISSTE_INTE = "Du vet inte"
INGET_SVAR = "Inget svar än"


@dataclass
class Sida:
    """One step of one visit. Subclasses say which form, and how its value becomes an answer."""

    request: object
    besok: Besok
    steg: str

    form_class = None
    mall = ""

    def __post_init__(self):
        self.form = None
        self.form = self.form_class.from_request(self.request, initial=self.fore(), **self.falt())

    @property
    def grundfraga(self):
        return PENGAR if self.steg == ANDELAR or self.steg.startswith(PENGAR_STEG) else self.steg

    @property
    def fraga(self) -> Fraga:
        return FRAGOR[self.besok.tillfalle, self.grundfraga]

    def falt(self):
        """What the form needs to be made."""
        return {}

    def fore(self):
        """The answer given before, for who comes back."""
        svar = self.besok.svar.get(self.steg)
        return {} if svar in (VES, VET_EJ) else {"svar": svar}

    def ta_emot(self, val):
        """True when there is an answer: one in the form, or that the person skips or does not know."""
        if val != "nasta":
            self.utan_svar(VES if val == "hoppa" else VET_EJ)
            self.form.errors.clear()
            return True
        if self.form.is_valid():
            self.svara(self.form.cleaned_data)
            return True
        return False

    def utan_svar(self, varde):
        self.besok.svar[self.grundfraga] = varde

    def svara(self, data):
        self.besok.svar[self.steg] = data["svar"]

    def context(self):
        """The texts in the kind of Swedish that the person chose."""
        nr = self.besok.ordning.index(self.grundfraga) + 1
        sprak, antal = self.besok.sprak, len(self.besok.ordning)
        return {
            "fraga": self.fraga, "rubrik": self.fraga.rubrik.pa(sprak), "hjalp": self.fraga.hjalp.pa(sprak),
            "nr": nr, "antal": antal, "framsteg": [n < nr for n in range(antal)],
        }  # fmt: skip


class Skala(Sida):
    form_class, mall = SkalaForm, "uppfoljning/svar_skala.html"

    def context(self):
        radio = [(ett, figurer.niva(n)) for ett, n in zip(self.form["svar"], SKALA, strict=True)]
        return super().context() | {"radio": radio}


class Timmar(Sida):
    form_class, mall = TimmarForm, "uppfoljning/svar_timmar.html"
    DAGAR = (("mån", 4), ("tis", 0), ("ons", 4), ("tor", 0), ("fre", 4))

    def fore(self):
        fore = super().fore()
        return {"svar": komma(fore["svar"])} if fore.get("svar") else fore

    def svara(self, data):
        self.besok.svar[TIMMAR] = f"{data['svar'].normalize():f}"

    def context(self):
        return super().context() | {"dagar": self.DAGAR}


class Grupper(Sida):
    """The plain groups. The codes are asked for after it, one group at a time."""

    form_class, mall = ValForm, "uppfoljning/svar_pengar.html"

    def falt(self):
        return {"val": [(nyckel, grupp.namn) for nyckel, grupp in self.besok.grupper.items()]}

    def fore(self):
        svar = self.besok.svar.get(PENGAR)
        return {"svar": svar["grupper"]} if isinstance(svar, dict) else {}

    def svara(self, data):
        self.besok.valj_grupper(data["svar"])

    def context(self):
        rader = [(ett, grupp) for ett, grupp in zip(self.form["svar"], self.besok.grupper.values(), strict=True)]
        return super().context() | {"rader": rader}


class Koder(Sida):
    """Which of the group's own: sickness benefit, activity compensation and so on."""

    form_class, mall = ValForm, "uppfoljning/svar_pengar.html"

    @property
    def nyckel(self):
        return self.steg.removeprefix(PENGAR_STEG)

    @property
    def grupp(self):
        return self.besok.grupper[self.nyckel]

    @property
    def fraga(self):
        return Fraga(Text(self.grupp.vilka), Text("Välj en eller flera."), FRAGOR[self.besok.tillfalle, PENGAR].kort)

    def falt(self):
        texter = kodtexter(self.besok.sprak)
        return {"val": [(kod, texter[kod]) for kod in self.grupp.koder if kod in texter]}

    def fore(self):
        return {"svar": self.besok.svar[PENGAR]["koder"].get(self.nyckel)}

    def svara(self, data):
        self.besok.valj_koder(self.nyckel, data["svar"])

    def utan_svar(self, varde):
        """Who does not know which still lives on the group; who would rather not say has skipped the whole question."""
        if varde is VET_EJ and self.grupp.okand:
            self.besok.valj_koder(self.nyckel, [self.grupp.okand])
        else:
            super().utan_svar(varde)

    def context(self):
        return super().context() | {"rader": [(ett, None) for ett in self.form["svar"]]}


class Andelar(Sida):
    form_class, mall, fraga = AndelarForm, "uppfoljning/svar_andelar.html", HUR_STOR_DEL

    def falt(self):
        texter = kodtexter(self.besok.sprak)
        return {"val": [(kod, texter.get(kod, kod)) for kod in self.besok.koder()]}

    def fore(self):
        procent = self.besok.svar[PENGAR].get("procent") or {}
        kvartar = dict(AndelarForm.KVARTAR)
        return {f"{'del' if andel in kvartar else 'annan'}_{kod}": andel for kod, andel in procent.items()}

    def svara(self, data):
        self.besok.satt_procent(self.form.procent)

    def context(self):
        rader = [
            ([(ett, figurer.paj(n)) for n, ett in enumerate(delar, 1)], delar, annan)
            for _kod, delar, annan in self.form.rader()
        ]
        return super().context() | {"rader": rader}


class Ovrigt(Sida):
    form_class, mall = OvrigtForm, "uppfoljning/svar_ovrigt.html"

    def utan_svar(self, varde):
        self.besok.svar[OVRIGT] = ""


SIDOR = {HALSA: Skala, BEMOTANDE: Skala, TIMMAR: Timmar, PENGAR: Grupper, ANDELAR: Andelar, OVRIGT: Ovrigt}


def bygg(request, besok, steg):
    """The page of a step that is among `besok.steg()`."""
    return SIDOR.get(steg, Koder)(request, besok, steg)


def finns(besok, steg):
    """A step of this form that only other answers lead to: no wrong address, but nothing to ask either."""
    return steg == ANDELAR or steg in {f"{PENGAR_STEG}{nyckel}" for nyckel in besok.grupper}


# ---- The answers in words


def svarsrader(besok, svar, *, med_lank=False, skickat=False):
    """[(name, value in words, step to change it or None, whether staff filled it in)] of the answers."""
    personalens = besok.personalens() if skickat else {}
    rader = []
    for namn in besok.ordning:
        kort = FRAGOR[besok.tillfalle, namn].kort.pa(besok.sprak)
        if namn in personalens:
            text = _personalens(namn, personalens[namn], besok.sprak)
        else:
            text = _i_ord(besok, namn, svar, skickat)
        rader.append((kort, text, namn if med_lank else None, namn in personalens))
    return rader


def _i_ord(besok, namn, svar, skickat):
    varde = svar.get(namn, ...)
    if namn == PENGAR and isinstance(varde, dict):
        varde = besok.andelar(svar)
    if varde is ...:
        return "Inget svar" if skickat else INGET_SVAR
    if namn == OVRIGT:
        return varde or HOPPADE
    if varde == VES:
        return HOPPADE
    if varde is VET_EJ:
        # Of hours and money it is not kept whether somebody skipped or did not know.
        return "Inget svar" if skickat and namn not in (HALSA, BEMOTANDE) else VISSTE_INTE
    if namn in (HALSA, BEMOTANDE):
        return f"{varde} av 10"
    if namn == TIMMAR:
        return komma(varde)
    texter = kodtexter(besok.sprak)
    return ", ".join(f"{texter.get(kod, kod)} {procent}{HART_MELLANSLAG}%" for kod, procent in varde.items())


def _personalens(namn, varde, sprak):
    if namn == TIMMAR:
        return komma(f"{varde.normalize():f}")
    return kodtexter(sprak).get(varde, "Flera slags pengar" if varde == "BLANDAD" else HOPPADE)
