"""Who was there and who was not, out of lists in every form that minutes have them."""

import re
from dataclasses import dataclass, field, replace

from moten.tolk import tabell
from moten.tolk.etiketter import FRANVARANDE, NARVARANDE, etikett
from moten.tolk.namn import normalisera
from moten.tolk.namnlista import BORTA, ar_namn, ar_part, ar_roll, dela, personer, utan_marken
from moten.tolk.typer import Varning

HUVUD = 60  # lines from the top in which weak labels count, when no items are found
_GRUPP = re.compile(r"^([^:;,()\t|]{2,60}?)(?::\s*|\s[–-]\s)(.*)$")
_SAGER_ROLL = (
    "ersättare", "adjungera", "ordförande", "sekreterare", "gäst", "föredra", "protokollförare", "förbundschef",
    "inbju", "revisor",
)  # fmt: skip
_I_RADEN = re.compile(r"\b(?:Frånvarande|Ej närvarande|Anmält förhinder|Förhinder|Närvarande)\s*:")
_INGEN = re.compile(r"^\W*(?:ingen|inga|ej|-|–)?(?:\s+\w+)?\W*$", re.I)
_SE_LISTA = re.compile(r"\b(se|enligt)\b.{0,40}\b(lista|närvarolista|bilaga|bilagd|separat)", re.I)
_ENSAM_ROLL = re.compile(r"ordförande|ordf|sekreterare|protokollförare|förbundschef|vid pennan", re.I)


@dataclass
class Block:
    """An attendance list: lines of one label, each (line, text, heading or name before it on the line)."""

    slag: str
    ord: str
    rader: list = field(default_factory=list)
    lodrat: bool = False  # the label stands alone, and the names come under it
    rubrik: int | None = None  # the line that is an item's heading too, and belongs to that
    ram: bool = False  # one of the lists under "Frånvarande": their members, their substitutes


@dataclass
class Narvaro:
    """What was found. `agda`: the indices of the lines that belong to the attendance."""

    narvarande: list = field(default_factory=list)
    franvarande: list = field(default_factory=list)
    justerare: list = field(default_factory=list)
    agda: set = field(default_factory=set)
    varningar: list = field(default_factory=list)
    etiketter: int = 0
    vantar: set = field(default_factory=set)  # labels with nothing under them yet
    _platser: dict = field(default_factory=dict)

    def lagg(self, slag, nya):
        lista = {NARVARANDE: self.narvarande, FRANVARANDE: self.franvarande}.get(slag)
        if lista is None:
            self.justerare += [person.namn for person in nya]
            return
        for person in nya:
            nyckel = (slag, normalisera(person.namn))
            samma = self._platser.get(nyckel)
            if samma is None:
                self._platser[nyckel] = len(lista)
                lista.append(person)
            else:
                lista[samma] = replace(
                    lista[samma],
                    part=lista[samma].part or person.part,
                    roll=lista[samma].roll or person.roll,
                    ersatter=lista[samma].ersatter or person.ersatter,
                )


