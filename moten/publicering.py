"""Publication of a record: looked through, masked, frozen; corrected by a new one (MA20).

Who reads a record because it is published, with or without an account, reads the frozen one and nothing else:
`publicerat_innehall`, and `dolj` for the few facts of a meeting that lists and calendars show.
"""

import hashlib
import json

from django.db import transaction
from django.db.models import Exists, OuterRef

from moten import protokoll, protokoll_pdf
from moten.granskning import granska, plats
from moten.maskering import delar, dolda_ord, maskera, texter
from moten.models import Maskering, Mote, Publicering
from samordning.karna import filer
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse
from samordning.karna.templatetags.samordning import datum

RUNT = 90  # signs shown before and after what is hidden
FLEST_JAMFORDA = 200


def hinder(mote):
    """Why the record cannot be published now, in words; "" when it can."""
    if "publicera" not in mote.mojliga_overgangar:
        return f"Mötet är {mote.get_lage_display().lower()}, så anteckningarna går inte att publicera nu."
    if mote.organ.justeras and mote.lage != Mote.Lage.JUSTERAT:
        return "Protokollet är inte justerat än. Det publiceras när alla justerare har justerat."
    return ""


def underlag(mote):
    """(the record as JSON, its print, [Fynd]): what the page shows and what is decided about. The kansli's own notes
    are not in it."""
    blad = protokoll.som_json(protokoll.las(mote))
    # Through JSON, as it will be kept: tuples become lists.
    text = json.dumps(blad, ensure_ascii=False, sort_keys=True)
    return json.loads(text), hashlib.sha256(text.encode()).hexdigest(), granska(blad)


def jamfor(blad, ord_):
    """[(where, [(text, is it hidden)])] of the texts where something is hidden, shortened around it."""
    rader, sedda = [], set()
    for var, text in _texter(blad):
        bitar = delar(text, ord_)
        if any(dold for _, dold in bitar) and (var, text) not in sedda:
            sedda.add((var, text))
            kort = [(bit if dold else _kortad(bit, nr, len(bitar)), dold) for nr, (bit, dold) in enumerate(bitar)]
            rader.append((_rubrik(var), kort))
        if len(rader) == FLEST_JAMFORDA:
            break
    return rader


def _texter(blad):
    """[(where, text)] of the whole record, what is told twice once."""
    for var, namn in (
        ("Huvudet", ("rubrik", "organ", "tema", "plats", "ordforande", "sekreterare")), ("Närvaro", ("grupper",)),
        ("Vid mötet", ("underskrifter",)),
    ):  # fmt: skip
        for ett in namn:
            yield from ((var, text) for text in texter(blad[ett]))
    for punkt in blad["punkter"]:
        yield from ((punkt["beteckning"], text) for text in texter(punkt))


def _rubrik(var):
    namn = plats(var)
    return f"{namn[:1].upper()}{namn[1:]}"


def _kortad(text, nr, antal):
    """The end of what comes before something hidden, the beginning of what comes after."""
    if len(text) <= 2 * RUNT:
        return text
    fore = f"… {text[-RUNT:]}" if nr < antal - 1 else ""
    efter = f"{text[:RUNT]} …" if nr else ""
    return f"{efter} {fore}".strip(" ") if fore and efter else fore or efter


@transaction.atomic
def publicera(mote, blad, ord_, granskat, *, av):
    """Freeze the record without `ord_` [(word, why)]; `granskat` [text] says what was looked at and stays, naming
    nobody. The Publicering. OtillatenOvergang when the state does not allow it; `pdf.PdfSaknas` without Pango. The
    caller holds the meeting."""
    if text := hinder(mote):
        raise OtillatenOvergang(f"{text} Inget publicerades.")
    nr, stund = mote.publiceringar.count() + 1, nu()
    innehall = maskera(blad, [ett for ett, _ in ord_]) | {"rattad": f"Rättad {datum(stund)}" if nr > 1 else ""}
    fil = filer.spara(
        protokoll_pdf.gor(innehall, mark=innehall["rattad"]), protokoll_pdf.filnamn(mote, f"-{nr}" if nr > 1 else ""),
        av=av,
    )  # fmt: skip
    fil.godkann(av=av)
    mote.maskeringar.all().delete()
    Maskering.objects.bulk_create(Maskering(mote=mote, text=ett, skal=skal, av=av) for ett, skal in ord_)
    rad = Publicering.objects.create(mote=mote, nr=nr, innehall=innehall, fil=fil, granskat=granskat, av=av)
    mote._overga("publicera", av=av, publicerat=stund)
    Handelse.logga(mote, "publicerad", av=av, data={"nr": nr, "dolda": len(ord_), "kvar": len(granskat)})
    return rad


@transaction.atomic
def ratta(mote, *, av):
    """The record may be changed, to be published anew. What is published is read until then. Only where nobody
    approves: an approved record is never changed."""
    if mote.organ.justeras:
        raise OtillatenOvergang("Protokollet är justerat och ändras inte. Skriv rättelsen i nästa protokoll.")
    mote._overga("ratta", av=av)


# ---- What others read


def publicerat(mote):
    """The latest Publicering of the meeting, or None."""
    return mote.publiceringar.select_related("fil").last()


def publicerat_innehall(mote):
    """The record as it is published, masked: JSON of `protokoll.som_json` and `rattad`. None before it is."""
    return mote.publiceringar.order_by("-nr").values_list("innehall", flat=True).first()


def publika_moten():
    """Meetings of public bodies whose records are published."""
    return Mote.objects.filter(
        Exists(Publicering.objects.filter(mote=OuterRef("pk"))), organ__publikt=True, publicerat__isnull=False
    ).select_related("organ")


def dolj(moten):
    """The meetings, their place and heading without what their published records hide. Never saved. One query."""
    moten = list(moten)
    ord_ = dolda_ord(moten)
    for mote in moten:
        if mote.pk in ord_:
            mote.plats, mote.rubrik = maskera([mote.plats, mote.rubrik], ord_[mote.pk])
    return moten


def punkter_utifran(punkter, user):
    """{item: it as the record was published} of those items whose meetings the user reads only because they are
    published; {} stands for one that the published record does not have. At most two queries, none for the kansli."""
    if user.ar_kansli:
        return {}
    moten = {punkt.mote_id for punkt in punkter}
    utifran = moten - set(Mote.objects.inifran(user).filter(pk__in=moten).values_list("pk", flat=True))
    rader = Publicering.objects.filter(mote__in=utifran).order_by("nr").values_list("mote", "innehall__punkter")
    publicerat = dict(rader) if utifran else {}
    return {
        punkt.pk: next((rad for rad in publicerat.get(punkt.mote_id, ()) if rad["pk"] == punkt.pk), {})
        for punkt in punkter
        if punkt.mote_id in utifran
    }
