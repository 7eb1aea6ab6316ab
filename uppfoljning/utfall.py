"""The cells of the outcome report (rapportdefinitioner.md 7.1), counted in Postgres.

One statement counts everything for every insats, for the association, and for each sex; its columns have the names of
the cells. Python only divides, rounds once and lays out. F2, L3 and Q1-Q7 have no source yet and are left out.
"""

import datetime
import json
from decimal import Decimal
from fractions import Fraction

from django.db import connection

from insatser.models import Insats
from samordning.karna.kalender import Period, halvar
from samordning.karna.models import Installning
from uppfoljning.identiteter import DELAR, KON, kontrollera
from uppfoljning.statistik import andel, avrunda, medel, omdome, wilson

VERSION = 1

# Settings that the association owns (7.7), with the values that are shipped.
STANDARD = {"t": 7, "m": 1, "fonster_dagar": 30}

ANTAL = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "X1", "X2", "X3", "X4",
         "H1", "H2", "H3", "H4", "H5", "H6", "H7", "H2_m2", "H3_m2", "H4_m2", "S1", "S2")  # fmt: skip
PERSONER = ("U1", "U2", "U3", "U4", "U5", "U6")
HALVORNAS = ("P1", "P2", "P3", "P4", "P5")

UTFALL = """
with univ as (select id, slug from insatser_insats where inriktning = 'individ'),
rader as materialized (
    select univ.slug, d.insats_id, d.deltagare_id, p.kon, d.start, d.slut,
        d.start < %(fran)s as ingaende,
        coalesce(d.slut <= %(till)s, false) as avslutad,
        coalesce(d.slut <= %(till)s, false) and o.grupp is distinct from 'neutralt' as bas,
        o.grupp, coalesce(o.till_arbete_mm, false) as arbete,
        coalesce(o.kod, '') as orsak,
        ls.timmar as tim1, le.timmar as tim2,
        abs(ls.datum - d.start) <= %(fonster)s and abs(le.datum - d.slut) <= %(fonster)s as timmar_inom,
        coalesce(nullif(ls.forsorjning, ''), 'saknas') as fors1,
        coalesce(nullif(le.forsorjning, ''), 'saknas') as fors2,
        ss.halsa as halsa1, se.halsa as halsa2, se.bemotande,
        -- A half dated by week counts as the day of that week nearest the event; without a date it is outside.
        -- `greatest` passes over nulls, so a missing week has to be asked for.
        coalesce(case when ss.datum is not null then abs(ss.datum - d.start)
            when ss.vecka is not null then greatest(ss.vecka - d.start, d.start - ss.vecka - 6, 0)
            end <= %(fonster)s, false) as start_inom,
        coalesce(case when se.datum is not null then abs(se.datum - d.slut)
            when se.vecka is not null then greatest(se.vecka - d.slut, d.slut - se.vecka - 6, 0)
            end <= %(fonster)s, false) as slut_inom,
        d.start >= %(fran)s and exists (
            select 1 from uppfoljning_deltagande t
            where t.deltagare_id = d.deltagare_id and t.insats_id = d.insats_id and t.slut < d.start
                and t.start < d.start and not t.anonym and not t.felregistrerad
        ) as ater
    from uppfoljning_deltagande d
    join univ on univ.id = d.insats_id
    join remisser_deltagare p on p.id = d.deltagare_id
    left join uppfoljning_avslutsorsak o on o.id = d.avslutsorsak_id
    left join uppfoljning_lage ls on ls.deltagande_id = d.id and ls.tillfalle = 'start'
    left join uppfoljning_lage le on le.deltagande_id = d.id and le.tillfalle = 'slut'
    left join uppfoljning_parnyckel n on n.deltagande_id = d.id
    left join uppfoljning_skattning ss on ss.parnyckel = n.nyckel and ss.tillfalle = 'start' and ss.galler
    left join uppfoljning_skattning se on se.parnyckel = n.nyckel and se.tillfalle = 'slut' and se.galler
    where d.slut_eller_aldrig >= %(fran)s and d.start <= %(till)s and not d.anonym and not d.felregistrerad
        and (%(valda)s::bigint[] is null or d.insats_id = any(%(valda)s))
),
svar as (
    select *,
        bas and (halsa1 = 0 or halsa2 = 0) is true as ves,
        bas and halsa1 > 0 and halsa2 > 0 as bada,
        bas and halsa1 > 0 and halsa2 > 0 and start_inom and slut_inom as par,
        halsa2 - halsa1 as andring,
        bas and timmar_inom and tim1 is not null and tim2 is not null as timpar,
        bas and fors1 not in ('saknas', 'VES') and fors2 not in ('saknas', 'VES') as forspar,
        fors1 in ('LON', 'STUD') as egen1, fors2 in ('LON', 'STUD') as egen2,
        bas and bemotande > 0 and slut_inom as bemott
    from rader
),
matt as (
    select slug, kon, grouping(slug) as alla, grouping(kon) as bada_kon,
        count(*) as "P1",
        count(*) filter (where ingaende) as "P2",
        count(*) filter (where not ingaende) as "P3",
        count(*) filter (where avslutad) as "P4",
        count(*) filter (where not avslutad) as "P5",
        count(*) filter (where avslutad and not bas) as "P6",
        count(*) filter (where bas) as "P7",
        count(*) filter (where bas and grupp = 'positivt') as "X1",
        count(*) filter (where bas and grupp = 'positivt' and arbete) as "X2",
        count(*) filter (where bas and orsak = 'forsamrad_halsa') as "X3",
        count(*) filter (where bas and orsak = '') as "X4",
        count(*) filter (where par) as "H1",
        count(*) filter (where par and andring >= %(m)s) as "H2",
        count(*) filter (where par and andring > -%(m)s and andring < %(m)s) as "H3",
        count(*) filter (where par and andring <= -%(m)s) as "H4",
        count(*) filter (where ves) as "H5",
        count(*) filter (where bas and not ves and (halsa1 is null or halsa2 is null)) as "H6",
        count(*) filter (where bada and not (start_inom and slut_inom)) as "H7",
        count(*) filter (where par and andring >= 2) as "H2_m2",
        count(*) filter (where par and andring > -2 and andring < 2) as "H3_m2",
        count(*) filter (where par and andring <= -2) as "H4_m2",
        count(*) filter (where bemott) as "S1",
        count(*) filter (where bemott and bemotande >= %(t)s) as "S2",
        count(*) filter (where bemott and bemotande >= %(t)s - 1) as s2_under,
        count(*) filter (where bemott and bemotande >= %(t)s + 1) as s2_over,
        count(*) filter (where timpar) as timpar,
        sum(tim1) filter (where timpar) as tim1,
        sum(tim2) filter (where timpar) as tim2,
        percentile_cont(0.5) within group (order by ((tim2 - tim1) * 100)::int) filter (where timpar) as tim_median,
        count(*) filter (where forspar) as forspar,
        count(*) filter (where forspar and egen1) as egen1,
        count(*) filter (where forspar and egen2) as egen2,
        count(*) filter (where forspar and egen2 and not egen1) as egen_ny,
        sum(slut - start) filter (where avslutad) as l1,
        percentile_cont(0.5) within group (order by slut - start) filter (where avslutad) as l1_median,
        sum(%(till)s + 1 - start) filter (where not avslutad) as l2,
        percentile_cont(0.5) within group (order by %(till)s + 1 - start) filter (where not avslutad) as l2_median,
        sum(least(slut, %(till)s) - greatest(start, %(fran)s) + 1) as dagar
    from svar group by grouping sets ((slug, kon), (slug), (kon), ())
),
person as (
    select deltagare_id, min(kon) as kon, bool_or(not avslutad) as pagar, bool_or(ater) as ater,
        count(distinct insats_id) > 1 as flera
    from rader group by deltagare_id
),
forsta as (
    select deltagare_id, (
        select min(h.start) from uppfoljning_deltagande h
        where h.deltagare_id = person.deltagare_id and not h.anonym and not h.felregistrerad
            and h.insats_id in (select id from univ)
    ) >= %(fran)s as ny
    from person
),
personer as (
    select slug, kon, grouping(slug) as alla, grouping(kon) as bada_kon,
        count(*) as "U1", count(*) filter (where pagar) as "U2", count(*) filter (where not pagar) as "U3",
        count(*) filter (where ny) as "U4", count(*) filter (where ater) as "U5", 0 as "U6"
    from (
        select slug, deltagare_id, min(kon) as kon, bool_or(not avslutad) as pagar, bool_or(ater) as ater
        from rader group by slug, deltagare_id
    ) i join forsta using (deltagare_id)
    group by grouping sets ((slug, kon), (slug))
    union all
    select null, kon, 1, grouping(kon),
        count(*), count(*) filter (where pagar), count(*) filter (where not pagar),
        count(*) filter (where ny), count(*) filter (where ater), count(*) filter (where flera)
    from person join forsta using (deltagare_id)
    group by grouping sets ((kon), ())
),
forsorjning as (
    select slug, kon, alla, bada_kon, jsonb_object_agg(fors1 || '>' || fors2, antal) as "F1"
    from (
        select slug, kon, grouping(slug) as alla, grouping(kon) as bada_kon, fors1, fors2, count(*) as antal
        from rader where bas
        group by grouping sets ((slug, kon, fors1, fors2), (slug, fors1, fors2), (kon, fors1, fors2), (fors1, fors2))
    ) f group by slug, kon, alla, bada_kon
)
select m.*, u."U1", u."U2", u."U3", u."U4", u."U5", u."U6", f."F1"
from matt m
join personer u on u.slug is not distinct from m.slug and u.kon is not distinct from m.kon
left join forsorjning f on f.slug is not distinct from m.slug and f.kon is not distinct from m.kon
"""

