"""Many files, or heavy ones: read and saved by a job, one file at a time, so that one bad file stops no other."""

from django.urls import reverse

from moten import inlasning
from moten.inlasning_avtryck import Nekad
from moten.models import Inlasning
from samordning.karna import jobb as jobben

LAS, SPARA = "moten.inlasning_jobb.las", "moten.inlasning_jobb.spara"
Lage = Inlasning.Lage


def bestall_lasning(rader, av):
    """The job that reads what waits."""
    antal = len(rader)
    rubrik = "Läs in anteckningar" if antal == 1 else f"Läs in anteckningar ur {antal} filer"
    return jobben.bestall(LAS, {"inlasningar": sorted(rad.pk for rad in rader)}, av=av, rubrik=rubrik)


def bestall_sparande(nycklar, av):
    """The job that saves those without a question."""
    return jobben.bestall(
        SPARA, {"inlasningar": sorted(nycklar)}, av=av, rubrik=f"Spara {len(nycklar)} inlästa möten"
    )  # fmt: skip


def _vantar(jobb, lage):
    """One at a time, from the database each time: a text may be large, and an earlier attempt may have done it."""
    nycklar = jobb.parametrar["inlasningar"]
    for nr, nyckel in enumerate(nycklar):
        jobben.framsteg(jobb, nr * 100 // len(nycklar), f"Fil {nr + 1} av {len(nycklar)}")
        if rad := Inlasning.objects.filter(pk=nyckel, lage=lage).select_related("fil", "av").first():
            yield rad


def las(jobb):
    """Read each file. What came of each is in the list."""
    underlag = inlasning.Underlag.nu()
    for rad in _vantar(jobb, Lage.VANTAR):
        inlasning.las(rad, underlag)
    rader = list(Inlasning.objects.filter(pk__in=jobb.parametrar["inlasningar"]).values_list("pk", "lage"))
    lagen = [lage for _, lage in rader]
    delar = [(lagen.count(Lage.KLAR), "kan sparas"), (lagen.count(Lage.FRAGOR), "behöver svar"),
             (lagen.count(Lage.NEKAD), "gick inte att läsa")]  # fmt: skip
    text = ", ".join(f"{antal} {ord_}" for antal, ord_ in delar if antal)
    en = len(rader) == 1
    lank = reverse("moten:inlasning_detail", args=[rader[0][0]]) if en else reverse("moten:inlasning_list")
    return {"text": f"Lästa filer: {text}." if text else "Filerna finns inte längre.", "lank": lank}


def spara(jobb):
    """Save each that has no question. Contacts and days that one adds are known to the next."""
    sparade, ovriga = 0, 0
    for rad in _vantar(jobb, Lage.KLAR):
        try:
            mote = inlasning.spara_klar(rad, inlasning.Underlag.nu(), av=jobb.bestalld_av)
        except Nekad:
            mote = None
        sparade, ovriga = sparade + bool(mote), ovriga + (mote is None)
    text = f"{sparade} möten är sparade."
    if ovriga:
        text += f" {ovriga} behöver svar först."
    return {"text": text, "lank": reverse("moten:inlasning_list")}
