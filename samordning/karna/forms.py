"""The base of every form: bound on POST, sent once, and never over a colleague's change."""

import hashlib
import json
import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from samordning.karna import felord
from samordning.karna.andringar import i_ord, lika, skrivbar
from samordning.karna.kalender import idag
from samordning.karna.models import Inskick

NAGON_ANNAN_HANN_FORE = (
    "Någon annan har sparat ändringar medan du skrev. Inget av det du skrev är borta. "
    "Jämför med det som är sparat och spara igen när texterna är som du vill ha dem."
)
REDAN_SKICKAT = (
    "Formuläret var redan skickat. Det här är det som sparades. Har du skrivit något mer sedan dess är det inte sparat."
)
SKICKAT_OCH_BORTTAGET = (
    "Formuläret var redan skickat, och det som sparades har tagits bort sedan dess. Inget nytt är sparat. "
    "Öppna ett nytt formulär om du vill lägga till det igen."
)


TAL = {"inputmode": "numeric", "class": "b-kort"}  # attributes of a box for a small whole number


class Datum(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d", attrs={"class": "b-kort"})


class Kronor(forms.DecimalField):
    """An amount as people write it: 450 000 or 450000,50."""

    def __init__(self, *, min_value=0, **kwargs):
        super().__init__(
            min_value=min_value,
            max_digits=12,
            decimal_places=2,
            widget=forms.TextInput({"inputmode": "decimal", "class": "b-kort"}),
            error_messages={"invalid": "Skriv beloppet i kronor med siffror, till exempel 450 000."},
            **kwargs,
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return f"{value:f}".removesuffix(".00").replace(".", ",")


def inte_forbi(dag):
    """Validator of a last day: today or later."""
    if dag < idag():
        raise ValidationError("Dagen har redan varit. Välj dagens datum eller ett senare.")


class Formular:
    """Mixin. `{{ form|crispy }}` draws the fields; the template owns <form> and its buttons (knapprad.html)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self._med_ord = set()

    def full_clean(self):
        # Here, when the form has got all its fields and labels: whatever its __init__ adds, after this one, is there.
        for namn, falt in self.fields.items():
            if namn not in self._med_ord:
                self._med_ord.add(namn)
                felord.satt(falt, falt.label or namn)
        super().full_clean()

    def _clean_form(self):
        super()._clean_form()
        # Last: the form's own rules know more about which days it means, and say it better.
        for namn, falt in self.fields.items():
            if not isinstance(falt, forms.DateField) or namn in self.errors:
                continue
            if fel := felord.orimlig_dag(falt.label or namn, self.cleaned_data.get(namn)):
                self.add_error(namn, fel)

    @classmethod
    def from_request(cls, request, **kwargs):
        """Bound on POST even when POST is empty: `request.POST or None` would swallow the errors."""
        if request.method == "POST":
            return cls(request.POST, request.FILES, **kwargs)
        return cls(**kwargs)

    def spara_utan_krock(self, spara):
        """What `spara()` gives; None, with words in the form, when somebody else's row got there first."""
        try:
            with transaction.atomic():
                return spara()
        except IntegrityError as fel:
            if not self.satt_krock(fel):
                raise
            return None

    def satt_krock(self, fel):
        """Say what the database refused, if the form knows the rule."""
        return False


class Regelformular(Formular):
    """A ModelForm that asks all rules of the model, also those that name a column without a field in the form.

    `regelfalt` = {constraint name: field} says where the message of a rule about several fields is shown.
    """

    regelfalt = {}

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        # Django leaves out a rule that names a column without a field; the view has set that column. The first broken
        # rule is enough: the next may be one that the database cannot even ask of such values (days in wrong order).
        for regel in self.instance._meta.constraints:
            try:
                regel.validate(type(self.instance), self.instance)
            except ValidationError as fel:
                self._update_errors(ValidationError({NON_FIELD_ERRORS: fel}))
                return

    def _update_errors(self, errors):
        if hasattr(errors, "error_dict"):
            falt_for_text = {
                regel.violation_error_message: self.regelfalt[regel.name]
                for regel in self.instance._meta.constraints
                if regel.name in self.regelfalt
            }
            for fel in errors.error_dict.pop(NON_FIELD_ERRORS, []):
                plats = falt_for_text.get(fel.message, NON_FIELD_ERRORS)
                errors.error_dict.setdefault(plats, []).append(fel)
        super()._update_errors(errors)

    def satt_krock(self, fel):
        regel_i_databasen = getattr(getattr(fel.__cause__, "diag", None), "constraint_name", None) or ""
        modell = self.instance._meta
        for regel in modell.constraints:
            if regel.name == regel_i_databasen:
                falt = self.regelfalt.get(regel.name)
                self.add_error(falt if falt in self.fields else None, regel.violation_error_message)
                return True
        for falt in modell.fields:
            ar_regeln = falt.unique and regel_i_databasen.startswith(f"{modell.db_table}_{falt.column}_")
            if ar_regeln and falt.name in self.fields:
                upptaget = self.instance.unique_error_message(type(self.instance), (falt.name,))
                self.add_error(falt.name, self.fields[falt.name].error_messages.get("unique") or upptaget)
                return True
        return False


class EngangsFormular(Formular):
    """A form that makes something: its uuid lets `Inskick.en_gang` recognise the second sending."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["inskick"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_inskick(self):
        return self.cleaned_data["inskick"] or uuid.uuid4()

    def skapa_en_gang(self, user, modell, skapa):
        """(what `skapa()` made, True), (what an earlier sending made, False), or (None, False) when there are errors.

        The earlier sending is looked for also when the form has errors: a unique name is taken by its own first one.
        """
        if not self.is_valid():
            return self._tidigare(user, modell), False
        try:
            return Inskick.en_gang(self.cleaned_data["inskick"], user, modell, skapa)
        except IntegrityError as fel:
            if not self.satt_krock(fel):
                raise
        except modell.DoesNotExist:
            self.add_error(None, SKICKAT_OCH_BORTTAGET)
        return None, False

    def _tidigare(self, user, modell):
        if not (nyckel := self.cleaned_data.get("inskick")):
            return None
        inskick = Inskick.objects.filter(uuid=nyckel, anvandare=user, objekt_typ=modell._meta.label_lower).first()
        return inskick and modell._base_manager.filter(pk=inskick.objekt_id).first()


class VersionFormular(Formular):
    """A ModelForm of a `Versionerad` model that refuses to save over somebody else's newer version.

    The instance must be loaded with `select_for_update()` on POST. What was typed is kept in the form, and
    `nyare` holds what the colleague saved, [(label, value in words)], so that the page can show both.
    """

    nyare = ()
    versionsfalt = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._sparad = {namn: falt.value_from_object(self.instance) for namn, falt in self._modellfalt()}
        self._version = self._lasversion()
        self.fields["version"] = self.versionsfalt(
            widget=forms.HiddenInput,
            initial=self._version,
            error_messages=dict.fromkeys(("required", "invalid"), felord.OPPNA_IGEN),
        )

    def _lasversion(self):
        return self.instance.version

    def _modellfalt(self):
        return [(f.name, f) for f in self.instance._meta.get_fields() if f.concrete and f.name in self._meta.fields]

    def clean(self):
        data = super().clean()
        if data.get("version") is not None and data["version"] != self._version:
            self.nyare = self._skillnader(data)
            if not self.nyare:
                # The same things are typed as are saved: a double click, or two who agree.
                return data
            # The next sending is a choice made with both texts in sight.
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(self._version)
            raise ValidationError(NAGON_ANNAN_HANN_FORE)
        return data

    def _skillnader(self, data):
        """[(label, what is saved in words)] for every field where something else is typed."""
        return [
            (self.fields[namn].label, i_ord(falt, self._sparad[namn], self._namn(namn)))
            for namn, falt in self._modellfalt()
            if namn in data and not lika(self._sparad[namn], data[namn])
        ]

    def _namn(self, namn):
        """{primary key: name} of what a field points at, for the words in `nyare`."""
        if not hasattr(self.fields[namn], "queryset"):
            return {}
        return {rad.pk: str(rad) for rad in self.fields[namn].queryset}

    def save(self, commit=True):
        self.instance.version = self._version + 1
        return super().save(commit)

    def andringar(self):
        """{field: [before, after]} of what this save changes, for the history."""
        return {
            namn: [skrivbar(self._sparad[namn]), skrivbar(self.cleaned_data[namn])]
            for namn, _ in self._modellfalt()
            if namn in self.cleaned_data and not lika(self._sparad[namn], self.cleaned_data[namn])
        }


class AvtrycksFormular(VersionFormular):
    """The same guard where no column counts the saves: by a print of the form's own values as the page showed them."""

    versionsfalt = forms.CharField

    def _lasversion(self):
        varden = {namn: skrivbar(varde) for namn, varde in self._sparad.items()}
        return hashlib.sha256(json.dumps(varden, sort_keys=True).encode()).hexdigest()[:32]

    def save(self, commit=True):
        """Only the form's own columns: the rest of the row may be somebody else's work."""
        if commit and not self.errors:
            self.instance.save(update_fields=[namn for namn, _ in self._modellfalt()])
            return self.instance
        return super(VersionFormular, self).save(commit)
