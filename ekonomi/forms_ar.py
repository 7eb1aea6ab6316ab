"""The form of a budget year with its lines."""

from dataclasses import dataclass

from django import forms
from django.db import transaction

from ekonomi.belopp import kr
from ekonomi.forms import Kronor, skickade_rader
from ekonomi.models import Budgetpost, Verksamhetsar
from insatser.models import Insats
from samordning.karna.andringar import TOMT
from samordning.karna.forms import TAL, EngangsFormular, Regelformular, VersionFormular
from samordning.karna.models.part import SvenskOrdning

TOMMA_RADER, MINST_RADER, FLEST_RADER = 3, 6, 200


@dataclass(frozen=True)
class Post:
    """A line as it is typed; `pk` of the one that it was."""

    pk: int | None
    rubrik: str
    kategori: str
    insats: object
    belopp: object

    @property
    def i_ord(self):
        return f"{self.rubrik} ({dict(Budgetpost.Kategori.choices)[self.kategori]}), {kr(self.belopp)}"


class ArFalt(Regelformular, forms.ModelForm):
    regelfalt = {"verksamhetsar_rimligt_ar": "ar", "verksamhetsar_inte_negativt": "tilldelning"}

    class Meta:
        model = Verksamhetsar
        fields = ("ar", "tilldelning", "ovriga_intakter", "eget_kapital_in")
        widgets = {"ar": forms.TextInput(TAL)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for namn in ("tilldelning", "ovriga_intakter", "eget_kapital_in"):
            falt = self.fields[namn]
            # What is carried over may be a debt.
            self.fields[namn] = Kronor(
                label=falt.label, help_text=falt.help_text, min_value=None if namn == "eget_kapital_in" else 0
            )
        self._poster = list(self.instance.poster.select_related("insats")) if self.instance.pk else []
        # Taken now: saving writes on the same rows.
        self._fore = _varden((post.rubrik, post.kategori, post.insats_id, post.belopp) for post in self._poster)
        skickade = skickade_rader(self.data, "rubrik_{}", FLEST_RADER)
        self._antal = min(FLEST_RADER, max(MINST_RADER, len(self._poster) + TOMMA_RADER, skickade))
        insatser = [("", "Ingen")] + list(
            Insats.objects.order_by(SvenskOrdning("namn"), "pk").values_list("pk", "namn")
        )  # fmt: skip
        self._insatser = dict(insatser)
        for nr in range(self._antal):
            self._lagg_till_rad(nr, self._poster[nr] if nr < len(self._poster) else None, insatser)

    def _lagg_till_rad(self, nr, post, insatser):
        self.fields[f"pk_{nr}"] = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=post and post.pk)
        self.fields[f"rubrik_{nr}"] = forms.CharField(
            label=f"Rad {nr + 1}", max_length=120, required=False, initial=post and post.rubrik
        )
        self.fields[f"kategori_{nr}"] = forms.ChoiceField(
            label=f"Kategori, rad {nr + 1}", required=False, choices=[("", "Välj"), *Budgetpost.Kategori.choices],
            initial=post and post.kategori,
        )  # fmt: skip
        self.fields[f"insats_{nr}"] = forms.TypedChoiceField(
            label=f"Insats, rad {nr + 1}", required=False, choices=insatser, coerce=int, empty_value=None,
            initial=post and post.insats_id,
        )  # fmt: skip
        self.fields[f"belopp_{nr}"] = Kronor(
            label=f"Belopp i kronor, rad {nr + 1}", required=False, initial=post and post.belopp
        )

    def arsfalt(self):
        return [self[namn] for namn in self._meta.fields]

    def postrader(self):
        """[(hidden key, name, category, insats, sum)] for the template's table."""
        return [
            tuple(self[f"{namn}_{nr}"] for namn in ("pk", "rubrik", "kategori", "insats", "belopp"))
            for nr in range(self._antal)
        ]

    def clean(self):
        data = super().clean()
        self.poster = []
        for nr in range(self._antal):
            falt = {namn: f"{namn}_{nr}" for namn in ("rubrik", "kategori", "insats", "belopp")}
            if not self.errors.keys().isdisjoint(falt.values()):
                continue
            rubrik, kategori, belopp = (data[falt[namn]] for namn in ("rubrik", "kategori", "belopp"))
            if not rubrik and belopp is None:
                continue
            if not rubrik:
                self.add_error(falt["rubrik"], f"Skriv vad {kr(belopp)} ska gå till.")
            elif not kategori:
                self.add_error(falt["kategori"], f"Välj kategori för ”{rubrik}”.")
            elif belopp is None:
                self.add_error(falt["belopp"], f"Skriv beloppet för ”{rubrik}”, eller töm raden.")
            else:
                self.poster.append(Post(data.get(f"pk_{nr}"), rubrik, kategori, data[falt["insats"]], belopp))
        return data

    def spara(self):
        with transaction.atomic():
            ar = self.save()
            fanns = {post.pk: post for post in self._poster}
            behalls = {post.pk for post in self.poster} & fanns.keys()
            ar.poster.exclude(pk__in=behalls).delete()
            for ordning, post in enumerate(self.poster):
                # A key from elsewhere is a new line.
                rad = fanns.pop(post.pk, None) or Budgetpost(verksamhetsar=ar)
                rad.ordning, rad.rubrik, rad.kategori = ordning, post.rubrik, post.kategori
                rad.insats_id, rad.belopp = post.insats, post.belopp
                rad.save()
        return ar

    def historik(self):
        """{what: [before, after]} of this save: the year's own sums, and lines by name."""
        fore = self._fore
        efter = _varden((post.rubrik, post.kategori, post.insats, post.belopp) for post in self.poster)
        return {
            namn: [fore.get(namn), efter.get(namn)]
            for namn in dict.fromkeys([*fore, *efter])
            if fore.get(namn) != efter.get(namn)
        }


def _varden(poster):
    """{line: sum, "line, kategori": its category, "line, insats": key of its insats or None} of budget lines; lines
    with the same name are numbered."""
    varden, antal = {}, {}
    for rubrik, kategori, insats, belopp in poster:
        nr = antal[rubrik] = antal.get(rubrik, 0) + 1
        namn = f"{rubrik} ({nr})" if nr > 1 else rubrik
        varden |= {namn: f"{belopp:.2f}", f"{namn}, kategori": kategori, f"{namn}, insats": insats}
    return varden


class ArForm(EngangsFormular, ArFalt):
    """A new year."""


class ArAndraForm(VersionFormular, ArFalt):
    """A year that exists. Its lines are behind the same guard."""

    def historik(self):
        return self.andringar() | super().historik()

    def _skillnader(self, data):
        sparade = {
            post.pk: Post(post.pk, post.rubrik, post.kategori, post.insats_id, post.belopp) for post in self._poster
        }
        mina = {post.pk: post for post in self.poster if post.pk in sparade}
        nya = [post for post in self.poster if post.pk not in sparade]
        return [
            *super()._skillnader(data),
            *((f"Raden ”{post.rubrik}”", post.i_ord) for pk, post in sparade.items() if mina.get(pk) != post),
            *((f"Raden ”{post.rubrik}”", TOMT) for post in nya),
        ]
