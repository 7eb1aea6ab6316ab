"""Agreements as they are written after a decision, and the conditions of the decision."""

from django import forms
from django.utils.formats import date_format

from insatser.forms_avtal import AvtalFalt
from insatser.forms_belopp import Beloppsrader
from insatser.historik import kronor_i_ord
from insatser.models import Avtal, Insats, Villkor
from insatser.optioner import ar_senare
from samordning.karna.andringar import TOMT, skrivbar
from samordning.karna.forms import TAL, Datum, EngangsFormular, Regelformular, VersionFormular
from samordning.karna.kalender import idag
from samordning.karna.models.part import SvenskOrdning


class AvtalFranBeslutForm(EngangsFormular, AvtalFalt):
    """A new agreement, filled in from what was applied for. Without an insats a new one is made."""

    regelfalt = {namn: falt for namn, falt in AvtalFalt.regelfalt.items() if falt != "utnyttjade"}

    class Meta(AvtalFalt.Meta):
        fields = ("insats", "huvudpart", "parter", "start", "slut", "optioner", "platser", "deltagarveckor")
        help_texts = {"slut": "Sista dagen i den första perioden, utan förlängningar.",
                      "optioner": AvtalFalt.Meta.help_texts["optioner"]}  # fmt: skip

    def __init__(self, *args, ansokan, **kwargs):
        self.ansokan = ansokan
        parter = list(ansokan.parter.all())
        huvudpart = next((rad.part_id for rad in parter if rad.huvud), parter[0].part_id if parter else None)
        falt = ("start", "slut", "optioner", "platser", "deltagarveckor")
        kwargs["initial"] = {
            "insats": ansokan.insats_id or Insats.objects.filter(namn__iexact=ansokan.rubrik).first(),
            "huvudpart": huvudpart,
            "parter": [rad.part_id for rad in parter if rad.part_id != huvudpart],
        } | {namn: getattr(ansokan, namn) for namn in falt}
        super().__init__(*args, **kwargs)
        insats = self.fields["insats"]
        insats.queryset = Insats.objects.order_by(SvenskOrdning("namn"), "pk")
        insats.required = False
        insats.label = "Befintlig insats"
        insats.empty_label = f"Ny insats: {ansokan.rubrik}"
        insats.help_text = "En ny insats får ansökans texter och syns inte i katalogen förrän du publicerar den."
        self.satt_rader(list(ansokan.belopp.all()))

    def clean(self):
        data = super().clean()
        namn = self.ansokan.rubrik
        if "insats" in data and not data["insats"] and Insats.objects.filter(namn__iexact=namn).exists():
            self.add_error("insats", f"Det finns redan en insats som heter {namn}. Välj den i listan.")
        return data


