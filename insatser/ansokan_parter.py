"""The parties of an application: who is with, who is huvudpart, and who stands behind it (MB5).

A party stands behind a text that it has read. Later changes of the text are told beside its tick; a change of who is
with, of the period or of the sums takes the others' ticks back, and tells them.
"""

from django.db import transaction
from django.urls import reverse

from insatser.models import Ansokan, Ansokanspart
from moten.models import Arende
from samordning.karna.kalender import nu
from samordning.karna.models import Anvandare, Handelse, Part, Roll
from samordning.karna.notiser import notify

# Sections whose change is another application to who has ticked.
BINDANDE = ("period", "budget")
SLAG_I_ORD = {
    Part.Slag.FK: "Försäkringskassan är inte med.",
    Part.Slag.AF: "Arbetsförmedlingen är inte med.",
    Part.Slag.REGION: "Vården är inte med.",
    Part.Slag.KOMMUN: "Ingen kommun är med.",
}


def valbara(ansokan=None):
    """Members and their units, in Swedish order, without those that already are parties. The association is none."""
    medlemmar = Part.objects.medlemmar().exclude(slag=Part.Slag.FORBUND)
    parter = medlemmar | Part.objects.filter(slag=Part.Slag.ENHET, del_av__in=medlemmar.values("pk"))
    if ansokan is not None:
        parter = parter.exclude(pk__in=ansokan.parter.values("part"))
    return parter.for_val()


def med_parter(ansokningar):
    """With the parties as far up as to the member, for `saknade_slag`."""
    return ansokningar.prefetch_related("parter__part__del_av__del_av", "parter__av")


def saknade_slag(rader):
    """[sentence] of the kinds of members that no party of `rader` belongs to."""
    med = {rad.part.medlemspart.slag for rad in rader}
    return [text for slag, text in SLAG_I_ORD.items() if slag not in med]


def kan_ta_stallning(ansokan):
    """A draft, or one that is being completed: when nothing can be changed there is nothing to tick again."""
    return ansokan.lage == Ansokan.Lage.UTKAST or ansokan.arende.lage == Arende.Lage.KOMPLETTERING


def lagg_till(ansokan, part, *, av):
    """A co-applicant of a draft; its representatives are told. The others' ticks are taken back."""
    rad = Ansokanspart.objects.create(ansokan=ansokan, part=part, huvud=not ansokan.parter.exists())
    _andrad(ansokan, "part_tillagd", part, av=av)
    beratta(ansokan, [part.pk], av=av)
    return rad


def beratta(ansokan, parter, *, av):
    """Tell the representatives of parties (primary keys) that they are with."""
    notify(foretradare(parter, utom=av), "ansokan/tillagd_part", _lank(ansokan))


def ta_bort(ansokan, rad, *, av):
    rad.delete()
    _andrad(ansokan, "part_borttagen", rad.part, av=av)


@transaction.atomic
def byt_huvudpart(ansokan, rad, *, av):
    ansokan.parter.filter(huvud=True).update(huvud=False)
    rad.huvud = True
    rad.save(update_fields=["huvud"])
    _andrad(ansokan, "huvudpart", rad.part, av=av)


def _andrad(ansokan, vad, part, *, av):
    ny_version(ansokan)
    Handelse.logga(ansokan, vad, av=av, data={"part": part.pk})
    ta_tillbaka_andras(ansokan, av=av)


def ny_version(ansokan):
    """Counts every change, so that a tick knows what was read."""
    ansokan.version += 1
    ansokan.save(update_fields=["version"])


def sta_bakom(ansokan, rad, *, av, namn):
    """`namn`: the person that stands for it; another than `av` when the kansli writes it down from a mail."""
    rad.star_bakom, rad.namngiven, rad.av, rad.vid_version = nu(), namn, av, ansokan.version
    rad.save(update_fields=["star_bakom", "namngiven", "av", "vid_version"])
    Handelse.logga(ansokan, "star_bakom", av=av, data={"part": rad.part_id})


def angra(ansokan, rad, *, av):
    _nollstall(ansokan.parter.filter(pk=rad.pk))
    Handelse.logga(ansokan, "star_inte_bakom", av=av, data={"part": rad.part_id})


def ta_tillbaka_andras(ansokan, *, av):
    """The primary keys of the parties that have to tick again: all that had, but those that `av` speaks for."""
    egna = av.parter_som(Roll.PARTSFORETRADARE)
    ansokan.parter.filter(part__in=egna, star_bakom__isnull=False).update(vid_version=ansokan.version)
    andras = ansokan.parter.filter(star_bakom__isnull=False).exclude(part__in=egna)
    parter = list(andras.values_list("part", flat=True))
    if parter:
        _nollstall(andras)
        Handelse.logga(ansokan, "stallning_tillbaka", av=av, data={"parter": parter})
        notify(foretradare(parter, utom=av), "ansokan/stallning_tillbaka", _lank(ansokan))
    return parter


def _nollstall(rader):
    rader.update(star_bakom=None, namngiven="", av=None, vid_version=None)


def foretradare(parter, utom=None):
    """The users that speak for any of the parties (primary keys) today, and can log in."""
    anvandare = Anvandare.objects.med_roll(Roll.PARTSFORETRADARE, parter=parter)
    return anvandare.exclude(pk=utom.pk) if utom else anvandare


def _lank(ansokan):
    return reverse("ansokan:parter", args=[ansokan.pk])
