"""The forms of the catalogue. What may not collide is asked of the models' constraints, never repeated here."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models

from insatser.models import Insats, Insatskontakt, Medarbetare
from samordning.karna.felord import ett_namn
from samordning.karna.forms import (
    TAL,
    AvtrycksFormular,
    Datum,
    EngangsFormular,
    Regelformular,
    VersionFormular,
)
from samordning.karna.kontakter.forms import KontaktUppgifter
from samordning.karna.models import Anvandare, Kontakt, Part, Roll, Uppdrag
from samordning.karna.models.part import SvenskOrdning

LANGSTA_ORT, FLEST_ORTER = 40, 20
# The index of the search takes a megabyte of words from the texts together.
LANGSTA_TEXT = 20_000
# Names of places that end in s themselves, so that the genitive in "Hofors kommun" adds nothing.
SLUTAR_PA_S = ("fors", "ås", "näs")


class Kommuner(forms.CharField):
    """Places with commas between them, as a list. A place that is known is spelled as before."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        namn = [" ".join(del_.split()) for del_ in re.split(r"[,;\n]", text)]
        kanda = {ort.casefold(): ort for ort in kanda_orter()}
        orter = list(dict.fromkeys(kanda.get(ort.casefold(), ort[:1].upper() + ort[1:]) for ort in namn if ort))
        if langa := [ort for ort in orter if len(ort) > LANGSTA_ORT]:
            raise ValidationError(f"”{langa[0]}” är för långt. Skriv kommunernas namn med komma emellan.")
        if len(orter) > FLEST_ORTER:
            raise ValidationError(
                f"Skriv högst {FLEST_ORTER} kommuner. Nu är de {len(orter)}. Gäller insatsen hela Skaraborg, "
                "kryssa i det i stället."
            )
        return orter


def kanda_orter():
    """The member municipalities by their place names, and every place that an insats already has."""
    medlemmar = Part.objects.medlemmar().filter(slag=Part.Slag.KOMMUN).values_list("namn", flat=True)
    sparade = Insats.objects.exclude(orter=[]).values_list("orter", flat=True)
    return sorted({ortnamn(namn) for namn in medlemmar} | {ort for orter in sparade for ort in orter})


def ortnamn(kommun):
    """Mariestads kommun -> Mariestad, Hjo kommun -> Hjo."""
    ort = re.sub(r" (kommun|stad)$", "", kommun)
    return ort[:-1] if ort != kommun and ort.endswith("s") and not ort.endswith(SLUTAR_PA_S) else ort


