"""The forms about a budget beside its table: a line's own page, the members' shares, and the decision."""

from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.db import transaction
from django.db.models import F

from ekonomi.belopp import ORE, kr
from ekonomi.fordelning import medlemmarna
from ekonomi.forms import Kronor, skickade_rader
from ekonomi.models import Budgetpost, Budgetversion, Medlemsbidrag, Verksamhetsar
from ekonomi.reports import faststall
from moten.models import Organ, Punkt
from samordning.karna.forms import AvtrycksFormular, Datum, EngangsFormular, Formular, Regelformular, VersionFormular
from samordning.karna.kalender import idag
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
        rader = list(self.instance.bidrag.all())
        self._kommuner = [rad for rad in rader if rad.slag == Medlemsbidrag.Slag.KOMMUN]
        stat = next((rad for rad in rader if rad.slag == Medlemsbidrag.Slag.STAT), None)
        region = next((rad for rad in rader if rad.slag == Medlemsbidrag.Slag.REGION), None)
        self.fields["region"].queryset = _parter(Part.Slag.REGION)
        self.initial |= {
            "statens": stat and stat.belopp, "stat_namn": stat.namn if stat else "Staten (AF/FK)",
            "region": region and region.part_id, "region_namn": region.namn if region else "",
        }  # fmt: skip
        skickade = skickade_rader(self.data, "kommun_{}", FLEST_MEDLEMMAR)
        self._antal = min(FLEST_MEDLEMMAR, max(len(self._kommuner) + TOMMA_MEDLEMMAR, skickade))
        val = [("", "Välj"), *((part.pk, part.namn) for part in _parter(Part.Slag.KOMMUN))]
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


def _parter(slag):
    return Part.objects.filter(slag=slag, medlem_till=None, medlem_fran__isnull=False).order_by(SvenskOrdning("namn"))


class FaststallForm(EngangsFormular, Regelformular, forms.ModelForm):
    """The board's decision: of the records that are in the application, or a § that is typed."""

    class Meta:
        model = Budgetversion
        fields = ("punkt", "paragraf", "beslutad")
        widgets = {"beslutad": Datum}
        labels = {"punkt": "Beslutet i protokollet"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fran = idag().replace(day=1)
        fran = fran.replace(year=fran.year - 2)
        self.fields["punkt"].queryset = (
            Punkt.objects.filter(
                mote__organ__slag=Organ.Slag.STYRELSE, nummer__isnull=False, mote__dag__gte=fran
            )
            .select_related("mote__organ")
            .order_by("-mote__dag", "nummer")
        )  # fmt: skip
        self.fields["punkt"].label_from_instance = lambda rad: f"{rad.beteckning}, {rad.mote.dag}: {rad.rubrik}"
        self.fields["punkt"].empty_label = "Finns inte här"
        self.fields["paragraf"].required = self.fields["beslutad"].required = False
        self.fields["paragraf"].help_text = "Behövs om beslutet inte finns i listan, till exempel § 34."

    def clean_beslutad(self):
        dag = self.cleaned_data["beslutad"]
        if dag and dag > idag():
            raise forms.ValidationError("Dagen har inte varit än. Skriv dagen då styrelsen beslutade.")
        return dag

    def clean(self):
        data = super().clean()
        if punkt := data.get("punkt"):
            data["paragraf"], data["beslutad"] = punkt.beteckning, punkt.mote.dag
        elif not self.errors:
            if not data.get("paragraf"):
                self.add_error("paragraf", "Skriv paragrafen, eller välj beslutet i protokollet.")
            if not data.get("beslutad"):
                self.add_error("beslutad", "Skriv vilken dag styrelsen beslutade.")
        return data

    def spara(self, ar, av):
        return faststall(ar, self.save(commit=False), av=av)


class RevideraForm(Formular, forms.Form):
    skal = forms.CharField(
        label="Varför ska budgeten ändras?", max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text="Står i nästa version, så att alla ser varför.",
    )  # fmt: skip


def beskriv(version):
    """What a version is called."""
    return "Fastställd budget" if version.nr == 1 else f"Reviderad budget {version.nr - 1}"
