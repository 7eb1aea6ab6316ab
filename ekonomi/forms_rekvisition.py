"""The forms of a requisition. The agreement's row is locked by the view before they are read, so what they say about
what is left holds until the save."""

import hashlib
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from ekonomi.belopp import kr
from ekonomi.forms import Kronor, skickade_rader
from ekonomi.models import Rekvisition, Rekvisitionsrad
from ekonomi.rekvirera import ANDRAD, utanfor_avtalet
from ekonomi.reports import saldon
from samordning.karna import bilagor, felord
from samordning.karna.andringar import TOMT, skrivbar
from samordning.karna.forms import Datum, EngangsFormular, Formular, Regelformular, VersionFormular
from samordning.karna.kalender import idag

TOMMA_RADER, MINST_RADER, FLEST_RADER = 2, 3, 50
INTE_SPARAT = "Inget är sparat än."
# Rules that the database alone has: where the words are shown, and the words.
KROCKAR = {
    "rekvisition_ryms_i_avtalet": ("belopp", "Beloppet ryms inte i det som är beviljat. Öppna sidan igen."),
    "rekvisition_perioder_skilda": ("period", "En del av perioden är redan rekvirerad. Öppna sidan igen."),
}


class RekvisitionFalt(Regelformular, forms.ModelForm):
    regelfalt = {"rekvisition_en_per_period": "period", "rekvisition_belopp_over_noll": "belopp"}

    class Meta:
        model = Rekvisition
        fields = ("ar", "period", "belopp", "specifikation")

    specifikation = forms.CharField(
        label="Specifikation", required=False, max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text="Vad pengarna har gått till. Skriv inget om enskilda deltagare.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A year that has claims and no sum any more is not to be chosen.
        self.saldon = {
            rad.ar: rad for rad in saldon([self.instance.avtal_id], utom=self.instance.pk) if rad.beviljat > 0
        }  # fmt: skip
        self.fields["ar"] = forms.TypedChoiceField(
            label="År", coerce=int,
            choices=[(ar, f"{ar}: {kr(rad.kvar)} kvar av {kr(rad.beviljat)}") for ar, rad in self.saldon.items()],
        )  # fmt: skip
        self.initial["ar"] = self._forsta_val()
        self.fields["belopp"] = Kronor(label="Belopp i kronor")
        self.fields["underlag"] = bilagor.Bilagefalt(
            label="Underlag", required=False,
            help_text=f"{bilagor.hjalptext()} Lägg inte med något om enskilda deltagare.",
        )  # fmt: skip
        self._rader = list(self.instance.rader.all()) if self.instance.pk else []
        skickade = skickade_rader(self.data, "text_{}", FLEST_RADER)
        self._antal = min(FLEST_RADER, max(MINST_RADER, len(self._rader) + TOMMA_RADER, skickade))
        for nr in range(self._antal):
            rad = self._rader[nr] if nr < len(self._rader) else None
            self.fields[f"text_{nr}"] = forms.CharField(
                label=f"Kostnad, rad {nr + 1}", max_length=120, required=False, initial=rad and rad.text
            )
            self.fields[f"kronor_{nr}"] = Kronor(
                label=f"Belopp, rad {nr + 1}", required=False, initial=rad and rad.belopp
            )

    def _forsta_val(self):
        """This year when the agreement has it, else its last."""
        ar = self.instance.ar or idag().year
        return ar if ar in self.saldon else max(self.saldon, default=None)

    def huvudfalt(self):
        return [self[namn] for namn in (*self._meta.fields, "underlag")]

    def kostnadsrader(self):
        """[(text, sum)] for the template's table."""
        return [(self[f"text_{nr}"], self[f"kronor_{nr}"]) for nr in range(self._antal)]

    def clean(self):
        data = super().clean()
        self.rader = self._las_rader(data)
        belopp, ar, period = data.get("belopp"), data.get("ar"), data.get("period")
        summa = sum((kronor for _, kronor in self.rader), Decimal(0))
        if belopp is not None and self.rader and summa != belopp:
            self.add_error(
                "belopp", f"Kostnaderna blir {kr(summa)} tillsammans, men beloppet är {kr(belopp)}. De ska vara lika."
            )
        if belopp is not None and ar in self.saldon and belopp > self.saldon[ar].kvar:
            self.add_error("belopp", for_mycket(belopp, self.saldon[ar]))
        if ar and period and (utanfor := utanfor_avtalet(self.instance.avtal, Rekvisition(ar=ar, period=period))):
            self.add_error("period", f"{utanfor} {INTE_SPARAT}")
        elif ar and period and (annan := self._overlappar(ar, period)):
            lage = annan.get_lage_display().lower()
            self.add_error(
                "period",
                f"{annan.period_i_ord.capitalize()} är redan rekvirerat ({annan}, {lage}). "
                "Ändra den rekvisitionen i stället, eller återkalla den.",
            )
        return data

    def _las_rader(self, data):
        rader = []
        for nr in range(self._antal):
            falt_text, falt_kronor = f"text_{nr}", f"kronor_{nr}"
            if falt_text in self.errors or falt_kronor in self.errors:
                continue
            text, kronor = data[falt_text], data[falt_kronor]
            if text and kronor is None:
                self.add_error(falt_kronor, f"Skriv vad ”{text}” kostade, eller töm raden.")
            elif kronor is not None and not text:
                self.add_error(falt_text, f"Skriv vad {kr(kronor)} har gått till.")
            elif text:
                rader.append((text, kronor))
        return rader

    def _overlappar(self, ar, period):
        """Another that counts and asks for some of the same quarters."""
        andra = Rekvisition.objects.galler().filter(avtal=self.instance.avtal_id, ar=ar).exclude(pk=self.instance.pk)
        kvartal = Rekvisition.KVARTAL[period]
        return next((rad for rad in andra if not kvartal.isdisjoint(Rekvisition.KVARTAL[rad.period])), None)

    def satt_krock(self, fel):
        if super().satt_krock(fel):
            return True
        # What only the database saw, because it happened between our look and the save.
        regel = getattr(getattr(fel.__cause__, "diag", None), "constraint_name", None)
        if regel not in KROCKAR:
            return False
        falt, text = KROCKAR[regel]
        self.add_error(falt, f"{text} {INTE_SPARAT}")
        return True

    @transaction.atomic
    def spara(self, *, av):
        self.instance.skribenter = sorted({*self.instance.skribenter, av.pk})
        if self.cleaned_data["underlag"]:
            self.instance.underlag = bilagor.spara(self.cleaned_data["underlag"], av=av)
        rekvisition = self.save()
        rekvisition.rader.all().delete()
        Rekvisitionsrad.objects.bulk_create(
            [Rekvisitionsrad(rekvisition=rekvisition, text=text, belopp=kronor) for text, kronor in self.rader]
        )
        return rekvisition

    def historik(self):
        """The sums of this save, without its free text."""
        return {namn: skrivbar(self.cleaned_data[namn]) for namn in ("ar", "period", "belopp")}


def for_mycket(belopp, saldo):
    """Why a claim is refused, with what is left."""
    if saldo.kvar <= 0:
        return (
            f"Det finns inget kvar att rekvirera för {saldo.ar}. {kr(saldo.beviljat)} är beviljat och "
            f"{kr(saldo.rekvirerat)} är redan rekvirerat. {INTE_SPARAT}"
        )
    return (
        f"{kr(belopp)} är mer än vad som finns kvar för {saldo.ar}. Kvar är {kr(saldo.kvar)}: {kr(saldo.beviljat)} är "
        f"beviljat och {kr(saldo.rekvirerat)} är redan rekvirerat. {INTE_SPARAT}"
    )


class RekvisitionForm(EngangsFormular, RekvisitionFalt):
    """A new requisition."""


class RekvisitionAndraForm(VersionFormular, RekvisitionFalt):
    """A draft, or one that was sent back."""

    def _skillnader(self, data):
        sparade = [(rad.text, rad.belopp) for rad in self._rader]
        krockar = super()._skillnader(data)
        if sparade != self.rader:
            i_ord_ = "\n".join(f"{text}: {kr(kronor)}" for text, kronor in sparade)
            krockar.append(("Kostnader", i_ord_ or TOMT))
        if self._byter_underlag(data):
            krockar.append(("Underlag", self.instance.underlag.filnamn))
        return krockar

    def _byter_underlag(self, data):
        """A file is chosen, and another one is saved."""
        ny, sparat = data.get("underlag"), self.instance.underlag
        if not ny or not sparat:
            return False
        ny.seek(0)
        return hashlib.sha256(ny.read()).hexdigest() != sparat.sha256

    def andringar(self):
        andrat = super().andringar()
        return {namn: varden for namn, varden in andrat.items() if namn != "specifikation"}


class TillbakaForm(Formular, forms.Form):
    skal = forms.CharField(
        label="Vad behöver rättas?", max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="Parten läser det här på rekvisitionens sida. Mejlet säger bara att något behöver rättas.",
    )  # fmt: skip


class BetaldForm(Formular, forms.Form):
    dag = forms.DateField(label="Betalades den", widget=Datum, initial=idag)
    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), felord.OPPNA_IGEN)
    )

    def __init__(self, *args, rekvisition, **kwargs):
        super().__init__(*args, **kwargs)
        self.rekvisition = rekvisition
        self.initial["version"] = rekvisition.version

    def clean(self):
        data = super().clean()
        if "version" in data and data["version"] != self.rekvisition.version:
            # The page shows it as it is now; the next sending is a choice made with that in sight.
            self.data = self.data.copy()
            self.data["version"] = str(self.rekvisition.version)
            raise ValidationError(ANDRAD)
        return data

    def clean_dag(self):
        dag, idag_ = self.cleaned_data["dag"], idag()
        if dag > idag_:
            raise ValidationError("Dagen har inte varit än. Skriv in betalningen när den är gjord.")
        if self.rekvisition.inskickad and dag < localdate(self.rekvisition.inskickad):
            raise ValidationError("Dagen är före den dag då rekvisitionen skickades in. Kontrollera datumet.")
        return dag


