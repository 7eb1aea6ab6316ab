"""The steps of the referral (Bilaga 1). Each saves its part of the draft, also when something is still missing."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError

from remisser import visning
from remisser.falt import JaNej, Kryss, Manad, Telefon, kort, kravs, lang
from remisser.models import Forsorjning, Kon, Remiss, Situation, Sprak
from samordning.karna import kommuner, personnummer
from samordning.karna.forms import VersionFormular
from samordning.karna.kalender import idag
from samordning.karna.krypto import KrypteratFalt

HAR = "har"
FRIVILLIGT = " (frivilligt)"
ANNAT = "ANNAT"


class Stegformular(VersionFormular, forms.ModelForm):
    """A part of the draft. With `utkast` nothing has to be filled in yet, but what is typed must be right.

    Everything is required that does not say "(frivilligt)"; what is asked only after a certain answer is checked in
    `clean` with `saknas`.
    """

    alla_frivilliga = True  # the labels say it themselves
    use_required_attribute = False

    def __init__(self, *args, utkast=False, **kwargs):
        self.utkast = utkast
        super().__init__(*args, **kwargs)

    def _get_validation_exclusions(self):
        """A field that is encrypted is checked by the form; its column is bytes, which the model would ask for."""
        krypterade = {falt.name for falt in Remiss._meta.fields if isinstance(falt, KrypteratFalt)}
        return super()._get_validation_exclusions() | krypterade

    def _clean_fields(self):
        kravda = [falt for falt in self.fields.values() if falt.required and self.utkast]
        for falt in kravda:
            falt.required = False
        super()._clean_fields()
        for falt in kravda:
            falt.required = True

    def clean(self):
        """After the steps' own `clean`, which settle what follows from what, so that a double click is no conflict."""
        try:
            return super().clean()
        except ValidationError:
            if not self.nyare:
                return self.cleaned_data
            namn_for = {self.fields[namn].label: namn for namn in self.fields}
            self.nyare = [(rad, visning.i_ord(self.instance, namn_for[rad])) for rad, _varde in self.nyare]
            raise

    def saknas(self, namn, text):
        """An answer that another answer asks for."""
        if not self.utkast and namn not in self.errors:
            self.add_error(namn, text)

    @property
    def ar_krock(self):
        return bool(self.nyare)

    @property
    def kan_sparas(self):
        """The page knew which version it was written on, and that is the one that is saved."""
        return not self.ar_krock and "version" not in self.errors

    def spara(self):
        """Save what is right, also when something else in the form is not; nothing over somebody's newer version."""
        self.instance.version = self._version + 1
        sparade = [namn for namn in self._meta.fields if namn in self.cleaned_data]
        for namn in sparade:  # Django leaves a column as it is when its question was not on the page
            setattr(self.instance, namn, self.cleaned_data[namn])
        self.instance.save(update_fields=[*sparade, "version", "andrad"])
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(self.instance.version)
        return self.instance

    def bry_inte(self, *namn):
        """Questions that another answer took away: what is typed there is not wrong, it is not asked."""
        for falt in namn:
            self._errors.pop(falt, None)


