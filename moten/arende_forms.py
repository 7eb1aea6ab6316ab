"""The diarium's filter, and the small forms of a case."""

import re

from django import forms
from django.db.models import Q

from moten.meddelanden import kansliet
from moten.models import Arende
from samordning.karna.forms import AvtrycksFormular, Formular
from samordning.karna.models import Part
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import soktext

NUMMER = re.compile(r"^(\d{4})\s*/\s*(\d{1,7})$")
FLEST_ORD = 6
OPPNA = "oppna"


class ArendeFilter(forms.Form):
    """What the diarium shows. A choice that does not exist shows everything, so that an old address still works."""

    alla_frivilliga = True

    sok = forms.CharField(label="Nummer eller ord", required=False, max_length=120)
    lage = forms.ChoiceField(
        label="Läge", required=False, choices=[("", "Alla lägen"), (OPPNA, "Pågående"), *Arende.Lage.choices]
    )
    slag = forms.ChoiceField(label="Slag", required=False, choices=[("", "Alla slag"), *Arende.Slag.choices])
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)
    part = forms.ModelChoiceField(Part.objects.none(), label="Part", required=False, empty_label="Alla parter")
    mina = forms.BooleanField(label="Bara mina", required=False)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        synliga = Arende.objects.visible_to(user)
        ar = synliga.order_by("-ar").values_list("ar", flat=True).distinct()
        self.fields["ar"].choices = [("", "Alla år"), *((nr, str(nr)) for nr in ar)]
        # Parties of any case, not of those the user sees: which parties apply is no secret.
        self.fields["part"].queryset = Part.objects.filter(
            pk__in=Arende.parter.through.objects.values("part")
        ).for_val()  # fmt: skip
        if not user.ar_kansli:
            del self.fields["mina"]

    @property
    def anvands(self):
        return any(self[namn].value() for namn in self.fields)

    def filter(self, arenden):
        self.is_valid()
        data = self.cleaned_data
        arenden = _sok(arenden, data.get("sok") or "")
        if data.get("lage") == OPPNA:
            arenden = arenden.oppna()
        elif data.get("lage"):
            arenden = arenden.filter(lage=data["lage"])
        for namn in ("slag", "ar"):
            if data.get(namn):
                arenden = arenden.filter(**{namn: data[namn]})
        if data.get("part"):
            arenden = arenden.filter(pk__in=_for_parter([data["part"].pk]))
        if data.get("mina"):
            arenden = arenden.filter(handlaggare=self.user)
        return arenden


def _for_parter(parter):
    return Arende.parter.through.objects.filter(part__in=parter).values("arende")


def _sok(arenden, text):
    """By number (2026/14), or by every word in the title or a party's name."""
    text = soktext(text)
    if traff := NUMMER.match(text):
        return arenden.filter(ar=int(traff[1]), lopnummer=int(traff[2]))
    for ordet in text.split()[:FLEST_ORD]:
        parter = Part.objects.filter(namn__icontains=ordet).values("pk")
        arenden = arenden.filter(Q(rubrik__icontains=ordet) | Q(pk__in=_for_parter(parter)))
    return arenden


class HandlaggareForm(AvtrycksFormular, forms.ModelForm):
    """Who at the kansli has the case."""

    class Meta:
        model = Arende
        fields = ("handlaggare",)
        help_texts = {"handlaggare": "Syns för parterna som den de kan fråga."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        falt = self.fields["handlaggare"]
        falt.queryset = (kansliet() | _den_som_har(self.instance)).order_by(SvenskOrdning("namn"), "pk")
        falt.empty_label = "Ingen än"


def _den_som_har(arende):
    """Who has it now stays among the choices, also after having left the kansli."""
    return type(arende)._meta.get_field("handlaggare").related_model.objects.filter(pk=arende.handlaggare_id)


class SkalForm(Formular, forms.Form):
    """Why a case ends."""

    skal = forms.CharField(
        label="Varför?", max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text="Skälet sparas i ärendet och kan läsas av alla som ser det.",
        error_messages={"required": "Skriv varför."},
    )  # fmt: skip
