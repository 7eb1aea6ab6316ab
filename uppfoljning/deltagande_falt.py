"""The fields of the forms about a stay, and what several of those forms do."""

import datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.formats import date_format

from remisser.models import Forsorjning
from samordning.karna import kommuner as alla_kommuner
from samordning.karna.andringar import TOMT
from samordning.karna.forms import NAGON_ANNAN_HANN_FORE, Datum, Formular
from samordning.karna.kalender import idag
from samordning.karna.personnummer import ser_ut_som, tolka
from uppfoljning.models import Deltagande

TIDIGAST = datetime.date(2000, 1, 1)
AR = datetime.timedelta(days=366)
FULLT, HOGST = 100, 120  # percent of support together: over the first a warning, over the second refused
PROCENT = "procent_"
STANG_AV = {"autocomplete": "off"}
VAL_SAKNAS = "Det valet finns inte. Välj i listan."


class Siffror(forms.TextInput):
    """A short number, typed with the digits' keyboard."""

    input_type = "text"

    def __init__(self, klass="b-kort", **attribut):
        super().__init__(attrs={"inputmode": "decimal", "class": klass, "autocomplete": "off"} | attribut)


class Dag(forms.DateField):
    """A day that has been: from 2000 and not after today."""

    widget = Datum

    def __init__(self, *, vad, **kwargs):
        fel = {
            "required": f"Fyll i {vad}.",
            "invalid": f"Skriv {vad} som ÅÅÅÅ-MM-DD.",
            "framtid": f"Du kan inte ange {vad} efter i dag. Välj en tidigare dag.",
            "forntid": f"Du kan inte ange {vad} före år 2000. Kontrollera året.",
        }
        super().__init__(error_messages=fel, **kwargs)

    def clean(self, value):
        dag = super().clean(value)
        if dag and dag > idag():
            raise ValidationError(self.error_messages["framtid"])
        if dag and dag < TIDIGAST:
            raise ValidationError(self.error_messages["forntid"])
        return dag


class Timmar(forms.DecimalField):
    """Hours a week, 0 to 60."""

    def __init__(self, **kwargs):
        standard = {
            "label": "Timmar i veckan", "required": False, "min_value": 0, "max_value": 60, "max_digits": 4,
            "decimal_places": 2, "widget": Siffror,
            "help_text": "I aktivitet, till exempel 12,5. Skriv 0 om personen inte har någon aktivitet.",
        }  # fmt: skip
        fel = "Skriv timmarna som ett tal mellan 0 och 60, till exempel 12,5."
        koder = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
        super().__init__(error_messages=dict.fromkeys(koder, fel), **standard | kwargs)

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value):
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class Procent(forms.IntegerField):
    """How large a part of the support; empty when there is none."""

    def __init__(self, **kwargs):
        fel = "Skriv hur många procent med hela siffror, 1 till 100, eller lämna tomt."
        super().__init__(
            required=False, min_value=1, max_value=FULLT, widget=Siffror("w-auto", size=4),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), fel), **kwargs,
        )  # fmt: skip


class Forsorjningsrader:
    """Mixin: one line with percent per source of support, and that the person would rather not say.

    `koder` is [(code, text)]; `forled` keeps two sets apart in one form. After cleaning `andelar(forled)` is
    {code: percent}.
    """

    def lagg_till_forsorjning(self, koder, sparade=None, *, ves=False, forled=""):
        sparade = sparade or {}
        for kod, text in koder:
            self.fields[f"{forled}{PROCENT}{kod}"] = Procent(label=text, initial=sparade.get(kod))
        self.fields[f"{forled}ves"] = forms.BooleanField(
            label="Personen vill inte svara på frågan om försörjning", required=False, initial=ves
        )

    def forsorjningsfalt(self, forled=""):
        return [self[namn] for namn in self.fields if namn.startswith(forled + PROCENT)]

    def andelar(self, forled=""):
        langd = len(forled + PROCENT)
        return {
            namn[langd:]: varde
            for namn, varde in self.cleaned_data.items()
            if namn.startswith(forled + PROCENT) and varde
        }

    def granska_forsorjning(self, forled=""):
        andelar = self.andelar(forled)
        if andelar and self.cleaned_data.get(f"{forled}ves"):
            self.add_error(
                f"{forled}ves", "Ta bort krysset eller procenten. Det går inte att både svara och inte vilja svara."
            )
        if (summa := sum(andelar.values())) > HOGST:
            forsta = f"{forled}{PROCENT}{next(iter(andelar))}"
            self.add_error(forsta, f"Andelarna blir {summa} % tillsammans. Minska dem till högst {HOGST} %.")

    def varning(self, forled=""):
        """What to look at again though it is saved."""
        summa = sum(self.andelar(forled).values())
        if summa > FULLT:
            return (
                f"Andelarna av försörjningen blir {summa} % tillsammans. Det är sparat så. Ändra om det inte stämmer."
            )
        return ""


def sparat_lage(lage):
    """{field: saved value} of hours and support."""
    if lage is None:
        return {"timmar": None, "ves": False}
    procent = {f"{PROCENT}{rad.kod}": rad.procent for rad in lage.andelar.all()}
    return {"timmar": lage.timmar, **procent, "ves": lage.forsorjning == Forsorjning.VES}


def forsorjningskoder(dag=None):
    return list(Forsorjning.objects.giltiga(dag).values_list("kod", "text"))


