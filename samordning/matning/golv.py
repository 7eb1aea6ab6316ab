"""The floor of the outcome report: one statement written by hand for the same cells, as fast as we can write it.

It knows the shipped settings only and that the measured rows have dates, so it may leave out what they never need.
Its columns have the cells' names, so that the measurement can see that both count the same.
"""

UTFALL = """
with rader as (
    select d.insats_id, p.kon, d.deltagare_id, d.start, d.slut,
           d.start < %(fran)s as tidigare, coalesce(d.slut <= %(till)s, false) as avslutad,
           o.grupp, o.kod, o.till_arbete_mm,
           ls.timmar as tim1, le.timmar as tim2, ls.forsorjning as fors1, le.forsorjning as fors2,
           abs(ls.datum - d.start) <= 30 and abs(le.datum - d.slut) <= 30 as lage_inom,
           ss.halsa as halsa1, se.halsa as halsa2, se.bemotande,
           coalesce(abs(ss.datum - d.start) <= 30, false) as start_inom,
           coalesce(abs(se.datum - d.slut) <= 30, false) as slut_inom
    from uppfoljning_deltagande d
    join insatser_insats i on i.id = d.insats_id and i.inriktning = 'individ'
    join remisser_deltagare p on p.id = d.deltagare_id
    left join uppfoljning_avslutsorsak o on o.id = d.avslutsorsak_id
    left join uppfoljning_lage ls on ls.deltagande_id = d.id and ls.tillfalle = 'start'
    left join uppfoljning_lage le on le.deltagande_id = d.id and le.tillfalle = 'slut'
    left join uppfoljning_parnyckel n on n.deltagande_id = d.id
    left join uppfoljning_skattning ss on ss.parnyckel = n.nyckel and ss.tillfalle = 'start' and ss.galler
    left join uppfoljning_skattning se on se.parnyckel = n.nyckel and se.tillfalle = 'slut' and se.galler
    where d.slut_eller_aldrig >= %(fran)s and d.start <= %(till)s and not d.anonym and not d.felregistrerad
), bas as materialized (
    select *, avslutad and grupp is distinct from 'neutralt' as p7,
           halsa1 between 1 and 10 and halsa2 between 1 and 10 as bada,
           halsa1 between 1 and 10 and halsa2 between 1 and 10 and start_inom and slut_inom as par,
           (halsa1 = 0 or halsa2 = 0) is true as ves, halsa2 - halsa1 as andring,
           fors1 not in ('', 'VES') and fors2 not in ('', 'VES') as forspar,
           exists (select 1 from uppfoljning_deltagande t join insatser_insats ti on ti.id = t.insats_id
                   where t.deltagare_id = rader.deltagare_id and t.start < %(fran)s
                     and not t.anonym and not t.felregistrerad and ti.inriktning = 'individ') as hade_historik,
           not tidigare and exists (select 1 from uppfoljning_deltagande t
                   where t.deltagare_id = rader.deltagare_id and t.insats_id = rader.insats_id and t.slut < rader.start
                     and not t.anonym and not t.felregistrerad) as ater
    from rader
), flera as (
    select kon, count(*) as antal from (
        select deltagare_id, min(kon) as kon from bas group by deltagare_id having count(distinct insats_id) > 1
    ) f group by rollup (kon)
), matris as (
    select insats_id, kon, jsonb_object_agg(par, antal) as f1
    from (
        select insats_id, kon, count(*) as antal,
               coalesce(nullif(fors1, ''), 'saknas') || '>' || coalesce(nullif(fors2, ''), 'saknas') as par
        from bas where p7
        group by grouping sets ((insats_id, kon, fors1, fors2), (insats_id, fors1, fors2), (kon, fors1, fors2),
                                (fors1, fors2))
    ) m group by insats_id, kon
), tal as (
    select insats_id, kon,
        count(*) as "P1", count(*) filter (where tidigare) as "P2", count(*) filter (where not tidigare) as "P3",
        count(*) filter (where avslutad) as "P4", count(*) filter (where not avslutad) as "P5",
        count(*) filter (where avslutad and grupp = 'neutralt') as "P6", count(*) filter (where p7) as "P7",
        count(distinct deltagare_id) as "U1", count(distinct deltagare_id) filter (where not avslutad) as "U2",
        count(distinct deltagare_id) filter (where not hade_historik) as "U4",
        count(distinct deltagare_id) filter (where ater) as "U5",
        count(*) filter (where p7 and grupp = 'positivt') as "X1",
        count(*) filter (where p7 and till_arbete_mm) as "X2",
        count(*) filter (where p7 and kod = 'forsamrad_halsa') as "X3",
        count(*) filter (where p7 and grupp is null) as "X4",
        count(*) filter (where p7 and par) as "H1",
        count(*) filter (where p7 and par and andring >= 1) as "H2",
        count(*) filter (where p7 and par and andring = 0) as "H3",
        count(*) filter (where p7 and par and andring <= -1) as "H4",
        count(*) filter (where p7 and ves) as "H5",
        count(*) filter (where p7 and not ves and (halsa1 is null or halsa2 is null)) as "H6",
        count(*) filter (where p7 and bada and not (start_inom and slut_inom)) as "H7",
        count(*) filter (where p7 and par and andring >= 2) as "H2_m2",
        count(*) filter (where p7 and par and andring between -1 and 1) as "H3_m2",
        count(*) filter (where p7 and par and andring <= -2) as "H4_m2",
        count(*) filter (where p7 and bemotande >= 1 and slut_inom) as "S1",
        count(*) filter (where p7 and bemotande >= 7 and slut_inom) as "S2",
        count(*) filter (where p7 and bemotande >= 6 and slut_inom) as s2_under,
        count(*) filter (where p7 and bemotande >= 8 and slut_inom) as s2_over,
        count(*) filter (where p7 and lage_inom and tim1 is not null and tim2 is not null) as timpar,
        sum(tim1) filter (where p7 and lage_inom and tim2 is not null) as tim1,
        sum(tim2) filter (where p7 and lage_inom and tim1 is not null) as tim2,
        percentile_cont(0.5) within group (order by tim2 - tim1) filter (where p7 and lage_inom) as tim_median,
        count(*) filter (where p7 and forspar) as forspar,
        count(*) filter (where p7 and forspar and fors1 in ('LON', 'STUD')) as egen1,
        count(*) filter (where p7 and forspar and fors2 in ('LON', 'STUD')) as egen2,
        count(*) filter (where p7 and forspar and fors2 in ('LON', 'STUD') and fors1 not in ('LON', 'STUD')) as egen_ny,
        sum(slut - start) filter (where avslutad) as l1,
        percentile_cont(0.5) within group (order by slut - start) filter (where avslutad) as l1_median,
        sum(%(till)s + 1 - start) filter (where not avslutad) as l2,
        percentile_cont(0.5) within group (order by %(till)s + 1 - start) filter (where not avslutad) as l2_median,
        sum(least(slut, %(till)s) - greatest(start, %(fran)s) + 1) as dagar
    from bas
    group by grouping sets ((insats_id, kon), (insats_id), (kon), ())
)
select i.slug, tal.*, case when tal.insats_id is null then coalesce(flera.antal, 0) else 0 end as "U6", matris.f1
from tal
left join insatser_insats i on i.id = tal.insats_id
left join flera on flera.kon is not distinct from tal.kon
left join matris on matris.insats_id is not distinct from tal.insats_id and matris.kon is not distinct from tal.kon
"""
