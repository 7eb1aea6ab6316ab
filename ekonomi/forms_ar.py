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
# What a line of the form holds, as the model names it; the rest of a line has a page of its own.
RADENS_FALT = ("rubrik", "block", "kategori", "insats_id", "foregaende", "belopp")
FORMENS_FALT = ("rubrik", "block", "kategori", "insats", "foregaende", "belopp")


# Where a line stands unless somebody says otherwise.
BLOCK = {
    Budgetpost.Kategori.LEDNING: Budgetpost.Block.LEDNING, Budgetpost.Kategori.LEDNING_ADMIN: Budgetpost.Block.LEDNING,
    Budgetpost.Kategori.OVRIGT: Budgetpost.Block.OVRIGT,
}  # fmt: skip


@dataclass(frozen=True)
class Post:
    """A line as it is typed; `pk` of the one that it was."""

    pk: int | None
    rubrik: str
    block: str
    kategori: str
    insats_id: object
    foregaende: object
    belopp: object

    @classmethod
    def av(cls, rad):
        return cls(rad.pk, *(getattr(rad, namn) for namn in RADENS_FALT))

    @property
    def i_ord(self):
        return f"{self.rubrik} ({Budgetpost.Kategori(self.kategori).label}), {kr(self.belopp)}"

    def skriv_till(self, rad):
        for namn in RADENS_FALT:
            setattr(rad, namn, getattr(self, namn))


class ArFalt(Regelformular, forms.ModelForm):
    regelfalt = {"verksamhetsar_rimligt_ar": "ar", "verksamhetsar_inte_negativt": "tilldelning"}

    class Meta:
        model = Verksamhetsar
        fields = ("ar", "tilldelning", "ovriga_intakter", "ovriga_vad", "eget_kapital_in")
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
        self._fore = [Post.av(post) for post in self._poster]
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
        self.fields[f"block_{nr}"] = forms.ChoiceField(
            label=f"Del av budgeten, rad {nr + 1}", required=False, choices=[("", "Välj"), *Budgetpost.Block.choices],
            initial=post and post.block,
        )  # fmt: skip
        self.fields[f"kategori_{nr}"] = forms.ChoiceField(
            label=f"Kategori, rad {nr + 1}", required=False, choices=[("", "Välj"), *Budgetpost.Kategori.choices],
            initial=post and post.kategori,
        )  # fmt: skip
        self.fields[f"insats_{nr}"] = forms.TypedChoiceField(
            label=f"Insats, rad {nr + 1}", required=False, choices=insatser, coerce=int, empty_value=None,
            initial=post and post.insats_id,
        )  # fmt: skip
        for namn, vad in (("foregaende", "Utfall året före"), ("belopp", "Belopp i kronor")):
            varde = post and getattr(post, namn)
            # What the ledger has of a year may be less than nothing; nobody types such a thing.
            minst = None if namn == "foregaende" and varde and varde < 0 else 0
            self.fields[f"{namn}_{nr}"] = Kronor(
                label=f"{vad}, rad {nr + 1}", required=False, initial=varde, min_value=minst
            )

    def arsfalt(self):
        return [self[namn] for namn in self._meta.fields]

    def postrader(self):
        """[(hidden key, name, block, category, insats, year before, sum)] for the template's table."""
        return [tuple(self[f"{namn}_{nr}"] for namn in ("pk", *FORMENS_FALT)) for nr in range(self._antal)]

    def clean(self):
        data = super().clean()
        self.poster = []
        for nr in range(self._antal):
            falt = {namn: f"{namn}_{nr}" for namn in FORMENS_FALT}
            if not self.errors.keys().isdisjoint(falt.values()):
                continue
            rubrik, kategori, belopp, forra = (data[falt[n]] for n in ("rubrik", "kategori", "belopp", "foregaende"))
            if not rubrik and belopp is None and forra is None:
                continue
            if not rubrik:
                self.add_error(falt["rubrik"], f"Skriv vad {kr(belopp or forra)} ska gå till.")
            elif not kategori:
                self.add_error(falt["kategori"], f"Välj kategori för ”{rubrik}”.")
            elif belopp is None:
                self.add_error(falt["belopp"], f"Skriv beloppet för ”{rubrik}”, eller töm raden.")
            else:
                block = data[falt["block"]] or BLOCK.get(kategori, Budgetpost.Block.INSATSER)
                self.poster.append(
                    Post(data.get(f"pk_{nr}"), rubrik, block, kategori, data[falt["insats"]], forra, belopp)
                )
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
                rad.ordning = ordning
                post.skriv_till(rad)
                rad.save()
        return ar

    def historik(self):
        """{what: [before, after]} of this save: the year's own sums, and lines by name."""
        fore, efter = _varden(self._fore), _varden(self.poster)
        return {
            namn: [fore.get(namn), efter.get(namn)]
            for namn in dict.fromkeys([*fore, *efter])
            if fore.get(namn) != efter.get(namn)
        }


def _varden(poster):
    """{line: sum, "line, kategori": its category, ...} of budget lines; lines with the same name are numbered."""
    varden, antal = {}, {}
    for post in poster:
        nr = antal[post.rubrik] = antal.get(post.rubrik, 0) + 1
        namn = f"{post.rubrik} ({nr})" if nr > 1 else post.rubrik
        varden |= {
            namn: f"{post.belopp:.2f}", f"{namn}, del": post.block, f"{namn}, kategori": post.kategori,
            f"{namn}, insats": post.insats_id,
            f"{namn}, året före": None if post.foregaende is None else f"{post.foregaende:.2f}",
        }  # fmt: skip
    return varden


class ArForm(EngangsFormular, ArFalt):
    """A new year."""


class ArAndraForm(VersionFormular, ArFalt):
    """A year that exists. Its lines are behind the same guard."""

    def historik(self):
        return self.andringar() | super().historik()

    def _skillnader(self, data):
        sparade = {post.pk: post for post in self._fore}
        mina = {post.pk: post for post in self.poster if post.pk in sparade}
        nya = [post for post in self.poster if post.pk not in sparade]
        return [
            *super()._skillnader(data),
            *((f"Raden ”{post.rubrik}”", post.i_ord) for pk, post in sparade.items() if mina.get(pk) != post),
            *((f"Raden ”{post.rubrik}”", TOMT) for post in nya),
        ]