class Lagefalt(Forsorjningsrader):
    """Mixin: hours and support beside something else, all optional."""

    utan_andelar = ""  # a code that is saved without percent: it came with a file

    def lagg_till_lage(self, lage=None, dag=None):
        """`lage` is what is saved; its codes stay in the list although they may not be chosen on `dag`."""
        sparat = sparat_lage(lage)
        andelar = {namn.removeprefix(PROCENT): varde for namn, varde in sparat.items() if namn.startswith(PROCENT)}
        if lage and lage.forsorjning != Forsorjning.VES and not andelar:
            self.utan_andelar = lage.forsorjning
        koder = forsorjningskoder(dag)
        dolda = [(kod, kod) for kod in andelar if kod not in dict(koder)]
        self.fields["timmar"] = Timmar()
        self.lagg_till_forsorjning([*koder, *dolda], andelar, ves=sparat["ves"])

    @property
    def hjalp_forsorjning(self):
        """What is saved and cannot be shown as percent; "" when everything is in the fields."""
        if not self.utan_andelar:
            return ""
        text = Forsorjning.objects.filter(kod=self.utan_andelar).values_list("text", flat=True).first()
        return f"Sparat utan procent: {text or 'flera slags försörjning'}. Lämna raderna tomma om det stämmer."

    @property
    def lagets_falt(self):
        return [namn for namn in self.fields if namn in ("timmar", "ves") or namn.startswith(PROCENT)]

    @property
    def har_lage(self):
        data = self.cleaned_data
        return data.get("timmar") is not None or bool(self.andelar()) or data.get("ves", False)

    def lage(self):
        """What `inskrivning.satt_lage` takes."""
        data = self.cleaned_data
        behall = ("forsorjning",) if self.utan_andelar else ()
        return {"timmar": data["timmar"], "andelar": self.andelar(), "ves": data["ves"], "behall": behall}


class Versionsvakt(Formular):
    """A plain form that refuses to save over a colleague's newer version; the same words as `VersionFormular`.

    `sparat` is {field: what is saved now}, shown beside what was typed.
    """

    nyare = ()

    def __init__(self, *args, version, sparat, **kwargs):
        super().__init__(*args, initial=sparat, **kwargs)
        self._version, self._sparat = version, sparat
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=version,
            error_messages=dict.fromkeys(("required", "invalid"), "Öppna sidan igen och skriv in uppgifterna på nytt."),
        )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("version") is not None and data["version"] != self._version:
            self.nyare = [(self.fields[namn].label, self._i_ord(namn)) for namn in self.skillnader(self.fields)]
            if not self.nyare:
                return data  # a double click, or two who agree
            self.data = self.data.copy()
            self.data["version"] = str(self._version)
            raise ValidationError(NAGON_ANNAN_HANN_FORE)
        return data

    def skillnader(self, falt):
        """Those of the fields where something else is typed than what is saved."""
        return [
            namn
            for namn in falt
            if namn != "version" and _eller_inget(self.cleaned_data.get(namn)) != _eller_inget(self._sparat.get(namn))
        ]

    def _i_ord(self, namn):
        varde = self._sparat.get(namn)
        if varde is True:
            return "ja"
        if isinstance(varde, datetime.date):
            return date_format(varde, "j F Y")
        val = {str(kod): text for kod, text in flatten_choices(getattr(self.fields[namn], "choices", ()))}
        return TOMT if _eller_inget(varde) is None else val.get(str(varde), self.fields[namn].prepare_value(varde))


def _eller_inget(varde):
    """None for what nothing is written in; 0 is an answer."""
    return None if varde == "" or varde is False else varde


def kommuner():
    """Choices of municipality; here it may be unknown."""
    return [("", "Okänd kommun"), *alla_kommuner.val()[1:]]


def identitetsfalt():
    """Contact and place, as they are asked at a start without remiss and when they are corrected."""
    return {
        "adress": forms.CharField(
            label="Adress", required=False, max_length=200, widget=forms.Textarea({"rows": 2} | STANG_AV)
        ),
        "telefon": forms.CharField(
            label="Telefon", required=False, max_length=30, widget=forms.TextInput({"class": "b-pnr"} | STANG_AV)
        ),
        "epost": forms.EmailField(
            label="E-post", required=False, max_length=120, widget=forms.EmailInput({"class": "b-mellan"} | STANG_AV),
            error_messages={"invalid": "Skriv e-postadressen som namn@exempel.se."},
        ),
        "kommun": forms.ChoiceField(
            label="Folkbokföringskommun", required=False, choices=kommuner,
            error_messages={"invalid_choice": VAL_SAKNAS},
        ),
        "remittentslag": forms.ChoiceField(
            label="Vem som hänvisade personen", required=False,
            choices=[("", "Ingen eller okänt"), *Deltagande.Remittentslag.choices],
            error_messages={"invalid_choice": VAL_SAKNAS},
        ),
    }  # fmt: skip


def namnfalt(**kwargs):
    widget = forms.TextInput({"class": "b-mellan"} | STANG_AV)
    return forms.CharField(label="Namn", max_length=120, widget=widget, **kwargs)


def lokal_kod_falt(**kwargs):
    return forms.CharField(
        label="Insatsens egen kod", max_length=12, widget=forms.TextInput({"class": "b-kort"} | STANG_AV), **kwargs
    )


class Personnummerfalt(forms.CharField):
    """A checked `personnummer.Personnummer`, or None."""

    def __init__(self, **kwargs):
        super().__init__(
            max_length=20,
            widget=forms.TextInput({"class": "b-pnr", "inputmode": "numeric"} | STANG_AV),
            **kwargs,
        )  # fmt: skip

    def clean(self, value):
        if not (text := super().clean(value)):
            return None
        try:
            return tolka(text, idag())
        except ValueError as fel:
            raise ValidationError(str(fel)) from None


def granska_lokal_kod(kod):
    if ser_ut_som(kod):
        raise ValidationError("Koden ser ut som ett personnummer. Hitta på en kod som inte pekar ut personen.")
    return kod
