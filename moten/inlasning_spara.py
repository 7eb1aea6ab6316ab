"""Old minutes become a meeting, all of it or nothing (MA5)."""

import uuid

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import now

from moten.inlasning_angra import angra
from moten.inlasning_avtryck import Nekad, avtryck
from moten.inlasning_personer import BARA_TEXT, NY, lar_alias, okand_part
from moten.inlasning_svar import kan_fyllas, upptaget
from moten.inlasning_tolkad import originaltext
from moten.inlasning_utfall import hanvisad_till, utfall
from moten.models import Inlasning, Mote, Narvaro, Punkt, Utfall
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Importkorning, Kontakt
from samordning.karna.templatetags.samordning import datum

INLAST_I_EFTERHAND = "Inläst i efterhand från äldre anteckningar."
ROLLER = (("adj", Narvaro.Roll.ADJUNGERAD), ("ers", Narvaro.Roll.ERSATTARE), ("gäst", Narvaro.Roll.GAST))
DAGEN = ("fran", "till", "plats", "lank", "rubrik", "uid", "sekvens", "sista_dag", "svara_senast")


@transaction.atomic
def spara(inlasning, anteckning, svar, *, av=None, varningar=()):
    """The Mote of old minutes. `svar` says body, day and who everybody is. `Nekad` in words; then nothing is written.

    A day in the calendar that nothing has been done with is filled; an earlier import gives way when `svar.ersatt`.
    """
    las = Inlasning.objects.select_for_update().defer("tolkad").get(pk=inlasning.pk)
    if las.lage not in Inlasning.OPPNA:
        raise Nekad(f"{inlasning.namn} är redan {las.get_lage_display().lower()}. Inget ändrades.")
    if not svar.organ or not svar.dag:
        raise Nekad("Organ och dag behövs för att mötet ska kunna sparas. Inget är sparat.")
    if svar.dag > idag():
        raise Nekad("Dagen har inte varit än. Äldre anteckningar är från ett möte som har hållits. Inget är sparat.")
    _ingen_dubblett(las)
    skapat = {"kontakter": [], "alias": [], "moten": []}
    skapat["dagen"] = _plats_i_kalendern(svar, skapat, av)
    vem = _personer(svar, skapat, av)
    mote = _mote(las, anteckning, svar, vem, skapat["dagen"])
    korning = Importkorning.objects.create(
        typ="anteckningar", kalla=svar.organ.namn[:60], filnamn=las.namn, sha256=las.sha256,
        storlek=las.fil.storlek if las.fil else 0, anvandare=av,
        varningar=[[rad.rad, rad.text] for rad in anteckning.varningar] + [[None, text] for text in varningar],
    )  # fmt: skip
    mote.importkorning = korning
    mote.save(update_fields=["importkorning"])
    korning.antal = {
        "narvarande": 0, "franvarande": 0, "punkter": len(anteckning.punkter), "kontakter": len(skapat["kontakter"]),
        "alias": len(skapat["alias"]), **_narvaro(mote, svar, vem),
    }  # fmt: skip
    _punkter(mote, anteckning, svar, vem)
    skapat["moten"] = _nasta(svar, av)
    korning.antal["moten"] = len(skapat["moten"])
    korning.save(update_fields=["antal"])
    skapat["avtryck"] = avtryck(mote)
    las._overga("spara_mote", av=av, korning=korning, mote=mote, skapat=skapat, fragor=[], version=las.version + 1)
    Handelse.logga(korning, "importerad", av=av, data=korning.antal)
    Handelse.logga(mote, "inlast", av=av, data={"inlasning": las.pk})
    return mote


def _ingen_dubblett(las):
    samma = Inlasning.objects.filter(sha256=las.sha256, lage=Inlasning.Lage.INLAST).select_related("mote__organ")
    if tidigare := samma.first():
        raise Nekad(f"Filen är redan inläst som {tidigare.mote}. Inget är sparat.")


def _plats_i_kalendern(svar, skapat, av):
    """What a planned day held that gives way, or None. Raises when a meeting is there already.

    Contacts that an earlier import made and that are chosen again are this one's from now on.
    """
    finns = upptaget(svar.organ, svar.dag)
    if finns is None:
        return None
    if kan_fyllas(finns):
        rad = {falt: str(varde) if (varde := getattr(finns, falt)) not in (None, "") else "" for falt in DAGEN}
        Handelse.logga(finns, "ersatt_av_inlasning", av=av)
        try:
            finns.delete()
        except ProtectedError:
            raise Nekad(f"{finns} används av något annat, så anteckningarna får inte plats. Inget är sparat.") from None
        return rad
    tidigare = Inlasning.objects.filter(mote=finns, lage=Inlasning.Lage.INLAST).first()
    if tidigare is None:
        raise Nekad(
            f"{svar.organ} har redan ett möte {datum(svar.dag)}, som inte är en inläsning. Kontrollera dagen och "
            "organet. Stämmer de är mötet redan antecknat. Inget är sparat."
        )
    if not svar.ersatt:
        raise Nekad(
            f"{svar.organ} har redan ett inläst möte {datum(svar.dag)}, från {tidigare.namn}. Välj att ersätta det, "
            "eller kontrollera dagen. Inget är sparat."
        )
    valda = {int(rad.val) for rad in svar.personer if rad.val not in (NY, BARA_TEXT)}
    skapat["kontakter"] += [nyckel for nyckel in tidigare.skapat["kontakter"] if nyckel in valda]
    angra(tidigare, av=av, behall=skapat["kontakter"])
    return tidigare.skapat.get("dagen")


