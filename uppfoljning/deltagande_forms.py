"""The forms of a stay: who it is, how things stand, its exit. Plain forms, because what names a person is encrypted."""

import datetime
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError

from remisser.models import Kon, Remiss
from samordning.karna.forms import EngangsFormular, Formular
from samordning.karna.kalender import idag
from samordning.karna.kommuner import KOMMUNER
from uppfoljning.deltagande_falt import (
    TIDIGAST,
    VAL_SAKNAS,
    Dag,
    Lagefalt,
    Personnummerfalt,
    Siffror,
    Versionsvakt,
    granska_lokal_kod,
    identitetsfalt,
    kommuner,
    lokal_kod_falt,
    namnfalt,
    sparat_lage,
)  # fmt: skip
from uppfoljning.inskrivning import FEL_PERSON
from uppfoljning.models import Avslutsorsak


class StartForm(Lagefalt, EngangsFormular, forms.Form):
    """The first day of an accepted remiss. `tidigast` is a year before the remiss."""

    start = Dag(label="Första dagen", vad="den första dagen", help_text="Den första dagen med aktivitet i insatsen.")

    def __init__(self, *args, tidigast=TIDIGAST, **kwargs):
        super().__init__(*args, **kwargs)
        self.tidigast = tidigast
        self.lagg_till_lage()

    def clean_start(self):
        start = self.cleaned_data["start"]
        if start < self.tidigast:
            raise ValidationError("Den första dagen är mer än ett år före remissen. Kontrollera året.")
        return start

    def clean(self):
        super().clean()
        self.granska_forsorjning()


class StartUtanRemissForm(Lagefalt, EngangsFormular, forms.Form):
    """Who came without remiss. With protected details all but sex, birth year and the local code is thrown away."""

    use_required_attribute = False  # what is required depends on the first box
    ORDNING = ("start", "skyddad", "lokal_kod", "namn", "personnummer", "utan_nummer", "fodelsear", "kon")
    BARA_OPPNA = ("namn", "personnummer", "utan_nummer", "adress", "telefon", "epost", "kommun", "remittentslag")

    start = Dag(label="Första dagen", vad="den första dagen", help_text="Den första dagen med aktivitet i insatsen.")
    skyddad = forms.BooleanField(
        label="Personen har skyddade personuppgifter", required=False,
        help_text="Då sparas bara kön, födelseår och insatsens egen kod, inget av det andra du skriver om personen.",
    )  # fmt: skip
    namn = namnfalt(required=True, error_messages={"required": "Fyll i personens namn."})
    personnummer = Personnummerfalt(
        required=True,
        error_messages={"required": "Fyll i personnumret, eller välj varför det saknas."},
        label="Personnummer eller samordningsnummer",
        help_text="Tolv siffror (ÅÅÅÅMMDD-NNNN) eller tio (ÅÅMMDD-NNNN).",
    )
    utan_nummer = forms.ChoiceField(
        label="Varför numret saknas", required=False, choices=[("", "Numret är ifyllt"), *Remiss.UtanNummer.choices],
        error_messages={"invalid_choice": VAL_SAKNAS},
    )  # fmt: skip
    kon = forms.ChoiceField(
        label="Kön", required=False, choices=[("", "Enligt personnumret"), *Kon.choices],
        error_messages={"invalid_choice": VAL_SAKNAS},
    )  # fmt: skip
    lokal_kod = lokal_kod_falt(
        required=False,
        help_text="Bara för skyddade uppgifter: en kod som ni själva hittar på och har på papper, högst 12 tecken.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= identitetsfalt()
        self.lagg_till_lage()
        ar = idag().year
        fel = f"Skriv födelseåret med fyra siffror, {ar - 100} till {ar - 15}."
        self.fields["fodelsear"] = forms.IntegerField(
            label="Födelseår", required=False, widget=Siffror, help_text="Behövs bara utan personnummer.",
            min_value=ar - 100, max_value=ar - 15,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), fel),
        )  # fmt: skip
        self.order_fields(self.ORDNING)

    def clean(self):
        data = super().clean()
        self.granska_forsorjning()
        if data.get("skyddad"):
            return self._bara_skyddade(data)
        if data.get("utan_nummer"):
            if data.get("personnummer"):
                self.add_error("utan_nummer", "Du har fyllt i numret. Välj ”Numret är ifyllt”, eller ta bort numret.")
            elif self.has_error("personnummer", "required"):
                del self.errors["personnummer"]
                data["personnummer"] = None
                self._krav_utan_nummer(data)
        return data

    def _bara_skyddade(self, data):
        for namn in self.BARA_OPPNA:
            self.errors.pop(namn, None)
            data.pop(namn, None)
        self._krav_utan_nummer(data)
        if not data.get("lokal_kod"):
            self.add_error("lokal_kod", "Fyll i insatsens egen kod, så att ni hittar personen i listan.")
        return data

    def _krav_utan_nummer(self, data):
        if "kon" in data and not data["kon"]:
            self.add_error("kon", "Välj kön, för det går inte att se utan personnummer.")
        if "fodelsear" in data and not data["fodelsear"]:
            self.add_error("fodelsear", "Fyll i födelseår, för det går inte att se utan personnummer.")

    def clean_lokal_kod(self):
        return granska_lokal_kod(self.cleaned_data["lokal_kod"])

    def start_med(self):
        """What `inskrivning.starta_utan_remiss` takes."""
        data = self.cleaned_data
        if data["skyddad"]:
            return {namn: data[namn] for namn in ("skyddad", "kon", "fodelsear", "lokal_kod")}
        namn = ("namn", "personnummer", "kon", "fodelsear", *identitetsfalt())
        return {ett: data[ett] for ett in namn}