HALVA = """
with univ as (select id, slug from insatser_insats where inriktning = 'individ')
select univ.slug, p.kon, grouping(univ.slug) as alla, grouping(p.kon) as bada_kon,
    count(*) as "P1",
    count(*) filter (where d.start < %(fran)s) as "P2",
    count(*) filter (where d.start >= %(fran)s) as "P3",
    count(*) filter (where d.slut <= %(till)s) as "P4",
    count(*) filter (where d.slut is null or d.slut > %(till)s) as "P5"
from uppfoljning_deltagande d
join univ on univ.id = d.insats_id
join remisser_deltagare p on p.id = d.deltagare_id
where d.slut_eller_aldrig >= %(fran)s and d.start <= %(till)s and not d.anonym and not d.felregistrerad
    and (%(valda)s::bigint[] is null or d.insats_id = any(%(valda)s))
group by grouping sets ((univ.slug, p.kon), (univ.slug), (p.kon), ())
"""

ANONYMA = """
select d.anonym_kon, count(*) from uppfoljning_deltagande d
join insatser_insats i on i.id = d.insats_id and i.inriktning = 'individ'
where d.anonym and d.anonym_startar = %(ar)s and (%(valda)s::bigint[] is null or d.insats_id = any(%(valda)s))
group by d.anonym_kon
"""

