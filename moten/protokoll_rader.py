"""What a record consists of (moten/protokoll.py): texts, numbers and truths only, so that JSON can hold it."""

from dataclasses import asdict, dataclass


def i_ord(person):
    """ "Anders Blom (Tibro), ersätter Eva Berg" of a Person or its JSON."""
    if isinstance(person, Person):
        person = asdict(person)
    namn = f"{person['namn']} ({person['for_']})" if person["for_"] else person["namn"]
    return f"{namn}, {person['not_']}" if person["not_"] else namn


@dataclass(frozen=True)
class Person:
    """`for_` is whom the person sits for inside the group ("Tibro"); `not_` how ("ersätter Eva Berg, från punkt 3")."""

    namn: str
    for_: str = ""
    not_: str = ""

    @property
    def i_ord(self):
        return i_ord({"namn": self.namn, "for_": self.for_, "not_": self.not_})


@dataclass(frozen=True)
class Narvarogrupp:
    namn: str
    narvarande: tuple[Person, ...]
    franvarande: tuple[Person, ...]


@dataclass(frozen=True)
class Utfallsrad:
    """`ansvar` is "Anna Ek, senast 3 mars 2026"; `lage` the action's state in words, empty in a record of its own."""

    pk: int
    typ: str
    rubrik: str
    text: str
    ansvar: str = ""
    lage: str = ""
    arende: str = ""  # what was decided about the case


@dataclass(frozen=True)
class Grupprad:
    nr: int
    stallning: str
    typ: str
    symbol: str
    text: str
    deltagare: str


@dataclass(frozen=True)
class Rostrad:
    text: str
    antal: int
    hopslaget: str = ""  # "Vården 7, psykiatrin 4"


@dataclass(frozen=True)
class Rostning:
    fraga: str
    hur: str
    rader: tuple[Rostrad, ...]
    hogst: int


@dataclass(frozen=True)
class Rundsvar:
    """One answer of a question that went round the table; `namn` may be empty."""

    namn: str
    text: str


@dataclass(frozen=True)
class Rundrad:
    """`samma` is what was said more than once: "inspirerande (3)"."""

    fraga: str
    svar: tuple[Rundsvar, ...]
    samma: str = ""


@dataclass(frozen=True)
class Enkatrad:
    text: str
    n: int
    stjarnor: float | None = None
    betyg: str = ""  # "4,1"
    svar: str = ""  # yes or no, words: in one line
    texter: tuple[str, ...] = ()


@dataclass(frozen=True)
class Punktrad:
    pk: int
    id: str  # of its heading in the page
    beteckning: str
    rubrik: str
    slag: str
    arende: str = ""
    arende_pk: int | None = None
    foredragande: str = ""
    underlag: str = ""
    text: str = ""
    slut: str = ""
    intern: str = ""
    utfall: tuple[Utfallsrad, ...] = ()
    deltog_inte: tuple[str, ...] = ()
    saknas: str = ""
    fragor: str = ""
    grupper: tuple[Grupprad, ...] = ()
    rostningar: tuple[Rostning, ...] = ()
    enkat: tuple[Enkatrad, ...] = ()
    enkat_hur: str = ""  # "17 av 19 närvarande svarade."
    laget_runt: Rundrad | None = None
    bilagor: tuple[str, ...] = ()


@dataclass(frozen=True)
class Viktigt:
    """One message or action in the box on top: to which item it leads."""

    id: str
    text: str
    ansvar: str = ""


@dataclass(frozen=True)
class Underskrift:
    """`som` is "ordförande och justerare"; `justerat` the day in words when this one approved."""

    namn: str
    som: str
    justerat: str = ""
    justerar: bool = False


@dataclass(frozen=True)
class Protokoll:
    slag: str  # Protokoll | Minnesanteckningar
    organ: str
    rubrik: str  # "Styrelsen 12 mars 2026"
    dag: str
    tid: str
    plats: str
    tema: str
    ordforande: str
    sekreterare: str
    paragrafer: str  # "§§ 12–20" or ""
    justeras: bool
    grupper: tuple[Narvarogrupp, ...]
    antal_narvarande: int
    antal: int
    inte_prickade: int
    narvarande: str
    franvarande: str
    punkter: tuple[Punktrad, ...]
    medskick: tuple[Viktigt, ...]
    atgarder: tuple[Viktigt, ...]
    beslut: tuple[Viktigt, ...]
    underskrifter: tuple[Underskrift, ...] = ()