def _personer(svar, skapat, av):
    """[Kontakt or None] in the order of the names."""
    valda = [int(rad.val) for rad in svar.personer if rad.val not in (NY, BARA_TEXT)]
    kontakter = {rad.pk: rad for rad in Kontakt.objects.select_for_update(of=("self",)).filter(pk__in=valda)}
    if len(set(valda)) < len(valda):
        raise Nekad("Samma kontakt är vald för två namn. Välj en kontakt för varje namn. Inget är sparat.")
    okand, vem = None, []
    for rad in svar.personer:
        if rad.val == BARA_TEXT:
            vem.append(None)
        elif rad.val == NY:
            if not rad.part and okand is None:
                okand = okand_part().pk
            kontakt = Kontakt.objects.create(namn=rad.namn, part_id=rad.part or okand)
            Handelse.logga(kontakt, "skapad", av=av)
            skapat["kontakter"].append(kontakt.pk)
            vem.append(kontakt)
        else:
            if (kontakt := kontakter.get(int(rad.val))) is None:
                raise Nekad(f"Kontakten som valdes för {rad.namn} finns inte längre. Välj en annan. Inget är sparat.")
            if lar_alias(kontakt, rad.namn):
                skapat["alias"].append([kontakt.pk, rad.namn])
            vem.append(kontakt)
    return vem


def _av(vem, nr):
    return vem[nr] if nr is not None else None


def _mote(las, anteckning, svar, vem, dagen):
    """The meeting is over and its record can be corrected, until somebody publishes it."""
    kalender = {"uid": uuid.UUID(dagen["uid"]), "sekvens": int(dagen["sekvens"])} if dagen and dagen["uid"] else {}
    return Mote.objects.create(
        organ=svar.organ, dag=svar.dag, sista_dag=svar.sista_dag, fran=svar.fran, till=svar.till, plats=svar.plats,
        lage=Mote.Lage.AVSLUTAT, avslutat=now(), ordforande=_av(vem, svar.ordforande),
        sekreterare=_av(vem, svar.sekreterare), original=las.fil, originaltext=originaltext(anteckning), **kalender,
    )  # fmt: skip


def _narvaro(mote, svar, vem):
    rader = []
    for rad, kontakt in zip(svar.personer, vem, strict=True):
        if kontakt is None or not rad.status:
            continue
        ersatter = _av(vem, rad.ersatter_nr)
        rader.append(
            Narvaro(
                mote=mote, kontakt=kontakt, part_id=rad.part, roll=_roll(rad), status=rad.status,
                ersatter=ersatter if ersatter and ersatter.pk != kontakt.pk else None, ersatter_namn=rad.ersatter,
                namn_i_texten=rad.namn,
            )
        )  # fmt: skip
    Narvaro.objects.bulk_create(rader)
    return {status: sum(rad.status == status for rad in rader) for status in ("narvarande", "franvarande")}


def _roll(rad):
    if rad.ersatter:
        return Narvaro.Roll.ERSATTARE
    text = rad.roll.casefold()
    return next((roll for borjan, roll in ROLLER if text.startswith(borjan)), Narvaro.Roll.LEDAMOT)


def _punkter(mote, anteckning, svar, vem):
    """The items as the text has them, each with what it ended with."""
    punkter = [
        Punkt(
            mote=mote, ordning=nr, rubrik=_rubrik(punkt), text=_text(punkt), status=punkt.status,
            nummer_text=_nummer(punkt), kalla=Punkt.Kalla.INLAST, hanvisad_till=hanvisad_till(punkt),
            # What was not taken up long ago is not put on the next agenda.
            avford=INLAST_I_EFTERHAND if punkt.status in Punkt.INTE_KLARA and not svar.folj_upp else "",
        )
        for nr, punkt in enumerate(anteckning.punkter, 1)
    ] or [Punkt(mote=mote, ordning=1, rubrik="Anteckningar", text=anteckning.inledning, kalla=Punkt.Kalla.INLAST,
                status=Punkt.Status.BEHANDLAD)]  # fmt: skip
    Punkt.objects.bulk_create(punkter)
    namn = {rad.namn: kontakt for rad, kontakt in zip(svar.personer, vem, strict=True) if kontakt}
    Utfall.objects.bulk_create(
        [
            rad
            for punkt, last in zip(punkter, anteckning.punkter, strict=False)
            for rad in utfall(punkt, last, namn, folj_upp=svar.folj_upp, i_efterhand=INLAST_I_EFTERHAND)
        ]
    )


def _rubrik(punkt):
    rubrik = " ".join(punkt.rubrik.split()) or (f"Punkt {punkt.nr}" if punkt.nr else "Utan rubrik")
    return rubrik if len(rubrik) <= 200 else f"{rubrik[:199]}…"


def _nummer(punkt):
    return punkt.nr[:20]


def _text(punkt):
    """Word for word. A heading too long for its column stands whole here too."""
    hel = len(" ".join(punkt.rubrik.split())) > 200 or len(punkt.nr) > 20
    return "\n".join(filter(None, (f"{punkt.nr} {punkt.rubrik}".strip() if hel else "", punkt.text)))


def _nasta(svar, av):
    """Keys of the meetings that were put into the calendar: those that are ticked and are not there."""
    nya = []
    for rad in svar.nasta:
        mote, ny = Mote.objects.get_or_create(
            organ=rad.organ,
            dag=rad.dag,
            defaults={"fran": rad.fran, "till": rad.till, "plats": rad.plats, "sista_dag": rad.sista_dag},
        )
        if ny:
            Handelse.logga(mote, "skapad", av=av)
            nya.append(mote.pk)
    return nya
