"""An import's road: looked through by a job, saved by another with COPY, and undone while nothing stands on it."""

from collections import Counter
from decimal import Decimal

from django.db import connection, transaction
from django.urls import reverse

from ekonomi.bok_granskning import granska as granska_bok
from ekonomi.bok_granskning import hinder as hinder_for
from ekonomi.bok_jamfor import objektnycklar
from ekonomi.models import (
    Bokimport,
    Bokkonto,
    Bokkoppling,
    Bokobjekt,
    Boksaldo,
    Verifikation,
    Verifikationsrad,
    Verksamhetsar,
)
from ekonomi.sie.avstamning import ar_balans
from ekonomi.sie.las import las
from ekonomi.sie.typer import SieFel
from samordning.karna import filer, jobb
from samordning.karna.models import Importkorning

FLEST_SPARADE_VARNINGAR = 5000
STANGT = (
    "Året är avslutat. Skriv varför något ska läggas till i bokföringen, så sparas det som en rättelse med det skälet. "
    "Inget är sparat."
)
ANDRAT = (
    "Bokföringen har ändrats sedan filen granskades. Förhandsvisningen är gjord på nytt. Läs igenom den och spara "
    "igen. Inget är sparat."
)


class KanInteSparas(Exception):
    """Why not, in Swedish, and that nothing was saved."""


def ta_emot(innehall, namn, verksamhetsar, av=None):
    """The row of a file that has just come, with the file kept encrypted."""
    fil = filer.spara(innehall, namn, person=True, av=av)
    fil.godkann(av=av)
    return Bokimport.objects.create(verksamhetsar=verksamhetsar, fil=fil, av=av)


def gor_granskning(arbete):
    """The job of the look through. Run again it gives the same."""
    rad = Bokimport.objects.select_related("fil", "verksamhetsar").get(pk=arbete.parametrar["import"])
    jobb.framsteg(arbete, 10, "Läser filen")
    try:
        bok = las(filer.las(rad.fil))
    except SieFel as fel:
        with jobb.publicera(arbete) as klart:
            rad._overga("avvisa", av=arbete.bestalld_av, granskning={"hinder": [fel.text]})
            klart(_resultat(rad, "Filen gick inte att läsa in."))
        return
    jobb.framsteg(arbete, 60, "Jämför med det som finns")
    granskning, _ = granska_bok(bok, rad.verksamhetsar)
    with jobb.publicera(arbete) as klart:
        rad._overga("granska", av=arbete.bestalld_av, granskning=granskning)
        klart(_resultat(rad, "Filen är granskad. Inget är sparat än."))


def gor_sparande(arbete):
    """The job that saves. What the look through promised is what happens, or nothing does."""
    rad = Bokimport.objects.select_related("fil", "verksamhetsar").get(pk=arbete.parametrar["import"])
    if rad.lage == Bokimport.Lage.SPARAD:
        return _resultat(rad, "Bokföringen är sparad.")
    jobb.framsteg(arbete, 10, "Läser filen")
    bok = las(filer.las(rad.fil))
    jobb.framsteg(arbete, 40, "Sparar verifikationerna")
    try:
        with jobb.publicera(arbete) as klart:
            spara(rad, bok, av=arbete.bestalld_av)
            klart(_resultat(rad, "Bokföringen är sparad."))
    except KanInteSparas as fel:
        if str(fel) == ANDRAT:
            granskning, _ = granska_bok(bok, rad.verksamhetsar)
            Bokimport.objects.get(pk=rad.pk)._overga("granska", av=arbete.bestalld_av, granskning=granskning)
        raise jobb.Avslag(str(fel)) from None


def _resultat(rad, text):
    return {"lank": reverse("ekonomi:bok_detail", args=[rad.pk]), "text": text}


