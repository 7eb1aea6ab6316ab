"""Form of the notice on the board."""

from django import forms

from moten import anslag
from moten.models import Anslag
from samordning.karna.forms import Datum, Regelformular, VersionFormular
from samordning.karna.kalender import idag
from samordning.karna.templatetags.samordning import datum


class AnslagForm(VersionFormular, Regelformular, forms.ModelForm):
    """Until it has been taken down. What has been on the board since a day was there that day: it cannot be changed,
    and the notice is not taken down before the time for an appeal has passed."""

    regelfalt = {"anslag_ned_efter_upp": "ned"}

    class Meta:
        model = Anslag
        fields = ("upp", "ned", "forvaras")
        widgets = {"upp": Datum, "ned": Datum}
        help_texts = {
            "upp": "Senast andra dagen efter att protokollet justerades.",
            "forvaras": "Var den som vill kan läsa protokollet.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rad = self.instance
        self.uppe = rad.pk is not None and rad.upp <= idag()
        self._sattes_upp = rad.upp
        if self.uppe:
            self.fields["upp"].disabled = True
            self.fields["upp"].help_text = "Anslaget sitter uppe, så den dagen går inte att ändra."
        self.fields["ned"].help_text = (
            f"Tidigast {datum(anslag.tidigast_ned(rad.upp))}, om det anslås {datum(rad.upp)}. Då har tiden för att "
            "överklaga gått ut."
        )

    def clean_upp(self):
        upp = self.cleaned_data["upp"]
        if not self.uppe and upp < idag():
            raise forms.ValidationError("Dagen har varit, och då satt anslaget inte uppe. Välj i dag eller en senare.")
        return upp

    def clean(self):
        data = super().clean()
        upp, ned = data.get("upp"), data.get("ned")
        if upp and ned and ned < (tidigast := anslag.tidigast_ned(upp)):
            self.add_error(
                "ned",
                f"Anslaget ska sitta uppe så länge det går att överklaga. Välj {datum(tidigast)} eller en senare dag.",
            )
        elif ned and self.uppe and ned <= idag():
            self.add_error("ned", "Anslaget sitter uppe i dag. Välj en senare dag.")
        return data
