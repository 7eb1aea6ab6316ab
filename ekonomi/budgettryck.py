"""A budget on paper for the board: what stands in it, in which state it is, and what a revision changed (MC14).

The same paper is made of the year as it is now and of a version as it was decided: a frozen version's figures are read
and never counted again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format

from ekonomi import reports
from ekonomi.belopp import EJ_BESLUTAT, KATEGORIER, NOLL, Andel, Arsbudget, Bedomning, kr, summa_i_procent
from ekonomi.budgetrapport import (
    OMDOMEN,
    STATENS,
    Bidrag,
    Block,
    Budgetrapport,
    Intakt,
    Kapital,
    Rad,
    skillnader,
    som_json,
)
from ekonomi.models import Budgetpost, Budgetversion, Verksamhetsar

LAGEN = {text: kod for kod, text in OMDOMEN.items()}
FYRA = Decimal("0.0001")


@dataclass(frozen=True)
class Jamforelse:
    """An amount before and now; None where it was not. `ny` counts that as nothing, else it is not compared."""

    namn: str
    fore: Decimal | None
    nu: Decimal | None
    ny: bool = False

    @property
    def skillnad(self):
        """With its sign, in words; a dash when there is nothing to compare with."""
        if not self.ny and None in (self.fore, self.nu):
            return "–"
        skillnad = (self.nu or NOLL) - (self.fore or NOLL)
        text = kr(skillnad).removesuffix("kr").strip()
        return f"+{text}" if skillnad > 0 else text


@dataclass(frozen=True)
class Kapitalrad:
    """Equity at the year's beginning and end against the rule on one base."""

    bas: str
    belopp: Decimal | None
    hogst: Decimal | None
    bedomningar: tuple[tuple[Bedomning, str], ...]  # with the verdict in words


@dataclass(frozen=True)
class Tryck:
    """`mark` stands on every page, `lage` is the sentence about the decision, `andrat` [(line, before, after)] since
    the decision before."""

    ar: int
    mark: str
    lage: str
    rapport: Budgetrapport
    skal: str = ""
    mot: str = ""  # what `andrat` is compared with
    andrat: Sequence = ()

    @property
    def andelar(self) -> list[Andel]:
        return self.rapport.budget.andelar()

    @property
    def summa_procent(self):
        return summa_i_procent(self.andelar)

    @property
    def ar_fore(self):
        return self.ar - 1

    @property
    def bidrag(self):
        return [Jamforelse(rad.part, rad.foregaende, rad.belopp) for rad in self.rapport.bidrag]

    @property
    def bidrag_summa(self):
        fore = self.rapport.intakter[0].foregaende
        return Jamforelse("Summa", fore, sum((rad.belopp for rad in self.rapport.bidrag), NOLL))

    @property
    def andrade(self):
        return [Jamforelse(*rad, ny=True) for rad in self.andrat]

    @property
    def kapital(self):
        return [
            Kapitalrad(
                rad.namn, rad.belopp, None if None in (rad.tak, rad.belopp) else rad.belopp * rad.tak / 100,
                tuple((ett, OMDOMEN[ett.lage].capitalize()) for ett in (rad.in_, rad.ut)),
            )
            for rad in self.rapport.kapital
        ]  # fmt: skip

    @property
    def har_memo(self):
        return any(rad.memo for block in self.rapport.block for rad in block.rader)

    @property
    def i_procent(self):
        """Closing equity in percent of the allocation; None without one."""
        return self.rapport.kapital[0].ut.procent


def av_aret(ar: Verksamhetsar) -> Tryck:
    """The year as it is now. Eight queries at most."""
    rapport = reports.budgetrapport(ar)
    senast = ar.versioner.order_by("-nr").first()
    Lage = Verksamhetsar.Lage
    lage = {
        Lage.PRELIMINAR: "Preliminär. Styrelsen har inte beslutat den.",
        Lage.REVIDERAS: "Förslag till ändrad budget. Styrelsen har inte beslutat det.",
    }.get(ar.lage) or (beslutet(senast) if senast else f"{ar.get_lage_display()}.")
    mark = {Lage.PRELIMINAR: "Preliminär", Lage.REVIDERAS: "Förslag till ändring"}.get(ar.lage, "")
    mer = {}
    if ar.lage == Lage.REVIDERAS and senast:
        nu = som_json(rapport, kronor=True)
        mer = {"skal": ar.skal, "mot": str(senast), "andrat": skillnader(senast.varden, nu)}
    elif senast and senast.nr > 1 and ar.lage != Lage.PRELIMINAR:
        mer = _mot_forra(senast)
    return Tryck(ar.ar, mark, lage, rapport, **mer)


