"""Search over meetings, cases, papers and applications (MA16): the form, and every app's sources for one user."""

from django import forms
from django.db.models import Min, Q
from django.utils.functional import cached_property

from insatser import ansokan_sok
from insatser.models import Ansokan, Insats
from moten import sok as moten_sok
from moten.models import Arende, Mote, Organ
from samordning.karna import sok
from samordning.karna.kalender import idag
from samordning.karna.models import Part
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import LANGSTA_SOKNING

SLAG = {**moten_sok.SLAG, **ansokan_sok.SLAG}
ORDNINGAR = {"bast": "Bästa träffen först", "nyast": "Nyast först"}


class SokForm(forms.Form):
    """A choice that does not exist narrows nothing, so that an old address still works."""

    alla_frivilliga = True

    q = forms.CharField(label="Sök efter", required=False, max_length=LANGSTA_SOKNING)
    organ = forms.ModelChoiceField(Organ.objects.all(), label="Organ", required=False, empty_label="Alla organ")
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)
    part = forms.ModelChoiceField(Part.objects.none(), label="Part", required=False, empty_label="Alla parter")
    insats = forms.ModelChoiceField(Insats.objects.none(), label="Insats", required=False, empty_label="Alla insatser")

    VALEN = ("organ", "ar", "part", "insats")

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        self.fields["ar"].choices = [("", "Alla år"), *((nr, str(nr)) for nr in _ar())]
        self.fields["part"].queryset = Part.objects.filter(Q(slag="forbund") | Q(medlem_fran__isnull=False)).for_val()
        self.fields["insats"].queryset = Insats.objects.visible_to(user).order_by(SvenskOrdning("namn"), "pk")
        self.is_valid()

    def valt(self, namn):
        return self.cleaned_data.get(namn) or None

    @property
    def valen(self):
        """[(label, choice)] of what narrows the search."""
        return [(str(self.fields[namn].label), str(self.valt(namn))) for namn in self.VALEN if self.valt(namn)]

    @property
    def fel_i_texten(self):
        return "q" in self.errors

    def villkor(self, slag=""):
        """{field: text} that gives the same search again."""
        rader = {"q": self.cleaned_data.get("q", "")}
        rader |= {namn: str(getattr(varde, "pk", varde)) for namn in self.VALEN if (varde := self.valt(namn))}
        return {namn: varde for namn, varde in {**rader, "slag": slag}.items() if varde}


def _ar():
    """The years that anything may be from. When the association met is no secret."""
    forsta = Mote.objects.aggregate(dag=Min("dag"))["dag"]
    arende = Arende.objects.aggregate(ar=Min("ar"))["ar"]
    return range(idag().year + 1, min(filter(None, (forsta and forsta.year, arende, idag().year))) - 1, -1)


class Sokning:
    """One user's search: what was typed and chosen, and the sources that may answer."""

    def __init__(self, data, user):
        self.user, self.form = user, SokForm(data, user=user)
        self.slag = data.get("slag") if data.get("slag") in SLAG else ""
        self.ordning = data.get("ordning") if data.get("ordning") in ORDNINGAR else "bast"
        self.fraga = sok.tolka(self.form.cleaned_data.get("q", ""))

    @property
    def kan_svara(self):
        """Something to look for; or nothing typed, and a choice that is listed newest first."""
        return bool(self.fraga) or (not self.fraga.text and bool(self.form.valen or self.slag))

    @cached_property
    def kallor(self):
        urval = {namn: self.form.valt(namn) for namn in ("ar", "organ", "part")}
        if insats := self.form.valt("insats"):
            om = Ansokan.objects.filter(Q(insats=insats) | Q(avtal__insats=insats), arende__isnull=False)
            urval |= {"insats": insats.namn, "insats_pk": insats.pk, "arenden": om.values("arende")}
        return [*moten_sok.kallor(self.user, urval), *ansokan_sok.kallor(self.user, urval)]

    def svar(self, sida):
        ordning = self.ordning if self.fraga else "nyast"
        return sok.sok(self.kallor, self.fraga, slag=self.slag, sida=sida, ordning=ordning)

    def menade(self):
        """Near words, of titles that the user may see and of names that everybody may, when they find something."""
        namn = [*Part.objects.values_list("namn", flat=True), *Insats.objects.visible_to(self.user).values_list(
            "namn", flat=True)]  # fmt: skip
        forslag = sok.menade(self.kallor, self.fraga, namn)
        ny = sok.tolka(forslag)
        return forslag if ny and sok.nycklar(self.kallor, ny, hogst=1) else ""

    def nycklar(self, hogst):
        return sok.nycklar(self.kallor, self.fraga, slag=self.slag, hogst=hogst)

    def i_ord(self):
        """What is looked for, in one line."""
        delar = [f"”{self.fraga.text}”"] if self.fraga.text else []
        delar += [varde for _, varde in self.form.valen]
        return ", ".join([*delar, *([SLAG[self.slag].lower()] if self.slag else [])]) or "allt"
