"""The form of a year's plan of payment: a working day for each instalment."""

import datetime

from django import forms

from ekonomi import medlemsfaktura, medlemsfaktura_las
from samordning.karna.forms import Datum, EngangsFormular
from samordning.karna.kalender import arbetsdag_senast, varfor_ingen_arbetsdag
from samordning.karna.models import Installning


class FakturaForm(EngangsFormular, forms.ModelForm):
    """A new choice for the year; the ones before it stay. `antal` instalments, filled in with `dagar`."""

    class Meta:
        model = Installning
        fields = ("beslut_text",)
        labels = {"beslut_text": "Överenskommelsen"}
        help_texts = {
            "beslut_text": "Vad som är bestämt om betalningen och av vem, till exempel ett avtal eller en paragraf."
        }

    def __init__(self, *args, ar, dagar, **kwargs):
        super().__init__(*args, **kwargs)
        self._ar, self._antal = ar, len(dagar)
        kalla = self.fields.pop("beslut_text")
        for nr, (namn, dag) in enumerate(zip(medlemsfaktura.periodnamn(self._antal), dagar, strict=True)):
            self.fields[f"dag_{nr}"] = forms.DateField(
                label=f"{namn} förfaller", initial=dag, widget=Datum(),
                help_text="En arbetsdag." if nr == 0 else "",
            )  # fmt: skip
        self.fields["beslut_text"] = kalla

    def egna_falt(self):
        return [self[namn] for namn in self.fields if namn != "inskick"]

    def clean(self):
        data = super().clean()
        fore = None
        for nr in range(self._antal):
            dag = data.get(f"dag_{nr}")
            if dag is None:
                continue
            if fel := self._fel(dag, fore):
                self.add_error(f"dag_{nr}", fel)
            fore = dag
        return data

    def _fel(self, dag, fore):
        if dag.year != self._ar:
            return f"Dagen ligger inte i {self._ar}. Välj en dag under året som bidraget gäller."
        if varfor := varfor_ingen_arbetsdag(dag):
            narmast = arbetsdag_senast(dag)
            return f"{dag} är {varfor}. Välj en arbetsdag, till exempel {narmast}."
        if fore and dag <= fore:
            return "Dagen är inte efter den förra. Skriv dagarna i ordning."
        return ""

    def skriv(self, av):
        rad = self.save(commit=False)
        rad.nyckel, rad.skapad_av = medlemsfaktura_las.NYCKEL, av
        rad.giltig_fran = datetime.date(self._ar, 1, 1)
        rad.varde = {"dagar": [str(self.cleaned_data[f"dag_{nr}"]) for nr in range(self._antal)]}
        rad.save()
        return rad