class Kryss(forms.TypedMultipleChoiceField):
    """Boxes to tick, stored as a list in the order of the choices."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, val, **kwargs):
        super().__init__(choices=val.choices, required=False, **kwargs)


class InsatsFalt(Regelformular, forms.ModelForm):
    """Everything that the sheet in the plan says, in groups (M105). Free places have a page of their own."""

    regelfalt = {
        "insats_slut_efter_start": "slut",
        "insats_alder_till_efter_fran": "alder_till",
        "insats_max_veckor_efter_min": "max_veckor",
        "insats_strukturell_tar_inte_emot": "tar_emot",
    }
    GRUPPER = (
        ("Namn och arrangör", "namn agare inriktning aven_strukturell skaraborgsgemensam orter"),
        ("Vem insatsen passar för", "sammanfattning malgrupp grupper alder_fran alder_till"),
        ("Vad som händer", "beskrivning metod mal upplagg bakgrund"),
        ("Tid", "omfattning tid_i_insats min_veckor max_veckor start slut"),
        ("Remisser", "tar_emot remittenter"),
        ("Mer att veta", "hitta_hit ovrigt lankar"),
        ("Visning", "publicerad"),
    )

    orter = Kommuner(label="Kommuner", help_text="Skriv komma mellan kommunerna, till exempel Gullspång, Mariestad.")
    grupper = Kryss(Insats.Grupp, label="Passar för")
    upplagg = Kryss(Insats.Upplagg, label="Upplägg")
    remittenter = Kryss(Insats.Remittent, label="Vem som får remittera")

    class Meta:
        model = Insats
        fields = (
            "namn", "agare", "inriktning", "aven_strukturell", "skaraborgsgemensam", "orter",
            "sammanfattning", "malgrupp", "grupper", "alder_fran", "alder_till",
            "beskrivning", "metod", "mal", "upplagg", "bakgrund",
            "omfattning", "tid_i_insats", "min_veckor", "max_veckor", "start", "slut",
            "tar_emot", "remittenter", "hitta_hit", "ovrigt", "lankar", "publicerad",
        )  # fmt: skip
        widgets = {
            "inriktning": forms.RadioSelect,
            "tar_emot": forms.RadioSelect,
            "sammanfattning": forms.Textarea({"rows": 2}),
            "malgrupp": forms.Textarea({"rows": 4}),
            "beskrivning": forms.Textarea({"rows": 6}),
            "metod": forms.Textarea({"rows": 4}),
            "mal": forms.Textarea({"rows": 4}),
            "bakgrund": forms.Textarea({"rows": 4}),
            "hitta_hit": forms.Textarea({"rows": 3}),
            "ovrigt": forms.Textarea({"rows": 3}),
            "lankar": forms.Textarea({"rows": 2}),
            "alder_fran": forms.TextInput(TAL),
            "alder_till": forms.TextInput(TAL),
            "min_veckor": forms.TextInput(TAL),
            "max_veckor": forms.TextInput(TAL),
            "start": Datum,
            "slut": Datum,
        }
        labels = {"publicerad": "Visa insatsen i katalogen", "tar_emot": "Så tar insatsen emot remisser"}
        help_texts = {
            "sammanfattning": "En eller två meningar som står överst på sidan och i katalogen. Högst 300 tecken.",
            "malgrupp": "Vem kommer till insatsen, och vad behöver de?",
            "beskrivning": "Vad gör deltagaren en vanlig dag? Skriv så att deltagaren själv förstår.",
            "omfattning": "Till exempel 3 dagar i veckan, 4–6 timmar om dagen.",
            "tid_i_insats": "Till exempel 4–12 veckor, kan förlängas.",
            "slut": "Sista dagen. Lämna tomt så länge insatsen fortsätter.",
            "lankar": "En adress per rad. Börja med https://.",
            "publicerad": "Utan kryss ser bara kansliet sidan.",
        }
        error_messages = {
            "tar_emot": {"required": "Välj hur insatsen tar emot remisser."},
            "namn": {"unique": "Det finns redan en insats som heter så. Välj ett annat namn."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agare"].queryset = Part.objects.for_val()
        self.fields["agare"].empty_label = "Välj arrangör"
        self.fields["namn"].validators.append(ett_namn)
        for falt in self._meta.model._meta.fields:
            if isinstance(falt, models.TextField) and falt.name in self.fields:
                self.fields[falt.name].validators.append(MaxLengthValidator(LANGSTA_TEXT))

    def grupper_av_falt(self):
        """[(heading, [field])] for the template's fieldsets."""
        return [(rubrik, [self[namn] for namn in falt.split()]) for rubrik, falt in self.GRUPPER]

    def clean_tar_emot(self):
        """M188: an insats with a form of its own is remitted to on paper."""
        tar_emot = self.cleaned_data["tar_emot"]
        if self.instance.egen_blankett_id and tar_emot != Insats.TarEmot.PAPPER:
            raise ValidationError(
                "Insatsen har en egen remissblankett, och då skrivs remissen på papper. Ta bort blanketten på "
                "insatsens sida först, om remisserna ska tas emot på ett annat sätt."
            )
        return tar_emot

    def clean_lankar(self):
        rader = [rad.strip() for rad in self.cleaned_data["lankar"].splitlines() if rad.strip()]
        kontrollera = URLValidator(schemes=["http", "https"])
        for rad in rader:
            try:
                kontrollera(rad)
            except ValidationError:
                raise ValidationError(
                    f"”{rad}” är ingen webbadress. Skriv en adress per rad, till exempel https://www.example.se."
                ) from None
        return "\n".join(rader)


