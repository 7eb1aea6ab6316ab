"""A budget that came back as a file against the one that is saved: what differs, and to save just that (MC18).

Three values are compared for each cell: what the file was given, what it has now, and what is saved now. What only the
file has changed is a change; what only somebody here has changed is left alone; where both have, somebody chooses.
"""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from ekonomi.belopp import kr
from ekonomi.budgetblad import ARSFALT, varden
from ekonomi.budgetblad_in import FLEST_POSTER, NAMN, Infil, Inrad
from ekonomi.models import Budgetpost, Konteringsregel, Planbelopp, Prognosrad, Verksamhetsar
from samordning.karna.andringar import TOMT
from samordning.karna.models import Handelse, Importkorning

RADENS = ("rubrik", "block", "kategori", "sida", "foregaende", "belopp", "kommentar")
KRONOR = {"foregaende", "belopp", *ARSFALT}
DELBARA = (Budgetpost.Kategori.INDIVID, Budgetpost.Kategori.STRUKTUR)


@dataclass(frozen=True)
class Andring:
    """One cell that differs: `fore` is saved, `efter` is what the file has, `bas` what the file was given."""

    namn: str  # of the line
    falt: str
    fore: object
    efter: object
    bas: object = None
    post: int | None = None  # None: a sum of the year
    rad: int = 0

    @property
    def etikett(self):
        return "Radens namn" if self.falt == "rubrik" else NAMN[self.falt]

    @property
    def fore_ord(self):
        return i_ord(self.falt, self.fore)

    @property
    def efter_ord(self):
        return i_ord(self.falt, self.efter)

    @property
    def bas_ord(self):
        return "Okänt" if self.bas is None and self.falt != "foregaende" else i_ord(self.falt, self.bas)


@dataclass(frozen=True)
class Borta:
    """A line that was in the file when it was taken out and is not there now, and what hangs on it."""

    post: int
    namn: str
    belopp: Decimal
    foljer: tuple[str, ...]

    @property
    def i_ord(self):
        text = f"Budget {kr(self.belopp)}."
        return f"{text} Tas den bort försvinner också {' och '.join(self.foljer)}." if self.foljer else text


@dataclass
class Skillnad:
    """`krockar` are changed both here and in the file; `sedan` only here, `tillkomna` are lines made here since."""

    andrade: list = field(default_factory=list)
    krockar: list = field(default_factory=list)
    nya: list = field(default_factory=list)
    borta: list = field(default_factory=list)
    aterfunna: list = field(default_factory=list)  # in the file, but taken away here since
    sedan: list = field(default_factory=list)
    tillkomna: list = field(default_factory=list)
    fel: list = field(default_factory=list)
    noter: list = field(default_factory=list)
    avtryck: str = ""

    @property
    def nya_i_ord(self):
        return [{falt: i_ord(falt, _text(varde)) for falt, varde in rad.varden.items()} for rad in self.nya]

    @property
    def tom(self):
        """There is nothing to save whatever one ticks."""
        return not (self.andrade or self.krockar or self.nya or self.borta or self.aterfunna)

    @property
    def gammal(self):
        """Somebody has changed the year since the file was taken out."""
        return bool(self.krockar or self.sedan or self.tillkomna or self.aterfunna)

    @property
    def gammal_text(self):
        """What happens to what is changed here."""
        text = "Det som bara är ändrat här behålls som det är."
        return f"{text} Där båda har ändrat väljer du nedan." if self.krockar else text


def i_ord(falt, varde):
    """A value of a line as a reader has it."""
    if varde in (None, ""):
        return TOMT
    if falt in KRONOR:
        return kr(Decimal(varde))
    val = {"kategori": Budgetpost.Kategori, "block": Budgetpost.Block}.get(falt)
    return str(val(varde).label) if val else varde


