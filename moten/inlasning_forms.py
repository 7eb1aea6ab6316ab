"""Forms of old minutes that are read in: what is read, and what the text does not say."""

from dataclasses import replace

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from moten.dagordning_forms import Klockslag
from moten.inlasning import snabbkoll
from moten.inlasning_personer import BARA_TEXT, NY, OKAND_PART
from moten.inlasning_svar import Nasta, forvalda, fyll_ar
from moten.models import Organ
from moten.tolk.namn import normalisera
from moten.tolk.text import STORSTA_TEXT, TYPER
from samordning.karna import felord
from samordning.karna.forms import Datum, Formular
from samordning.karna.kalender import idag
from samordning.karna.models import Part

FLEST_FILER = 60
LANGST_SVAR = 300
ANNAN = "annan"


class FlerFiler(forms.FileInput):
    allow_multiple_selected = True


class Filfalt(forms.FileField):
    """Several files at once: a list of UploadedFile. What is wrong with one of many is told in the list of files."""

    widget = FlerFiler

    def __init__(self, **kwargs):
        super().__init__(allow_empty_file=True, **kwargs)
        self.widget.attrs["accept"] = ",".join(f".{andelse}" for andelse in TYPER)

    def clean(self, data, initial=None):
        filer = [fil for fil in (data if isinstance(data, (list, tuple)) else [data]) if fil]
        if len(filer) > FLEST_FILER:
            raise ValidationError(
                f"Du har valt {len(filer)} filer. Välj högst {FLEST_FILER} åt gången. Inget är inläst."
            )
        filer = [super(Filfalt, self).clean(fil, initial) for fil in filer]
        if len(filer) == 1 and (fel := snabbkoll(filer[0].name, filer[0].size, settings.STORSTA_FIL)):
            raise ValidationError(f"{fel} Inget är inläst.")
        return filer


class InlasningForm(Formular, forms.Form):
    """Files or a pasted text, not both."""

    filer = Filfalt(
        label="Filer", required=False,
        help_text=f"En eller flera, högst {FLEST_FILER} åt gången: .txt, .md, .docx eller .pdf. "
        f"Högst {settings.STORSTA_FIL // 2**20} MB var.",
    )  # fmt: skip
    text = forms.CharField(
        label="Text", required=False, strip=False, widget=forms.Textarea({"rows": 10}),
        help_text="Klistra in anteckningarna här om du inte har dem som fil.",
    )  # fmt: skip

    def clean_text(self):
        text = self.cleaned_data["text"].replace("\x00", "")
        if len(text) > STORSTA_TEXT:
            raise ValidationError(
                f"Texten är för lång för att vara anteckningar från ett möte: den får ha högst {STORSTA_TEXT // 1000} "
                "000 tecken. Dela den, en för varje möte. Inget är inläst."
            )
        return text if text.strip() else ""

    def clean(self):
        data = super().clean()
        filer, text = data.get("filer"), data.get("text")
        if filer and text:
            self.add_error("text", "Välj antingen filer eller en text. Läs in dem annars var för sig.")
        elif not filer and not text and not self.errors:
            self.add_error("filer", "Välj minst en fil eller klistra in en text.")
        return data