def las(rader, rubriker, kanter):
    """`Narvaro` of these lines. `rubriker`: {index: order} of item headings; `kanter`: indices of page headers."""
    ut = Narvaro()
    block, tom_fore, kolumner = None, False, None
    huvud_slut, forsta = _huvud(rader, rubriker), min(rubriker, default=len(rader))
    for i, rad in enumerate(rader):
        if i in kanter:
            continue
        if rad.tom:
            tom_fore = True
            continue
        i_huvud = i < huvud_slut
        marke = _marke(rad, block, i_huvud, i < forsta)
        if i in rubriker:
            _avsluta(ut, block)
            kolumner = None
            block = _nytt(ut, marke, i, rad, agd=False) if marke and (i_huvud or rubriker[i] <= 3) else None
        elif i_huvud or block or (marke and marke.stark and not ut.narvarande):
            nya_kolumner = tabell.rubrikrad(rad) if i_huvud or block else None
            if nya_kolumner:
                slag = block.slag if block else NARVARANDE
                _avsluta(ut, block)
                block, kolumner = Block(slag, ""), nya_kolumner
                ut.agda.add(i)
            elif (
                kolumner
                and not (tom_fore and len(tabell.celler(rad)) < 2 and not marke)
                and _rad(ut, block, kolumner, i, rad)
            ):
                pass
            elif kolumner and kolumner[0][0] == tabell.TATT and marke and not (marke.stark or marke.rest):
                ut.agda.add(i)  # "Suppleanter" between the rows
            elif marke:
                i_ram = _i_ram(block, marke)
                _avsluta(ut, block)
                kolumner, block = None, _nytt(ut, marke, i, rad, agd=True)
                if block and i_ram:
                    block.slag, block.ram = FRANVARANDE, True
            elif block and not kolumner and _fortsatter(block, rad, tom_fore):
                block.rader.append((i, utan_marken(rad.text)))
            else:
                _avsluta(ut, block)
                block = kolumner = None
                ut.vantar.clear()
        tom_fore = False
    _avsluta(ut, block)
    return ut


def _huvud(rader, rubriker):
    """Where the head of the minutes ends: at the third item, or after so many lines."""
    tredje = sorted(rubriker)[2:3]
    return tredje[0] if tredje else min(HUVUD, len(rader))


def _marke(rad, block, i_huvud, fore_punkterna):
    """The label of a line that may begin a list here. A weak one that stands alone does so only before the items."""
    marke = etikett(rad.text)
    if marke is None or _SE_LISTA.search(marke.rest):
        return None
    if marke.stark or block:
        return marke
    if i_huvud and (fore_punkterna or marke.rest) and not _ENSAM_ROLL.search(marke.ord):
        return marke
    return None


def _i_ram(block, marke):
    """True for "Ledamöter:" right under a "Frånvarande" that stands alone, and for the lists after that one."""
    if block is None or marke.stark or marke.slag != NARVARANDE:
        return False
    return block.ram or (block.slag == FRANVARANDE and not any(text for _, text in block.rader))


def _nytt(ut, marke, i, rad, agd):
    """A block that begins here; None when what follows the label is not names (a sentence, a figure)."""
    block = Block(marke.slag, marke.ord, lodrat=not marke.rest, rubrik=None if agd else i)
    annan = etikett(marke.rest) if marke.rest else None
    if annan and not annan.rest:
        # "Beslutande: Ersättare:" are the heads of two columns that the text no longer has.
        return Block(marke.slag, marke.ord, [(i, "")], lodrat=True, rubrik=None if agd else i)
    if marke.rest:
        nya, over = personer(dela(marke.rest), rad.nr)
        if not nya or len(over) > len(nya):
            return None
    block.rader.append((i, marke.rest))
    return block


def _fortsatter(block, rad, tom_fore):
    """True when a line without a label goes on with the list."""
    text = utan_marken(rad.text)
    fyllda = [rad_ for rad_ in block.rader if rad_[1]]
    if tom_fore and fyllda and not _ar_lodrat_rad(text, block.lodrat):
        return False
    grupp = _GRUPP.match(text)
    if grupp and (ar_part(grupp.group(1)) or ar_roll(grupp.group(1))):
        nya, over = personer(dela(grupp.group(2)), 0)
        return (not over and bool(nya)) or bool(_INGEN.match(grupp.group(2)))
    if block.lodrat and _INGEN.match(text):
        return not tom_fore
    if block.lodrat and ar_part(text) and len(text) < 80 and not text.endswith("."):
        return True
    nya, over = personer(dela(text), 0, spalt_ar_part=block.lodrat)
    slut = fyllda[-1][1].rstrip() if fyllda and not tom_fore else ""
    if slut.endswith("-") and len(text.split(",")[0].split()) <= 2:
        return True
    if not nya or over:
        if "," in slut and not slut.endswith(","):
            # The surname of who stands last on the line before may be a municipality's name: Berg, Lund.
            hela, over = personer(dela(f"{re.split('[,;]', slut)[-1]} {text}"), 0)
            return bool(hela) and not over and len(text.split(",")[0].split()) == 1
        return slut.endswith((",", "(")) and len(over) <= len(nya)
    return True


