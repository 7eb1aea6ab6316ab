"""What a year's ledger comes to, line by line of the budget, counted in SQL (MC4).

The rows are summed by account and objects, and each such group belongs to the first rule that fits. The ledger's own
result is counted by itself, without the rules: the table agrees with it or says that it does not.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from ekonomi.models import Bokkonto, Bokobjekt, Boksaldo, Konteringsregel, Verifikationsrad

NOLL = Decimal()
ARETS_RESULTAT = "899"  # accounts that only move the year's result to equity, in EU-BAS and Kommun-Bas
PROJEKT = "6"  # the dimension that a new rule is about when a row has several
# Each group of rows with its rule. The last account of an interval takes its sub-accounts with it (4099 has 40991).
SQL_GRUPPER = """
select g.konto, g.objekt, g.antal, g.belopp, r.id, coalesce(r.mal, ''), r.post_id
from (
    select rad.konto, rad.objekt, count(*) as antal, sum(rad.belopp) as belopp
    from ekonomi_verifikationsrad rad
    join ekonomi_bokkonto konto on konto.verksamhetsar_id = rad.verksamhetsar_id and konto.nr = rad.konto
    where rad.verksamhetsar_id = %(ar)s and not konto.balans
      and (%(till)s::date is null or rad.datum <= %(till)s::date)
    group by rad.konto, rad.objekt
) g
left join lateral (
    select regel.id, regel.mal, regel.post_id from ekonomi_konteringsregel regel
    where regel.verksamhetsar_id = %(ar)s
      and g.konto >= regel.konto_fran collate "C" and g.konto <= (regel.konto_till || '~') collate "C"
      and (regel.objekt = '' or regel.dimension || ':' || regel.objekt = any(g.objekt))
    order by regel.ordning, regel.id limit 1
) r on true
order by g.konto collate "C", g.objekt
"""
# What no rule takes in the years that are open: as SQL_GRUPPER, and the same sum as `Utfall.omappat`.
SQL_OMAPPAT = """
select a.id, a.ar, sum(g.antal)::bigint, sum(abs(g.belopp))
from ekonomi_verksamhetsar a
join lateral (
    select rad.konto, rad.objekt, count(*) as antal, sum(rad.belopp) as belopp
    from ekonomi_verifikationsrad rad
    join ekonomi_bokkonto konto on konto.verksamhetsar_id = rad.verksamhetsar_id and konto.nr = rad.konto
    where rad.verksamhetsar_id = a.id and not konto.balans
    group by rad.konto, rad.objekt
) g on not exists (
    select 1 from ekonomi_konteringsregel regel
    where regel.verksamhetsar_id = a.id
      and g.konto >= regel.konto_fran collate "C" and g.konto <= (regel.konto_till || '~') collate "C"
      and (regel.objekt = '' or regel.dimension || ':' || regel.objekt = any(g.objekt))
)
where a.lage <> 'avslutat'
group by a.id, a.ar order by a.ar
"""


@dataclass(frozen=True)
class Grupp:
    """Rows with the same account and objects, and the rule that takes them. Debit is positive."""

    konto: str
    objekt: tuple[str, ...]
    antal: int
    belopp: Decimal
    regel: int | None
    mal: str
    post: int | None
    namn: str = ""
    objektnamn: str = ""

    @property
    def for_ny_regel(self):
        """{field: value} of a rule for just this group; of several objects the project."""
        par = sorted((nyckel.partition(":") for nyckel in self.objekt), key=lambda par: (par[0] != PROJEKT, par[0]))
        dimension, _, objekt = par[0] if par else ("", "", "")
        return {"konto_fran": self.konto, "konto_till": self.konto, "dimension": dimension, "objekt": objekt}


@dataclass(frozen=True)
class Utfall:
    """A year's ledger by line. `resultat` is incomes less costs of the ledger itself; `i_filen` the same as the latest
    file gives it (#RES), None when it does not."""

    grupper: tuple[Grupp, ...]
    resultat: Decimal
    antal: int
    i_filen: Decimal | None
    poster: Mapping[int, Decimal] = field(default_factory=dict)
    intakter: Mapping[str, Decimal] = field(default_factory=dict)  # huvudman, ovriga
    utanfor: Decimal = NOLL  # as income less cost
    omappade: tuple[Grupp, ...] = ()

    @property
    def kostnader(self):
        return sum(self.poster.values(), NOLL)

    @property
    def summa_intakter(self):
        return sum(self.intakter.values(), NOLL)

    @property
    def tabellens(self):
        """What the table's lines come to, with what is set aside from it."""
        return self.summa_intakter - self.kostnader + self.utanfor

    @property
    def omappat(self):
        """(rows, kronor moved) that no rule takes; both directions add up, so that they cannot hide each other."""
        return sum(rad.antal for rad in self.omappade), sum((abs(rad.belopp) for rad in self.omappade), NOLL)

    @property
    def stammer(self):
        """Green: every row has its line, and the table is the ledger, and the ledger is what the file says."""
        return not self.omappade and self.tabellens == self.resultat and self.i_filen in (None, self.resultat)

    def per_regel(self):
        """{rule: (rows, kronor)}."""
        ut = defaultdict(lambda: (0, NOLL))
        for rad in self.grupper:
            if rad.regel:
                antal, belopp = ut[rad.regel]
                ut[rad.regel] = antal + rad.antal, belopp + rad.belopp
        return dict(ut)


def ar_resultatkonto(konto):
    """Whether what is booked there is neither an income nor a cost, but the result itself on its way to equity."""
    return konto.startswith(ARETS_RESULTAT)


def utfall(ar, till=None):
    """The `Utfall` of a budget year, None when no saved row moves its result. Five queries; one when there is none.
    With `till`, of its rows up to and with that day: then there is no sum of the file to compare with."""
    antal, resultat = _resultat(ar, till)
    if not antal:
        return None
    grupper = tuple(_grupper(ar, till))
    poster, intakter, utanfor = defaultdict(Decimal), defaultdict(Decimal), NOLL
    for rad in grupper:
        if rad.post:
            poster[rad.post] += rad.belopp
        elif rad.mal == Konteringsregel.Mal.UTANFOR:
            utanfor -= rad.belopp
        elif rad.mal:
            intakter[rad.mal] -= rad.belopp
    return Utfall(
        grupper, resultat, antal, None if till else _i_filen(ar), dict(poster), dict(intakter), utanfor,
        tuple(rad for rad in grupper if rad.regel is None),
    )  # fmt: skip


def omappat_per_ar():
    """[(key of the year, year, rows, kronor moved)] that no rule takes, of the years that are not closed. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SQL_OMAPPAT)
        return cursor.fetchall()


def _resultat(ar, till):
    """(rows, incomes less costs) of what is no balance account, without any rule. One query."""
    balans = Bokkonto.objects.filter(verksamhetsar=OuterRef("verksamhetsar"), nr=OuterRef("konto"), balans=True)
    rader = Verifikationsrad.objects.filter(~Exists(balans), verksamhetsar=ar)
    if till:
        rader = rader.filter(datum__lte=till)
    summor = rader.aggregate(antal=Count("pk"), summa=Sum("belopp"))
    return summor["antal"], -(summor["summa"] or NOLL)


def _i_filen(ar):
    """The result as the latest saved file that has one gives it. One query."""
    rader = (
        Boksaldo.objects.filter(verksamhetsar=ar, slag=Boksaldo.Slag.RES)
        .order_by()
        .values_list(F("bokimport__korning"))
        .annotate(summa=Sum("belopp"))
    )
    senast = max(rader, default=None)
    return -senast[1] if senast else None


def _grupper(ar, till):
    """Three queries."""
    with connection.cursor() as cursor:
        cursor.execute(SQL_GRUPPER, {"ar": ar.pk, "till": till})
        rader = cursor.fetchall()
    konton = dict(Bokkonto.objects.filter(verksamhetsar=ar, balans=False).values_list("nr", "namn"))
    objekt = {
        f"{dimension}:{nr}": namn or nr
        for dimension, nr, namn in Bokobjekt.objects.filter(verksamhetsar=ar).values_list("dimension", "nr", "namn")
    }
    for konto, nycklar, antal, belopp, regel, mal, post in rader:
        namn = ", ".join(objekt.get(nyckel, nyckel.partition(":")[2]) for nyckel in nycklar)
        yield Grupp(konto, tuple(nycklar), antal, belopp, regel, mal, post, konton.get(konto, ""), namn)


def rader_i(ar, grupper):
    """The rows of the ledger that belong to the groups, for `for_lista`. No query of its own."""
    per_objekt = defaultdict(list)
    for rad in grupper:
        per_objekt[rad.objekt].append(rad.konto)
    villkor = Q(pk__in=[])
    for objekt, konton in per_objekt.items():
        villkor |= Q(objekt=list(objekt), konto__in=konton)
    return Verifikationsrad.objects.filter(villkor, verksamhetsar=ar)
