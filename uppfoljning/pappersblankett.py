"""Bilaga 2 from paper: the sheet line by line, both halves in one view. An answer is written and never shown again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samordning.karna.forms import EngangsFormular
from samordning.karna.models import Handelse
from uppfoljning import inskrivning
from uppfoljning.deltagande_falt import VAL_SAKNAS, Dag, Forsorjningsrader, Timmar
from uppfoljning.deltagande_views import hamta
from uppfoljning.gallande import spara_halva, svarsdagar
from uppfoljning.models import Deltagande, Formular, Tillfalle
from uppfoljning.models.skattning import VES

FORMULAR = "bilaga2"
SKALA = [*((str(nr), str(nr)) for nr in range(1, 11)), (str(VES), "Vill inte svara")]
# The lines of the sheet (M195-M199, M204-M209); its line for pay and study support is two codes here.
FK_SAMLAD = ("FK_SAMLAD", "Sjukpenning, rehabiliterings-, sjuk- eller aktivitetsersättning (Försäkringskassan)")
RADER_START = (
    FK_SAMLAD,
    ("AF", "Aktivitetsstöd (Arbetsförmedlingen)"),
    ("FORS", "Försörjningsstöd (kommunen)"),
    ("INGEN", "Ingen försörjning"),
    ("ANNAN", "Annan försörjning"),
)
RADER_SLUT = (*RADER_START[:4], ("LON", "Lön"), ("STUD", "Studiestöd"), RADER_START[4])
IFYLLD = (("deltagaren", "Deltagaren själv"), ("tillsammans", "Deltagaren tillsammans med personal"))
DAGEN = {"start": "datum för inskrivningen", "slut": "datum för avslutet"}


class Skala(forms.TypedChoiceField):
    """1 to 10 or "vill inte svara", nothing chosen beforehand; None when the line of the sheet is empty."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=SKALA, coerce=int, empty_value=None, required=False,
            widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            error_messages={"invalid_choice": VAL_SAKNAS}, **kwargs,
        )  # fmt: skip


class BlankettForm(Forsorjningsrader, EngangsFormular, forms.Form):
    """Both halves. A half counts as written when anything but its date is filled in."""

    start_datum = Dag(label="Datum vid inskrivning", vad="datum för inskrivningen", required=False)
    start_halsa = Skala(
        label="1. Hur upplever du din hälsa och ditt välbefinnande just nu?",
        help_text="1 är mycket dåligt och 10 är mycket bra.",
    )
    start_timmar = Timmar(
        label="2. Hur många timmar i veckan är du i planerad aktivitet?", help_text="Till exempel 12,5."
    )
    slut_datum = Dag(label="Datum vid avslut", vad="datum för avslutet", required=False)
    slut_bemotande = Skala(
        label="1. Hur har du upplevt tillgänglighet, bemötande och kvalitet?",
        help_text="1 är mycket dåligt och 10 är mycket bra.",
    )
    slut_halsa = Skala(
        label="2. Hur upplever du din hälsa och ditt välbefinnande just nu?",
        help_text="1 är mycket dåligt och 10 är mycket bra.",
    )
    slut_timmar = Timmar(
        label="3. Hur många timmar i veckan är du i aktivitet som du har uppnått?", help_text="Till exempel 12,5."
    )
    slut_fritext = forms.CharField(
        label="Övrigt", required=False, max_length=4000, widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        help_text="Det som står på blanketten. Skriv inte av namn på personer.",
    )  # fmt: skip
    ifylld = forms.ChoiceField(
        label="Vem fyllde i blanketten?", choices=IFYLLD, widget=forms.RadioSelect,
        error_messages={"required": "Välj vem som fyllde i blanketten.", "invalid_choice": VAL_SAKNAS},
    )  # fmt: skip

    def __init__(self, *args, deltagande, **kwargs):
        super().__init__(*args, **kwargs)
        self.deltagande = deltagande
        self.fields["start_datum"].initial, self.fields["slut_datum"].initial = deltagande.start, deltagande.slut
        self.lagg_till_forsorjning(RADER_START, forled="start_")
        self.lagg_till_forsorjning(RADER_SLUT, forled="slut_")

    def skattning(self, tillfalle):
        """The participant's own answers of a half, without those that the sheet leaves empty."""
        namn = ("halsa",) if tillfalle == Tillfalle.START else ("halsa", "bemotande", "fritext")
        svar = {ett: self.cleaned_data.get(f"{tillfalle}_{ett}") for ett in namn}
        return {ett: varde for ett, varde in svar.items() if varde not in (None, "")}

    def har_lage(self, tillfalle):
        data = self.cleaned_data
        return (
            data.get(f"{tillfalle}_timmar") is not None
            or bool(self.andelar(f"{tillfalle}_"))
            or data.get(f"{tillfalle}_ves", False)
        )

    def ifyllda(self):
        """The halves that something is written in."""
        return [ett.value for ett in Tillfalle if self.skattning(ett.value) or self.har_lage(ett.value)]

    def clean(self):
        data = super().clean()
        for tillfalle in Tillfalle.values:
            self.granska_forsorjning(f"{tillfalle}_")
        ifyllda = self.ifyllda()
        for tillfalle in ifyllda:
            if f"{tillfalle}_datum" in data and not data[f"{tillfalle}_datum"]:
                self.add_error(f"{tillfalle}_datum", f"Fyll i {DAGEN[tillfalle]}.")
        if not self.errors and not ifyllda:
            raise ValidationError("Skriv in minst ett svar från blanketten.")
        return data


@transaction.atomic
def spara(form, deltagande, av):
    """One new half per written half of the sheet; hours and support are the insats' own facts."""
    formular = Formular.objects.filter(kod=FORMULAR, publicerat__isnull=False).order_by("-version").first()
    for tillfalle in form.ifyllda():
        datum = form.cleaned_data[f"{tillfalle}_datum"]
        if svar := form.skattning(tillfalle):
            spara_halva(deltagande, tillfalle, formular, datum=datum, **svar)
        if form.har_lage(tillfalle):
            inskrivning.satt_lage(
                deltagande=deltagande, tillfalle=tillfalle, datum=datum, av=av, behall=("timmar", "forsorjning"),
                timmar=form.cleaned_data[f"{tillfalle}_timmar"], andelar=form.andelar(f"{tillfalle}_"),
                ves=form.cleaned_data[f"{tillfalle}_ves"],
            )  # fmt: skip
        Handelse.logga(deltagande, "blankett", av=av, data={"halva": tillfalle, "ifylld": form.cleaned_data["ifylld"]})
    return deltagande


@require_http_methods(["GET", "POST"])
def blankett(request, uuid):
    deltagande = hamta(request, uuid, "skrev in svar" if request.method == "POST" else "visade")
    form = BlankettForm.from_request(request, deltagande=deltagande)
    if request.method == "POST":
        sparat, ny = form.skapa_en_gang(request.user, Deltagande, lambda: spara(form, deltagande, request.user))
        if ny:
            messages.success(request, "Svaren från blanketten är sparade.")
            for tillfalle in Tillfalle.values:
                if varning := form.varning(f"{tillfalle}_"):
                    messages.warning(request, varning)
        elif sparat:
            messages.info(request, "Svaren var redan sparade. Inget sparades en gång till.")
        if sparat:
            return redirect("uppfoljning:deltagande_detail", uuid)
    context = {"form": form, "deltagande": deltagande, "svar": svarsdagar(deltagande)}
    context |= {f"{tillfalle}_rader": form.forsorjningsfalt(f"{tillfalle}_") for tillfalle in Tillfalle.values}
    return render(request, "uppfoljning/blankett.html", context)