# What a group without rows has; the rest follows from the counts.
TOM_RAD = dict.fromkeys((*ANTAL, *PERSONER, "s2_under", "s2_over", "timpar", "forspar", "egen1", "egen2", "egen_ny"), 0)
TOM_RAD |= dict.fromkeys(("tim1", "tim2", "tim_median", "l1", "l1_median", "l2", "l2_median", "dagar", "F1"))


def utfall(fran: datetime.date, till: datetime.date, insatser: list[str] | None = None) -> dict:
    """The internal outcome report of a period (both ends included) as format.md lays it out, ready for JSON.

    `insatser` are slugs to limit it to; None is all. ValueError, in Swedish, for a slug that is no individinriktad
    insats or a period that ends before it starts. At most five queries, however many rows there are.
    """
    period = Period(fran, till)
    valda = _valda(insatser)
    val = Installning.objects.varden(STANDARD, dag=till)
    fraga = {"fran": fran, "till": till, "valda": valda and list(valda.values()), **_parametrar(val)}
    rader = _per_grupp(UTFALL, fraga)
    slugar = sorted({slug for slug, _ in rader if slug} | set(valda or ()))
    rapport = {
        "rapport": "utfall",
        "version": VERSION,
        "period": [fran.isoformat(), till.isoformat()],
        "for": "intern",
        "insatser": slugar,
        "installningar": {"t": val["t"], "m": val["m"], "k": None, "fonster_dagar": val["fonster_dagar"]},
        "celler": _celler(rader, None),
        "per_insats": {slug: {"celler": _celler(rader, slug)} for slug in slugar},
        "anonyma": _anonyma(fran.year, fraga) if period.ar_kalenderar else None,
    }
    halvor = [_halva(fran.year, nr, fraga) for nr in (1, 2)] if period.ar_kalenderar else None
    return rapport | {"identiteter": kontrollera(rapport, halvor)}


