"""The floor of the outcome report: one statement written by hand for the same cells, as fast as we can write it."""

UTFALL = """
with rader as (
    select d.insats_id, p.kon, d.deltagare_id, d.start, d.slut,
           d.start < %(fran)s as tidigare, coalesce(d.slut <= %(till)s, false) as avslutad,
           o.grupp, o.kod, o.till_arbete_mm,
           ls.timmar as tim1, le.timmar as tim2, ls.forsorjning as fors1, le.forsorjning as fors2,
           abs(ls.datum - d.start) <= 30 and abs(le.datum - d.slut) <= 30 as lage_inom,
           ss.halsa as halsa1, se.halsa as halsa2, se.bemotande,
           abs(ss.datum - d.start) <= 30 as start_inom, abs(se.datum - d.slut) <= 30 as slut_inom
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
), bas as (
    select *, avslutad and grupp is distinct from 'neutralt' as p7,
           halsa1 between 1 and 10 and halsa2 between 1 and 10 as bada,
           exists (select 1 from uppfoljning_deltagande t join insatser_insats ti on ti.id = t.insats_id
                   where t.deltagare_id = rader.deltagare_id and t.start < %(fran)s
                     and not t.anonym and not t.felregistrerad and ti.inriktning = 'individ') as hade_historik,
           not tidigare and exists (select 1 from uppfoljning_deltagande t
                   where t.deltagare_id = rader.deltagare_id and t.insats_id = rader.insats_id and t.slut < rader.start
                     and not t.anonym and not t.felregistrerad) as ater
    from rader
)
select insats_id, kon,
    count(*), count(*) filter (where tidigare), count(*) filter (where not tidigare), count(*) filter (where avslutad),
    count(*) filter (where avslutad and grupp = 'neutralt'), count(*) filter (where p7),
    count(distinct deltagare_id), count(distinct deltagare_id) filter (where not avslutad),
    count(distinct deltagare_id) filter (where not hade_historik), count(distinct deltagare_id) filter (where ater),
    count(*) filter (where p7 and grupp = 'positivt'), count(*) filter (where p7 and till_arbete_mm),
    count(*) filter (where p7 and kod = 'forsamrad_halsa'), count(*) filter (where p7 and grupp is null),
    count(*) filter (where p7 and bada and start_inom and slut_inom),
    count(*) filter (where p7 and bada and start_inom and slut_inom and halsa2 - halsa1 >= 1),
    count(*) filter (where p7 and bada and start_inom and slut_inom and halsa2 - halsa1 <= -1),
    count(*) filter (where p7 and (halsa1 = 0 or halsa2 = 0)),
    count(*) filter (where p7 and bada and not (start_inom and slut_inom)),
    count(*) filter (where p7 and lage_inom and tim1 is not null and tim2 is not null),
    sum(tim1) filter (where p7 and lage_inom and tim2 is not null),
    sum(tim2) filter (where p7 and lage_inom and tim1 is not null),
    percentile_cont(0.5) within group (order by tim2 - tim1) filter (where p7 and lage_inom),
    count(*) filter (where p7 and bemotande >= 1 and slut_inom),
    count(*) filter (where p7 and bemotande >= 7 and slut_inom),
    sum(slut - start) filter (where avslutad),
    percentile_cont(0.5) within group (order by slut - start) filter (where avslutad),
    sum(%(till)s + 1 - start) filter (where not avslutad),
    percentile_cont(0.5) within group (order by %(till)s + 1 - start) filter (where not avslutad),
    sum(least(slut, %(till)s) - greatest(start, %(fran)s) + 1),
    array_agg(coalesce(nullif(fors1, ''), '-') || '>' || coalesce(nullif(fors2, ''), '-')) filter (where p7)
from bas
group by grouping sets ((insats_id, kon), (insats_id), (kon), ())
"""