class Urval(Formular, forms.Form):
    """What a list of requisitions shows. What cannot be chosen is left out in silence."""

    vy = forms.ChoiceField(label="Visa", required=False, choices=[("", "Alla"), ("attestera", "Väntar på din attest")])
    lage = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla lägen"), *Rekvisition.Lage.choices])
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)
    insats = forms.TypedChoiceField(label="Insats", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, synliga, far_attestera, **kwargs):
        super().__init__(*args, **kwargs)
        par = list(synliga.order_by().values_list("ar", "avtal__insats", "avtal__insats__namn").distinct())
        self.fields["ar"].choices = [("", "Alla år")] + [
            (ar, ar) for ar in sorted({rad[0] for rad in par}, reverse=True)
        ]
        self.fields["insats"].choices = [("", "Alla insatser")] + sorted(
            {(pk, namn) for _, pk, namn in par}, key=lambda val: val[1].casefold()
        )
        if not far_attestera:
            del self.fields["vy"]

    def filter(self, rader, user):
        self.is_valid()
        val = self.cleaned_data
        if val.get("vy") == "attestera":
            rader = rader.att_attestera_for(user)
        if val.get("lage"):
            rader = rader.filter(lage=val["lage"])
        if val.get("ar"):
            rader = rader.filter(ar=val["ar"])
        if val.get("insats"):
            rader = rader.filter(avtal__insats=val["insats"])
        return rader

    @property
    def valt(self):
        """True when something is chosen, for the words of an empty list."""
        return any(self.cleaned_data.get(namn) for namn in self.fields)
