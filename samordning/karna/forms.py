"""The base of every form: bound on POST, sent once, and never over a colleague's change."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms


class Formular:
    """Mixin. `{{ form|crispy }}` draws the fields; the template owns <form> and its buttons (komponenter/knapprad.html)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    @classmethod
    def from_request(cls, request, **kwargs):
        """Bound on POST even when POST is empty: `request.POST or None` would swallow the errors."""
        if request.method == "POST":
            return cls(request.POST, request.FILES, **kwargs)
        return cls(**kwargs)


class EngangsFormular(Formular):
    """A form that makes something: its uuid lets `Inskick.en_gang` recognise the second sending."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["inskick"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_inskick(self):
        return self.cleaned_data["inskick"] or uuid.uuid4()


class VersionFormular(Formular):
    """A ModelForm of a `Versionerad` model that refuses to save over somebody else's newer version.

    The instance must be loaded with `select_for_update()` on POST. What was typed is kept in the form, and
    `nyare` holds what the colleague saved, [(label, value)], so that the page can show both.
    """

    nyare = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=self.instance.version)
        self._sparad = {namn: falt.value_from_object(self.instance) for namn, falt in self._modellfalt()}

    def _modellfalt(self):
        return [
            (f.name, f)
            for f in self.instance._meta.get_fields()
            if f.concrete and f.name in self.fields and f.name != "version"
        ]

    def clean(self):
        data = super().clean()
        if data.get("version") is not None and data["version"] != self._version_i_databasen():
            self.nyare = [
                (self.fields[namn].label, self._sparad[namn])
                for namn, _ in self._modellfalt()
                if namn in data and data[namn] != self._sparad[namn]
            ]
            # The next sending is a choice made with both texts in sight.
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(self._version_i_databasen())
            raise forms.ValidationError(
                "Någon annan har sparat ändringar medan du skrev. Inget av det du skrev är borta. "
                "Jämför texterna nedan och spara igen när de är som du vill ha dem."
            )
        return data

    def _version_i_databasen(self):
        return self.instance.version

    def save(self, commit=True):
        self.instance.version += 1
        return super().save(commit)

    def andringar(self):
        """{field: [before, after]} of what this save changes, for the history."""
        return {
            namn: [_skrivbar(self._sparad[namn]), _skrivbar(self.cleaned_data[namn])]
            for namn in self.changed_data
            if namn in self._sparad and self._sparad[namn] != self.cleaned_data[namn]
        }


def _skrivbar(varde):
    if varde is None or isinstance(varde, bool | int | str | list):
        return varde
    return getattr(varde, "pk", None) or str(varde)
