"""Groups, implementation, NCK's course, the KUR events and the nominations of the demo. People are invented."""

import datetime

from insatser.models import Anmalan, Implementering, Insatsgrupp, Medarbetare, Nominering, Tillfalle
from samordning.demo.parter import epost

# insats, name, for whom, begins in so many days, lasts so many weeks, places, free, confirmed so many days ago
GRUPPER = (
    ("mofalla-lantgard", "Språkgruppen i Mariestad", "För dig i Mariestad som behöver stöd i svenska och mår bättre av "
     "att vara ute.", 26, 16, 8, 5, 3),
    ("rorsas-lantliv", "Lantlivsgruppen", "Lugn start två halvdagar i veckan.", 52, 12, 6, 2, 41),
)  # fmt: skip

# insats, [(days before today, state, who, text)]
IMPLEMENTERING = (
    ("maria-nova", (
        (420, "planerad", "Enhetschefen på arbetsmarknadsenheten", "En plan är skriven: metoden ska användas av alla "
         "konsulenter, inte bara av dem som startade."),
        (96, "pagar", "Enhetschefen på arbetsmarknadsenheten", "Fem av sju konsulenter är utbildade. Rutinen för "
         "kartläggning är en del av det ordinarie arbetet."),
    )),
    ("mofalla-lantgard", ((60, "planerad", "Arbetsmarknadschefen", "Frågan om ordinarie drift tas upp i budgeten."),)),
    ("upprop-for-ett-friskare-norra-skaraborg", (
        (700, "pagar", "Försäkringskassan", "Arbetsgruppen med rehabkoordinatorer träffas varje månad."),
        (210, "genomford", "Försäkringskassan och vårdcentralerna", "Rutinerna kring intyg är vårdcentralernas egna."),
    )),
)  # fmt: skip

# Of the accounts that are listed in an insats: who has gone the course, so many days ago.
NCK = {"Frida Ljung": 610}

KUR = "kur-kompetensutveckling-psykisk-halsa"
FORNAMN = ("Agneta", "Bengt", "Carina", "Daniel", "Elin", "Fredrik", "Gunilla", "Hassan", "Inger", "Jonas", "Kristina",
           "Lars", "Malin", "Niklas", "Pernilla", "Samira")  # fmt: skip
EFTERNAMN = ("Almgren", "Bergström", "Dahlin", "Engdahl", "Forslund", "Gustavsson", "Hedman", "Isaksson")
ARBETSPLATSER = ("Försäkringskassan Mariestad", "Arbetsförmedlingen Mariestad", "Vårdcentralen Mariestad",
                 "Arbetsmarknadsenheten Mariestad", "Socialtjänsten Mariestad", "AMU Töreboda",
                 "Arbetsmarknadsenheten Gullspång")  # fmt: skip
PLATSER, VAR_DAR, KOM_INTE, KOMMER = 40, 27, 5, 17

# years before this one, employer, why, party, chosen
NOMINERINGAR = (
    (0, "Lugnås Trädgård", "Delade upp en tjänst så att arbetsuppgifterna kunde växa i takt med orken. Handledaren tog "
     "sig tid varje dag.", "Mariestads kommun", True),
    (0, "Töreboda Bageri och Kafé", "Öppnade för arbetsträning på eftermiddagarna, när det är lugnt, och anställde "
     "efter ett halvår.", "Töreboda kommun", False),
    (0, "Gullspångs Mekaniska", "Har tagit emot praktikanter i tre år och bytt ut tunga moment vid två maskiner.",
     "Arbetsförmedlingen", False),
)  # fmt: skip


def skriv(insatser, par, konton, kansli, dag):
    """`insatser`: those of the catalogue; `par`: {name: Part}; `konton`: {name: account}; `kansli` writes it."""
    med_slug = {insats.slug: insats for insats in insatser}
    _grupper(med_slug, dag)
    for slug, rader in IMPLEMENTERING:
        for fore, status, ansvarig, text in rader:
            Implementering.objects.create(
                insats=med_slug[slug], status=status, datum=_fore(dag, fore), ansvarig=ansvarig, text=text, av=kansli
            )
    for namn, fore in NCK.items():
        Medarbetare.objects.filter(anvandare=konton[namn]).update(nck_kurs=_fore(dag, fore))
    _kur(med_slug[KUR], par, konton, dag)
    for ar_fore, arbetsgivare, varfor, part, vald in NOMINERINGAR:
        Nominering.objects.create(
            ar=dag.year - ar_fore, arbetsgivare=arbetsgivare, motivering=varfor, part=par[part], vald=vald, av=kansli
        )


def _fore(dag, antal):
    return dag - datetime.timedelta(antal)


def _grupper(med_slug, dag):
    for slug, namn, for_vem, om, veckor, platser, lediga, bekraftad in GRUPPER:
        start = _fore(dag, -om)
        Insatsgrupp.objects.create(
            insats=med_slug[slug], namn=namn, beskrivning=for_vem, start=start, platser=platser, lediga=lediga,
            slut=start + datetime.timedelta(weeks=veckor), bekraftad=_fore(dag, bekraftad), plats=str(med_slug[slug]),
        )  # fmt: skip


def _kur(insats, par, konton, dag):
    """One that has been, where 27 of the 40 places were used, and one to sign up for."""
    har_varit = Tillfalle.objects.create(
        insats=insats, rubrik="Psykisk hälsa i mötet med deltagaren", dag=_vardag(_fore(dag, 48)), tid="9.00–16.00",
        plats="Mariestad, stadshuset", platser=PLATSER,
        beskrivning="En heldag om bemötande vid utmattning, ångest och depression, med övningar i blandade grupper.",
    )  # fmt: skip
    kommer = Tillfalle.objects.create(
        insats=insats, rubrik="Våld i nära relation och ohälsa", dag=_vardag(_fore(dag, -33)), tid="13.00–16.30",
        plats="Töreboda, Kommunalhuset", platser=PLATSER, sista_anmalan=_fore(dag, -19),
        beskrivning="Hur våld visar sig i arbetet med sjukskrivna och arbetssökande, och vem man samverkar med.",
    )  # fmt: skip
    _anmalda(har_varit, par, [True] * VAR_DAR + [False] * KOM_INTE)
    _anmalda(kommer, par, [None] * KOMMER)
    Anmalan.objects.create(
        tillfalle=kommer, anvandare=konton["Fatima Haddad"], namn="Fatima Haddad", part=par["Vårdcentralen Mariestad"],
        epost=konton["Fatima Haddad"].epost,
    )  # fmt: skip


def _vardag(dag):
    """The day, or the Monday after a weekend."""
    return dag + datetime.timedelta(max(0, 8 - dag.isoweekday()) if dag.isoweekday() > 5 else 0)


def _anmalda(tillfalle, par, narvaro):
    rader = []
    for nr, var_dar in enumerate(narvaro):
        namn = f"{FORNAMN[nr % len(FORNAMN)]} {EFTERNAMN[(nr * 3 + nr // len(FORNAMN)) % len(EFTERNAMN)]}"
        arbetsplats = par[ARBETSPLATSER[nr % len(ARBETSPLATSER)]]
        rader.append(Anmalan(tillfalle=tillfalle, namn=namn, epost=epost(namn), part=arbetsplats, narvarade=var_dar))
    Anmalan.objects.bulk_create(rader)
