"""The form that closes a meeting: an end for each item, and what is refused before anything is written (MA4, MA8)."""

from collections import defaultdict

from django import forms

from moten import paragrafer
from moten.avslut import STANNAR, Val
from moten.beslut_forms import FAR_BESLUTA
from moten.models import Organ, Punkt
from samordning.karna.forms import TAL, Formular
from samordning.karna.kalender import idag
from samordning.karna.templatetags.samordning import datum

Status = Punkt.Status
STATUSAR = (Status.BEHANDLAD, Status.BORDLAGD, Status.HANVISAD, Status.TOM, Status.EJ_BEHANDLAD)
UPPTAGNA = (Status.BEHANDLAD, Status.HANVISAD)  # ends with which a case may go on
VAGAR = {"till_au": "Ärendet går till arbetsutskottet", "till_styrelse": "Ärendet går till styrelsen"}
HOGSTA_PARAGRAF = 9999


class AvslutForm(Formular, forms.Form):
    """`rader` are `avslut_rader.Rad`, read under lock on POST; `tagna` are the numbers that are given
    (`paragrafer.upptagna`). Fields of an item are named "<item>-<what>". `valen` and `forsta` hold what was chosen."""

    def __init__(self, *args, mote, rader, tagna, **kwargs):
        super().__init__(*args, **kwargs)
        self.mote, self.rader, self.tagna = mote, rader, tagna
        self.numrerar = mote.organ.numrering == Organ.Numrering.PARAGRAF
        if self.numrerar and any(rad.punkt.nummer is None for rad in rader):
            self.fields["forsta"] = forms.IntegerField(
                label="Första paragrafen", min_value=1, max_value=HOGSTA_PARAGRAF, widget=forms.TextInput(TAL),
                initial=paragrafer.nasta_nummer(rader, tagna),
                help_text="Punkterna som togs upp numreras i ordning från den. En paragraf ges en gång om året.",
            )  # fmt: skip
        self.fields["punkter"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self._punkterna)
        for rad in rader:
            self._falt(rad)

    @property
    def _punkterna(self):
        return ",".join(str(rad.punkt.pk) for rad in self.rader)

    def _falt(self, rad):
        punkt, pk = rad.punkt, rad.punkt.pk
        val = [(ett.value, ett.label) for ett in STATUSAR]
        self.fields[f"{pk}-status"] = forms.ChoiceField(
            label="Hur slutade punkten?", choices=val if rad.forval else [("", "Välj"), *val], initial=rad.forval,
            error_messages={"required": "Välj hur punkten slutade."},
        )  # fmt: skip
        self.fields[f"{pk}-hanvisad"] = forms.CharField(
            label="Hänvisas till", required=False, max_length=200, initial=punkt.hanvisad_till,
            help_text="Till exempel bilaga 2.",
        )  # fmt: skip
        if rad.rundas:
            self.fields[f"{pk}-sammanfattning"] = forms.CharField(
                label="Sammanfattning av yttrandena", required=False, max_length=10_000, initial=rad.utkast,
                widget=forms.Textarea({"rows": 8}), help_text="Ett utkast. Skriv om så att det blir rätt.",
            )  # fmt: skip
            self.fields[f"{pk}-stang"] = forms.BooleanField(
                label="Stäng rundan, så att yttrandena ligger fast", required=False, initial=bool(rad.grupper)
            )
        if rad.krockar:
            self.fields[f"{pk}-byt"] = forms.BooleanField(
                label="Ersätt de yttranden som redan är lämnade med det grupperna sa", required=False
            )
        if rad.vagar:
            self.fields[f"{pk}-vag"] = forms.ChoiceField(
                label="Vart går ärendet?", initial=self._vag(rad), widget=forms.RadioSelect,
                choices=[*((vag, VAGAR[vag]) for vag in rad.vagar), (STANNAR, "Ärendet stannar där det är")],
            )  # fmt: skip
        self.fields[f"{pk}-last"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=rad.avtryck)

    def _vag(self, rad):
        """On, when the item says that it was treated and nobody is asked elsewhere."""
        return rad.vagar[0] if rad.forval in UPPTAGNA and not rad.annan else STANNAR

    def delar(self):
        """[(Rad, {what: bound field})] in the order of the agenda, for the page."""
        namn = ("status", "hanvisad", "sammanfattning", "stang", "byt", "vag", "last")
        return [
            (rad, {ett: self[f"{rad.punkt.pk}-{ett}"] for ett in namn if f"{rad.punkt.pk}-{ett}" in self.fields})
            for rad in self.rader
        ]

    # ---- What is refused

    def clean(self):
        data = super().clean()
        if self._har_andrats():
            return data
        if self.mote.dag > idag():
            self.add_error(None, f"Mötet är {datum(self.mote.dag)} och har inte varit än. Ändra mötets dag först.")
        self.valen = {rad.punkt.pk: self._val(rad, data) for rad in self.rader}
        self.forsta = data.get("forsta")
        for rad in self.rader:
            if f"{rad.punkt.pk}-status" in data:
                self._slutet(rad, self.valen[rad.punkt.pk])
        self._samma_arende()
        if self.numrerar and self.forsta and not self.errors:
            self._paragraferna()
        return data

    def _har_andrats(self):
        """Somebody wrote in the meeting, a group or a round since the page was shown: the page is shown again, and the
        next sending is a choice with that in sight."""
        nya = [rad for rad in self.rader if self.data.get(f"{rad.punkt.pk}-last") is None]
        andra = [rad for rad in self.rader if self.data.get(f"{rad.punkt.pk}-last") not in (None, rad.avtryck)]
        borta = set(self.data.get("punkter", "").split(",")) - set(self._punkterna.split(",")) - {""}
        if not (nya or andra or borta):
            return False
        self.data = self.data.copy()
        self.data["punkter"] = self._punkterna
        for rad in (*nya, *andra):
            self.data[f"{rad.punkt.pk}-last"] = rad.avtryck
            if rad in nya:
                self._errors.pop(f"{rad.punkt.pk}-status", None)
            self.add_error(
                f"{rad.punkt.pk}-status",
                "Punkten har lagts till sedan du öppnade sidan." if rad in nya else "Någon har ändrat i punkten sedan "
                "du öppnade sidan. Läs den igen.",
            )  # fmt: skip
        text = "Punkter har tagits bort. " if borta else ""
        self.add_error(
            None,
            f"Mötet har ändrats sedan du öppnade sidan. {text}Inget är avslutat, och det du valde är kvar. "
            "Kontrollera och avsluta igen.",
        )
        return True

    def _val(self, rad, data):
        def svar(vad, annars=""):
            return data.get(f"{rad.punkt.pk}-{vad}") or annars

        status = svar("status")
        return Val(
            status, svar("hanvisad").strip() if status == Status.HANVISAD else "", svar("sammanfattning").strip(),
            svar("stang", False), svar("byt", False), svar("vag", STANNAR),
        )  # fmt: skip

    def _slutet(self, rad, val):
        pk = rad.punkt.pk
        if val.status == Status.HANVISAD and not val.hanvisad_till:
            self.add_error(f"{pk}-hanvisad", "Skriv vad punkten hänvisas till.")
        if val.stang and not val.sammanfattning:
            self.add_error(f"{pk}-sammanfattning", "Skriv vad de som svarade kom fram till, eller stäng inte rundan.")
        if rad.utfall and val.status not in UPPTAGNA and any(ett.typ == ett.Typ.BESLUT for ett in rad.utfall):
            self.add_error(f"{pk}-status", "Punkten har ett beslut, så den är behandlad. Ta bort beslutet annars.")
        if val.vag != STANNAR and val.status not in UPPTAGNA:
            self.add_error(f"{pk}-vag", "Ärendet går vidare först när punkten är behandlad. Låt det stanna så länge.")
        if (rad.runda and not val.stang or rad.annan) and val.vag != STANNAR:
            self.add_error(f"{pk}-vag", "Yttranderundan är öppen. Stäng den, eller låt ärendet stanna så länge.")
        if rad.avgor:
            self._beslutet(rad, val)

    def _beslutet(self, rad, val):
        """What the item's outcome decides about its case must be possible there and now."""
        falt, arende, beslut = f"{rad.punkt.pk}-status", rad.arende, rad.beslut
        utfall = {ett.arendeutfall for ett in rad.avgor}
        if len(rad.avgor) > 1:
            self.add_error(falt, "Punkten har flera beslut som avgör ärendet. Låt ett av dem göra det.")
        elif beslut and {beslut.utfall} != utfall:
            self.add_error(
                falt,
                f"Ärendet har redan beslutet {beslut.paragraf} med ett annat utfall: "
                f"{beslut.get_utfall_display().lower()}. Ändra utfallet på punkten.",
            )
        elif not beslut:
            organ, far = FAR_BESLUTA.get(arende.lage, ("", ()))
            if organ != self.mote.organ.slag or not utfall <= set(far):
                self.add_error(
                    falt,
                    f"{self.mote.organ} kan inte besluta det om ärendet {arende.diarienummer}, som är "
                    f"{arende.get_lage_display().lower()}. Ändra utfallet, eller flytta ärendet först.",
                )
        if rad.annan or (rad.runda and not val.stang):
            self.add_error(falt, "Yttranderundan om ärendet är öppen. Stäng den innan beslutet förs till ärendet.")
        if self.mote.dag < arende.inkom:
            self.add_error(
                falt, f"Ärendet kom in {datum(arende.inkom)}, efter mötets dag. Kontrollera mötet och ärendet."
            )

    def _samma_arende(self):
        """A case in two items is decided in one of them."""
        avgor = defaultdict(list)
        for rad in self.rader:
            if rad.avgor:
                avgor[rad.punkt.arende_id].append(rad)
        for rader in avgor.values():
            for rad in rader[1:]:
                self.add_error(
                    f"{rad.punkt.pk}-status",
                    f"Ärendet {rad.arende.diarienummer} avgörs också i punkten {rader[0].punkt.rubrik}. "
                    "Låt en av dem göra det.",
                )

    def _paragraferna(self):
        statusar = {pk: val.status for pk, val in self.valen.items()}
        nummer = paragrafer.numrera(self.mote, self.rader, statusar, self.forsta)
        for rad in self.rader:
            far, eget = nummer.get(rad.punkt.pk), paragrafer.eget_nummer(rad)
            if rad.avgor and eget is not None and eget != (far or rad.punkt.nummer):
                self.add_error(
                    "forsta",
                    f"Beslutet om {rad.arende.diarienummer} är redan skrivet som § {eget}, men punkten får "
                    f"{f'§ {far}' if far else 'ingen paragraf'}. Ändra första paragrafen, eller rätta beslutet.",
                )
            elif far in self.tagna and eget != far:
                beslut = self.tagna[far]
                vem = f" Den står på beslutet om {beslut.arende.diarienummer}." if beslut else ""
                self.add_error("forsta", f"§ {far} är redan given i år.{vem} Börja på ett annat nummer.")
                return
            elif far and far > HOGSTA_PARAGRAF:
                self.add_error("forsta", f"Paragraferna går bara till {HOGSTA_PARAGRAF}. Börja lägre.")
                return

    def satt_krock(self, fel):
        """A decision with one of the numbers was written by somebody else in the same moment."""
        regel = getattr(getattr(fel.__cause__, "diag", None), "constraint_name", "")
        if regel not in ("beslut_paragraf_en_gang", "paragraf_en_gang"):
            return False
        text = "Någon skrev in ett beslut samtidigt. Inget är avslutat, och det du valde är kvar. Avsluta igen."
        self.add_error(None, text)
        return True
