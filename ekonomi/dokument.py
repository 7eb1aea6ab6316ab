"""The yearly documents (MC10, MC11): made new with last year's texts, read as a value, frozen when the board adopts.

A draft is put together anew each time from what the system knows, and says what is missing. An adopted one is its
frozen value and its two files; nothing is counted for it any more.
"""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction

from ekonomi import dokument_arsredovisning, dokument_delarsbokslut, dokument_plan
from ekonomi import dokument_varden as v
from ekonomi.dokument_bygge import Brist, Bygge
from ekonomi.dokument_texter import SKAL, falten
from ekonomi.models import Dokument, Dokumenttext, Verksamhetsar
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Part

Slag = Dokument.Slag
KAPITLEN = {
    Slag.PLAN: dokument_plan.kapitlen, Slag.DELAR: dokument_delarsbokslut.kapitlen,
    Slag.ARSREDOVISNING: dokument_arsredovisning.kapitlen,
}  # fmt: skip
UNDERTITLAR = {
    Slag.PLAN: "Mål, budget och insatser", Slag.DELAR: "Januari–juni, till styrelsen",
    Slag.ARSREDOVISNING: "Verksamhet, resultat och ekonomi",
}  # fmt: skip
VERSION = 1  # of the value's own form


class KanInteFaststallas(Exception):
    """Why not, in Swedish, and that nothing was changed."""


@dataclass(frozen=True)
class Last:
    """A document as it is read: its value, and for a draft what is missing in it."""

    varden: dict
    brister: tuple[Brist, ...] = ()
    skal: str = ""

    @property
    def hinder(self) -> tuple[Brist, ...]:
        """What must be mended before the board adopts: all that is missing, or with a reason only what is wrong."""
        return tuple(brist for brist in self.brister if brist.absolut or not self.skal)

    @property
    def avtryck(self) -> str:
        """Tells whether what somebody read is what is adopted; the day that it was put together does not count."""
        varden = {namn: varde for namn, varde in self.varden.items() if namn != "dag"}
        return hashlib.sha256(json.dumps(varden, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def las(dokument: Dokument) -> Last:
    """The frozen value of an adopted document; of a draft what it says now, in a fixed number of queries."""
    if dokument.lage == Dokument.Lage.FASTSTALLT:
        return Last(dokument.varden)
    texter = dict(dokument.texter.values_list("nyckel", "text"))
    bygge = Bygge(dokument, texter, Verksamhetsar.objects.filter(ar=dokument.ar).first())
    kapitel = KAPITLEN[Slag(dokument.slag)](bygge)
    skal = texter.get(SKAL, "").strip()
    if skal and bygge.brister:
        brister = v.lista(brist.text for brist in bygge.brister)
        kapitel.append(v.kapitel("saknas", "Det som saknas", brister, v.text(SKAL, skal, "Varför")))
    return Last(_varden(dokument, kapitel), tuple(bygge.brister), skal)


def _varden(dokument, kapitel):
    return {
        "version": VERSION, "slag": dokument.slag, "ar": dokument.ar, "titel": str(dokument),
        "undertitel": UNDERTITLAR[Slag(dokument.slag)], "forbund": Part.objects.forbund().namn,
        "dag": idag().isoformat(), "kapitel": kapitel, "innehall": innehall(kapitel), "beslut": None,
    }  # fmt: skip


def innehall(kapitel: list[dict]) -> list:
    """[[id, heading, [[id, heading]]]] of the chapters and what stands under them."""
    return [[ett["id"], ett["rubrik"], [rad for del_ in ett["delar"] if (rad := _under(del_))]] for ett in kapitel]


def _under(del_):
    if del_["typ"] == "blad":
        return [del_["id"], del_["rubrik"]]
    if del_["typ"] == "rubrik":
        return [del_["id"], del_["text"]]
    if del_["typ"] == "text" and del_["rubrik"] and del_["niva"] == 2:
        return [del_["id"], del_["rubrik"]]
    return None


# ---- Made, written, adopted


def fjolarets(slag: str, ar: int) -> Dokument | None:
    """The document of the same kind that the texts come from: the latest before the year."""
    return Dokument.objects.filter(slag=slag, ar__lt=ar).order_by("-ar").first()


@transaction.atomic
def skapa(dokument: Dokument, *, av) -> Dokument:
    """Save it with the texts of the latest before it, but not why something was missing then."""
    dokument.save()
    fore = fjolarets(dokument.slag, dokument.ar)
    tidigare = dict(fore.texter.values_list("nyckel", "text")) if fore else {}
    Dokumenttext.objects.bulk_create(
        Dokumenttext(dokument=dokument, nyckel=falt.nyckel, text=tidigare[falt.nyckel])
        for falt in falten(dokument.slag)
        if falt.nyckel != SKAL and tidigare.get(falt.nyckel)
    )
    Handelse.logga(dokument, "skapad", av=av, data={"texter_fran": fore.ar} if fore else None)
    return dokument


def beslutade(last: Last, *, beslutad, paragraf: str) -> dict:
    """The value that is frozen: with the board's decision. KanInteFaststallas while something is missing."""
    if last.hinder:
        raise KanInteFaststallas(
            f"Dokumentet kan inte fastställas än. {last.hinder[0].text} Inget är fastställt."
        )  # fmt: skip
    return last.varden | {"beslut": {"dag": beslutad.isoformat(), "paragraf": paragraf}}
