"""Many rows fast, written inside Postgres. Only for measuring: they say nothing about anybody."""

import datetime

from django.db import connection

from insatser.models import Insats
from samordning.karna.models import Part

FRAN, TILL = datetime.date(2024, 1, 1), datetime.date(2024, 6, 30)
KOD = "2024H1"  # the same half-year
LANGD = 120  # mean days of a stay
INSATSER = 10

DELTAGANDEN = """
insert into remisser_deltagare (uuid, kon, fodelsear, skyddad)
select gen_random_uuid(), (array['K', 'K', 'K', 'M', 'M', 'O'])[1 + i %% 6], 1960 + i %% 45, false
from generate_series(1, %(personer)s) i;

insert into uppfoljning_deltagande (uuid, deltagare_id, insats_id, start, slut, avslutsorsak_id, felregistrerad, anonym,
    anonym_kon, skyddad, kommun, remittentslag, kalla, externt_id)
select gen_random_uuid(), p.id, b.insats, b.start, b.slut, case when b.slut is null or i %% 20 = 0 then null else
    o.orsaker[1 + i %% array_length(o.orsaker, 1)] end, false, false, '', false, '', '', 'bench', i::text
from generate_series(1, %(antal)s) i
join (select id, row_number() over (order by id) as nr from remisser_deltagare) p
    on p.nr = 1 + (i - 1) %% %(personer)s
cross join (select array_agg(id order by kod) as orsaker from uppfoljning_avslutsorsak where grupp <> 'fel') o
cross join lateral (
    select %(insatser)s::bigint[] as alla, %(till)s::date - ((i * 7919::bigint) %% %(dagar)s)::int as start
) a
cross join lateral (
    select a.start, a.alla[1 + (i + i / (%(personer)s + 1)) %% array_length(a.alla, 1)] as insats,
    case when a.start + 30 + i %% (2 * %(langd)s - 60) > %(till)s::date and i %% 3 > 0 then null
         else a.start + 30 + i %% (2 * %(langd)s - 60) end as slut
) b;

insert into uppfoljning_lage (deltagande_id, tillfalle, datum, timmar, forsorjning)
select d.id, t.t, case when t.t = 'start' then d.start else d.slut end, (d.id * 13 %% 41), k.k[1 + (d.id * 7 %% 6)]
from uppfoljning_deltagande d, unnest(array['start', 'slut']) t(t),
    (select array['FK', 'FORS', 'AF', 'LON', 'STUD', 'AKASSA'] as k) k
where t.t = 'start' or d.slut is not null;

insert into uppfoljning_parnyckel (deltagande_id, nyckel) select id, gen_random_uuid() from uppfoljning_deltagande;

insert into uppfoljning_skattning (id, parnyckel, tillfalle, formular_id, datum, galler, halsa, bemotande)
select gen_random_uuid(), n.nyckel, t.t, f.id, case when t.t = 'start' then d.start else d.slut + (d.id %% 40)::int end,
    true, (d.id * 17 %% 11), case when t.t = 'slut' then 1 + d.id * 5 %% 10 end
from uppfoljning_deltagande d join uppfoljning_parnyckel n on n.deltagande_id = d.id,
    unnest(array['start', 'slut']) t(t), (select min(id) as id from uppfoljning_formular) f
where t.t = 'start' or d.slut is not null;
"""


ARENDEN = """
insert into insatser_ansokan (version, slag, rubrik, optioner, behov, malgrupp, mal, genomforande, samverkan,
    uppfoljning, implementering, budgettext, resultat, framat, fraga, lage, skapad)
select 1, 'forberedande', 'Insats ' || i, 2, '', '', '', '', '', '', '', '', '', '', '', 'utkast', now()
from generate_series(1, %(antal)s) i;

insert into moten_arende (ar, lopnummer, slag, rubrik, inkom, objekt_typ, objekt_id, lage, beredd, andrad)
select 2000 + a.nr %% 26, a.nr, 'ansokan', a.rubrik, make_date((2000 + a.nr %% 26)::int, 3, 1), 'insatser.ansokan',
    a.id, (array['inkommen', 'beredning', 'styrelse', 'beviljad', 'avslagen', 'avslutad'])[1 + a.nr %% 6], now(), now()
from (select id, rubrik, row_number() over (order by id) as nr from insatser_ansokan) a;

insert into moten_arende_parter (arende_id, part_id) select id, %(part)s from moten_arende;

update insatser_ansokan a set lage = 'inskickad', arende_id = r.id from moten_arende r where r.objekt_id = a.id;
"""
# The life of one case: rounds of opinions that were closed, papers, versions, decisions.
HISTORIK = """
insert into moten_organ (namn, slag) values ('Styrelsen', 'styrelse') on conflict do nothing;

insert into moten_yttranderunda (arende_id, oppnad, senast, fraga, lage, sammanfattning)
select %(arende)s, now() - make_interval(days => i), current_date - i, '', 'stangd', 'Gruppen står bakom.'
from generate_series(1, %(antal)s) i;

insert into insatser_ansokansversion (ansokan_id, nr, innehall, skickad)
select a.id, i, '{"behov": "Så här ser det ut."}', now() - make_interval(days => i)
from insatser_ansokan a, generate_series(1, %(antal)s) i where a.arende_id = %(arende)s;

insert into moten_handling (arende_id, rubrik, datum, krets, text, makulerad, skapad)
select %(arende)s, 'Anteckning ' || i, current_date - i, 'alla', 'Text.', '', now()
from generate_series(1, %(antal)s) i;

insert into moten_beslut (version, arende_id, organ_id, datum, paragraf, utfall, motivering, skapad)
select 1, %(arende)s, o.id, current_date - i, '§ ' || i, 'aterremiss', 'Mer underlag behövs.', now()
from moten_organ o, generate_series(1, %(antal)s) i;
"""


def tom():
    """Remove everything that an earlier measurement made."""
    with connection.cursor() as c:
        c.execute("truncate remisser_deltagare, uppfoljning_skattning, insatser_insats, karna_anvandare, moten_arende, "
                  "moten_organ, ekonomi_verksamhetsar, ekonomi_arshjul cascade")  # fmt: skip


def insatser(antal):
    """Individual, published insatser; returns their primary keys."""
    forbund = Part.objects.forbund()
    Insats.objects.bulk_create(
        [
            Insats(namn=f"Insats {nr:05}", slug=f"insats-{nr:05}", agare=forbund, orter=["Mariestad"], publicerad=True,
                   sammanfattning="Odling och kartläggning i lugn takt.", lediga_platser=nr % 9)
            for nr in range(antal)
        ]
    )  # fmt: skip
    return list(Insats.objects.order_by("pk").values_list("pk", flat=True))


def deltaganden(antal, dagar):
    """`antal` stays whose starts are spread over `dagar` days before the end of the measured half-year."""
    varden = {
        "antal": antal, "personer": antal * 8 // 10, "insatser": insatser(INSATSER), "dagar": dagar, "langd": LANGD,
        "till": TILL,
    }  # fmt: skip
    kor(DELTAGANDEN, varden)


def arenden(antal):
    """Cases with an application each, spread over 26 years."""
    kor(ARENDEN, {"antal": antal, "part": Part.objects.forbund().pk})


def historik(arende, antal):
    """`antal` rounds, versions, papers and decisions of one case."""
    kor(HISTORIK, {"arende": arende, "antal": antal})


def kor(satser, varden):
    with connection.cursor() as c:
        for sats in satser.split(";\n"):
            if sats.strip():
                c.execute(sats, varden)
        c.execute("analyze")
