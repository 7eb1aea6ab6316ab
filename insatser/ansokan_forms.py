"""The forms of an application: a new one, its sections, its parties, its attachments, the answers to a completion."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from insatser import ansokan_parter, avsnitt
from insatser.forms_belopp import Beloppsrader
from insatser.historik import kronor_i_ord
from insatser.models import Ansokan, Bilaga, Insats, Kompletteringspunkt
from insatser.optioner import ar_senare
from samordning.karna.andringar import TOMT
from samordning.karna.bilagor import Bilagefalt
from samordning.karna.forms import TAL, AvtrycksFormular, Datum, EngangsFormular, Formular, Regelformular
from samordning.karna.models import Part, Roll
from samordning.karna.models.part import SvenskOrdning

LANGSTA_TEXT = 20_000
FLEST_BILAGOR = 20
UTAN_NAMN = "Skriv vad det ska heta. Du kan ändra det sedan."
UTAN_PERSONER = "Skriv inga namn eller andra uppgifter om deltagare."


class Partval(forms.ModelChoiceField):
    """A unit is told by whose it is."""

    def label_from_instance(self, part):
        return f"{part} ({part.del_av})" if part.del_av_id else str(part)


class NyAnsokanForm(EngangsFormular, forms.ModelForm):
    """The little that is needed before one can write: who applies, what it is called, what can be copied."""

    class Meta:
        model = Ansokan
        fields = ("insats", "rubrik")

    def __init__(self, *args, user, ide=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ide = ide
        slag = self.instance.slag
        egna = ansokan_parter.valbara() if user.ar_kansli else user.enheter(Roll.PARTSFORETRADARE)
        if user.ar_kansli or len(egna) > 1:
            falt = Partval(
                egna,
                label="Huvudpart" if user.ar_kansli else "Vilken part söker du för?",
                empty_label="Välj part",
                help_text="Den part som svarar för ansökan. Övriga parter lägger du till sedan.",
            )
            self.fields = {"huvudpart": falt, **self.fields}
            self.ensam_part = None
        else:
            self.ensam_part = egna.first()
        if slag in avsnitt.INSATSER:
            struktur = slag == Ansokan.Slag.STRUKTUR
            inriktning = Insats.Inriktning.STRUKTUR if struktur else Insats.Inriktning.INDIVID
            insatser = Insats.objects.visible_to(user).filter(inriktning=inriktning)
            self.fields["insats"].queryset = insatser.order_by(SvenskOrdning("namn"), "pk")
            self.fields["insats"].label = "Finns insatsen redan i katalogen?"
            self.fields["insats"].empty_label = "Nej, det är en ny insats"
            self.fields[
                "insats"
            ].help_text = (
                "Då fylls målgrupp, mål, genomförande, platser och tid i från insatsens sida. Du kan ändra allt sedan."
            )
        else:
            del self.fields["insats"]
        self.fields["rubrik"].required = slag not in avsnitt.INSATSER
        self.fields["rubrik"].error_messages["required"] = UTAN_NAMN
        self.fields["rubrik"].label = "Förstudiens namn" if slag == Ansokan.Slag.FORSTUDIE else "Insatsens namn"
        if slag in avsnitt.INSATSER:
            self.fields["rubrik"].help_text = "Behövs inte om du har valt en insats. Då heter ansökan som den."

    def clean(self):
        data = super().clean()
        if not data.get("rubrik") and "rubrik" not in self.errors:
            if data.get("insats"):
                data["rubrik"] = data["insats"].namn
            else:
                self.add_error("rubrik", UTAN_NAMN)
        if self.ide and self.ide.ansokan_id:
            self.add_error(
                None,
                "Idén har redan blivit en ansökan. Det du skrev är kvar, men inget är sparat. "
                "Vill ni ändå söka själva börjar du en ny ansökan från listan över ansökningar.",
            )
        return data

    @property
    def huvudpart(self):
        return self.ensam_part or self.cleaned_data["huvudpart"]


class NamnForm(AvtrycksFormular, forms.ModelForm):
    class Meta:
        model = Ansokan
        fields = ("rubrik",)
        error_messages = {"rubrik": {"required": "Skriv vad det ska heta."}}


class AvsnittForm(AvtrycksFormular, Regelformular, forms.ModelForm):
    """One section. Everything may be left empty in a draft. Two who write in different sections never meet here."""

    regelfalt = {"ansokan_slut_efter_start": "slut", "ansokan_rimlig_period": "start",
                 "ansokan_rimliga_optioner": "optioner"}  # fmt: skip

    class Meta:
        model = Ansokan
        fields = ()
        widgets = {"start": Datum, "slut": Datum} | {
            namn: forms.TextInput(TAL) for namn in ("optioner", "platser", "deltagarveckor")
        }

    def __init__(self, *args, avsnittet, **kwargs):
        super().__init__(*args, **kwargs)
        self.avsnittet = avsnittet
        for falt in self.fields.values():
            if falt.widget.is_hidden:
                continue
            falt.required = False
            if isinstance(falt.widget, forms.Textarea):
                falt.validators.append(MaxLengthValidator(LANGSTA_TEXT))
                falt.widget.attrs["rows"] = 12

    alla_frivilliga = True

    def clean_optioner(self):
        return self.cleaned_data["optioner"] or 0

    def spara(self):
        self.save()

    @property
    def bindande(self):
        """Is what this save changes another application to those who have said that they stand behind it?"""
        return self.avsnittet.nyckel in ansokan_parter.BINDANDE and set(self.andringar()) != {"budgettext"}


class BudgetForm(Beloppsrader, AvsnittForm):
    """The sums are saved with the words about them, so they are behind the same guard."""

    vad = "ansökan"

    def __init__(self, *args, **kwargs):
        instance = kwargs["instance"]
        self._belopp = {rad.ar: rad.kronor for rad in instance.belopp.all()}
        super().__init__(*args, **kwargs)
        start, slut = instance.start, instance.slut
        ar = range(start.year, min(slut.year, start.year + 9) + 1) if start and slut else ()
        self.satt_rader(instance.belopp.all(), ar)

    def _lasversion(self):
        summor = ";".join(f"{ar}:{kronor}" for ar, kronor in self._belopp.items())
        return hashlib.sha256(f"{super()._lasversion()}{summor}".encode()).hexdigest()[:32]

    def clean(self):
        # The rows first: the guard compares the sums too.
        self.las_rader(self.cleaned_data, self._ryms)
        return super().clean()

    def _ryms(self, ar):
        """Within the period and the years that it may be prolonged by, when the period is written."""
        start, slut = self.instance.start, self.instance.slut
        return not (start and slut) or start.year <= ar <= ar_senare(slut, self.instance.optioner).year

    def _skillnader(self, data):
        return super()._skillnader(data) + [
            (f"Belopp {ar}", kronor_i_ord(self._belopp.get(ar)) or TOMT) for ar in self._andrade_ar()
        ]

    def _andrade_ar(self):
        return [ar for ar in sorted(self._belopp.keys() | self.belopp.keys())
                if self._belopp.get(ar) != self.belopp.get(ar)]  # fmt: skip

    def spara(self):
        self.save()
        self.spara_rader(self.instance.belopp)

    def andringar(self):
        return super().andringar() | {
            f"belopp {ar}": [str(self._belopp.get(ar)), str(self.belopp.get(ar))] for ar in self._andrade_ar()
        }


def formular_for(avsnittet, slag):
    """The form class of a section of a kind, with its questions as the table has them."""
    falt = [namn for namn in avsnitt.falt_for(avsnittet, slag) if namn != "belopp"]
    bas = BudgetForm if "belopp" in avsnittet.falt else AvsnittForm
    return forms.modelform_factory(Ansokan, form=bas, fields=falt)


class LaggTillPartForm(Formular, forms.Form):
    part = Partval(Part.objects.none(), label="Lägg till en part", empty_label="Välj part")

    def __init__(self, *args, ansokan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = ansokan_parter.valbara(ansokan)
        self.fields["part"].help_text = "Medlemmar och deras enheter. De som företräder parten får ett mejl."


class BakomForm(Formular, forms.Form):
    """What the kansli writes down when a party has answered by mail or on paper."""

    namn = forms.CharField(
        label="Enligt mejl från", max_length=120, error_messages={"required": "Skriv vem hos parten som har svarat."}
    )


class BilagaForm(EngangsFormular, forms.ModelForm):
    fil = Bilagefalt(label="Fil")

    class Meta:
        model = Bilaga
        fields = ("rubrik",)
        error_messages = {"rubrik": {"required": "Skriv vad filen innehåller."}}

    def __init__(self, *args, ansokan, **kwargs):
        super().__init__(*args, **kwargs)
        self.ansokan = ansokan
        self.fields["rubrik"].help_text = "Till exempel Budget eller Tidplan."

    def clean(self):
        data = super().clean()
        if self.ansokan.bilagor.count() >= FLEST_BILAGOR:
            raise ValidationError(
                f"En ansökan kan ha högst {FLEST_BILAGOR} bilagor. Ta bort en eller slå ihop några till en fil."
            )
        return data


class SvarForm(AvtrycksFormular, forms.ModelForm):
    """The parties' answer to one point of a completion."""

    alla_frivilliga = True
    klart = forms.BooleanField(label="Punkten är klar", required=False)

    class Meta:
        model = Kompletteringspunkt
        fields = ("svar",)
        widgets = {"svar": forms.Textarea({"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["svar"].label = "Ert svar"
        self.fields["svar"].required = False
        self.fields["svar"].validators.append(MaxLengthValidator(LANGSTA_TEXT))
        self.fields["svar"].help_text = "Vad ni har ändrat, eller varför ni inte har ändrat något."
        self.fields["klart"].initial = bool(self.instance.atgardad)

    def clean(self):
        data = super().clean()
        if data.get("klart") and not data.get("svar", "").strip() and "svar" not in self.errors:
            self.add_error("svar", "Skriv ett svar innan du markerar punkten som klar.")
        return data