@transaction.atomic
def spara(rad, bok, *, av, skal=None):
    """Save what the import was looked through for. KanInteSparas in words; then nothing is saved.

    The year's row is locked: two imports wait for each other, and a year that is being closed for both.
    """
    ar = Verksamhetsar.objects.select_for_update(of=("self",)).get(pk=rad.verksamhetsar_id)
    rad = Bokimport.objects.select_for_update(of=("self",)).select_related("fil").get(pk=rad.pk)
    skal = rad.skal if skal is None else skal
    if fel := hinder_for(bok, ar):
        raise KanInteSparas(f"{fel[0]} Inget är sparat.")
    if ar.lage == Verksamhetsar.Lage.AVSLUTAT and not skal:
        raise KanInteSparas(STANGT)
    granskning, resultat = granska_bok(bok, ar)
    if rad.granskning and rad.granskning.get("nyckel") != granskning["nyckel"]:
        raise KanInteSparas(ANDRAT)
    rattade = resultat.andrade if skal else []
    antal = granskning["antal"] | {"rattade": len(rattade)}
    korning = Importkorning.objects.create(
        typ="sie", kalla=f"bokföring {ar}", filnamn=rad.fil.filnamn[:200], sha256=rad.fil.sha256,
        storlek=rad.fil.storlek, antal=antal, varningar=granskning["varningar"][:FLEST_SPARADE_VARNINGAR],
        anvandare=av,
    )  # fmt: skip
    rad._overga("spara", av=av, korning=korning, granskning=granskning | {"antal": antal}, skal=skal)
    _skriv_plan(rad, bok)
    _skriv_saldon(rad, bok)
    arets_skal = skal if ar.lage == Verksamhetsar.Lage.AVSLUTAT else ""
    _skriv_verifikationer(
        rad,
        [(ver, tryck, None, arets_skal, ver.rader) for ver, tryck in resultat.nya]
        + [(ver, tryck, fore.pk, skal, rader) for ver, tryck, fore, rader in _rattelser(rattade)],
    )
    return rad


def _skriv_plan(rad, bok):
    """Accounts and objects; the latest file's name counts. An account that only a row names has no name."""
    ar = rad.verksamhetsar_id
    nummer = set(bok.konton) | {trans.konto for _, trans in bok.transaktioner()}
    konton = [
        Bokkonto(
            verksamhetsar_id=ar, nr=nr, namn=konto.namn if konto else "", typ=konto.typ[:1] if konto else "",
            balans=ar_balans(bok, nr), bokimport=rad,
        )
        for nr in sorted(nummer)
        for konto in (bok.konton.get(nr),)
    ]  # fmt: skip
    objekt = [
        Bokobjekt(
            verksamhetsar_id=ar, dimension=dimension, dimension_namn=bok.dimensioner.get(dimension, ""), nr=nr,
            namn=namn, bokimport=rad,
        )
        for (dimension, nr), namn in sorted(bok.objekt.items())
    ]  # fmt: skip
    # What an earlier import made keeps that import, so that undoing this one leaves it.
    lika = {"update_conflicts": True, "batch_size": 2000}
    Bokkonto.objects.bulk_create(
        konton, **lika, unique_fields=["verksamhetsar", "nr"], update_fields=["namn", "typ", "balans"]
    )
    Bokobjekt.objects.bulk_create(
        objekt, **lika, unique_fields=["verksamhetsar", "dimension", "nr"], update_fields=["namn", "dimension_namn"]
    )


def _skriv_saldon(rad, bok):
    rader = [(slag, konto, "", [], saldo) for slag in ("ib", "ub", "res") for konto, saldo in _arets(bok, slag)]
    for slag in ("oib", "oub"):
        rader += [
            (slag, konto, "", _nycklar(objekt), saldo)
            for (ar, konto, objekt), saldo in getattr(bok, slag).items()
            if ar == 0
        ]
    rader += [
        ("psaldo", konto, period, _nycklar(objekt), saldo)
        for (ar, period, konto, objekt), saldo in bok.psaldo.items()
        if ar == 0
    ]
    Boksaldo.objects.bulk_create(
        [
            Boksaldo(
                verksamhetsar_id=rad.verksamhetsar_id, bokimport=rad, slag=slag, konto=konto, period=period,
                objekt=objekt, belopp=saldo.belopp,
            )
            for slag, konto, period, objekt, saldo in rader
        ],
        batch_size=2000,
    )  # fmt: skip


def _arets(bok, slag):
    return [(konto, saldo) for (ar, konto), saldo in getattr(bok, slag).items() if ar == 0]


def _nycklar(objekt):
    return sorted(f"{dimension}:{nr}" for dimension, nr in objekt)


def _rattelser(andrade):
    """[(voucher, print, Sparad, [rows that make the saved one into this one])]. One query."""
    summor = {}
    rader = Verifikationsrad.objects.filter(verifikation__in=_kedjor(fore.pk for _, _, fore in andrade))
    falt = ("verifikation__rattar", "verifikation", "konto", "objekt", "datum", "belopp")
    for rattar, pk, konto, objekt, datum, belopp in rader.order_by().values_list(*falt):
        summor.setdefault(rattar or pk, Counter())[konto, tuple(objekt), datum] += belopp
    ut = []
    for ver, tryck, fore in andrade:
        skillnad = Counter()
        for rad in ver.rader:
            skillnad[rad.konto, tuple(objektnycklar(rad)), rad.datum] += rad.belopp
        for nyckel, belopp in summor.get(fore.pk, {}).items():
            skillnad[nyckel] -= belopp
        ut.append((ver, tryck, fore, [_Rad(*nyckel, belopp) for nyckel, belopp in sorted(skillnad.items()) if belopp]))
    return ut


