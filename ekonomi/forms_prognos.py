"""The forms of a forecast: its day and meeting, and a sum with its reason for each line where somebody knows better."""

import datetime

from django import forms
from django.db import transaction

from ekonomi.belopp import kr
from ekonomi.forms import Kronor
from ekonomi.models import Prognos, Prognosrad
from moten.models import Mote, Organ
from samordning.karna.andringar import TOMT
from samordning.karna.forms import Datum, EngangsFormular, Regelformular, VersionFormular
from samordning.karna.kalender import idag
from samordning.karna.templatetags.samordning import datum

LANGST = 1000


class PrognosFalt(Regelformular, forms.ModelForm):
    regelfalt = {"prognos_ett_utkast": None}

    class Meta:
        model = Prognos
        fields = ("till", "mote", "kommentar")
        widgets = {"till": Datum, "kommentar": forms.Textarea({"rows": 4})}
        help_texts = {
            "till": "Bokföringen räknas till och med den dagen. Det som är avtalat för resten av året läggs till.",
            "mote": "Mötet som prognosen är till för. Kan vara tomt om mötet inte finns i kalendern än.",
            "kommentar": "Det som styrelsen behöver veta. Står först i prognosen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ar = self.instance.verksamhetsar.ar
        moten = Mote.objects.filter(organ__slag=Organ.Slag.STYRELSE, dag__range=(
            datetime.date(ar, 1, 1), datetime.date(ar + 1, 6, 30),
        )).exclude(lage=Mote.Lage.INSTALLT)  # fmt: skip
        if self.instance.mote_id:
            moten = moten | Mote.objects.filter(pk=self.instance.mote_id)
        self.fields["mote"].queryset = moten.select_related("organ").order_by("dag", "pk")
        self.fields["mote"].label_from_instance = lambda rad: f"{rad.organ}, {datum(rad.dag)}"
        self.fields["mote"].empty_label = "Inget möte valt"

    def clean_till(self):
        dag = self.cleaned_data["till"]
        ar = self.instance.verksamhetsar.ar
        if dag.year != ar:
            raise forms.ValidationError(f"Prognosen gäller {ar}. Välj en dag det året.")
        if dag > idag():
            raise forms.ValidationError("Dagen har inte varit än, så bokföringen kan inte räknas till den.")
        return dag


class PrognosForm(EngangsFormular, PrognosFalt):
    """A new one."""


class PrognosAndraForm(VersionFormular, PrognosFalt):
    """A draft with its lines, all behind the same guard. `poster` are the year's budget lines."""

    def __init__(self, *args, poster, **kwargs):
        super().__init__(*args, **kwargs)
        self._poster = list(poster)
        self._fore = {rad.post_id: (rad.belopp, rad.kommentar) for rad in self.instance.rader.all()}
        for post in self._poster:
            belopp, varfor = self._fore.get(post.pk, (None, ""))
            self.fields[f"belopp_{post.pk}"] = Kronor(
                label=f"Egen prognos för {post.rubrik}", required=False, initial=belopp
            )
            self.fields[f"varfor_{post.pk}"] = forms.CharField(
                label=f"Varför, {post.rubrik}", required=False, initial=varfor, max_length=LANGST,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip

    def egna_falt(self):
        return [self[namn] for namn in self._meta.fields]

    def falten_for(self, post):
        """(sum, reason) of a line."""
        return self[f"belopp_{post}"], self[f"varfor_{post}"]

    def clean(self):
        data = super().clean()
        self.rader = {}
        for post in self._poster:
            namn_b, namn_v = f"belopp_{post.pk}", f"varfor_{post.pk}"
            if {namn_b, namn_v} & self.errors.keys():
                continue
            belopp, varfor = data.get(namn_b), (data.get(namn_v) or "").strip()
            if belopp is None and not varfor:
                continue
            if belopp is None:
                self.add_error(namn_b, f"Skriv beloppet för ”{post.rubrik}”, eller töm rutan med varför.")
            elif not varfor:
                self.add_error(namn_v, f"Skriv varför ”{post.rubrik}” blir en annan än förslaget.")
            else:
                self.rader[post.pk] = (belopp, varfor)
        return data

    @transaction.atomic
    def save(self, commit=True):
        rad = super().save(commit)
        if self.rader != self._fore:
            rad.rader.all().delete()
            Prognosrad.objects.bulk_create(
                Prognosrad(prognos=rad, post_id=post, belopp=belopp, kommentar=varfor)
                for post, (belopp, varfor) in self.rader.items()
            )
        return rad

    def andringar(self):
        namn = {post.pk: post.rubrik for post in self._poster}
        return super().andringar() | {
            namn.get(pk, f"rad {pk}"): [_belopp(self._fore.get(pk)), _belopp(self.rader.get(pk))]
            for pk in dict.fromkeys([*self._fore, *self.rader])
            if self._fore.get(pk) != self.rader.get(pk)
        }

    def _skillnader(self, data):
        egna = []
        for post in self._poster:
            sparat, mitt = self._fore.get(post.pk), self._skrivet(data, post.pk)
            if sparat != mitt:
                egna.append((post.rubrik, f"{kr(sparat[0])}: {sparat[1]}" if sparat else TOMT))
        return [*super()._skillnader(data), *egna]

    def _skrivet(self, data, pk):
        belopp, varfor = data.get(f"belopp_{pk}"), (data.get(f"varfor_{pk}") or "").strip()
        return (belopp, varfor) if belopp is not None or varfor else None


def _belopp(rad):
    return None if rad is None else f"{rad[0]:.2f}"