class ForlangForm(Beloppsrader, VersionFormular, Regelformular, forms.ModelForm):
    """One more year. The view has counted up `utnyttjade`; the sums are those that hold and those that were granted."""

    regelfalt = {"avtal_rimligt_slut": "slut", "avtal_slut_efter_start": "slut", "avtal_ett_at_gangen": "slut"}

    class Meta:
        model = Avtal
        fields = ("slut", "platser", "deltagarveckor")
        widgets = {"slut": Datum, "platser": forms.TextInput(TAL), "deltagarveckor": forms.TextInput(TAL)}

    def __init__(self, *args, ansokan, period, **kwargs):
        self.period = period
        avtal = kwargs["instance"]
        kwargs["initial"] = {"slut": min(ansokan.slut or period.till, period.till)} | {
            namn: varde for namn in ("platser", "deltagarveckor") if (varde := getattr(ansokan, namn)) is not None
        }
        super().__init__(*args, **kwargs)
        self.fields["slut"].label = "Ny sista dag"
        sparade = {rad.ar: rad.kronor for rad in avtal.belopp.all()}
        self._sparade_belopp = dict(sparade)
        for rad in ansokan.belopp.all():
            # A year that the agreement already had to its end gets the new months on top. What was agreed in advance
            # for a later year is the same money as was granted now (`optioner.belopp_for`), not more.
            redan = sparade.get(rad.ar, 0) if rad.ar <= avtal.slut.year else 0
            sparade[rad.ar] = redan + rad.kronor
        self.satt_rader([avtal.belopp.model(ar=ar, kronor=kronor) for ar, kronor in sorted(sparade.items())])

    def avtalsfalt(self):
        return [self[namn] for namn in self._meta.fields]

    def clean(self):
        data = super().clean()
        slut = data.get("slut")
        if slut and slut < self.period.fran:
            self.add_error("slut", f"Skriv en dag från och med {date_format(self.period.fran, 'j F Y')}.")
        elif slut and slut > self.period.till:
            sist = date_format(self.period.till, "j F Y")
            self.add_error("slut", f"En förlängning är högst ett år. Sista dagen kan vara {sist}.")
        # Sums that are agreed for the options that are left stay in the agreement.
        kvar = self.instance.optioner - self.instance.utnyttjade
        sista = ar_senare(slut or self.period.till, kvar).year
        self.las_rader(data, lambda ar: self.instance.start.year <= ar <= sista)
        return data

    def spara(self):
        avtal = self.save()
        self.spara_rader(avtal.belopp)
        return avtal

    def andringar(self):
        belopp = {
            f"belopp {ar}": [skrivbar(self._sparade_belopp.get(ar)), skrivbar(self.belopp.get(ar))]
            for ar in sorted(self._sparade_belopp.keys() | self.belopp.keys())
            if self._sparade_belopp.get(ar) != self.belopp.get(ar)
        }
        nr = self.instance.utnyttjade
        return super().andringar() | {"utnyttjade": [nr - 1, nr]} | belopp

    def _skillnader(self, data):
        return super()._skillnader(data) + [
            (f"Belopp {ar}", kronor_i_ord(kronor) or TOMT) for ar, kronor in sorted(self._sparade_belopp.items())
        ]


class VillkorFalt(Regelformular, forms.ModelForm):
    regelfalt = {"villkor_uppfoljt_har_dag": "uppfoljt"}


class VillkorForm(EngangsFormular, VillkorFalt):
    """A condition, as the decision has it."""

    class Meta:
        model = Villkor
        fields = ("text", "matetal", "foljs_upp")
        widgets = {"text": forms.Textarea({"rows": 3}), "foljs_upp": Datum}
        help_texts = {
            "matetal": "Till exempel: minst tio deltagare före årets slut.",
            "foljs_upp": "Gärna i god tid före nästa beslut om insatsen.",
        }


class VillkorAndraForm(VersionFormular, VillkorFalt):
    """The same with how it went. A followed up condition says when, and may not be from tomorrow."""

    class Meta:
        model = Villkor
        fields = ("text", "matetal", "foljs_upp", "status", "uppfoljt", "uppfoljning")
        widgets = {
            "text": forms.Textarea({"rows": 3}), "foljs_upp": Datum, "status": forms.RadioSelect, "uppfoljt": Datum,
            "uppfoljning": forms.Textarea({"rows": 4}),
        }  # fmt: skip
        labels = {"status": "Hur det gick", "uppfoljt": "Uppföljt den", "uppfoljning": "Det här såg vi"}
        help_texts = {"uppfoljning": "Visas i nästa ansökan om förlängning. Skriv inget om enskilda personer."}

    def clean(self):
        data = super().clean()
        if data.get("status") == Villkor.Status.OPPET:
            data["uppfoljt"] = None
        elif data.get("status") and not data.get("uppfoljt") and "uppfoljt" not in self.errors:
            data["uppfoljt"] = idag()
        if (dag := data.get("uppfoljt")) and dag > idag():
            self.add_error("uppfoljt", "Uppföljningen kan inte ha gjorts i framtiden. Kontrollera datumet.")
        return data
