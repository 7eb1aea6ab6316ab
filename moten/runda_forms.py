"""Forms of a round of opinions: who is asked, what one of them answers, how it is summed up."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from moten import sammanfattning
from moten.models import Ledamotskap, Organ, Yttrande, Yttranderunda
from samordning.karna import felord
from samordning.karna.forms import Datum, EngangsFormular, Formular, Regelformular, VersionFormular, inte_forbi
from samordning.karna.kalender import idag
from samordning.karna.models import Part
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.templatetags.samordning import datum

EN_VECKA = timedelta(days=7)
FLEST_GRUPPER = 12
FREDAG = 4


def beredningsgrupper():
    """Preparation groups that exist today."""
    return Organ.objects.filter(slag=Organ.Slag.BEREDNING).exclude(upphorde__lt=idag())


def _fredag():
    """This week's Friday, which is what "veckan ut" means; on a weekend the next one."""
    return idag() + timedelta(days=(FREDAG - idag().weekday()) % 7)


class RundaForm(EngangsFormular, Regelformular, forms.ModelForm):
    """A new round. `yttranden()` gives the empty opinions that it is to have."""

    class Vilka(TextChoices):
        GRUPPER = "grupper", "Grupper i en beredningsgrupp, till exempel Grupp 1 till Grupp 5 på ett möte"
        LEDAMOTER = "ledamoter", "Varje ledamot i en beredningsgrupp"
        ORGAN = "organ", "Flera beredningsgrupper, en röst var"
        PARTER = "parter", "Parter, ett yttrande var"

    vilka = forms.ChoiceField(
        label="Vilka ska svara?", choices=Vilka, widget=forms.RadioSelect, initial=Vilka.GRUPPER,
        error_messages={"required": "Välj vilka som ska svara."},
    )  # fmt: skip
    antal = forms.IntegerField(
        label="Antal grupper", required=False, min_value=1, max_value=FLEST_GRUPPER, initial=5,
        widget=forms.TextInput({"inputmode": "numeric", "class": "b-kort"}),
        help_text="Används när grupper på ett möte svarar. De heter Grupp 1, Grupp 2 och så vidare.",
    )  # fmt: skip
    flera_organ = forms.ModelMultipleChoiceField(
        Organ.objects.none(), label="Beredningsgrupper som svarar var för sig", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    parter = forms.ModelMultipleChoiceField(
        Part.objects.none(), label="Parter som svarar var för sig", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Yttranderunda
        fields = ("organ", "senast", "fraga")
        labels = {"organ": "Beredningsgrupp", "fraga": "Fråga till dem som svarar"}
        widgets = {"senast": Datum, "fraga": forms.Textarea({"rows": 3})}
        help_texts = {"organ": "Används när grupper eller ledamöter i en beredningsgrupp svarar."}
        error_messages = {"senast": {"required": "Skriv vilken dag svaren ska vara inne."}}

    field_order = ("vilka", "organ", "antal", "flera_organ", "parter", "senast", "fraga")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organ = beredningsgrupper()
        self.fields["organ"].queryset = self.fields["flera_organ"].queryset = organ
        self.fields["organ"].empty_label = "Välj beredningsgrupp"
        ensam = list(organ[:2])
        if len(ensam) == 1:
            self.initial["organ"] = ensam[0].pk
        self.fields["parter"].queryset = Part.objects.medlemmar().exclude(slag=Part.Slag.FORBUND).for_val()
        self.initial["senast"] = idag() + EN_VECKA
        self.fields["senast"].validators.append(inte_forbi)
        self.fields["senast"].help_text = f"En vecka är vanligt. ”Veckan ut” är fredag {datum(_fredag())}."

    def clean(self):
        data = super().clean()
        kontroll = {
            self.Vilka.GRUPPER: self._grupper, self.Vilka.LEDAMOTER: self._ledamoter,
            self.Vilka.ORGAN: self._organ, self.Vilka.PARTER: self._parter,
        }.get(data.get("vilka"))  # fmt: skip
        self.avlamnare = kontroll(data) if kontroll else []
        return data

    def _grupper(self, data):
        if not data.get("organ"):
            self.add_error("organ", "Välj vilken beredningsgrupp det gäller.")
        if not data.get("antal") and "antal" not in self.errors:
            self.add_error("antal", "Skriv hur många grupper som ska svara.")
        return [{"grupp": f"Grupp {nr + 1}"} for nr in range(data.get("antal") or 0)]

    def _ledamoter(self, data):
        if not data.get("organ"):
            self.add_error("organ", "Välj vilken beredningsgrupp det gäller.")
            return []
        rader = (
            Ledamotskap.objects.pagaende()
            .filter(organ=data["organ"], ersattare=False)
            .select_related("kontakt")
            .order_by(SvenskOrdning("kontakt__namn"), "pk")
        )
        ledamoter = list(dict.fromkeys(rad.kontakt for rad in rader))
        if not ledamoter:
            self.add_error("organ", "Beredningsgruppen har inga ledamöter än. Lägg till dem först.")
        return [{"ledamot": kontakt} for kontakt in ledamoter]

    def _organ(self, data):
        data["organ"] = None
        if len(data.get("flera_organ") or ()) < 2 and "flera_organ" not in self.errors:
            self.add_error("flera_organ", "Välj minst två beredningsgrupper.")
        return [{"organ": organ} for organ in data.get("flera_organ") or ()]

    def _parter(self, data):
        data["organ"] = None
        if not data.get("parter") and "parter" not in self.errors:
            self.add_error("parter", "Välj vilka parter som ska svara.")
        return [{"part": part} for part in data.get("parter") or ()]

    def spara(self):
        runda = self.save()
        Yttrande.objects.bulk_create(
            Yttrande(runda=runda, ordning=nr, **vem) for nr, vem in enumerate(self.avlamnare)
        )  # fmt: skip
        return runda


class YttrandeForm(VersionFormular, Regelformular, forms.ModelForm):
    """What one of those asked thinks. Who writes it down for somebody else also says when and how it came."""

    UTAN_ORD = {
        Yttrande.Stallning.MEDSKICK: "Skriv vad ni skickar med.",
        Yttrande.Stallning.ATERREMISS: "Skriv vad som behöver omarbetas.",
        Yttrande.Stallning.TVEKSAM: "Skriv vad som gör er tveksamma.",
        Yttrande.Stallning.AVSTYRKER: "Skriv varför.",
    }

    class Meta:
        model = Yttrande
        fields = ("stallning", "text", "kalla", "inkom")
        widgets = {
            "stallning": forms.RadioSelect, "kalla": forms.RadioSelect, "inkom": Datum,
            "text": forms.Textarea({"rows": 6}),
        }  # fmt: skip
        labels = {"inkom": "Vilken dag lämnades det?", "kalla": "Hur lämnades det?"}
        help_texts = {"text": "Skriv så att det går att läsa upp på ett möte. Inget om enskilda deltagare."}

    def __init__(self, *args, eget, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stallning"] = forms.ChoiceField(
            label="Ställning", choices=Yttrande.Stallning, widget=forms.RadioSelect,
            error_messages={"required": "Välj vad ni tycker."},
        )  # fmt: skip
        self.fields["kalla"].choices = Yttrande.Kalla.choices
        self.order_fields(["stallning", "text", "kalla", "inkom"])
        if eget:
            del self.fields["kalla"], self.fields["inkom"]
            self.instance.kalla = Yttrande.Kalla.SKRIFTLIGT
            self.instance.inkom = idag()
        else:
            self.fields["inkom"].required = True
            self.initial["inkom"] = self.initial.get("inkom") or idag()

    def clean_inkom(self):
        inkom = self.cleaned_data["inkom"]
        if inkom and inkom > idag():
            raise ValidationError("Dagen har inte varit än. Skriv den dag då yttrandet lämnades.")
        return inkom

    def clean(self):
        data = super().clean()
        if (fel := self.UTAN_ORD.get(data.get("stallning"))) and not (data.get("text") or "").strip():
            self.add_error("text", fel)
        return data


class StangForm(Formular, forms.Form):
    """The summary that is kept when a round is closed. `lasta` says which opinions the page showed, so that one that
    came meanwhile is not locked unread: `nyare` then holds the draft with it. The caller holds a lock on the round."""

    nyare = ()

    sammanfattning = forms.CharField(
        label="Sammanfattning", max_length=10_000, widget=forms.Textarea({"rows": 12}),
        help_text="Ett utkast utifrån svaren. Slå ihop krav som är lika och skriv om så att det blir rätt.",
        error_messages={"required": "Skriv vad de som svarade kom fram till."},
    )  # fmt: skip
    lasta = forms.CharField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), felord.OPPNA_IGEN)
    )

    def __init__(self, *args, yttranden, **kwargs):
        super().__init__(*args, **kwargs)
        texter = [(rad.avlamnare, rad.stallning, rad.text) for rad in yttranden]
        self._utkast = sammanfattning.utkast(texter, sammanfattning.krets_for(yttranden))
        self._lasta = ",".join(f"{rad.pk}.{rad.version}" for rad in yttranden)
        self.initial |= {"sammanfattning": self._utkast, "lasta": self._lasta}

    def clean(self):
        data = super().clean()
        if data.get("lasta") not in (None, self._lasta):
            self.nyare = [("Utkast med alla svar", self._utkast)]
            # The next sending is a choice made with both texts in sight.
            self.data = self.data.copy()
            self.data["lasta"] = self._lasta
            raise ValidationError(
                "Yttranden har kommit in eller ändrats sedan du öppnade sidan. Rundan är inte stängd, och det du skrev "
                "är kvar. Jämför med utkastet, ändra det som behövs och stäng igen."
            )
        return data