def _valda(insatser):
    if insatser is None:
        return None
    finns = dict(Insats.objects.individinriktade().filter(slug__in=insatser).values_list("slug", "pk"))
    if saknas := sorted(set(insatser) - finns.keys()):
        raise ValueError(f"Det finns ingen individinriktad insats med adressen {', '.join(saknas)}.")
    return finns


def _parametrar(val):
    return {"t": int(val["t"]), "m": int(val["m"]), "fonster": int(val["fonster_dagar"])}


def _per_grupp(sats, fraga):
    """{(slug or None, kon or "T"): {column: value}}"""
    with connection.cursor() as c:
        c.execute(sats, fraga)
        kolumner = [kolumn.name for kolumn in c.description]
        rader = [dict(zip(kolumner, rad, strict=True)) for rad in c.fetchall()]
    return {(None if rad["alla"] else rad["slug"], "T" if rad["bada_kon"] else rad["kon"]): rad for rad in rader}


def _celler(rader, slug):
    delar = {kon: _delens(rader.get((slug, kon), TOM_RAD)) for kon in DELAR}
    return {cell: {kon: delar[kon][cell] for kon in DELAR} for cell in delar["T"]}


def _delens(rad):
    """All cells of one part of one table, from the counts and sums of its row."""
    celler = {cell: rad[cell] for cell in (*ANTAL, *PERSONER)}
    p7, s1 = rad["P7"], rad["S1"]
    celler["X5"] = avrunda(andel(rad["P4"], rad["P1"]), 4)
    celler["H8"] = avrunda(andel(rad["H1"], p7), 4)
    celler["T1"] = {
        "par": rad["timpar"],
        "start_medel": avrunda(medel(rad["tim1"], rad["timpar"]), 2),
        "slut_medel": avrunda(medel(rad["tim2"], rad["timpar"]), 2),
        "median_andring": avrunda(_exakt(rad["tim_median"], 100), 2),
    }
    celler["F1"] = dict(sorted(json.loads(rad["F1"] or "{}").items()))
    celler["F3"] = {
        "par": rad["forspar"],
        "start": avrunda(andel(rad["egen1"], rad["forspar"]), 4),
        "slut": avrunda(andel(rad["egen2"], rad["forspar"]), 4),
        "nya": avrunda(andel(rad["egen_ny"], rad["egen2"]), 4),
    }
    intervall = wilson(rad["S2"], s1)
    celler["S3"] = {
        "andel": avrunda(andel(rad["S2"], s1), 4),
        "ki": intervall and [avrunda(grans, 4) for grans in intervall],
        "omdome": omdome(rad["S2"], s1),
        "andel_t_minus_1": avrunda(andel(rad["s2_under"], s1), 4),
        "andel_t_plus_1": avrunda(andel(rad["s2_over"], s1), 4),
        "svarsandel": avrunda(andel(s1, p7), 4),
    }
    for cell, antal in (("L1", rad["P4"]), ("L2", rad["P5"])):
        namn = cell.lower()
        celler[cell] = {
            "medel": avrunda(medel(rad[namn], antal), 2),
            "median": avrunda(_exakt(rad[f"{namn}_median"]), 2),
        }
    celler["V1"] = avrunda(Fraction(rad["dagar"] or 0, 7), 2)
    return celler


def _exakt(median, delat_med=1):
    """A median of whole numbers ends in .0 or .5, so the float that Postgres gives is exact."""
    return None if median is None else Fraction(Decimal(median)) / delat_med


def _halva(ar, nr, fraga):
    """P1-P5 of one half-year, laid out as a report, for identity 9; it is not shown (beslut.md 28)."""
    halva = halvar(ar, nr)
    tabeller = {None: {}}
    for (slug, kon), rad in _per_grupp(HALVA, fraga | {"fran": halva.fran, "till": halva.till}).items():
        tabeller.setdefault(slug, {})[kon] = rad
    celler = {
        slug: {cell: {kon: delar[kon][cell] if kon in delar else 0 for kon in DELAR} for cell in HALVORNAS}
        for slug, delar in tabeller.items()
    }
    return {"celler": celler.pop(None), "per_insats": {slug: {"celler": rad} for slug, rad in celler.items()}}


def _anonyma(ar, fraga):
    """Anonymous participants by sex: by start year, never in anything else (7.3)."""
    with connection.cursor() as c:
        c.execute(ANONYMA, fraga | {"ar": ar})
        antal = dict(c.fetchall())
    return {"T": sum(antal.values())} | {kon: antal.get(kon, 0) for kon in KON}
