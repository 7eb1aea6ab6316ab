"""Forms about accounts. What a role may not collide with is asked of the model's constraints, never repeated here."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from samordning.karna import policies
from samordning.karna.felord import ett_namn
from samordning.karna.forms import Datum, EngangsFormular, Formular
from samordning.karna.kalender import idag
from samordning.karna.konton import inbjudan
from samordning.karna.konton.allauth_forms import ADRESSENS_FORM, LOSENORDSHJALP, OLIKA
from samordning.karna.models import Anvandare, Part, Roll, Uppdrag

FEL_KOD = (
    "Koden gäller inte. Den kan vara felskriven, redan använd eller för gammal. Kontrollera den, "
    "eller be den som bjöd in dig att skicka en ny inbjudan."
)
FOR_LANG_ADRESS = "Adressen är för lång. Skriv en e-postadress med högst 254 tecken."
DATUMETS_FORM = "Skriv datumet som 2026-03-31."
KROCK = "Någon annan ändrade personens roller samtidigt. Inget har sparats. Kontrollera rollerna och försök igen."


class KontoFilter(forms.Form):
    alla_frivilliga = True

    sok = forms.CharField(label="Namn eller e-post", required=False, max_length=120)
    roll = forms.ChoiceField(label="Roll i dag", required=False, choices=[("", "Alla roller"), *Roll.choices])

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user

    def filter(self, konton):
        if not self.is_valid():
            return konton
        if sok := self.cleaned_data["sok"]:
            konton = konton.filter(Q(namn__icontains=sok) | Q(epost__icontains=sok))
        if roll := self.cleaned_data["roll"]:
            har_rollen = Uppdrag.objects.visible_to(self.user).pagaende().filter(roll=roll)
            konton = konton.filter(pk__in=har_rollen.values("anvandare"))
        return konton


class Uppdragsformular(Formular, forms.ModelForm):
    """What the forms about a role share: the constraints are asked in the form, before the database asks them."""

    def _post_clean(self):
        super()._post_clean()
        # The form has no field for the person, so Django would leave out the constraints that name it.
        if not self.errors and self.instance.anvandare_id:
            try:
                self.instance.validate_constraints()
            except ValidationError as fel:
                self.add_error(None, fel)


class UppdragForm(EngangsFormular, Uppdragsformular):
    """A role at a part. A kontoansvarig is offered only the parts and roles that it may give."""

    class Meta:
        model = Uppdrag
        fields = ("part", "roll", "fran", "till")
        widgets = {"fran": Datum, "till": Datum}
        labels = {"part": "Organisation eller enhet"}
        help_texts = {"till": "Lämna tomt om rollen gäller tills vidare. Den sista dagen räknas med."}
        error_messages = {
            "part": {"required": "Välj organisation eller enhet."},
            "roll": {"required": "Välj en roll."},
            "fran": {"required": "Skriv från vilken dag rollen gäller.", "invalid": DATUMETS_FORM},
            "till": {"invalid": DATUMETS_FORM},
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["part"].queryset = Part.objects.for_konton(user).for_val()
        self.fields["part"].empty_label = "Välj organisation"
        roller = Roll if user.ar_kontoansvarig_for_alla else [r for r in Roll if r in policies.PARTENS_ROLLER]
        self.fields["roll"].choices = [("", "Välj roll"), *[(roll.value, roll.label) for roll in roller]]

    def clean(self):
        data = super().clean()
        part, roll = data.get("part"), data.get("roll")
        if part and roll and not policies.can_ge_roll(self.user, roll, part):
            self.add_error(
                "roll", f"Rollen {Roll(roll).label} finns bara hos samordningsförbundet. Välj en annan roll."
            )
        return data

    def spara(self):
        """(the role, True), (what an earlier sending made, False), or (None, False) with the error in the form."""
        try:
            return self.skapa_en_gang(self.user, Uppdrag, self.save)
        except IntegrityError:
            self.add_error(None, KROCK)
            return None, False


class UppdragSlutForm(Uppdragsformular):
    """The last day of a role."""

    class Meta:
        model = Uppdrag
        fields = ("till",)
        widgets = {"till": Datum}
        labels = {"till": "Sista dagen"}
        help_texts = {"till": "Rollen gäller den dagen ut."}
        error_messages = {"till": {"required": "Skriv vilken dag som är den sista.", "invalid": DATUMETS_FORM}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["till"].required = True
        if not self.is_bound:
            self.initial["till"] = self.initial.get("till") or max(idag(), self.instance.fran)

    def clean_till(self):
        till = self.cleaned_data["till"]
        if till < idag():
            raise ValidationError("Rollen har gällt fram till i dag. Välj dagens datum eller ett senare.")
        return till

    def spara(self):
        """Save; False, with the error in the form, when somebody else gave a role that collides meanwhile."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.add_error(None, KROCK)
            return False
        return True