class UppgifterForm(Versionsvakt, forms.Form):
    """What can be corrected. The number is never filled in beforehand; empty means as it was."""

    start = Dag(label="Första dagen", vad="den första dagen")

    def __init__(self, *args, deltagande, **kwargs):
        # Who sent the remiss is frozen (7.2): only where no sender is known may staff say of which kind it was.
        egna = {namn: falt for namn, falt in identitetsfalt().items() if namn not in self._last(deltagande)}
        falt = ("lokal_kod",) if deltagande.skyddad else ("namn", *egna)
        sparat = {namn: getattr(deltagande, namn) for namn in ("start", *falt)}
        super().__init__(*args, version=deltagande.version, sparat=sparat, **kwargs)
        self.deltagande = deltagande
        if deltagande.skyddad:
            self.fields["lokal_kod"] = lokal_kod_falt(error_messages={"required": "Fyll i insatsens egen kod."})
            return
        self.fields["namn"] = namnfalt(required=False)
        self.fields["personnummer"] = Personnummerfalt(
            required=False, label="Nytt personnummer", help_text="Lämna tomt om numret är rätt. Tolv eller tio siffror."
        )
        self.fields |= egna
        if deltagande.kommun and deltagande.kommun not in KOMMUNER:
            # An import may bring a code that is no longer in use; it stays until somebody chooses another.
            self.fields["kommun"].choices = [*kommuner(), (deltagande.kommun, f"Kommun {deltagande.kommun}")]

    @staticmethod
    def _last(deltagande):
        return ("remittentslag",) if deltagande.remittent_id else ()

    def skillnader(self, falt):
        """The number is not among what the page shows: the one that is saved may be typed once more."""
        nytt = self.cleaned_data.get("personnummer")
        samma = nytt is not None and nytt.tolv == self.deltagande.personnummer
        return [namn for namn in super().skillnader(falt) if namn != "personnummer" or not samma]

    def _i_ord(self, namn):
        return "det sparade numret visas inte här" if namn == "personnummer" else super()._i_ord(namn)

    def clean_lokal_kod(self):
        return granska_lokal_kod(self.cleaned_data["lokal_kod"])

    def clean_start(self):
        start = self.cleaned_data["start"]
        if self.deltagande.slut and start > self.deltagande.slut:
            raise ValidationError("Den första dagen är efter avslutet. Välj en tidigare dag.")
        return start

    def falt_att_spara(self):
        return {namn: self.cleaned_data[namn] for namn in self.cleaned_data if namn not in ("version",)}


class LageForm(Lagefalt, Versionsvakt, forms.Form):
    """Hours and support at start or exit."""

    datum = Dag(label="Datum", vad="datumet", help_text="Dagen som uppgifterna gäller.")

    def __init__(self, *args, deltagande, lage, datum, **kwargs):
        sparat = {"datum": lage.datum if lage and lage.datum else datum} | sparat_lage(lage)
        super().__init__(*args, version=deltagande.version, sparat=sparat, **kwargs)
        self.lagg_till_lage(lage, sparat["datum"])

    def clean(self):
        data = super().clean()
        self.granska_forsorjning()
        if not self.errors and not self.har_lage and not self.utan_andelar:
            raise ValidationError("Fyll i timmar eller försörjning, eller kryssa för att personen inte vill svara.")
        return data


