"""What a file holds, as JSON (format.md, `importera_sie`). Amounts are strings with two decimals or more."""

from collections import defaultdict
from decimal import Decimal

from ekonomi.sie.avstamning import stam_av


def som_json(bok):
    """{} that `json.dumps` can write, with keys in order."""
    stamd = stam_av(bok)
    return {
        "sietyp": bok.sietyp.upper() if bok.sietyp != "4i" else "4i",
        "program": bok.program,
        "foretag": bok.foretag,
        "orgnr": bok.orgnr,
        "teckenkodning": bok.kodning,
        "rakenskapsar": [
            {"nr": ar.nr, "fran": ar.fran.isoformat(), "till": ar.till.isoformat()}
            for ar in sorted(bok.ar.values(), key=lambda ar: -ar.nr)
        ],
        "antal": {
            "konton": len(bok.konton), "objekt": len(bok.objekt), "verifikationer": len(bok.verifikationer),
            "rader": sum(len(ver.rader) for ver in bok.verifikationer),
        },
        "saldo": {namn: _saldon(getattr(bok, namn)) for namn in ("ib", "ub", "res")},
        "summa_per_konto_och_manad": _nastlad(per_konto_och_manad(bok)),
        "summa_per_konto_manad_och_objekt": _nastlad(per_objekt(bok)),
        "psaldo": _perioder(bok.psaldo),
        "pbudget": _perioder(bok.pbudget),
        "avstamning": {
            "ver_i_balans": stamd.ver_i_balans, "ub_stammer": stamd.ub_stammer, "res_stammer": stamd.res_stammer,
            "psaldo_stammer": stamd.psaldo_stammer,
            "avvikelser": [
                {"vad": rad.vad, "rad": rad.rad, "text": rad.text, "skillnad": _belopp(rad.skillnad)}
                for rad in stamd.avvikelser
            ],
        },
        "varningar": [{"rad": rad.rad, "text": rad.text} for rad in bok.varningar],
        "fel": [{"rad": rad.rad, "text": rad.text} for rad in bok.fel],
    }  # fmt: skip


def per_konto_och_manad(bok):
    """{(account, "YYYYMM"): Decimal} of the vouchers' rows; the month is the row's own day's."""
    summor = defaultdict(Decimal)
    for _ver, rad in bok.transaktioner():
        summor[rad.konto, f"{rad.datum:%Y%m}"] += rad.belopp
    return summor


def per_objekt(bok):
    """{("account|dimension:object", "YYYYMM"): Decimal}; a row with several objects counts in each."""
    summor = defaultdict(Decimal)
    for _ver, rad in bok.transaktioner():
        for dimension, objekt in rad.objekt:
            summor[f"{rad.konto}|{dimension}:{objekt}", f"{rad.datum:%Y%m}"] += rad.belopp
    return summor


def _belopp(belopp):
    return f"{belopp:.2f}" if belopp == belopp.quantize(Decimal("0.01")) else str(belopp)


def _saldon(saldon):
    return {konto: _belopp(saldo.belopp) for (ar, konto), saldo in sorted(saldon.items()) if ar == 0}


def _nastlad(summor):
    ut = defaultdict(dict)
    for (forst, sist), belopp in sorted(summor.items()):
        ut[forst][sist] = _belopp(belopp)
    return dict(ut)


def _perioder(saldon):
    """The totals only: rows with objects repeat them."""
    return _nastlad({
        (konto, period): saldo.belopp for (_ar, period, konto, objekt), saldo in saldon.items() if not objekt
    })  # fmt: skip
