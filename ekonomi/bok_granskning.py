"""What a file would do to a year's ledger, as a value that the preview shows and the saving compares itself with."""

import calendar
import datetime
import re

from ekonomi.bok_jamfor import Sparad, jamfor
from ekonomi.models import Verifikation
from ekonomi.sie.avstamning import NOLL, belopp_i_ord, stam_av

FLEST_VISADE, FLEST_VARNINGAR, FLEST_PROV = 100, 1000, 5
LANGST = 100  # signs of a series, a number, an account or an object
SVENSKT = re.compile("[åäöÅÄÖ]")


def sparade(verksamhetsar):
    """[Sparad] of the year's ledger as it stands now. One query."""
    nu = {}
    falt = ("pk", "rattar_id", "serie", "nr", "datum", "avtryck")
    for pk, rattar, *resten in (
        Verifikation.objects.filter(verksamhetsar=verksamhetsar).order_by("pk").values_list(*falt)
    ):
        nu[rattar or pk] = Sparad(rattar or pk, *resten)
    return list(nu.values())


def hinder(bok, verksamhetsar):
    """[why the file cannot be saved in the year], in Swedish."""
    ut = [f"Rad {fel.rad}: {fel.text}" for fel in bok.fel[:FLEST_VISADE]]
    if len(bok.fel) > FLEST_VISADE:
        ut.append(f"Ytterligare {len(bok.fel) - FLEST_VISADE} rader går inte att läsa.")
    ut += [f"Rad {rad.rad}: {rad.text}" for rad in stam_av(bok).avvikelser if rad.vad == "ver"][:FLEST_VISADE]
    ar = verksamhetsar.ar
    if (rar := bok.ar.get(0)) and ar not in (rar.fran.year, rar.till.year):
        ut.append(f"Filen gäller {rar.fran} till {rar.till}, inte {ar}. Välj det år som filen gäller.")
    elif not rar and (andra := {ver.datum.year for ver in bok.verifikationer} - {ar}):
        ut.append(
            f"Filen säger inte vilket räkenskapsår den gäller (#RAR), och har verifikationer från {min(andra)}. "
            f"Exportera bara {ar} ur bokföringsprogrammet."
        )
    if lang := _for_langt(bok):
        ut.append(f"Rad {lang}: ett nummer i filen är längre än {LANGST} tecken. Exportera filen igen.")
    if not (bok.verifikationer or bok.ib or bok.ub or bok.res or bok.psaldo):
        ut.append("Filen har varken verifikationer eller saldon. Exportera den igen som SIE 4.")
    return ut


def _for_langt(bok):
    """The line of the first name that is too long to be kept; 0 for an account's or an object's; None."""
    if any(len(del_) > LANGST for par in bok.objekt for del_ in par) or any(len(nr) > LANGST for nr in bok.konton):
        return 0
    for ver in bok.verifikationer:
        if len(ver.serie) > LANGST or len(ver.nr) > LANGST:
            return ver.rad
        for rad in ver.rader:
            if len(rad.konto) > LANGST or any(len(del_) > LANGST for par in rad.objekt for del_ in par):
                return rad.rad
    return None


