"""Publication of a record: looked through, masked, frozen; corrected by a new one (MA20)."""

import hashlib
import json

from django.db import transaction

from moten import protokoll, protokoll_pdf
from moten.granskning import granska
from moten.maskering import maskera
from moten.models import Maskering, Mote, Publicering
from samordning.karna import filer
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse
from samordning.karna.templatetags.samordning import datum


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


@transaction.atomic
def publicera(mote, blad, ord_, granskat, *, av):
    """Freeze the record without `ord_` [(word, why)]; `granskat` [text] says what was looked at and stays, naming
    nobody. The Publicering. OtillatenOvergang when the state does not allow it; `pdf.PdfSaknas` without Pango. The
    caller holds the meeting."""
    if text := hinder(mote):
        raise OtillatenOvergang(f"{text} Inget publicerades.")
    nr, stund = mote.publiceringar.count() + 1, nu()
    innehall = maskera(blad, [ett for ett, _ in ord_])
    innehall["rattad"] = f"Rättad {datum(stund)}" if nr > 1 else ""
    fil = filer.spara(
        protokoll_pdf.gor(innehall, mark=innehall["rattad"]), protokoll_pdf.filnamn(mote, f"-{nr}" if nr > 1 else ""),
        av=av,
    )  # fmt: skip
    fil.godkann(av=av)
    mote.maskeringar.all().delete()
    Maskering.objects.bulk_create(Maskering(mote=mote, text=ett, skal=skal, av=av) for ett, skal in ord_)
    rad = Publicering.objects.create(mote=mote, nr=nr, innehall=innehall, fil=fil, granskat=granskat, av=av)
    mote._overga("publicera", av=av, publicerat=stund)
    Handelse.logga(mote, "publicerad", av=av, data={"nr": nr, "dolda": len(ord_)})
    return rad


@transaction.atomic
def ratta(mote, *, av):
    """The record may be changed, to be published anew. What is published is read until then. Only where nobody
    approves: an approved record is never changed."""
    if mote.organ.justeras:
        raise OtillatenOvergang("Protokollet är justerat och ändras inte. Skriv rättelsen i nästa protokoll.")
    mote._overga("ratta", av=av)


def publicerat(mote):
    """The latest Publicering of the meeting, or None."""
    return mote.publiceringar.select_related("fil").last()