class InbjudanForm(UppdragForm):
    """A new person with a first role. `finns` is set to the account when the address already has one."""

    namn = forms.CharField(
        label="Namn",
        max_length=120,
        validators=[ett_namn],
        error_messages={"required": "Skriv personens namn."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    epost = forms.EmailField(
        label="E-post",
        max_length=254,
        help_text="Hit skickas inbjudan. Med adressen loggar personen in.",
        error_messages={
            "required": "Skriv personens e-postadress.",
            "invalid": ADRESSENS_FORM,
            "max_length": FOR_LANG_ADRESS,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("namn", "epost", "part", "roll", "fran", "till")
    finns = None

    def clean_epost(self):
        epost = self.cleaned_data["epost"].lower()
        if konto := Anvandare.objects.filter(epost=epost).first():
            if policies.can_view_konto(self.user, konto):
                self.finns = konto
                raise ValidationError("Det finns redan ett konto med den adressen. Lägg till rollen där.")
            raise ValidationError("Adressen går inte att bjuda in härifrån. Ring kansliet så hjälper de dig.")
        return epost

    def _skapa(self):
        konto = Anvandare.objects.skapa(self.cleaned_data["epost"], self.cleaned_data["namn"].strip())
        self.instance.anvandare = konto
        self.save()
        return konto

    def spara(self):
        """The account and its role, with the answers of `UppdragForm.spara`: the account instead of the role."""
        try:
            return self.skapa_en_gang(self.user, Anvandare, self._skapa)
        except IntegrityError:
            self.add_error("epost", "Någon annan bjöd in samma adress samtidigt. Sök efter kontot i listan.")
            return None, False


class LosInForm(Formular, forms.Form):
    """The code of the invitation and a password. Nothing is said of the password until the code is right."""

    kod = forms.CharField(
        label="Kod",
        help_text="Koden står i mejlet. Stora och små bokstäver spelar ingen roll.",
        max_length=100,
        error_messages={"required": "Skriv koden som står i mejlet."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )
    losenord = forms.CharField(
        label="Välj ett lösenord",
        help_text=LOSENORDSHJALP,
        strip=False,
        error_messages={"required": "Välj ett lösenord."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    losenord_igen = forms.CharField(
        label="Skriv lösenordet igen",
        strip=False,
        error_messages={"required": "Skriv lösenordet en gång till."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    inbjudan = None
    fel_kod = False

    def clean_kod(self):
        self.inbjudan = inbjudan.giltig(self.cleaned_data["kod"])
        if self.inbjudan is None:
            self.fel_kod = True
            raise ValidationError(FEL_KOD)
        return self.cleaned_data["kod"]

    def clean(self):
        data = super().clean()
        if self.inbjudan and "losenord" in data:
            if data.get("losenord_igen") not in (None, data["losenord"]):
                self.add_error("losenord_igen", OLIKA)
            try:
                validate_password(data["losenord"], self.inbjudan.anvandare)
            except ValidationError as fel:
                self.add_error("losenord", fel)
        return data