def _ar_lodrat_rad(text, lodrat):
    """A line with one person: a list may have blank lines between such. Where none stands below another, she says
    where she comes from too.
    """
    nya, over = personer(dela(text), 0, spalt_ar_part=True)
    if not nya or over or len(nya[0].namn.split()) < 2:
        return False
    return lodrat or (len(nya) == 1 and bool(nya[0].part or nya[0].roll))


def _rad(ut, block, kolumner, i, rad):
    """True when the line is a row of the table; its people are put where its columns say."""
    if tabell.ar_streck(rad):
        ut.agda.add(i)
        return True
    delar = tabell.fordela(rad, kolumner)
    if "namn" in delar:
        bitar = [" ".join(delar["namn"] + delar.get("efternamn", []))]
        nya, over = personer(bitar, rad.nr)
        tatt = kolumner[0][0] == tabell.TATT
        if len(nya) != 1 or over or (tatt and len(nya[0].namn.split()) < 2):
            return False
        person = replace(
            nya[0],
            part=", ".join(delar.get("part", [])) or nya[0].part,
            roll=", ".join(delar.get("roll", [])) or nya[0].roll,
            ersatter=next(iter(delar.get("ersatter", [])), nya[0].ersatter),
        )
        ut.lagg(tabell.ar_narvarande(delar, kolumner, block.slag), [person])
    elif delar and "namn" not in {sort for _, sort in kolumner}:
        funna = {
            sort: personer([bit for cell in celler for bit in dela(cell)], rad.nr) for sort, celler in delar.items()
        }
        if any(over or not nya for nya, over in funna.values()):
            return False
        for sort, (nya, _) in funna.items():
            ut.lagg(sort, nya)
    else:
        return False
    ut.etiketter += 1
    ut.agda.add(i)
    return True


def _avsluta(ut, block):
    """Read the lines of a block into people."""
    if block is None or not any(text for _, text in block.rader):
        # A label with nothing under it belongs to the attendance that has begun or begins right after it.
        if block is not None:
            (ut.agda if ut.etiketter else ut.vantar).update(i for i, _ in block.rader if i != block.rubrik)
        return
    ut.etiketter += 1
    ut.agda |= ut.vantar
    radvis, slag = block.lodrat and _en_per_rad(block), block.slag
    for rader, text, part, roll in _poster(block, radvis):
        forst, marke, resten = _vid_etikett(text)
        _lagg_post(ut, block, slag, rader[0] + 1, forst, part, roll, radvis)
        if marke:  # "Anna Berg Frånvarande: Bo Ek": a second label that lost its place at the beginning of a line
            slag = FRANVARANDE if etikett(marke).slag == FRANVARANDE else NARVARANDE
            _lagg_post(ut, block, slag, rader[0] + 1, resten, part, "", radvis)
    ut.agda.update(i for i, _ in block.rader if i != block.rubrik)


def _vid_etikett(text):
    """(before, label, after) of a label in the middle of a line, or (text, "", "")."""
    traff = _I_RADEN.search(text)
    return (text[: traff.start()], traff.group(), text[traff.end() :]) if traff else (text, "", "")