class AvslutForm(Lagefalt, Versionsvakt, forms.Form):
    """The last day and why. `Lage` at exit can be given at once, when the exit is new.

    `lage` is what is known of it already: the participant may have answered before the exit is registered.
    """

    slut = Dag(label="Sista dagen", vad="den sista dagen", help_text="Den sista dagen med aktivitet i insatsen.")
    avslutsorsak = forms.ChoiceField(
        label="Varför deltagandet slutar", widget=forms.RadioSelect,
        help_text="De neutrala räknas inte med när andelen positiva avslut räknas ut.",
        error_messages={"required": "Välj varför deltagandet slutar.", "invalid_choice": VAL_SAKNAS},
    )  # fmt: skip

    def __init__(self, data=None, *args, deltagande, lage=None, **kwargs):
        orsak = deltagande.avslutsorsak
        # Also when the page of a new exit is sent twice, so that what stands in it is compared and not passed over.
        self.med_lage = not deltagande.slut or "timmar" in (data or {})
        sparat = {"slut": deltagande.slut, "avslutsorsak": orsak.kod if orsak else None}
        sparat |= sparat_lage(lage) if self.med_lage else {}
        super().__init__(data, *args, version=deltagande.version, sparat=sparat, **kwargs)
        self.deltagande = deltagande
        self.orsaker = list(Avslutsorsak.objects.exclude(grupp=Avslutsorsak.Grupp.FEL))
        grupper = {Avslutsorsak.Grupp.POSITIVT: [], Avslutsorsak.Grupp.OVRIGT: [], Avslutsorsak.Grupp.NEUTRALT: []}
        for rad in self.orsaker:
            # What was chosen stays in the list, so that an error can say why it will not do.
            if rad.ar_giltig(self._dag()) or rad.kod == self.data.get("avslutsorsak"):
                grupper[rad.grupp].append((rad.kod, rad.text))
        self.fields["avslutsorsak"].choices = [(grupp.label, val) for grupp, val in grupper.items() if val]
        if self.med_lage:
            self.lagg_till_lage(lage)

    def _dag(self):
        """The last day as it is typed or saved, else today: which reasons there are to choose among."""
        with suppress(TypeError, ValueError):
            return datetime.date.fromisoformat(self.data.get("slut"))
        return self.deltagande.slut or idag()

    def clean_slut(self):
        slut = self.cleaned_data["slut"]
        if slut < self.deltagande.start:
            raise ValidationError("Den sista dagen är före den första. Välj en senare dag.")
        return slut

    def clean(self):
        data = super().clean()
        self.granska_forsorjning()
        if (slut := data.get("slut")) and (kod := data.get("avslutsorsak")):
            self.orsak = next((rad for rad in self.orsaker if rad.kod == kod and rad.ar_giltig(slut)), None)
            if self.orsak is None:
                self.add_error("avslutsorsak", "Orsaken gick inte att använda den dagen. Välj en annan.")
        return data


class FelregistreraForm(Formular, forms.Form):
    """Why it never was a stay. A list, so that the record names nobody."""

    SKAL = (
        ("dubbelt", "Personen registrerades två gånger"),
        (FEL_PERSON, "Det var fel person"),
        ("fel_insats", "Det var fel insats"),
        ("borjade_aldrig", "Personen började aldrig"),
        ("annat", "Annat"),
    )

    skal = forms.ChoiceField(
        label="Vad blev fel?", widget=forms.RadioSelect, choices=SKAL,
        error_messages={"required": "Välj vad som blev fel.", "invalid_choice": VAL_SAKNAS},
    )  # fmt: skip


class SkyddaForm(Formular, forms.Form):
    """The code on paper is what is left to know the person by."""

    lokal_kod = lokal_kod_falt(
        help_text="En kod som ni själva hittar på och har på papper, högst 12 tecken.",
        error_messages={"required": "Fyll i insatsens egen kod, så att ni hittar personen i listan."},
    )

    def clean_lokal_kod(self):
        return granska_lokal_kod(self.cleaned_data["lokal_kod"])
