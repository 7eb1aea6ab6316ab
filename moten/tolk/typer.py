"""What the reader of old minutes hands over. All of it is frozen, and lines are counted from 1 as in the source."""

from dataclasses import dataclass, field

FET = 7  # the level of a line that is all bold: a heading when there are no others


class Lasfel(Exception):
    """The file cannot be read. `text` says in Swedish what happened and what to do; `kod` is for tests and logs."""

    def __init__(self, text, kod):
        super().__init__(text)
        self.text, self.kod = text, kod


@dataclass(frozen=True)
class Rad:
    """One line. `ra` is the source's own signs; `text` is without invisible signs and with plain spaces."""

    nr: int
    ra: str
    text: str
    rubrik: int = 0  # level of the heading that the file's format says it is, 1-6; 7 = bold; 0 = not a heading
    kant: bool = False  # in the header or footer of a Word file
    sida: int = 0  # of a PDF or a text with page breaks, from 1

    @property
    def tom(self):
        return not self.text.strip()


@dataclass(frozen=True)
class Varning:
    """`rad` is None when it is about the whole."""

    rad: int | None
    text: str


@dataclass(frozen=True)
class Kalltext:
    """The lines of a file. `kodning` is None for kinds that say themselves how signs are coded."""

    rader: tuple[Rad, ...]
    kodning: str | None = None
    varningar: tuple[Varning, ...] = ()

    @property
    def text(self):
        return "\n".join(rad.ra for rad in self.rader)


@dataclass(frozen=True)
class Person:
    """Somebody in the attendance. `part` and `ersatter` as written, "" and None when the text does not say."""

    namn: str
    rad: int
    part: str = ""
    roll: str = ""  # ordförande, ersättare, adjungerad ... as written
    ersatter: str | None = None


@dataclass(frozen=True)
class Utfall:
    """A sentence that says how an item ended. `slag`: information, medskick, beslut or atgard.

    `vem`: the group whose medskick it is, or who does what is to be done; "" when the text does not say.
    """

    slag: str
    text: str
    rad: int
    vem: str = ""


@dataclass(frozen=True)
class Motestid:
    """A coming meeting. `datum` is ISO, or what is known of it: `--03-10` without a year, `2024-03` without a day."""

    datum: str
    rad: int
    fran: str | None = None
    till: str | None = None
    plats: str | None = None
    avser: str | None = None
    sista_dag: str | None = None


@dataclass(frozen=True)
class Punkt:
    """An item. `nr` as printed, "" without one. `status`: behandlad, ej_behandlad, tom or hanvisad (format.md)."""

    nr: str
    rubrik: str
    text: str
    status: str
    rubrikrader: tuple[int, ...]
    rader: tuple[int, ...]
    utfall: tuple[Utfall, ...] = ()
    hanvisningar: tuple[str, ...] = ()


@dataclass(frozen=True)
class Anteckning:
    """Old minutes, read. Every line that is not blank is in exactly one of `inledningsrader`, `narvarorader`,
    `rester` and the `rubrikrader` and `rader` of the items. `rester` are page headers, footers and signatures.
    """

    rader: tuple[Rad, ...]
    titel: str
    typ: str  # minnesanteckningar or protokoll
    organ: str | None
    datum: str | None
    fran: str | None
    till: str | None
    plats: str | None
    ordforande: str | None
    sekreterare: str | None
    justerare: tuple[str, ...]
    narvarande: tuple[Person, ...]
    franvarande: tuple[Person, ...]
    punkter: tuple[Punkt, ...]
    nasta_moten: tuple[Motestid, ...]
    varningar: tuple[Varning, ...]
    inledningsrader: tuple[int, ...] = field(default=())
    narvarorader: tuple[int, ...] = field(default=())
    rester: tuple[int, ...] = field(default=())

    def radtext(self, nummer):
        """The lines of these numbers, as a text; blank lines between them are kept as one."""
        ut, forra = [], None
        for nr in nummer:
            if forra is not None and any(rad.tom for rad in self.rader[forra : nr - 1]):
                ut.append("")
            ut.append(self.rader[nr - 1].text.strip())
            forra = nr
        return "\n".join(ut)

    @property
    def inledning(self):
        return self.radtext(self.inledningsrader)