class SvarForm(Formular, forms.Form):
    """What is guessed of a text, to be confirmed. `svar()` is what saving needs when the form is right."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="Organ", empty_label="Välj organ")
    dag = forms.DateField(label="Mötets dag", widget=Datum)
    sista_dag = forms.DateField(label="Sista dag", required=False, widget=Datum, help_text="Om mötet var flera dagar.")
    fran = forms.TimeField(label="Från klockan", required=False, widget=Klockslag)
    till = forms.TimeField(label="Till klockan", required=False, widget=Klockslag)
    plats = forms.CharField(label="Plats", required=False, max_length=120)
    folj_upp = forms.BooleanField(
        label="Följ upp det som skulle göras", required=False,
        help_text="Åtgärder och punkter som inte hanns med läggs bland det som ska göras. Lämna tomt för gamla möten.",
    )  # fmt: skip
    ersatt = forms.BooleanField(label="Ersätt den tidigare inläsningen av mötet", required=False)
    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), felord.OPPNA_IGEN)
    )  # fmt: skip

    def __init__(self, *args, gissat, anteckning, register, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version
        self.gissat, self.anteckning, self.register = gissat, anteckning, register
        self.fields["organ"].queryset = Organ.objects.all()
        if anteckning.datum and not gissat.dag:
            self.fields["dag"].help_text = "Texten säger bara en del av dagen. Fyll i hela."
        for falt in ("organ", "dag", "sista_dag", "fran", "till", "plats", "folj_upp"):
            self.fields[falt].initial = getattr(gissat, falt)
        self._ledning()
        self._parter = [("", OKAND_PART), *((part.pk, part.namn) for part in Part.objects.for_val())]
        for nr, rad in enumerate(gissat.personer):
            self._person(nr, rad)
        for nr, rad in enumerate(gissat.forslag):
            self._nasta(nr, rad)

    def _ledning(self):
        val = [("", "Står inte i texten"), *((nr, rad.namn) for nr, rad in enumerate(self.gissat.personer))]
        for falt, rubrik in (("ordforande", "Ordförande"), ("sekreterare", "Sekreterare")):
            nr = getattr(self.gissat, falt)
            self.fields[falt] = forms.ChoiceField(
                label=rubrik, choices=val, required=False, initial="" if nr is None else nr
            )

    def _person(self, nr, rad):
        val = [(kontakt.pk, f"{kontakt.namn}, {kontakt.part}") for kontakt in rad.kandidater]
        if rad.val.isdigit() and rad.val not in {str(nyckel) for nyckel, _ in val}:
            kontakt = self.register.kontakter[int(rad.val)]
            val.insert(0, (kontakt.pk, f"{kontakt.namn}, {kontakt.part}"))
        self._forra_valet(nr, val)
        val += [(NY, "Ny kontakt"), (BARA_TEXT, "Bara i texten"), (ANNAN, "En annan i registret, skriv vem")]
        self.fields[f"vem{nr}"] = forms.ChoiceField(label="Vem det är", choices=val, initial=rad.val)
        self.fields[f"annan{nr}"] = forms.CharField(
            label="Namn, eller namn och part", required=False, max_length=260,
            widget=forms.TextInput({"list": "kontakterna", "autocomplete": "off"}),
        )  # fmt: skip
        self.fields[f"part{nr}"] = forms.TypedChoiceField(
            label="Part för ny kontakt", choices=self._parter, required=False, coerce=int,
            empty_value=None, initial=rad.part or "",
        )  # fmt: skip
        if rad.ersatter:
            andra = [(i, ett.namn) for i, ett in enumerate(self.gissat.personer) if i != nr]
            self.fields[f"ersatter{nr}"] = forms.TypedChoiceField(
                label=f"Ersätter ”{rad.ersatter}”", choices=[("", "Bara i texten"), *andra], required=False,
                coerce=int, empty_value=None, initial="" if rad.ersatter_nr is None else rad.ersatter_nr,
            )  # fmt: skip

    def _forra_valet(self, nr, val):
        """What was chosen earlier stays among the choices; a contact that is gone is chosen anew."""
        valt = str(self.initial.get(f"vem{nr}", ""))
        if valt.isdigit() and valt not in {str(nyckel) for nyckel, _ in val}:
            if kontakt := self.register.kontakter.get(int(valt)):
                val.insert(0, (kontakt.pk, f"{kontakt.namn}, {kontakt.part}"))
            else:
                del self.initial[f"vem{nr}"]

    def _nasta(self, nr, rad):
        self.fields[f"nasta{nr}"] = forms.BooleanField(
            label="Lägg in i kalendern", required=False, initial=bool(forvalda([rad])), disabled=rad.finns,
            help_text="Finns redan i kalendern." if rad.finns else "",
        )  # fmt: skip
        self.fields[f"nasta{nr}_organ"] = forms.ModelChoiceField(
            self.fields["organ"].queryset, label="Organ", required=False, initial=rad.organ,
            empty_label="Välj organ",
        )  # fmt: skip
        self.fields[f"nasta{nr}_dag"] = forms.DateField(
            label="Dag", required=False, initial=rad.dag, widget=Datum,
            help_text="" if rad.dag else "Lämnas den tom är det första gången efter mötet.",
        )  # fmt: skip

    # ---- For the page

    def personrader(self):
        """[(Namn, choice, other, party, whom she stands in for or None)]; those who must be looked at first."""
        rader = []
        for nr, rad in enumerate(self.gissat.personer):
            falt = [self[f"{namn}{nr}"] for namn in ("vem", "annan", "part")]
            rader.append((rad, *falt, self[f"ersatter{nr}"] if rad.ersatter else None))
        return rader

    def osakra(self):
        return [rad for rad in self.personrader() if not rad[0].saker]

    def sakra(self):
        return [rad for rad in self.personrader() if rad[0].saker]

    def fel_bland_sakra(self):
        return any(falt.errors for rad in self.sakra() for falt in rad[1:] if falt)

    def nastarader(self):
        return [(self[f"nasta{nr}"], self[f"nasta{nr}_organ"], self[f"nasta{nr}_dag"], rad)
                for nr, rad in enumerate(self.gissat.forslag)]  # fmt: skip

    def kontaktnamn(self):
        return sorted(f"{kontakt.namn}, {kontakt.part}" for kontakt in self.register.kontakter.values())

    # ---- What is answered

    def clean(self):
        data = super().clean()
        dag, sista, fran, till = (data.get(namn) for namn in ("dag", "sista_dag", "fran", "till"))
        if dag and dag > idag():
            self.add_error("dag", "Dagen har inte varit än. Skriv den dag då mötet hölls.")
        if dag and sista and sista < dag:
            self.add_error("sista_dag", "Mötet kan inte sluta innan det börjar. Lämna tomt om det var en dag.")
        if till and not fran and "fran" not in self.errors:
            self.add_error("fran", "Skriv när mötet började.")
        if fran and till and till <= fran and not (sista and dag and sista > dag):
            self.add_error("till", "Mötet kan inte sluta innan det börjar. Kontrollera klockslaget.")
        self._personer(data)
        self._kommande(data)
        return data

    def _personer(self, data):
        self.personer, tagna = [], {}
        for nr, rad in enumerate(self.gissat.personer):
            val, annan = data.get(f"vem{nr}", ""), (data.get(f"annan{nr}") or "").strip()
            if annan or val == ANNAN:
                val = self._annan(nr, annan)
            if val.isdigit():
                if val in tagna:
                    self.add_error(f"vem{nr}", f"{rad.namn} och {tagna[val]} kan inte vara samma kontakt. Ändra en.")
                tagna[val] = rad.namn
            ersatter = data.get(f"ersatter{nr}") if rad.ersatter else None
            self.personer.append(replace(rad, val=val, part=data.get(f"part{nr}"), ersatter_nr=ersatter))

    def _annan(self, nr, text):
        """The key of the contact that was typed as "Namn, part" or as a name."""
        sokt = normalisera(text)
        funna = [
            kontakt.pk for kontakt in self.register.kontakter.values()
            if sokt and sokt in (normalisera(kontakt.namn), normalisera(f"{kontakt.namn}, {kontakt.part}"))
        ]  # fmt: skip
        if len(funna) == 1:
            return str(funna[0])
        if not text:
            fel = "Skriv vem det är."
        elif funna:
            fel = "Flera kontakter heter så. Skriv namnet följt av komma och parten."
        else:
            fel = "Det finns ingen kontakt som heter så. Välj ur listan, eller välj Ny kontakt."
        self.add_error(f"annan{nr}", fel)
        return ""

    def _kommande(self, data):
        self.nasta = []
        for nr, rad in enumerate(self.gissat.forslag):
            if not data.get(f"nasta{nr}") or rad.finns:
                continue
            organ = data.get(f"nasta{nr}_organ")
            dag = data.get(f"nasta{nr}_dag") or fyll_ar(self.anteckning.nasta_moten[nr].datum, data.get("dag"))
            if not organ:
                self.add_error(f"nasta{nr}_organ", "Välj vilket organ mötet är i, eller ta bort bocken.")
            if not dag:
                self.add_error(f"nasta{nr}_dag", "Skriv vilken dag mötet är, eller ta bort bocken.")
            sista = fyll_ar(self.anteckning.nasta_moten[nr].sista_dag, dag)
            self.nasta.append(Nasta(rad.text, organ, dag, rad.fran, rad.till, rad.plats, sista))

    def halva(self):
        """{field: value} of what was sent, unchecked, to go on with. Boxes that were left unticked are in it too."""
        varden = {}
        for namn, falt in self.fields.items():
            if namn == "version":
                continue
            varde = falt.widget.value_from_datadict(self.data, self.files, self.add_prefix(namn))
            if isinstance(varde, bool) or (isinstance(varde, str) and len(varde) <= LANGST_SVAR):
                varden[namn] = varde
        return varden

    def svar(self):
        """The `Svar` of a form without errors."""
        data = self.cleaned_data
        falt = ("organ", "dag", "sista_dag", "fran", "till", "plats", "folj_upp", "ersatt")
        nummer = {namn: int(data[namn]) if data[namn] else None for namn in ("ordforande", "sekreterare")}
        return replace(self.gissat, personer=self.personer, nasta=self.nasta, fragor=[], **nummer,
                       **{namn: data[namn] for namn in falt})  # fmt: skip
