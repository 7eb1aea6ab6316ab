"""The forms of a scenario: which applications are in it, with what sums, and which cases get it as a paper."""

from django import forms
from django.db import transaction

from ekonomi.belopp import NOLL, kr
from ekonomi.forms import Kronor
from ekonomi.models import Budgetpost, Scenario, Scenariorad, Verksamhetsar
from insatser.models import Ansokan, Insats
from moten.models import Arende
from samordning.karna.andringar import TOMT
from samordning.karna.forms import EngangsFormular, Formular, VersionFormular

FLEST_AR = 3
INTE_FOR_ANSOKNINGAR = (Budgetpost.Kategori.EJ_BESLUTAT, Budgetpost.Kategori.LEDNING_ADMIN)
KATEGORIER = [val for val in Budgetpost.Kategori.choices if val[0] not in INTE_FOR_ANSOKNINGAR]
TEXTER = {"anteckning": forms.Textarea({"rows": 3})}


def kandidater(scenario):
    """Applications that were sent and whose cases are not ended, and those that are in the scenario already. Two
    queries."""
    med = scenario.rader.values("ansokan")
    oppna = Ansokan.objects.filter(arende__in=Arende.objects.oppna())
    return (
        (oppna | Ansokan.objects.filter(pk__in=med))
        .select_related("arende", "insats", "avtal__insats")
        .prefetch_related("belopp")
        .order_by("arende__ar", "arende__lopnummer")
    )


def kategori(ansokan):
    """Where its cost belongs unless the kansli says otherwise: as its insats, else by the kind of application."""
    insats = ansokan.insats or (ansokan.avtal and ansokan.avtal.insats)
    if insats:
        struktur = insats.inriktning == Insats.Inriktning.STRUKTUR
    else:
        struktur = ansokan.slag in (Ansokan.Slag.STRUKTUR, Ansokan.Slag.FORSTUDIE)
    return Budgetpost.Kategori.STRUKTUR if struktur else Budgetpost.Kategori.INDIVID


class ScenarioForm(EngangsFormular, forms.ModelForm):
    class Meta:
        model = Scenario
        fields = ("rubrik", "forsta_ar", "anteckning")
        widgets = TEXTER
        help_texts = {
            "rubrik": "Så att du hittar det igen, till exempel ”Båda nya och Mofalla ett år till”.",
            "forsta_ar": f"Scenariot visar det året och de följande som har en budget, högst {FLEST_AR} år.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["forsta_ar"].queryset = Verksamhetsar.objects.all()
        self.fields["forsta_ar"].empty_label = "Välj år"


class ScenarioAndraForm(VersionFormular, forms.ModelForm):
    """The scenario with a row for each application: a tick, a category and a sum for each budget year."""

    class Meta:
        model = Scenario
        fields = ("rubrik", "anteckning")
        widgets = TEXTER

    def __init__(self, *args, ar, **kwargs):
        super().__init__(*args, **kwargs)
        self.ar = ar
        self.ansokningar = list(kandidater(self.instance))
        self._fore = {}
        for rad in self.instance.rader.all():
            self._fore.setdefault(rad.ansokan_id, {})[rad.ar] = (rad.kategori, rad.kronor)
        for ansokan in self.ansokningar:
            self._lagg_till(ansokan, self._fore.get(ansokan.pk, {}))

    def _lagg_till(self, ansokan, rader):
        sokt = {rad.ar: rad.kronor for rad in ansokan.belopp.all()}
        vald = next((kod for kod, _ in rader.values()), kategori(ansokan))
        self.fields[f"med_{ansokan.pk}"] = forms.BooleanField(
            label=f"Ta med {ansokan.rubrik}", required=False, initial=bool(rader)
        )
        self.fields[f"kategori_{ansokan.pk}"] = forms.ChoiceField(
            label=f"Kategori för {ansokan.rubrik}", choices=KATEGORIER, initial=vald, required=False
        )
        for ar in self.ar:
            sparat = rader[ar][1] if ar in rader else sokt.get(ar, NOLL)
            self.fields[f"kronor_{ansokan.pk}_{ar}"] = Kronor(
                label=f"{ansokan.rubrik} {ar}, kronor", required=False, initial=sparat
            )

    def egna_falt(self):
        return [self[namn] for namn in self._meta.fields]

    def rader(self):
        """[(application, tick, category, [sum of each year], what it applies for outside of the years)]."""
        return [
            (
                ansokan,
                self[f"med_{ansokan.pk}"],
                self[f"kategori_{ansokan.pk}"],
                [self[f"kronor_{ansokan.pk}_{ar}"] for ar in self.ar],
                ", ".join(f"{rad.ar}: {kr(rad.kronor)}" for rad in ansokan.belopp.all() if rad.ar not in self.ar),
            )
            for ansokan in self.ansokningar
        ]

    def _las(self, data):
        """{application: {year: (category, kronor)}} of what is ticked."""
        return {
            ansokan.pk: {
                ar: (data.get(f"kategori_{ansokan.pk}") or kategori(ansokan), data[falt] or NOLL)
                for ar in self.ar
                if (falt := f"kronor_{ansokan.pk}_{ar}") in data
            }
            for ansokan in self.ansokningar
            if data.get(f"med_{ansokan.pk}")
        }

    def _skillnader(self, data):
        nu, namn = self._las(data), {ansokan.pk: ansokan.rubrik for ansokan in self.ansokningar}
        return super()._skillnader(data) + [
            (namn[pk], "\n".join(f"{ar}: {kr(kronor)}" for ar, (_, kronor) in self._fore.get(pk, {}).items()) or TOMT)
            for pk in namn
            if self._fore.get(pk, {}) != nu.get(pk, {})
        ]

    @transaction.atomic
    def spara(self):
        scenario = self.save()
        scenario.rader.all().delete()
        Scenariorad.objects.bulk_create(
            Scenariorad(scenario=scenario, ansokan_id=pk, kategori=kod, ar=ar, kronor=kronor)
            for pk, rader in self._las(self.cleaned_data).items()
            for ar, (kod, kronor) in rader.items()
        )
        return scenario


class UnderlagForm(EngangsFormular, forms.Form):
    """In which cases the paper is filed."""

    arenden = forms.ModelMultipleChoiceField(
        label="Ärenden", queryset=Arende.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst ett ärende."},
    )  # fmt: skip

    def __init__(self, *args, arenden, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["arenden"].queryset = arenden
        self.fields["arenden"].initial = [arende.pk for arende in arenden]


class Jamforelse(Formular, forms.Form):
    """Which scenarios stand side by side."""

    HOGST = 3
    s = forms.ModelMultipleChoiceField(label="Scenarier", queryset=Scenario.objects.none())

    def __init__(self, *args, scenarier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["s"].queryset = scenarier

    def clean_s(self):
        valda = list(self.cleaned_data["s"])
        if not 2 <= len(valda) <= self.HOGST:
            raise forms.ValidationError(f"Välj två eller tre scenarier att jämföra. Du valde {len(valda)}.")
        return valda
