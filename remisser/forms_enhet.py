"""What a unit decides about its own remisser."""

from django import forms

from remisser.models import Enhetsinstallning
from samordning.karna.forms import Formular


class EnhetForm(Formular, forms.ModelForm):
    """One box, so two who save at once lose nothing but the first one's choice."""

    kollegor_ser_remisser = forms.BooleanField(
        label="Kollegor får läsa varandras remisser", required=False,
        help_text="Det gäller alla som är remittenter på enheten, också utkast och remisser som redan är skickade.",
    )  # fmt: skip

    class Meta:
        model = Enhetsinstallning
        fields = ("kollegor_ser_remisser",)
