"""How good the figures' raw data are (rapportdefinitioner.md 7.5), for the internal report only.

Per element three kinds of missing that are never one: refused (*vill ej svara*), not collected, and contradiction; a
stay is in the first that fits, in this order. Then how fast things were typed in, and what to look at. Everything is
counted over the deltaganden of the period (P1), but as the data are today, since that is what can be mended.
"""

from django.db import connection

from samordning.karna.kalender import Period, idag
from uppfoljning.statistik import andel, avrunda

SKATTNING_INOM = 14  # days after the exit until its half should be there
START_INOM = 60  # days from an accepted remiss to a start
TYST = 90  # days without any event of an open stay

# id: (those it applies to, refused, not collected, contradiction), as conditions on a row; None where it cannot be.
UPPGIFTER = {
    "avslutsorsak": ("avslutad", None, "orsak is null", "not orsak_giltig"),
    "kon": ("true", None, "kon = 'O'", None),
    "alder": ("true", None, "fodelsear is null", "alder not between 15 and 99"),
    "skattning_start": ("true", "halsa1 = 0", "halsa1 is null", "tidigast1 > slut or oordning"),
    "skattning_slut": ("avslutad", "halsa2 = 0", "halsa2 is null", "senast2 < start or oordning"),
    "forsorjning_start": ("true", "fors1 = 'VES'", "fors1 = ''", "over1"),
    "forsorjning_slut": ("avslutad", "fors2 = 'VES'", "fors2 = ''", "over2"),
    "timmar_start": ("true", None, "tim1 is null", None),
    "timmar_slut": ("avslutad", None, "tim2 is null", None),
    "remittent": ("not skyddad", None, "remittentslag = ''", None),
    "kommun": ("not skyddad", None, "kommun = ''", None),
}
SLAG = ("ves", "saknas", "motsagelse")

# (id, first day, last day) of a class of days from the event until it was typed
KLASSER = (("0", -9999, 0), ("1-3", 1, 3), ("4-6", 4, 6), ("7-10", 7, 10), ("11+", 11, 999999))
TIDER = {"start": ("ny", "dagar1"), "slut": ("avslutad", "dagar2")}

VARNINGAR = {
    "svar_utan_datum": "(tidigast1 is null and (halsa1 is not null or bem1 is not null))"
    " or (tidigast2 is null and (halsa2 is not null or bem2 is not null))"
    " or (lage1_datum is null and (tim1 is not null or fors1 <> ''))"
    " or (lage2_datum is null and (tim2 is not null or fors2 <> ''))",
    "skattning_utanfor": "oordning or tidigast1 > slut or senast1 < start or senast2 < start or tidigast2 > slut",
    "over_langsta_tid": "slut is null and %(dag)s - start > 7 * max_veckor",
    "utan_slutskattning": "avslutad and halsa2 is null and bem2 is null and slut + %(skattning_inom)s < %(dag)s",
    "tyst": "slut is null and senast_hant + %(tyst)s < %(dag)s",
}

RADER = """
with rader as materialized (
    select i.slug, i.namn, i.max_veckor, d.id, d.start, d.slut, d.skyddad, d.kommun, d.remittentslag,
        d.importkorning_id is not null as importerad,
        d.start >= %(fran)s as ny, coalesce(d.slut <= %(till)s, false) as avslutad,
        p.kon, p.fodelsear, o.kod as orsak,
        (o.giltig_fran is null or o.giltig_fran <= d.slut) and (o.giltig_till is null or d.slut <= o.giltig_till)
            as orsak_giltig,
        ls.id as lage1, ls.datum as lage1_datum, ls.timmar as tim1, coalesce(ls.forsorjning, '') as fors1,
        le.id as lage2, le.datum as lage2_datum, le.timmar as tim2, coalesce(le.forsorjning, '') as fors2,
        ss.halsa as halsa1, ss.bemotande as bem1, coalesce(ss.datum, ss.vecka) as tidigast1,
        coalesce(ss.datum, ss.vecka + 6) as senast1,
        se.halsa as halsa2, se.bemotande as bem2, coalesce(se.datum, se.vecka) as tidigast2,
        coalesce(se.datum, se.vecka + 6) as senast2
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
),
handelser as (
    select r.id,
        (min(h.tid) filter (where h.namn = 'startad') at time zone 'Europe/Stockholm')::date as startad,
        (max(h.tid) filter (where h.namn in ('avslutad', 'avslut_andrat')) at time zone 'Europe/Stockholm')::date
            as avslutad,
        (max(h.tid) at time zone 'Europe/Stockholm')::date as senast
    from rader r
    join karna_handelse h on h.objekt_typ = 'uppfoljning.deltagande' and h.objekt_id = r.id::text
    group by r.id
),
over_hundra as (
    select a.lage_id from uppfoljning_forsorjningsandel a
    where a.lage_id in (select lage1 from rader union all select lage2 from rader)
    group by a.lage_id having sum(a.procent) > 100
),
matt as (
    select r.*, h.startad - r.start as dagar1, h.avslutad - r.slut as dagar2,
        extract(year from r.start) - r.fodelsear as alder, coalesce(r.tidigast1 > r.senast2, false) as oordning,
        r.lage1 in (select lage_id from over_hundra) as over1, r.lage2 in (select lage_id from over_hundra) as over2,
        greatest(h.senast, r.start, r.lage1_datum, r.lage2_datum, r.senast1, r.senast2) as senast_hant
    from rader r left join handelser h using (id)
)
select slug, max(namn) as namn, {kolumner} from matt group by grouping sets ((slug), ())
"""