def granska(bok, verksamhetsar):
    """(the preview as JSON, the comparison). Nothing is written. One query."""
    resultat = jamfor(bok.verifikationer, sparade(verksamhetsar))
    stamd = stam_av(bok)
    dagar = [ver.datum for ver in bok.verifikationer]
    varningar = [*_om_perioden(bok, verksamhetsar, dagar), *_om_det_sparade(resultat)]
    varningar += [{"rad": rad.rad, "text": rad.text} for rad in (*stamd.avvikelser, *bok.varningar) if _visas(rad)]
    rar = bok.ar.get(0)
    return {
        "foretag": bok.foretag, "orgnr": bok.orgnr, "sietyp": bok.sietyp.upper(), "program": bok.program,
        "kodning": bok.kodning, "prov": _prov(bok),
        "ar": [rar.fran.isoformat(), rar.till.isoformat()] if rar else None,
        "dagar": [min(dagar).isoformat(), max(dagar).isoformat()] if dagar else None,
        "antal": {
            "konton": len(bok.konton), "objekt": len(bok.objekt), "verifikationer": len(bok.verifikationer),
            "rader": sum(len(ver.rader) for ver in bok.verifikationer),
            "nya": len(resultat.nya), "kanda": resultat.kanda, "andrade": len(resultat.andrade),
            "saknas": len(resultat.saknas), "utan_nummer": sum(not ver.nr for ver in bok.verifikationer),
            "varningar": len(varningar),
        },
        "andrade": [_om_andrad(ver, fore) for ver, _, fore in resultat.andrade[:FLEST_VISADE]],
        "saknas": [_namn(rad) for rad in resultat.saknas[:FLEST_VISADE]],
        "kontroll": {
            "ver": stamd.ver_i_balans, "ub": stamd.ub_stammer, "res": stamd.res_stammer,
            "psaldo": stamd.psaldo_stammer,
        },
        "varningar": varningar[:FLEST_VARNINGAR],
        "hinder": hinder(bok, verksamhetsar),
        "nyckel": resultat.nyckel(),
    }, resultat  # fmt: skip


def _visas(rad):
    """Vouchers that do not balance stand among the hindrances."""
    return getattr(rad, "vad", "") != "ver"


def _prov(bok):
    """Names with å, ä or ö as they were read: of accounts and objects, never of a voucher, which may name a person."""
    namn = (bok.foretag, *(konto.namn for konto in bok.konton.values()), *bok.objekt.values())
    return list(dict.fromkeys(text for text in namn if SVENSKT.search(text)))[:FLEST_PROV]


def _om_perioden(bok, verksamhetsar, dagar):
    ut, rar = [], bok.ar.get(0)
    if rar and (rar.fran, rar.till) != (
        datetime.date(verksamhetsar.ar, 1, 1), datetime.date(verksamhetsar.ar, 12, 31),
    ):  # fmt: skip
        ut.append(f"Räkenskapsåret i filen är {rar.fran} till {rar.till}, inte hela {verksamhetsar.ar}.")
    slut = bok.omfattning or (max(dagar) if dagar else None)
    arets_slut = rar.till if rar else datetime.date(verksamhetsar.ar, 12, 31)
    if slut and (slut.year, slut.month) < (arets_slut.year, arets_slut.month):
        sista = slut if bok.omfattning else slut.replace(day=calendar.monthrange(slut.year, slut.month)[1])
        ut.append(
            f"Filen är en del av året: den slutar {sista}. Läs in en ny fil när resten är bokfört, så läggs bara det "
            "nya till."
        )
    if not bok.verifikationer:
        ut.append("Filen har inga verifikationer, bara saldon. För utfall rad för rad behövs SIE 4.")
    return [{"rad": 0, "text": text} for text in ut]


def _om_det_sparade(resultat):
    ut = []
    if resultat.saknas:
        exempel = ", ".join(map(_namn, resultat.saknas[:3]))
        ut.append(
            f"{len(resultat.saknas)} verifikationer finns redan här men inte i filen, fast den täcker de dagarna: "
            f"{exempel}{' med flera' if len(resultat.saknas) > 3 else ''}. De ligger kvar. Är de borttagna i "
            "bokföringen, ångra den tidigare importen och läs in filen på nytt."
        )
    if resultat.andrade:
        ut.append(
            f"{len(resultat.andrade)} verifikationer finns redan här med andra rader. De dubbleras inte. De blir "
            "rättelser bara om du skriver varför."
        )
    return [{"rad": 0, "text": text} for text in ut]


def _namn(rad):
    return f"{' '.join(filter(None, (rad.serie, rad.nr))) or 'utan nummer'} {rad.datum}"


def _om_andrad(ver, fore):
    omslutning = sum((rad.belopp for rad in ver.rader if rad.belopp > 0), NOLL)
    return {
        "rad": ver.rad, "namn": _namn(ver), "fore": fore.datum.isoformat(), "pk": fore.pk,
        "omslutning": belopp_i_ord(omslutning), "rader": len(ver.rader),
    }  # fmt: skip
