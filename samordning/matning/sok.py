"""Fifty thousand items with what came of each, and the search over them against one written by hand.

The floor asks for the same: how many rows of the two tables have the word, and the twenty best with the word marked.
It knows that the reader may see everything and that nobody chose anything.
"""

from django.db import connection

from samordning.karna import sok as karna_sok
from samordning.karna.models import Anvandare
from samordning.matning import data
from samordning.sidor.sok import Sokning

ANTAL = 50_000
PER_MOTE = 10
# What is looked for: (name of the row, text, what the floor looks for). The words of the rows are drawn so that the
# first ones are common and the last ones rare.
ORD = (
    ("vanligt", "samverkan", "samverkan"),
    ("ovanligt", "lappkast", "lappkast"),
    ("tva_ord", "rehabilitering unga", "rehabilitering & unga"),
)

PUNKTER = """
insert into moten_organ (namn, slag) values ('Styrelsen', 'styrelse') on conflict do nothing;

insert into moten_mote (version, organ_id, dag, plats, lage, avslutat)
select 1, o.id, date '1990-01-01' + i, '', 'avslutat', now()
from moten_organ o, generate_series(1, %(antal)s / %(per_mote)s) i where o.namn = 'Styrelsen';

insert into moten_punkt (version, mote_id, ordning, slag, rubrik, underlag, kalla, varfor, text, intern, status,
    hanvisad_till, avford, nummer_text, andrad)
select 1, m.id, i, 'vanlig', initcap(o.ord[1 + (m.nr * 7 + i) %% 40]) || ' ' || o.ord[1 + (m.nr + i * 13) %% 1000], '',
    'hand', '', (
        select string_agg(o.ord[1 + floor(power(abs(hashint8(m.nr * 1000 + i * 97 + k))::float / 2147483648, 3)
            * 1000)::int], ' ' order by k) from generate_series(1, 60) k
    ), '', 'behandlad', '', '', '', now()
from (select id, row_number() over (order by dag) as nr from moten_mote) m, generate_series(1, %(per_mote)s) i,
    (select %(ord)s::text[] as ord) o;

insert into moten_utfall (version, punkt_id, ordning, typ, text, arendeutfall, lage, uppfoljning)
select 1, p.id, 0, (array['beslut', 'atgard', 'medskick', 'information'])[1 + p.id %% 4], left(p.text, 160), '',
    'ej_startad', '' from moten_punkt p;
"""
GOLV = """
with q as (select to_tsquery('swedish', %(ord)s) as q), t as materialized (
    select 'p' as tabell, p.id, ts_rank(p.sokvektor, q.q) as rang from moten_punkt p, q where p.sokvektor @@ q.q
    union all
    select 'u', u.id, ts_rank(u.sokvektor, q.q) from moten_utfall u, q where u.sokvektor @@ q.q
), sida as (select * from t order by rang desc limit 20)
select (select count(*) from t), s.tabell, s.id, ts_headline('swedish', coalesce(p.text, u.text), q.q)
from sida s cross join q left join moten_punkt p on p.id = s.id and s.tabell = 'p'
    left join moten_utfall u on u.id = s.id and s.tabell = 'u'
"""
STAMMAR = (
    "arbete", "budget", "deltagare", "plan", "stöd", "mål", "grupp", "insats", "möte", "beslut", "ansökan", "rapport",
    "kommun", "region", "vård", "skola", "ungdom", "hälsa", "metod", "resurs", "ekonomi", "uppföljning", "utbildning",
    "kartläggning", "nätverk", "start", "slut", "behov", "samtal",
)  # fmt: skip
EFTERLED = (
    "form", "del", "tid", "krav", "läge", "väg", "dag", "sätt", "fråga", "bild", "punkt", "rum", "led", "grund",
    "kraft", "vilja", "takt",
)  # fmt: skip


def orden():
    """A thousand words, the common first; the ones that are looked for among them."""
    ord_ = ["samverkan", "rehabilitering", "unga", *STAMMAR]
    ord_ += [stam + led for led in EFTERLED for stam in STAMMAR]
    ord_ += [f"{stam}s{led}{nr}" for nr in range(20) for led in EFTERLED for stam in STAMMAR]
    return [*ord_[:999], "lappkast"]


def fyll():
    data.kor(PUNKTER, {"antal": ANTAL, "per_mote": PER_MOTE, "ord": orden()})


def rader(kansli):
    """[(name, what is measured, its floor)]; each gives how many hits there are, for the two to be compared."""
    user = Anvandare.objects.get(pk=kansli.pk)
    return [(f"sok_{namn}_{ANTAL}", _matt(user, text), _golv(ordet)) for namn, text, ordet in ORD]


def _matt(user, text):
    def matt():
        sokning = Sokning({"q": text}, user)
        svar = karna_sok.sok(sokning.kallor, sokning.fraga)
        list(svar.sida)
        return sum(svar.antal.values())

    return matt


def _golv(ordet):
    def golvet():
        with connection.cursor() as c:
            c.execute(GOLV, {"ord": ordet})
            svar = c.fetchall()
        return svar[0][0] if svar else 0

    return golvet
