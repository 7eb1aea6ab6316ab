"""What is in a PDF file of ours: its streams without compression, and its text in the order it is drawn."""

import re
import zlib

STROM = re.compile(rb"(\d+) 0 obj\s*<<((?:(?!endobj).)*?)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def strommar(data: bytes) -> bytes:
    """The file with every stream decompressed after it."""
    return b"\n".join([data, *(innehall for _, _, innehall in _strommar(data))])


def sidor(data: bytes) -> list[str]:
    """The text of each page, read back through the tables that map the glyphs of each font to characters."""
    strommar_ = _strommar(data)
    objekt = {nummer: innehall for nummer, _, innehall in strommar_}
    for _, huvud, innehall in strommar_:
        if b"/ObjStm" in huvud:
            objekt |= _packade(huvud, innehall)
    fonter = {
        namn: _tecken(objekt[int(tabell[1])])
        for innehall in objekt.values()
        for namn, nummer in re.findall(rb"/([A-Z]{6}) (\d+) 0 R", innehall)
        if (tabell := re.search(rb"/ToUnicode (\d+) 0 R", objekt.get(int(nummer), b"")))
    }
    return [_sida(innehall, fonter) for _, _, innehall in strommar_ if b"BT\n" in innehall]


def _strommar(data):
    """[(object number, dictionary, decompressed content)]"""
    ut = []
    for traff in STROM.finditer(data):
        innehall = traff[3]
        if b"FlateDecode" in traff[2]:
            innehall = zlib.decompressobj().decompress(innehall)
        ut.append((int(traff[1]), traff[2], innehall))
    return ut


def _packade(huvud, innehall):
    """{number: content} of the objects in an object stream."""
    forst = int(re.search(rb"/First (\d+)", huvud)[1])
    tal = [int(ett) for ett in innehall[:forst].split()]
    nummer, platser = tal[::2], [forst + plats for plats in tal[1::2]]
    return {n: innehall[a:b] for n, a, b in zip(nummer, platser, [*platser[1:], len(innehall)], strict=True)}


def _tecken(tabell):
    """{glyph: characters}"""
    return {
        int(glyf, 16): bytes.fromhex(kod.decode()).decode("utf-16-be")
        for glyf, kod in re.findall(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>", tabell)
        if len(kod) % 4 == 0
    }


def _sida(innehall, fonter):
    bitar, font = [], {}
    for namn, glyfer in re.findall(rb"/([A-Z]{6}) [\d.]+ Tf|(\[[^\]]*\]) ?TJ", innehall):
        if namn:
            font = fonter.get(namn, {})
            continue
        for hexa in re.findall(rb"<([0-9a-fA-F]+)>", glyfer):
            bitar += [font.get(int(hexa[nr : nr + 4], 16), "") for nr in range(0, len(hexa), 4)]
        bitar.append("\n")
    return "".join(bitar).replace("\N{NO-BREAK SPACE}", " ")