class DeltagareForm(Stegformular):
    """M152-M160: who it is about, and who writes."""

    fornamn = forms.CharField(label="Förnamn", max_length=80, widget=kort(), error_messages=kravs("Fyll i förnamnet."))
    efternamn = forms.CharField(
        label="Efternamn", max_length=80, widget=kort(), error_messages=kravs("Fyll i efternamnet.")
    )
    utan_nummer = forms.ChoiceField(
        label="Personnummer eller samordningsnummer",
        choices=[(HAR, "Deltagaren har ett nummer"), *Remiss.UtanNummer.choices],
        widget=forms.RadioSelect,
    )
    personnummer = forms.CharField(
        label="Numret", required=False, max_length=20, help_text="ÅÅÅÅMMDD-NNNN",
        widget=forms.TextInput({"class": "b-pnr", "autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    fodelsear = forms.IntegerField(
        label="Födelseår", required=False, help_text="Fyra siffror. Ungefär räcker om året inte är känt.",
        widget=forms.TextInput({"class": "b-kort", "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"invalid": "Skriv födelseåret med fyra siffror."},
    )  # fmt: skip
    kon = forms.ChoiceField(
        label=f"Kön{FRIVILLIGT}", required=False, choices=[("", "Inte angivet"), *Kon.choices],
        help_text="Lämna ”Inte angivet” så används det som numret säger.",
        widget=forms.Select({"class": "b-mellan"}),
    )  # fmt: skip
    adress = forms.CharField(
        label="Adress", max_length=200, widget=forms.TextInput({"autocomplete": "off"}),
        error_messages=kravs("Fyll i adressen."),
    )  # fmt: skip
    kommun = forms.ChoiceField(
        label="Kommun", help_text="Kommunen där deltagaren är folkbokförd.", widget=forms.Select({"class": "b-mellan"})
    )
    telefon = Telefon(label="Telefon", error_messages=kravs("Fyll i deltagarens telefonnummer."))
    epost = forms.EmailField(
        label=f"E-post{FRIVILLIGT}", required=False, max_length=254,
        help_text="Lämna tomt om deltagaren hellre vill bli uppringd.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )  # fmt: skip
    handlaggare = forms.CharField(
        label="Ditt namn", max_length=120, widget=forms.TextInput({"class": "b-mellan", "autocomplete": "name"})
    )
    handlaggare_telefon = Telefon(
        label="Din telefon", help_text="Insatsen ringer dig inom fem arbetsdagar.", autocomplete="tel",
        error_messages=kravs("Fyll i ditt telefonnummer."),
    )  # fmt: skip
    handlaggare_epost = forms.EmailField(label="Din e-post", widget=forms.EmailInput({"autocomplete": "email"}))

    class Meta:
        model = Remiss
        fields = (
            "fornamn", "efternamn", "utan_nummer", "personnummer", "fodelsear", "kon", "adress", "kommun", "telefon",
            "epost", "handlaggare", "handlaggare_telefon", "handlaggare_epost",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kommun"].choices = kommuner.val()
        self.initial["utan_nummer"] = self.instance.utan_nummer or HAR
        if fodd := visning.fodelsedag(self.instance):
            self.fields["personnummer"].help_text = f"ÅÅÅÅMMDD-NNNN. Numret betyder född {fodd}. Stämmer det?"

    def clean_utan_nummer(self):
        varde = self.cleaned_data["utan_nummer"]
        return "" if varde == HAR else varde

    def clean(self):
        data = self.cleaned_data
        if data.get("utan_nummer"):
            data["personnummer"] = ""
            self._granska_ar(data)
            return super().clean()
        self.bry_inte("fodelsear")
        data.pop("fodelsear", None)
        if text := data.get("personnummer"):
            self._granska_nummer(data, text)
        elif "personnummer" in data:
            self.saknas("personnummer", "Skriv personnumret med tolv siffror, eller välj varför det saknas.")
            data["fodelsear"] = None
        return super().clean()

    def _granska_nummer(self, data, text):
        try:
            nummer = personnummer.tolka(text, idag())
        except ValueError as fel:
            self.add_error("personnummer", str(fel))
        else:
            data["personnummer"], data["fodelsear"] = nummer.tolv, nummer.fodelsear

    def _granska_ar(self, data):
        ar = data.get("fodelsear")
        if ar is None:
            self.saknas("fodelsear", "Skriv födelseåret med fyra siffror.")
        elif not idag().year - 100 <= ar <= idag().year - 13:
            self.add_error("fodelsear", "Födelseåret är orimligt. Skriv det med fyra siffror, till exempel 1987.")


class Situationer(dict):
    """{code: month} that reads as words where two versions are compared."""

    def __str__(self):
        return ", ".join(f"{kod} {manad}" for kod, manad in sorted(self.items()))


class SituationForm(Stegformular):
    """M161-M178. Every situation has the month it began, so that no length of time falls between two classes."""

    situation = Kryss(
        label="Hur ser deltagarens situation ut?", help_text="Välj alla som stämmer, och månaden då det började.",
        error_messages=kravs("Välj minst en situation."),
    )  # fmt: skip
    situation_annat = forms.CharField(
        label="Beskriv situationen", required=False, max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    nyanland = forms.BooleanField(label="Nyanländ", required=False)
    ensamkommande = forms.BooleanField(label="Kom till Sverige som ensamkommande barn", required=False)
    forsorjning = Kryss(
        label="Vad lever deltagaren på?", help_text="Välj alla som stämmer.",
        error_messages=kravs("Välj vad deltagaren lever på."),
    )  # fmt: skip
    inskriven_af = JaNej(
        label="Är deltagaren inskriven på Arbetsförmedlingen?",
        error_messages=kravs("Svara ja eller nej på om deltagaren är inskriven på Arbetsförmedlingen."),
    )

    class Meta:
        model = Remiss
        fields = ("situation", "situation_annat", "nyanland", "ensamkommande", "forsorjning", "inskriven_af")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sparad = self.instance.situation
        self._sparad["situation"] = Situationer(sparad)
        self.initial["situation"] = list(sparad)
        self.fields["situation"].choices = _koder(Situation)
        self.fields["forsorjning"].choices = _koder(Forsorjning)
        fore = list(self.fields)
        for kod, text in self.fields["situation"].choices:
            self.fields[f"sedan_{kod}"] = Manad(label=f"{text} sedan", help_text="Månaden då det började, ÅÅÅÅ-MM.")
            self.initial[f"sedan_{kod}"] = sparad.get(kod, "")
        efter = fore.index("situation") + 1
        self.order_fields([*fore[:efter], *(namn for namn in self.fields if namn not in fore)])

    @cached_property
    def situationer(self):
        """[(the box, its month)] for the page."""
        return [(ruta, self[f"sedan_{ruta.data['value']}"]) for ruta in self["situation"]]

    def clean(self):
        koder = dict(self.fields["situation"].choices)
        valda = self.cleaned_data.get("situation") or []
        self.bry_inte(*(f"sedan_{kod}" for kod in koder if kod not in valda))
        if "situation" in self.cleaned_data:
            manader = {kod: self.cleaned_data.get(f"sedan_{kod}") or "" for kod in sorted(valda)}
            self.cleaned_data["situation"] = Situationer(manader)
        data = self.cleaned_data
        for kod in valda:
            if not data.get(f"sedan_{kod}"):
                self.saknas(f"sedan_{kod}", f"Fyll i månaden för ”{koder[kod]}”.")
        if ANNAT not in valda:
            data["situation_annat"] = ""
        elif not data.get("situation_annat"):
            self.saknas("situation_annat", "Beskriv situationen med några ord.")
        if "INGEN" in data.get("forsorjning", ()) and len(data["forsorjning"]) > 1:
            self.add_error("forsorjning", "Välj antingen ”Ingen egen inkomst” eller det som deltagaren lever på.")
        return super().clean()


class OnskadForm(Stegformular):
    """M179-M181."""

    program = Kryss(
        label=f"Ingår remissen i ett program?{FRIVILLIGT}", required=False, choices=Remiss.Program.choices,
        help_text="Den remitterande myndighetens program eller insats.",
    )  # fmt: skip
    onskad = Kryss(
        label=f"Önskad insats{FRIVILLIGT}", required=False, choices=Remiss.Onskad.choices,
        help_text="Kryssa om du vill ha något av det här. Annars avgör insatsen upplägget med deltagaren.",
    )  # fmt: skip
    kontakter = Kryss(
        label=f"Pågående kontakter{FRIVILLIGT}", required=False, choices=Remiss.Kontakter.choices,
        help_text="Kryssa bara för dem som deltagaren vill att insatsen får prata med. De skrivs in i samtycket.",
    )  # fmt: skip
    kontakt_annan = forms.CharField(
        label="Vilken annan kontakt?", required=False, max_length=120, help_text="Till exempel vårdcentralen i Skara.",
        widget=kort(),
    )  # fmt: skip

    class Meta:
        model = Remiss
        fields = ("program", "onskad", "kontakter", "kontakt_annan")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["kontakter"] = self.instance.kontaktkoder

    def clean_kontakter(self):
        return ",".join(self.cleaned_data["kontakter"])

    def clean(self):
        data = self.cleaned_data
        if Remiss.Kontakter.ANNAN not in data.get("kontakter", "").split(","):
            data["kontakt_annan"] = ""
        elif not data.get("kontakt_annan"):
            self.saknas("kontakt_annan", "Skriv vilken den andra kontakten är.")
        return super().clean()


class SyfteForm(Stegformular):
    """M182, M184 and M185. Question, goal and language are what the insats reads before it answers."""

    fragestallning = forms.CharField(
        label="Frågor till insatsen", max_length=3000, widget=lang(), error_messages=kravs("Skriv vad du vill veta."),
        help_text="Vad vill du ha svar på? Insatsen läser det här innan den svarar, så skriv inte vem det gäller.",
    )  # fmt: skip
    mal = forms.CharField(
        label="Mål", max_length=3000, widget=lang(3), error_messages=kravs("Skriv vilket målet är."),
        help_text="Vad ska deltagaren kunna eller klara efteråt? Även detta läser insatsen innan den svarar.",
    )  # fmt: skip
    ovrigt = forms.CharField(
        label=f"Övrig information{FRIVILLIGT}", required=False, max_length=3000, widget=lang(3),
        help_text="Det som insatsen behöver veta för att ta emot deltagaren väl. Insatsen ser det när den tackat ja.",
    )  # fmt: skip
    tolk = JaNej(
        label="Behöver deltagaren tolk?", error_messages=kravs("Svara ja eller nej på om deltagaren behöver tolk.")
    )
    sprak = forms.ModelChoiceField(
        Sprak.objects.none(), label="Språk", required=False, empty_label="Välj språk",
        widget=forms.Select({"class": "b-mellan"}),
    )  # fmt: skip
    trepartssamtal = JaNej(
        label="Vill du ha ett trepartssamtal?", help_text="Deltagaren, du och insatsen träffas och kommer överens.",
        error_messages=kravs("Svara ja eller nej på om du vill ha ett trepartssamtal."),
    )  # fmt: skip

    class Meta:
        model = Remiss
        fields = ("fragestallning", "mal", "ovrigt", "tolk", "sprak", "trepartssamtal")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sprak"].queryset = Sprak.objects.giltiga()

    def clean(self):
        data = self.cleaned_data
        if not data.get("tolk"):
            data["sprak"] = None
        elif not data.get("sprak"):
            self.saknas("sprak", "Välj språk för tolken.")
        return super().clean()


def _koder(modell):
    """The codes that may be chosen today."""
    return list(modell.objects.giltiga().values_list("kod", "text"))


def svar_av(form):
    """What the saved values would be if they were typed: the form that is checked before sending gets them."""
    svar = {namn: form.get_initial_for_field(falt, namn) for namn, falt in form.fields.items()}
    return {form.add_prefix(namn): varde for namn, varde in svar.items() if varde is not None}