def _lagg_post(ut, block, slag, rad, text, part, roll, radvis):
    """Put the people of one entry where they belong. Who is written as away is away, whatever the list."""
    bitar = dela(text)
    flera = len(bitar) > len(re.split(r"[,;\t|]| {3,}", text))  # parted at "och", so they are people
    nya, over = personer(bitar, rad, spalt_ar_part=radvis and not part and not roll and not flera)
    roll = roll or (block.ord if _ger_roll(block) else "")
    nya = [replace(person, part=person.part or part, roll=person.roll or roll) for person in nya]
    borta = [person for person in nya if BORTA.search(person.roll)] if slag == NARVARANDE else []
    ut.lagg(FRANVARANDE, borta)
    ut.lagg(slag, [person for person in nya if person not in borta])
    for rest in over:
        ut.varningar.append(Varning(rad, f"”{rest[:80]}” i närvaron är inte läst som ett namn."))
    for person in nya:
        if len(person.namn.split()) > 3 and "-" not in person.namn:
            ut.varningar.append(Varning(rad, f"”{person.namn}” kan vara två personer."))
        elif person.namn.isupper() and len(person.namn) < 4:
            ut.varningar.append(Varning(rad, f"”{person.namn}” är initialer. Välj vem det är."))


def _ger_roll(block):
    return any(ordet in block.ord for ordet in _SAGER_ROLL)


def _en_per_rad(block):
    """True when every line begins with a person and what follows is where that person comes from."""
    fyllda = [text for _, text in block.rader if text]
    med_part = 0
    for text in fyllda:
        bitar = dela(text)
        if len(bitar) > 3 or text.rstrip().endswith(","):
            return False
        med_part += len(bitar) > 1 and (ar_part(bitar[1]) or ar_roll(bitar[1]))
    flera = sum(len(dela(text)) > 1 for text in fyllda)
    return flera == 0 or med_part * 2 >= flera


def _poster(block, radvis):
    """[(lines, text, party, role)]: lines put together where a list of names goes on over the end of a line."""
    ut, part = [], ""
    for i, text in block.rader:
        if not text:
            continue
        grupp = _GRUPP.match(text)
        ar_grupp = grupp and not ar_namn(grupp.group(1))
        if ar_grupp:
            roll = grupp.group(1) if ar_roll(grupp.group(1)) and not ar_part(grupp.group(1)) else ""
            part = "" if roll else grupp.group(1).strip()
            if grupp.group(2).strip():
                ut.append(([i], grupp.group(2), part, roll))
        elif block.lodrat and ar_part(text) and not any(map(ar_namn, dela(text))) and _bara_part(text):
            part = text.strip(" :")
        elif ut and not radvis and _hor_ihop(ut[-1][1], text):
            rader, forra, hans_part, hans_roll = ut[-1]
            ut[-1] = ([*rader, i], _fogad(forra.rstrip(), text), hans_part, hans_roll)
        else:
            ut.append(([i], text, part, ""))
    return ut


def _fogad(forra, text):
    """Two lines as one. A hyphen at the end is part of a name, or parts a word when a small letter follows."""
    if forra.endswith("-") and not forra.endswith(" -"):
        return (forra[:-1] if text[:1].islower() else forra) + text
    return f"{forra} {text}"


def _bara_part(text):
    nya, _ = personer(dela(text), 0)
    return not nya


def _hor_ihop(forra, text):
    """True when a line goes on with what the line before began; two whole names are two people."""
    slut = forra.rstrip()
    if slut.endswith((",", ";", "-", "(", " och", " samt", "&")) or slut.count("(") > slut.count(")"):
        return True
    sista, forsta = re.split(r"[,;\t]", slut)[-1].strip(), re.split(r"[,;\t]", text)[0].strip()
    if "," in forra and ar_namn(sista) and len(forsta.split()) == 1 and forsta[:1].isupper() and not ar_roll(forsta):
        return True
    if "," not in forra and "," not in text and len(sista.split()) > 1:
        return False
    if not ar_namn(sista) or not ar_namn(forsta):
        return forsta.startswith("(") or (bool(forsta) and forsta[0].islower())
    return len(sista.split()) == 1 or len(forsta.split()) == 1
