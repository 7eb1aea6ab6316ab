"""The masked report: every cell of the layout is there, hidden or not, and nothing that is not known by name passes."""

from uppfoljning.rojande.mask import DOLT
from uppfoljning.rojande.tabell import DELAR

NYCKLAR = ("rapport", "version", "period", "insatser")
ANDELAR = {"X5": ("P4", "P1"), "H8": ("H1", "P7")}
SAMMANSATTA = {  # part of a composed cell: the counts that it gives away
    "T1": {"par": ("T1_par",)},
    "F3": {
        "par": ("F3_par",), "start": ("F3_start", "F3_par"), "slut": ("F3_slut", "F3_par"),
        "nya": ("F3_nya", "F3_slut", "F3_par"),
    },
    "S3": {
        "andel": ("S2", "S1"), "ki": ("S2", "S1"), "omdome": ("S2", "S1"), "svarsandel": ("S1", "P7"),
        "andel_t_minus_1": ("S2_under", "S1"), "andel_t_plus_1": ("S2_over", "S1"),
    },
}  # fmt: skip


class Mask:
    """What is shown. `antal(nyckel)` and `medel(familj, nyckel)` tell of counts and of means; keys as in the model.

    `under` is the mask of another version that some of the readers have; it counts where the models do not: F1 and F3.
    """

    def __init__(self, modell, familjer, forsorjning, under=None):
        self.modell, self.familjer, self.forsorjning, self.under = modell, familjer, forsorjning, under

    def antal(self, del_, omfang, kon, *rader):
        return all(
            (nr := self.modell.index.get((del_, omfang, kon, rad))) is not None and nr not in self.modell.dolda
            for rad in rader
        )

    def medel(self, familj, del_, omfang, kon):
        modell = self.familjer.get(familj)
        nr = modell.index.get((del_, omfang, kon, familj)) if modell else None
        return nr is not None and nr not in modell.dolda

    def matris(self, *plats):
        return self.forsorjning.matris(*plats) and (self.under is None or self.under.matris(*plats))

    def andelar(self, *plats):
        return self.forsorjning.andelar(*plats) and (self.under is None or self.under.andelar(*plats))

    def del_(self, utfall, nr, malgrupp, k):
        """One masked outcome report."""
        anonyma = utfall.get("anonyma")
        return {nyckel: utfall[nyckel] for nyckel in NYCKLAR} | {
            "for": malgrupp,
            "installningar": utfall["installningar"] | {"k": k},
            "celler": self._celler(utfall["celler"], nr, None),
            "per_insats": {
                slug: {"celler": self._celler(rad["celler"], nr, slug)} for slug, rad in utfall["per_insats"].items()
            },
            "anonyma": anonyma and {
                kon: anonyma[kon] if self.antal(nr, None, kon, "anonyma") else DOLT for kon in ("T", "K", "M", "O")
            },
            "identiteter": {"ok": utfall["identiteter"]["ok"], "brutna": []},
        }  # fmt: skip

    def _celler(self, celler, nr, omfang):
        ut = {}
        for cell, delar in celler.items():
            if cell in ("H6", "H7"):
                continue
            if cell == "H5":
                cell, delar = "H5_7", {kon: sum(celler[rad][kon] for rad in ("H5", "H6", "H7")) for kon in DELAR}
            ut[cell] = {kon: self._cell(cell, delar[kon], (nr, omfang, kon)) for kon in ("T", "K", "M", "O")}
        return ut

    def _cell(self, cell, varde, plats):
        if cell in ANDELAR:
            return varde if self.antal(*plats, *ANDELAR[cell]) else DOLT
        if cell in ("L1", "L2", "V1"):
            return varde if self.medel(cell, *plats) else DOLT
        if cell == "F1":
            tom = not varde and self.antal(*plats, "P7")
            return varde if tom or self.matris(*plats) else DOLT
        if cell in SAMMANSATTA:
            return self._sammansatt(cell, varde, plats)
        if isinstance(varde, int) and self.antal(*plats, cell):
            return varde
        return None if varde is None else DOLT

    def _sammansatt(self, cell, varde, plats):
        """Its parts one by one; DOLT alone when no part is shown."""
        visas = {}
        for namn in varde:
            if cell == "T1" and namn != "par":
                visas[namn] = self.medel("T1", *plats)
            else:
                rader = SAMMANSATTA[cell].get(namn)
                visas[namn] = rader is not None and self.antal(*plats, *rader)
        if cell == "F3" and not self.andelar(*plats):
            return DOLT
        if not any(visas.values()):
            return DOLT
        return {namn: v if visas[namn] else DOLT for namn, v in varde.items()}
