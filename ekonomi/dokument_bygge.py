"""A draft while it is put together: its chapters, and what is missing in them with where it is mended."""

from dataclasses import dataclass, field

from django.urls import reverse

from ekonomi import dokument_varden as v
from ekonomi.dokument_texter import falt
from ekonomi.models import Dokument, Verksamhetsar


@dataclass(frozen=True)
class Brist:
    """Something that is missing: in words, and the address where it is mended. `absolut`: no reason is good enough,
    since a text can be written and a figure must be right."""

    text: str
    url: str = ""
    absolut: bool = False


@dataclass
class Bygge:
    """`texter` {key: text}; `verksamhetsar` None when the year has no budget here."""

    dokument: Dokument
    texter: dict[str, str]
    verksamhetsar: Verksamhetsar | None
    brister: list[Brist] = field(default_factory=list)

    @property
    def ar(self) -> int:
        return self.dokument.ar

    def text(self, nyckel: str, rubrik: bool = True, niva: int = 2) -> dict | None:
        """The text of a key; None when it is empty and need not be there."""
        ett, innehall = falt(self.dokument.slag, nyckel), self.texter.get(nyckel, "")
        if ett.kravs and not innehall.strip():
            url = reverse("ekonomi:dokument_text", args=[self.dokument.pk, nyckel])
            self.brister.append(Brist(f"Texten ”{ett.rubrik}” är inte skriven.", url, absolut=True))
        elif not innehall.strip():
            return None
        return v.text(nyckel, innehall, ett.rubrik if rubrik else "", "Texten är inte skriven än.", niva)

    def saknas(self, text: str, url: str = "", *, absolut: bool = False) -> dict:
        """Note what is missing, and say it where it would have stood."""
        self.brister.append(Brist(text, url, absolut))
        return v.tom(text)

    def adress(self, namn: str, *args) -> str:
        return reverse(f"ekonomi:{namn}", args=args)

    def adress_till(self, namn: str) -> str:
        """Of another app's page."""
        return reverse(namn)

    def utan_budget(self) -> dict:
        return self.saknas(f"Budgeten för {self.ar} är inte inlagd.", self.adress("ar_list"))
