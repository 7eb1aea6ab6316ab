"""The base of every form: bound on POST, sent once, and never over a colleague's change."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from samordning.karna.andringar import i_ord, lika, skrivbar
from samordning.karna.models import Inskick

NAGON_ANNAN_HANN_FORE = (
    "Någon annan har sparat ändringar medan du skrev. Inget av det du skrev är borta. "
    "Jämför med det som är sparat och spara igen när texterna är som du vill ha dem."
)


class Datum(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d", attrs={"class": "b-kort"})


class Formular:
    """Mixin. `{{ form|crispy }}` draws the fields; the template owns <form> and its buttons (knapprad.html)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        for namn, falt in self.fields.items():
            if falt.error_messages.get("required") is forms.Field.default_error_messages["required"]:
                falt.error_messages["required"] = _saknas(falt, falt.label or namn)

    @classmethod
    def from_request(cls, request, **kwargs):
        """Bound on POST even when POST is empty: `request.POST or None` would swallow the errors."""
        if request.method == "POST":
            return cls(request.POST, request.FILES, **kwargs)
        return cls(**kwargs)


def _saknas(falt, etikett):
    """What to do about an empty field, instead of that it must be filled in."""
    etikett = f"{str(etikett)[:1].lower()}{str(etikett)[1:]}"
    if isinstance(falt.widget, forms.DateInput):
        return f"Fyll i datum för ”{etikett}”."
    return f"{'Välj' if isinstance(falt, forms.ChoiceField | forms.ModelChoiceField) else 'Fyll i'} {etikett}."


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
        if self.is_valid():
            return Inskick.en_gang(self.cleaned_data["inskick"], user, modell, skapa)
        return self._tidigare(user, modell), False

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._version = self.instance.version
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=self._version)
        self._sparad = {namn: falt.value_from_object(self.instance) for namn, falt in self._modellfalt()}

    def _modellfalt(self):
        return [(f.name, f) for f in self.instance._meta.get_fields() if f.concrete and f.name in self._meta.fields]

    def clean(self):
        data = super().clean()
        if data.get("version") is not None and data["version"] != self._version:
            self.nyare = [
                (self.fields[namn].label, i_ord(falt, self._sparad[namn], self._namn(namn)))
                for namn, falt in self._modellfalt()
                if namn in data and not lika(self._sparad[namn], data[namn])
            ]
            # The next sending is a choice made with both texts in sight.
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(self._version)
            raise ValidationError(NAGON_ANNAN_HANN_FORE)
        return data

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
