"""The forms about a budget beside its table: a line's own page, the members' shares, and the decision."""

from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.db import transaction
from django.db.models import F

from ekonomi.belopp import ORE, kr
from ekonomi.fordelning import medlemmarna
from ekonomi.forms import Kronor, skickade_rader
from ekonomi.forms_beslut import BeslutForm
from ekonomi.models import Budgetpost, Budgetversion, Medlemsbidrag, Verksamhetsar
from ekonomi.reports import faststall
from samordning.karna.forms import AvtrycksFormular, EngangsFormular, Formular, Regelformular, VersionFormular
from samordning.karna.models import Part
from samordning.karna.models.part import SvenskOrdning

TOMMA_MEDLEMMAR, FLEST_MEDLEMMAR = 2, 60
AVRUNDNING = (("1000", "Hela tusental"), ("100", "Hela hundratal"), ("1", "Hela kronor"))


class Procent(forms.DecimalField):
    """A percentage as people type it."""

    def __init__(self, **kwargs):
        widget = forms.TextInput({"inputmode": "decimal", "class": "b-kort"})
        super().__init__(min_value=0, max_value=100, localize=True, widget=widget, **kwargs)


class PostForm(AvtrycksFormular, Regelformular, forms.ModelForm):
    """What the budget's table has no room for. Shared cost and share give the amount."""

    regelfalt = {"budgetpost_andel_individ": "andel_individ", "budgetpost_gemensam": "gemensam_andel"}
    memo = forms.MultipleChoiceField(
        label="Visas inom parentes utan att räknas med", choices=Budgetpost.Kolumn, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Budgetpost
        fields = ("sida", "ny", "avslutas", "memo", "andel_individ", "gemensamt_totalt", "gemensam_andel", "kommentar")
        widgets = {"kommentar": forms.Textarea({"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["andel_individ"] = Procent(
            label="Individinriktad del i procent", required=False, max_digits=5, decimal_places=2,
            help_text="Bara för en rad som är både individ- och strukturinriktad. Tomt räknas helt i radens kategori.",
        )  # fmt: skip
        self.fields["gemensamt_totalt"] = Kronor(
            label="Hela kostnaden, alla förbund", required=False,
            help_text="Bara för en kostnad som flera förbund delar. Radens belopp blir vår andel av den.",
        )  # fmt: skip
        self.fields["gemensam_andel"] = Procent(
            label="Vår andel i procent", required=False, max_digits=6, decimal_places=3
        )  # fmt: skip

    def clean(self):
        data = super().clean()
        totalt, andel = data.get("gemensamt_totalt"), data.get("gemensam_andel")
        if totalt is not None and andel is None:
            self.add_error("gemensam_andel", "Skriv hur stor del av kostnaden som är vår.")
        elif totalt is None and andel is not None:
            self.add_error("gemensamt_totalt", "Skriv hela kostnaden som andelen gäller.")
        return data

    @transaction.atomic
    def save(self, commit=True):
        """The year counts one more save, so that whoever has its table open is told."""
        rad = super().save(commit)
        if (totalt := self.cleaned_data["gemensamt_totalt"]) is not None:
            rad.belopp = (totalt * self.cleaned_data["gemensam_andel"] / 100).quantize(ORE, ROUND_HALF_UP)
            rad.save(update_fields=["belopp"])
        Verksamhetsar.objects.filter(pk=rad.verksamhetsar_id).update(version=F("version") + 1)
        return rad


class BidragForm(VersionFormular, forms.ModelForm):
    """The state's sum and the municipalities' key; the shares are counted and the year's allocation is their sum."""

    statens = Kronor(label="Statens del", help_text="För Försäkringskassan och Arbetsförmedlingen tillsammans.")
    stat_namn = forms.CharField(label="Så heter staten i tabellen", max_length=120, initial="Staten (AF/FK)")
    region = forms.ModelChoiceField(label="Region", queryset=Part.objects.none(), empty_label="Välj")
    region_namn = forms.CharField(
        label="Så heter regionen i tabellen", max_length=120, required=False,
        help_text="Till exempel hälso- och sjukvårdsnämnden. Tomt blir regionens namn.",
    )  # fmt: skip
    avrunda = forms.ChoiceField(label="Avrunda kommunernas belopp till", choices=AVRUNDNING)

    class Meta:
        model = Verksamhetsar
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rader = list(self.instance.bidrag.all()) or _forra_arets(self.instance.ar)
        self._kommuner = [rad for rad in rader if rad.slag == Medlemsbidrag.Slag.KOMMUN]
        stat = next((rad for rad in rader if rad.slag == Medlemsbidrag.Slag.STAT), None)
        region = next((rad for rad in rader if rad.slag == Medlemsbidrag.Slag.REGION), None)
        self.fields["region"].queryset = _parter(Part.Slag.REGION)
        i_ar = stat and stat.verksamhetsar_id == self.instance.pk
        self.initial |= {
            "statens": stat.belopp if i_ar else None, "stat_namn": stat.namn if stat else "Staten (AF/FK)",
            "region": region and region.part_id, "region_namn": region.namn if region else "",
        }  # fmt: skip
        skickade = skickade_rader(self.data, "kommun_{}", FLEST_MEDLEMMAR)
        medlemmar = [(part.pk, part.namn) for part in _parter(Part.Slag.KOMMUN)]
        # Room for all of them: the shares are to be 100 percent together the first time they are saved.
        rum = max(len(self._kommuner) + TOMMA_MEDLEMMAR, len(medlemmar))
        self._antal = min(FLEST_MEDLEMMAR, max(rum, skickade))
        val = [("", "Välj"), *medlemmar]
        for nr in range(self._antal):
            rad = self._kommuner[nr] if nr < len(self._kommuner) else None
            self.fields[f"kommun_{nr}"] = forms.TypedChoiceField(
                label=f"Kommun {nr + 1}", required=False, choices=val, coerce=int, empty_value=None,
                initial=rad and rad.part_id,
            )  # fmt: skip
            self.fields[f"nyckel_{nr}"] = Procent(
                label=f"Andel i procent, kommun {nr + 1}", required=False, max_digits=6, decimal_places=3,
                initial=rad and rad.nyckel is not None and f"{rad.nyckel.normalize():f}".replace(".", ",") or None,
            )  # fmt: skip

    def egna_falt(self):
        return [self[namn] for namn in ("statens", "stat_namn", "region", "region_namn", "avrunda")]

    def kommunrader(self):
        """[(municipality, percent)] for the template's table."""
        return [(self[f"kommun_{nr}"], self[f"nyckel_{nr}"]) for nr in range(self._antal)]

    def clean(self):
        data = super().clean()
        nycklar = {}
        for nr in range(self._antal):
            kommun, nyckel = data.get(f"kommun_{nr}"), data.get(f"nyckel_{nr}")
            if {f"kommun_{nr}", f"nyckel_{nr}"} & self.errors.keys() or (kommun is None and nyckel is None):
                continue
            if kommun is None:
                self.add_error(f"kommun_{nr}", f"Välj kommunen som betalar {nyckel} procent.")
            elif not nyckel:
                self.add_error(f"nyckel_{nr}", "Skriv kommunens andel i procent.")
            elif kommun in nycklar:
                self.add_error(f"kommun_{nr}", "Kommunen står på två rader. Skriv den en gång.")
            else:
                nycklar[kommun] = nyckel
        if not self.errors and sum(nycklar.values()) != 100:
            summa = f"{sum(nycklar.values(), Decimal(0)).normalize():f}".replace(".", ",")
            self.add_error("nyckel_0", f"Kommunernas andelar ska bli 100 procent tillsammans. De blir {summa}.")
        self._nycklar = nycklar
        return data

    def _skillnader(self, data):
        """The fields are no columns of the year: what is saved is told, whatever was typed."""
        return [(rad.namn, kr(rad.belopp)) for rad in self.instance.bidrag.all()] or [
            ("Tilldelning", kr(self.instance.tilldelning))
        ]

    def save(self, commit=True):
        data = self.cleaned_data
        region, kommuner = medlemmarna(data["statens"], list(self._nycklar.values()), Decimal(data["avrunda"]))
        namn = dict(Part.objects.filter(pk__in=self._nycklar).values_list("pk", "namn"))
        Slag = Medlemsbidrag.Slag
        rader = [
            (Slag.STAT, data["stat_namn"], None, None, data["statens"]),
            (Slag.REGION, data["region_namn"] or data["region"].namn, data["region"].pk, None, region),
            *(
                (Slag.KOMMUN, namn[part], part, nyckel, belopp)
                for (part, nyckel), belopp in zip(self._nycklar.items(), kommuner, strict=True)
            ),
        ]
        with transaction.atomic():
            ar = super().save(commit=False)
            ar.tilldelning = sum(rad[4] for rad in rader)
            ar.save()
            ar.bidrag.all().delete()
            Medlemsbidrag.objects.bulk_create(
                Medlemsbidrag(
                    verksamhetsar=ar, ordning=nr, slag=slag, namn=namn, part_id=part, nyckel=nyckel, belopp=belopp
                )
                for nr, (slag, namn, part, nyckel, belopp) in enumerate(rader)
            )  # fmt: skip
        return ar

    def andringar(self):
        return {"tilldelning": f"{self.instance.tilldelning:.2f}"}


def _forra_arets(ar):
    """The members of the latest year before that has any: their names and key are seldom others this year."""
    forra = Medlemsbidrag.objects.filter(verksamhetsar__ar__lt=ar).order_by("-verksamhetsar__ar").first()
    return list(Medlemsbidrag.objects.filter(verksamhetsar=forra.verksamhetsar_id)) if forra else []


def _parter(slag):
    return Part.objects.filter(slag=slag, medlem_till=None, medlem_fran__isnull=False).order_by(SvenskOrdning("namn"))


class FaststallForm(EngangsFormular, BeslutForm):
    """The board's decision about a budget."""

    def spara(self, ar, av):
        return faststall(ar, Budgetversion(**self.beslutet), av=av)


class RevideraForm(Formular, forms.Form):
    skal = forms.CharField(
        label="Varför ska budgeten ändras?", max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text="Står i nästa version, så att alla ser varför.",
    )  # fmt: skip


def beskriv(version):
    """What a version is called."""
    return "Fastställd budget" if version.nr == 1 else f"Reviderad budget {version.nr - 1}"