# Accepted in the period, and still waiting for a first day.
REMISSER = """
select i.slug, max(i.namn) as namn, count(*) as antal
from remisser_remiss r join insatser_insats i on i.id = r.insats_id
where r.lage in ('accepterad') and i.inriktning = 'individ'
    and (r.besvarad at time zone 'Europe/Stockholm')::date between %(fran)s and %(till)s
    and (r.besvarad at time zone 'Europe/Stockholm')::date + %(start_inom)s < %(dag)s
    and not exists (select 1 from uppfoljning_deltagande d where d.remiss_id = r.id)
group by grouping sets ((i.slug), ())
"""


def datakvalitet(period: Period) -> dict:
    """Counts as of today, for the association and per insats (slug). Two queries.

    {"dag", "period", "namn": {slug: name}, "uppgifter": [{"id", "galler", "ves", "saknas", "motsagelse", "totalt",
    "andel", "per_insats"}], "tider": [{"id", "per_klass": {class: count}, "import", "okant"}], "varningar": [{"id",
    "antal", "per_insats"}]}.
    A kind of missing that the element cannot have is null. `import` came from a file, whose day says nothing of when
    the rows were typed; `okant` has no record of when.
    """
    fraga = {
        "fran": period.fran, "till": period.till, "dag": idag(), "skattning_inom": SKATTNING_INOM, "tyst": TYST,
        "start_inom": START_INOM,
    }  # fmt: skip
    rader = _per_insats(RADER.format(kolumner=",\n    ".join(_kolumner())), fraga)
    remisser = _per_insats(REMISSER, fraga)
    alla = rader.pop(None)
    namn = {slug: rad["namn"] for slug, rad in (remisser | rader).items() if slug}
    vantar = {slug: rad["antal"] for slug, rad in remisser.items()}
    return {
        "dag": idag().isoformat(),
        "period": [period.fran.isoformat(), period.till.isoformat()],
        "namn": namn,
        "uppgifter": [
            _uppgift(namn, alla) | {"per_insats": {slug: _uppgift(namn, rad) for slug, rad in rader.items()}}
            for namn in UPPGIFTER
        ],
        "tider": [
            {
                "id": namn,
                "per_klass": {klass: alla[f"{namn}_{klass}"] for klass, _, _ in KLASSER},
                "import": alla[f"{namn}_import"],
                "okant": alla[f"{namn}_okant"],
            }
            for namn in TIDER
        ],
        "varningar": [
            {"id": namn, "antal": alla[namn], "per_insats": {s: rad[namn] for s, rad in rader.items() if rad[namn]}}
            for namn in VARNINGAR
        ]
        + [{"id": "remiss_utan_start", "antal": vantar.pop(None, 0), "per_insats": vantar}],
    }


def _kolumner():
    for namn, (galler, *villkor) in UPPGIFTER.items():
        yield f'count(*) filter (where {galler}) as "{namn}_galler"'
        tidigare = ""
        for slag, ett in zip(SLAG, villkor, strict=True):
            if ett:
                yield f'count(*) filter (where {galler} and ({ett}){tidigare}) as "{namn}_{slag}"'
                tidigare += f" and ({ett}) is not true"
    for namn, (galler, dagar) in TIDER.items():
        yield f'count(*) filter (where {galler} and importerad) as "{namn}_import"'
        yield f'count(*) filter (where {galler} and not importerad and {dagar} is null) as "{namn}_okant"'
        for klass, lag, hog in KLASSER:
            villkor = f"{galler} and not importerad and {dagar} between {lag} and {hog}"
            yield f'count(*) filter (where {villkor}) as "{namn}_{klass}"'
    for namn, villkor in VARNINGAR.items():
        yield f'count(*) filter (where {villkor}) as "{namn}"'


def _per_insats(sats, fraga):
    """{slug, or None for all: {column: value}}"""
    with connection.cursor() as c:
        c.execute(sats, fraga)
        kolumner = [kolumn.name for kolumn in c.description]
        rader = [dict(zip(kolumner, rad, strict=True)) for rad in c.fetchall()]
    return {rad["slug"]: rad for rad in sorted(rader, key=lambda rad: rad["slug"] or "")}


def _uppgift(namn, rad):
    antal = {slag: rad.get(f"{namn}_{slag}") for slag in SLAG}
    totalt = sum(filter(None, antal.values()))
    galler = rad[f"{namn}_galler"]
    return {"id": namn, "galler": galler, **antal, "totalt": totalt, "andel": avrunda(andel(totalt, galler), 4)}