def jamfor(fil: Infil, ar: Verksamhetsar) -> Skillnad:
    """What differs. Four queries at most."""
    poster = {post.pk: post for post in ar.poster.all()}
    ut = Skillnad(fel=list(fil.fel), noter=list(fil.noter))
    if fil.ar_pk != ar.pk or fil.ar != ar.ar:
        ut.fel.append(("", f"Filen är budgeten för {fil.ar}, inte för {ar}. Läs in den på det årets sida."))
        return ut
    samma = fil.version == ar.version  # nobody has saved since: what is here is what the file was given
    _jamfor_aret(ut, fil, ar, samma)
    for rad in fil.rader:
        if rad.pk is None:
            ut.nya.append(rad)
        elif rad.pk in poster:
            _jamfor_rad(ut, rad, poster[rad.pk], samma)
        elif rad.pk in fil.exporterade:
            ut.aterfunna.append(rad)
        else:
            ut.nya.append(rad)  # a key from elsewhere is a new line
    i_filen = {rad.pk for rad in fil.rader}
    ut.borta = _borta([post for pk, post in poster.items() if pk in fil.exporterade and pk not in i_filen])
    ut.tillkomna = [post.rubrik for pk, post in poster.items() if pk not in fil.exporterade and pk not in i_filen]
    if len(poster) + len(ut.nya) + len(ut.aterfunna) > FLEST_POSTER:
        ut.fel.append(("", f"Med de nya raderna får budgeten fler än {FLEST_POSTER} rader. Ta bort några i filen."))
    ut.avtryck = _avtryck(ut, fil, ar)
    return ut


def _jamfor_aret(ut, fil, ar, samma):
    for falt, (belopp, bas) in fil.arsfalt.items():
        if belopp is not None:
            _cell(ut, Andring("Året", falt, f"{getattr(ar, falt):.2f}", f"{belopp:.2f}", bas), samma)


def _jamfor_rad(ut, rad, post, samma):
    nu = varden(post)
    for falt in RADENS:
        fore, efter = nu[falt], _text(rad.varden[falt])
        bas = rad.bas.get(falt) if rad.bas is not None else None
        _cell(ut, Andring(post.rubrik, falt, fore, efter, bas, post.pk, rad.rad), samma, rad.bas is not None)
    kategori, belopp = rad.varden["kategori"], _text(rad.varden["belopp"])
    if post.andel_individ is not None and kategori and kategori not in DELBARA:
        ut.fel.append((f"C{rad.rad}, Kategori", f"”{post.rubrik}” är delad mellan individ- och strukturinriktat. Ta "
                       "bort delningen på radens sida innan kategorin ändras."))  # fmt: skip
    if post.gemensamt_totalt is not None and belopp not in (None, nu["belopp"]):
        ut.noter.append(f"”{post.rubrik}” är vår del av en kostnad som flera förbund delar. Beloppet i filen sparas, "
                        "men hela kostnaden och andelen på radens sida ändras inte.")  # fmt: skip


def _cell(ut, cell, samma, kand=True):
    """Put the cell where it belongs. Without a known `bas` the saved value is it, if nobody has saved since."""
    bas = cell.bas if kand and not samma else cell.fore
    okand = not kand and not samma
    if _lika(cell.fore, cell.efter):
        return
    if okand:
        ut.krockar.append(cell)
    elif _lika(bas, cell.efter):
        ut.sedan.append(cell)
    elif _lika(bas, cell.fore):
        ut.andrade.append(cell)
    else:
        ut.krockar.append(cell)


def _lika(a, b):
    return (a or "") == (b or "")


def _text(varde):
    return f"{varde:.2f}" if isinstance(varde, Decimal) else varde


