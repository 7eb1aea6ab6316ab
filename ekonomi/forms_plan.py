"""The form of a plan of years: what comes in, and what lines cost where no agreement says it."""

import hashlib
import json
from decimal import Decimal

from django import forms
from django.db import transaction

from ekonomi.belopp import kr
from ekonomi.flerarsplan import Plan
from ekonomi.flerarsplan_las import ar_i_planen
from ekonomi.forms import Kronor
from ekonomi.models import Planbelopp, Planram, Verksamhetsar
from samordning.karna.forms import VersionFormular

INKOMSTER = {"tilldelning": "Tilldelning", "ovriga_intakter": "Övriga intäkter"}


class PlanForm(VersionFormular, forms.ModelForm):
    """An empty field is the proposal, which follows the budget; only what is typed is saved.

    The budget itself may be decided and locked while its plan goes on, so the guard against overwriting is a print of
    what is saved and not the year's own version.
    """

    versionsfalt = forms.CharField

    class Meta:
        model = Verksamhetsar
        fields = ()

    def __init__(self, *args, plan: Plan, **kwargs):
        self._ramar = {rad.ar: rad for rad in kwargs["instance"].planramar.all()}
        rader = Planbelopp.objects.filter(post__verksamhetsar=kwargs["instance"])
        self._sparade = {(rad.post_id, rad.ar): rad for rad in rader}
        super().__init__(*args, **kwargs)
        self.aren = list(ar_i_planen(self.instance.ar))
        for ar in self.aren:
            for falt, namn in INKOMSTER.items():
                ram = self._ramar.get(ar)
                i_ar = self.instance.tilldelning if falt == "tilldelning" else self.instance.ovriga_intakter
                self._kronor(f"{falt}_{ar}", f"{namn} {ar}", ram and getattr(ram, falt), i_ar)
        self._rader = [rad for block in plan.block for rad in block.rader if rad.linje.pk]
        for rad in self._rader:
            for cell in rad.celler:
                if cell.skrivs:
                    self._cell(rad.linje, cell)

    def _cell(self, linje, cell):
        sparad = self._sparade.get((linje.pk, cell.ar))
        namn = f"{linje.pk}_{cell.ar}"
        self._kronor(f"belopp_{namn}", f"{linje.namn} {cell.ar}", sparad and sparad.belopp, cell.forslag)
        self.fields[f"kommentar_{namn}"] = forms.CharField(
            label=f"Varför, {linje.namn} {cell.ar}", required=False, max_length=200,
            initial=sparad.kommentar if sparad else "",
        )  # fmt: skip

    def _kronor(self, namn, etikett, sparat, forslag):
        self.fields[namn] = Kronor(label=etikett, required=False, initial=sparat, help_text=f"Tomt: {kr(forslag)}")

    def _lasversion(self):
        """Rows, not the budget."""
        text = json.dumps([sorted(f"{nyckel}" for nyckel in self._som_sparat().items())])
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def _som_sparat(self):
        """{field: what is saved in it as text}."""
        ut = {}
        for ar, rad in self._ramar.items():
            ut |= {f"{falt}_{ar}": f"{getattr(rad, falt):.2f}" for falt in INKOMSTER}
        for (post, ar), rad in self._sparade.items():
            ut |= {f"belopp_{post}_{ar}": f"{rad.belopp:.2f}", f"kommentar_{post}_{ar}": rad.kommentar}
        return ut

    def _som_skrivet(self, data):
        ut = {}
        for namn in self.fields:
            if namn != "version" and data.get(namn) not in (None, ""):
                ut[namn] = data[namn] if namn.startswith("kommentar_") else f"{data[namn]:.2f}"
        return ut

    def _skillnader(self, data):
        sparat, skrivet = self._som_sparat(), self._som_skrivet(data)
        return [
            (falt.label, _visa(namn, sparat.get(namn)))
            for namn, falt in self.fields.items()
            if namn != "version" and (sparat.get(namn) or "") != (skrivet.get(namn) or "")
        ]

    def clean(self):
        data = super().clean()
        for ar in self.aren:
            falt = f"tilldelning_{ar}"
            if data.get(f"ovriga_intakter_{ar}") is not None and data.get(falt) is None and falt not in self.errors:
                self.add_error(falt, f"Skriv också tilldelningen för {ar}, eller töm båda.")
        for namn in [namn for namn in self.fields if namn.startswith("kommentar_")]:
            falt = namn.replace("kommentar_", "belopp_")
            if data.get(namn) and data.get(falt) is None and falt not in self.errors:
                self.add_error(falt, "Skriv beloppet som anteckningen gäller, eller töm anteckningen.")
        return data

    def inkomster(self):
        """[(label, [field of each year])] for the template's table."""
        return [(namn, [self[f"{falt}_{ar}"] for ar in self.aren]) for falt, namn in INKOMSTER.items()]

    def rader(self):
        """[(line, [(cell, its amount's field or None, its note's)])] of the lines that can be typed."""
        ut = []
        for rad in self._rader:
            if any(cell.skrivs for cell in rad.celler):
                ut.append((rad, [(cell, *self._falten(rad.linje, cell)) for cell in rad.celler]))
        return ut

    def _falten(self, linje, cell):
        if not cell.skrivs:
            return None, None
        return self[f"belopp_{linje.pk}_{cell.ar}"], self[f"kommentar_{linje.pk}_{cell.ar}"]

    def andringar(self):
        fore, efter = self._som_sparat(), self._som_skrivet(self.cleaned_data)
        kanda = {namn: fore.get(namn) or None for namn in self.fields}
        return {
            self.fields[namn].label: [kanda[namn], efter.get(namn)]
            for namn in self.fields
            if namn != "version" and kanda[namn] != efter.get(namn)
        }

    @transaction.atomic
    def save(self, commit=True):
        """What an agreement has taken over since it was typed stays as it is, unused."""
        data, ar = self.cleaned_data, self.instance
        for nr in self.aren:
            tilldelning = data[f"tilldelning_{nr}"]
            if tilldelning is None:
                ar.planramar.filter(ar=nr).delete()
            else:
                ovriga = data[f"ovriga_intakter_{nr}"]
                ovriga = ar.ovriga_intakter if ovriga is None else ovriga
                Planram.objects.update_or_create(
                    verksamhetsar=ar, ar=nr, defaults={"tilldelning": tilldelning, "ovriga_intakter": ovriga}
                )
        for rad, celler in self.rader():
            for cell, falt, anteckning in celler:
                if falt is not None:
                    self._spara_cell(rad.linje.pk, cell.ar, data[falt.name], data[anteckning.name])
        return ar

    def _spara_cell(self, post, ar, belopp, kommentar):
        if belopp is None:
            Planbelopp.objects.filter(post=post, ar=ar).delete()
        else:
            Planbelopp.objects.update_or_create(
                post_id=post, ar=ar, defaults={"belopp": belopp, "kommentar": kommentar}
            )


def _visa(namn, varde):
    if not varde:
        return "tomt"
    return varde if namn.startswith("kommentar_") else kr(Decimal(varde))