class InsatsForm(EngangsFormular, InsatsFalt):
    """A new insats."""


class InsatsAndraForm(VersionFormular, InsatsFalt):
    """An insats that exists."""


class PlatserForm(AvtrycksFormular, Regelformular, forms.ModelForm):
    """Guarded by its own values: `version` belongs to the sheet, which somebody may be writing at the same time."""

    regelfalt = {"insats_lediga_ryms": "lediga_platser"}

    class Meta:
        model = Insats
        fields = ("lediga_platser", "platser_totalt", "nasta_start")
        widgets = {"lediga_platser": forms.TextInput(TAL), "platser_totalt": forms.TextInput(TAL)}
        help_texts = {
            "lediga_platser": "Hur många nya deltagare kan börja nu? Skriv 0 om det är fullt.",
            "platser_totalt": "Hur många deltagare insatsen har plats för samtidigt.",
            "nasta_start": "Till exempel varje månad, eller 2 september.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lediga_platser"].required = True


class KontaktAndraForm(AvtrycksFormular, KontaktUppgifter):
    """A contact that exists; it may be changed from the page of every insats that has it."""


class NyKontaktForm(EngangsFormular, KontaktUppgifter):
    """A contact person of an insats: one that is known already, or a new one."""

    vald = forms.ModelChoiceField(
        Kontakt.objects.none(),
        label="Någon som redan finns i kontakterna",
        required=False,
        empty_label="Nej, en ny person",
    )
    field_order = ("vald",)

    def __init__(self, *args, insats, **kwargs):
        super().__init__(*args, **kwargs)
        self.insats = insats
        redan = Insatskontakt.objects.filter(insats=insats).values("kontakt")
        self.fields["vald"].queryset = (
            Kontakt.objects.select_related("part").exclude(pk__in=redan).order_by(SvenskOrdning("namn"), "pk")
        )
        self.fields["vald"].label_from_instance = lambda kontakt: f"{kontakt}, {kontakt.part}"
        if self.is_bound and self.data.get("vald"):
            for namn in ("namn", "part"):
                self.fields[namn].required = False

    def clean(self):
        if self.cleaned_data.get("vald"):
            return self.cleaned_data
        return super().clean()

    def _post_clean(self):
        # A contact that exists is used as it is; nothing is made of the other fields.
        if not self.cleaned_data.get("vald"):
            super()._post_clean()

    def spara(self):
        kontakt = self.cleaned_data["vald"] or self.save()
        return Insatskontakt.objects.create(
            insats=self.insats, kontakt=kontakt, ordning=self.insats.insatskontakter.count()
        )


class MedarbetareForm(EngangsFormular, Regelformular, forms.ModelForm):
    """Who works in the insats: only people with the role insatspersonal, today or later."""

    regelfalt = {"medarbetare_slut_efter_start": "till", "medarbetare_inte_dubbelt": "anvandare"}

    class Meta:
        model = Medarbetare
        fields = ("anvandare", "fran", "till")
        widgets = {"fran": Datum, "till": Datum}
        help_texts = {"till": "Lämna tomt om personen arbetar tills vidare. Den sista dagen räknas med."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        personal = Uppdrag.objects.inte_slut().filter(roll=Roll.INSATSPERSONAL).values("anvandare")
        self.fields["anvandare"].queryset = Anvandare.objects.filter(pk__in=personal, is_active=True).order_by(
            SvenskOrdning("namn"), "pk"
        )
        self.fields["anvandare"].empty_label = "Välj person"
        self.fields["anvandare"].label_from_instance = lambda person: f"{person.namn}, {person.epost}"


class MedarbetareSlutForm(Regelformular, forms.ModelForm):
    regelfalt = {"medarbetare_slut_efter_start": "till", "medarbetare_inte_dubbelt": "till"}

    class Meta:
        model = Medarbetare
        fields = ("till",)
        widgets = {"till": Datum}
        labels = {"till": "Sista dag"}
        help_texts = {"till": "Den sista dagen räknas med. Dagen efter ser personen inte längre deltagarna."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["till"].required = True