def _borta(poster):
    if not poster:
        return []
    foljer = {post.pk: [] for post in poster}
    for modell, ental, flertal in (
        (Konteringsregel, "en konteringsregel", "{} konteringsregler"),
        (Prognosrad, "en rad i en prognos", "{} rader i prognoser"),
        (Planbelopp, "ett belopp i flerårsplanen", "{} belopp i flerårsplanen"),
    ):
        antal = {}
        for pk in modell.objects.filter(post__in=poster).values_list("post", flat=True):
            antal[pk] = antal.get(pk, 0) + 1
        for pk, hur_manga in antal.items():
            foljer[pk].append(ental if hur_manga == 1 else flertal.format(hur_manga))
    return [Borta(post.pk, post.rubrik, post.belopp, tuple(foljer[post.pk])) for post in poster]


def _avtryck(ut, fil, ar):
    """Of all that the page shows: what was looked at is what is saved."""
    sett = (ar.pk, ar.version, ut.andrade, ut.krockar, ut.nya, ut.borta, ut.aterfunna, ut.sedan, ut.tillkomna)
    return hashlib.sha256(repr(sett).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Val:
    """What is ticked: `krockar` by number, lines that go and lines that come back by key."""

    krockar: frozenset = frozenset()
    bort: frozenset = frozenset()
    ater: frozenset = frozenset()


@transaction.atomic
def spara(ar: Verksamhetsar, skillnad: Skillnad, val: Val, fil, *, av) -> int:
    """Write it, and note it: how many lines and sums were changed. The year is locked by the caller and writable.

    `fil` is the stored file (karna.Fil); with it the import can be told afterwards.
    """
    celler = skillnad.andrade + [rad for nr, rad in enumerate(skillnad.krockar) if nr in val.krockar]
    historik = _historik(celler)
    for falt in [rad for rad in celler if rad.post is None]:
        setattr(ar, falt.falt, Decimal(falt.efter))
    _spara_celler(ar, celler)
    bort = [rad for rad in skillnad.borta if rad.post in val.bort]
    ar.poster.filter(pk__in=[rad.post for rad in bort]).delete()
    nya = skillnad.nya + [rad for rad in skillnad.aterfunna if rad.pk in val.ater]
    _lagg_till(ar, nya)
    historik |= {rad.namn: [f"{rad.belopp:.2f}", None] for rad in bort}
    historik |= {rad.varden["rubrik"]: [None, _text(rad.varden["belopp"])] for rad in nya}
    ar.version += 1
    ar.save()
    antal = {"andrade": len(celler), "nya": len(nya), "borttagna": len(bort)}
    korning = Importkorning.objects.create(
        typ="budgetblad", kalla="Kalkylblad", filnamn="Budget som kalkylblad", sha256=fil.sha256,
        storlek=fil.storlek, antal=antal, varningar=skillnad.noter, anvandare=av,
    )  # fmt: skip
    fil.godkann(av=av)
    Handelse.logga(ar, "andrad", av=av, data=historik | {"import": korning.pk})
    return len(celler) + len(nya) + len(bort)


def _historik(celler):
    """{"line, what": [before, after]}; lines with the same name are told apart by the row of the file."""
    ut = {}
    for rad in celler:
        namn = f"{rad.namn}, {rad.etikett.lower()}"
        ut[f"{namn} (rad {rad.rad})" if namn in ut else namn] = [rad.fore, rad.efter]
    return ut


def _spara_celler(ar, celler):
    andrade = {}
    for rad in celler:
        if rad.post is not None:
            andrade.setdefault(rad.post, {})[rad.falt] = rad.efter
    for post in ar.poster.filter(pk__in=andrade):
        for falt, varde in andrade[post.pk].items():
            setattr(post, falt, _lagrat(falt, varde))
        post.save(update_fields=list(andrade[post.pk]))


def _lagrat(falt, varde):
    if falt in KRONOR:
        return None if varde in (None, "") else Decimal(varde)
    return varde or ""


def _lagg_till(ar, rader: list[Inrad]):
    """Last in the year; a line stands in its block."""
    sist = max(ar.poster.values_list("ordning", flat=True), default=-1)
    Budgetpost.objects.bulk_create(
        Budgetpost(verksamhetsar=ar, ordning=sist + nr, **rad.varden) for nr, rad in enumerate(rader, start=1)
    )