def av_version(version: Budgetversion) -> Tryck:
    """The budget as it was decided. Two queries at most."""
    mer = _mot_forra(version) if version.nr > 1 else {}
    return Tryck(version.verksamhetsar.ar, "", beslutet(version), fryst(version), **mer)


def beslutet(version):
    """The decision in a sentence."""
    return f"{version}. Styrelsen beslutade den {date_format(version.beslutad, 'j F Y')}, {_ihop(version.paragraf)}."


def _ihop(text):
    """Without a place where a line may be broken."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _mot_forra(version):
    forra = Budgetversion.objects.get(verksamhetsar=version.verksamhetsar_id, nr=version.nr - 1)
    return {"skal": version.skal, "mot": str(forra), "andrat": skillnader(forra.varden, version.varden)}


def fryst(version: Budgetversion) -> Budgetrapport:
    """The report that was frozen. `som_json` of it is the same again."""
    varden = version.varden
    intakter = tuple(Intakt(rad["namn"], _d(rad["foregaende"]), _d(rad["budget"])) for rad in varden["intakter"])
    ut = _d(varden["utgaende"]["budget"])
    # By their order: what a category is called may have changed since.
    summor = {kod: _d(rad["belopp"]) for kod, rad in zip(KATEGORIER, varden["kategorier"], strict=True)}
    summor[EJ_BESLUTAT] -= ut  # it is frozen together with closing equity
    budget = Arsbudget(
        varden["ar"], intakter[0].budget, sum((rad.budget for rad in intakter[1:-1]), NOLL), intakter[-1].budget, summor
    )
    bidrag = tuple(Bidrag(rad["part"], "", _d(rad["belopp"]), _d(rad["foregaende"])) for rad in varden["tilldelning"])
    return Budgetrapport(
        ar=varden["ar"], version=varden["version"], intakter=intakter,
        block=tuple(Block(block["namn"], tuple(map(_rad, block["rader"]))) for block in varden["block"]),
        budget=budget, bidrag=bidrag,
        kapital=tuple(_kapital(rad, budget, bidrag) for rad in varden["eget_kapital"]),
    )  # fmt: skip


def _d(tal):
    return None if tal is None else Decimal(str(tal))


def _rad(rad):
    kategorier = dict(Budgetpost.Kategori.choices)
    return Rad(
        namn=rad["namn"], kategori=rad["kategori"], foregaende=_d(rad["foregaende"]), budget=_d(rad["budget"]),
        memo=tuple(rad["memo"]), ny=rad["ny"], avslutas=rad["avslutas"], insats=rad["insats"],
        kategori_namn=kategorier.get(rad["kategori"], ""),
    )  # fmt: skip


def _kapital(rad, budget, bidrag):
    tak = None if rad["tak"] is None else _d(rad["tak"]) * 100
    in_ = _bedomning(budget.eget_kapital_in, rad["andel_ingaende"], rad["omdome_ingaende"], tak)
    ut = _bedomning(budget.eget_kapital_ut, rad["andel_utgaende"], rad["omdome"], tak)
    return Kapital(rad["bas"], tak, in_, ut, _bas(rad, budget, bidrag))


def _bedomning(kapital, andel, omdome, tak):
    procent = None if andel is None else (_d(andel) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Bedomning(kapital, procent, tak, None, LAGEN[omdome])


def _bas(rad, budget, bidrag):
    """What the shares are of, in kronor. The state's sum is not frozen by that name: it is the member whose sum gives
    the shares that are; None when none or several do."""
    if rad["bas"] != STATENS:
        return budget.tilldelning
    fryst = (_d(rad["andel_ingaende"]), _d(rad["andel_utgaende"]))
    traffar = {
        ett.belopp for ett in bidrag
        if ett.belopp and fryst == tuple(
            (kapital / ett.belopp).quantize(FYRA, ROUND_HALF_UP)
            for kapital in (budget.eget_kapital_in, budget.eget_kapital_ut)
        )
    }  # fmt: skip
    return traffar.pop() if len(traffar) == 1 else None
