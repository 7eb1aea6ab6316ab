"""Form of publication: each thing that was found is hidden or stays for a reason, and any other words are hidden."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError

from moten.granskning import FLEST, plats
from moten.maskering import finns
from moten.protokoll import uppraknat
from moten.publicering import underlag
from samordning.karna.forms import Formular

LANGSTA_ORD, FLEST_ORD = 300, 200
DOLJ, VALJ = "dolj", "Välj"
INGEN, ROLL, JA, ANNAT = "ingen", "roll", "ja", "annat"
SLAG = {
    "nummer": "Kan vara ett personnummer eller ett födelsedatum",
    "skydd": "Kan handla om skyddade uppgifter",
    "namn": "Ett namn som varken finns i kontaktregistret eller i närvarolistan",
    "kontakt": "En adress eller ett telefonnummer som inte finns i kontaktregistret",
}
# Why something may stay, by its kind. No free text: a reason must not name anybody.
SKAL = {
    "nummer": ((INGEN, "Får stå kvar: hör inte till någon person"),),
    "skydd": ((INGEN, "Får stå kvar: gäller ingen enskild person"),),
    "namn": (
        (INGEN, "Får stå kvar: är inte en person"), (ROLL, "Får stå kvar: nämns i sitt arbete eller uppdrag"),
        (JA, "Får stå kvar: personen har sagt ja"),
    ),
    "kontakt": (
        (ROLL, "Får stå kvar: hör till en verksamhet"), (JA, "Får stå kvar: personen har sagt ja"),
    ),
}  # fmt: skip
FORVALT = {"nummer": DOLJ, "skydd": DOLJ, "kontakt": DOLJ}
HAR_ANDRATS = (
    "Anteckningarna har ändrats sedan du öppnade sidan. Inget är publicerat. Det du har valt är kvar där texten är "
    "densamma. Läs igenom och publicera igen."
)
FOR_MANGA = (
    "Det är fler än {antal} namn och nummer att ta ställning till, för många för att gå igenom på en gång. Lägg in dem "
    "som får nämnas i kontaktregistret eller i närvarolistan, eller korta texten."
)


class PubliceraForm(Formular, forms.Form):
    """`blad` and `fynd` are of the record as it is now. A choice belongs to its words: when the record has changed,
    what was chosen for words that are still there is kept."""

    fler = forms.CharField(
        label="Dölj också de här orden", required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Ett ord, ett namn eller en mening på varje rad. Det döljs överallt i anteckningarna.",
    )  # fmt: skip
    avtryck = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, mote, **kwargs):
        super().__init__(*args, **kwargs)
        self.blad, self._avtryck, self.fynd = underlag(mote)
        self.for_manga = len(self.fynd) > FLEST
        self.fynd = self.fynd[:FLEST]
        tidigare = list(mote.maskeringar.values_list("text", flat=True))
        self.initial["avtryck"] = self._avtryck
        egna = set(tidigare) - {rad.text for rad in self.fynd}
        self.initial["fler"] = "\n".join(ett for ett in tidigare if ett in egna and finns(self.blad, ett))
        for rad in self.fynd:
            self.fields[_nyckel(rad)] = forms.ChoiceField(
                label=rad.text, choices=(("", VALJ), (DOLJ, "Dölj"), *SKAL[rad.slag]),
                initial=DOLJ if rad.text in tidigare else FORVALT.get(rad.slag, ""),
                help_text=f"{SLAG[rad.slag]}. Står i {_platser(rad.var)}.",
                error_messages={"required": f"Välj om ”{_kort(rad.text)}” ska döljas eller får stå kvar."},
            )  # fmt: skip
        self.order_fields([*map(_nyckel, self.fynd), "fler", "avtryck"])

    def fyndfalt(self):
        return [self[_nyckel(rad)] for rad in self.fynd]

    def clean_fler(self):
        rader = list(dict.fromkeys(" ".join(rad.split()) for rad in self.cleaned_data["fler"].splitlines()))
        rader = [rad for rad in rader if rad]
        if len(rader) > FLEST_ORD:
            raise ValidationError(f"Det går att dölja högst {FLEST_ORD} ord eller meningar.")
        for rad in rader:
            if len(rad) > LANGSTA_ORD:
                raise ValidationError(f"”{_kort(rad)}” är för långt. Dela upp det på flera rader.")
            if not any(tecken.isalnum() for tecken in rad):
                raise ValidationError(f"”{_kort(rad)}” har varken bokstav eller siffra. Ta bort raden.")
            if not finns(self.blad, rad):
                raise ValidationError(f"”{_kort(rad)}” står inte i anteckningarna. Kontrollera stavningen.")
        return rader

    def clean(self):
        data = super().clean()
        if data.get("avtryck") != self._avtryck:
            self.data = self.data.copy()
            self.data["avtryck"] = self._avtryck
            self.add_error(None, HAR_ANDRATS)
        if self.for_manga:
            self.add_error(None, FOR_MANGA.format(antal=FLEST))
        return data

    def utan_krav(self):
        """Forget that something has no answer yet: the result may be looked at before everything is chosen."""
        for namn in [namn for namn, fel in self.errors.items() if fel.as_data()[0].code == "required"]:
            del self.errors[namn]

    @property
    def ord_(self):
        """[(word, why)] to hide, as far as is chosen."""
        if not self.is_bound:
            valda = {namn: falt.initial for namn, falt in self.fields.items()}
            fler = self.initial["fler"].splitlines()
        else:
            valda = getattr(self, "cleaned_data", {})
            fler = valda.get("fler") or []
        dolj = {rad.text: SLAG[rad.slag] for rad in self.fynd if valda.get(_nyckel(rad)) == DOLJ}
        return list((dolj | {ett: "" for ett in fler if ett not in dolj}).items())

    @property
    def granskat(self):
        """What was looked at and stays, and why, naming nobody: "§ 7: namn, är inte en person"."""
        rader = []
        for rad in self.fynd:
            val = self.cleaned_data.get(_nyckel(rad))
            if val in dict(SKAL[rad.slag]):
                skal = dict(SKAL[rad.slag])[val].removeprefix("Får stå kvar: ")
                rader.append(f"{_platser(rad.var).capitalize()}: {rad.slag}, {skal}")
        return rader


def _nyckel(rad):
    """The field of a finding: of its words, not of its place in the list."""
    return f"fynd_{hashlib.sha256(f'{rad.slag} {rad.text}'.encode()).hexdigest()[:16]}"


def _kort(text):
    return text if len(text) <= 60 else f"{text[:60]}…"


def _platser(var):
    return uppraknat([plats(ett) for ett in var])