def _kedjor(rotter):
    """The vouchers and their corrections."""
    rotter = list(rotter)
    return Verifikation.objects.filter(pk__in=rotter) | Verifikation.objects.filter(rattar__in=rotter)


class _Rad:
    """A row of a correction, as `_skriv_verifikationer` reads rows."""

    text = "Rättelse"

    def __init__(self, konto, nycklar, datum, belopp):
        self.konto, self.nycklar, self.datum, self.belopp = konto, list(nycklar), datum, Decimal(belopp)


def _skriv_verifikationer(rad, verifikationer):
    """[(voucher, print, corrects, reason, rows)] with COPY: 200 000 rows are a matter of seconds."""
    if not verifikationer:
        return
    ver_falt = (
        "id", "verksamhetsar_id", "bokimport_id", "serie", "nr", "datum", "text", "avtryck", "rattar_id", "skal",
    )  # fmt: skip
    rad_falt = ("verksamhetsar_id", "verifikation_id", "konto", "objekt", "belopp", "datum", "text")
    ar = rad.verksamhetsar_id
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('ekonomi_verifikation', 'id')) from generate_series(1, %s)",
            [len(verifikationer)],
        )
        nycklar = [nyckel for (nyckel,) in cursor.fetchall()]
        with cursor.copy(f"copy ekonomi_verifikation ({', '.join(ver_falt)}) from stdin") as ut:
            for pk, (ver, tryck, rattar, skal, _) in zip(nycklar, verifikationer, strict=True):
                ut.write_row((pk, ar, rad.pk, ver.serie, ver.nr, ver.datum, ver.text, tryck, rattar, skal))
        with cursor.copy(f"copy ekonomi_verifikationsrad ({', '.join(rad_falt)}) from stdin") as ut:
            for pk, (*_, rader) in zip(nycklar, verifikationer, strict=True):
                for trans in rader:
                    objekt = trans.nycklar if isinstance(trans, _Rad) else objektnycklar(trans)
                    ut.write_row((ar, pk, trans.konto, objekt, trans.belopp, trans.datum, trans.text))


# ---- Undo


def hinder_att_angra(rad):
    """[why the import must stay], in Swedish. Three queries."""
    ut = []
    if rad.verksamhetsar.lage == Verksamhetsar.Lage.AVSLUTAT:
        ut.append(f"{rad.verksamhetsar} är avslutat.")
    senare = Bokimport.objects.filter(
        verksamhetsar=rad.verksamhetsar_id, lage=Bokimport.Lage.SPARAD, korning__gt=rad.korning_id
    )
    if nr := senare.count():
        ut.append(f"{nr} senare import{'er' if nr > 1 else ''} bygger på den. Ångra den senaste först.")
    if nr := Bokkoppling.objects.filter(rad__verifikation__bokimport=rad).count():
        ut.append(f"{nr} rekvisition{'er är kopplade' if nr > 1 else ' är kopplad'} till dess verifikationer.")
    return ut


@transaction.atomic
def angra(rad, *, av):
    """Take away what the import added. The file, its warnings and its place in the list stay."""
    Verksamhetsar.objects.select_for_update(of=("self",)).get(pk=rad.verksamhetsar_id)
    rad = Bokimport.objects.select_for_update(of=("self",)).select_related("verksamhetsar").get(pk=rad.pk)
    if rad.lage == Bokimport.Lage.SPARAD and (fel := hinder_att_angra(rad)):
        raise KanInteSparas(f"Importen går inte att ångra. {' '.join(fel)} Inget ändrades.")
    rad._overga("angra", av=av)
    Verifikationsrad.objects.filter(verifikation__bokimport=rad)._raw_delete(using="default")
    Verifikation.objects.filter(bokimport=rad)._raw_delete(using="default")
    Boksaldo.objects.filter(bokimport=rad)._raw_delete(using="default")
    Bokkonto.objects.filter(bokimport=rad).delete()
    Bokobjekt.objects.filter(bokimport=rad).delete()
