"""The annual wheel drawn as SVG: six rings, every day and period a link (MC7). Where things lie: `hjulplats.py`.

Pure functions, days in and safe markup out; the caller says what day it is. Every shape has a class, which the
stylesheet (css/hjul.css) colours for light and dark, and the same light colour as an attribute, for PDF. A state is
never told by colour alone: what is done is hollow with a tick, what is late has a thick edge and "!", what is next a
halo, what has no day yet a dashed edge, and what is cancelled is struck out.
"""

import math
from collections.abc import Sequence
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString

from ekonomi import hjulform
from ekonomi.hjulform import BRED, FARGER, LAGEN, RINGAR, SMAL, Marke, Ringform, bada, dagmarke, fyll, linje, pol
from ekonomi.hjulplats import Artal, Bage, lagg_ut
from samordning.karna.diagram import dekor

__all__ = ["RINGAR", "Marke", "forklaring", "rita"]

MANADER = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
FLEST_I_NAMNET = 5
RINGNAMN_VID = 197.0  # the middle of July, when few things happen


def rita(
    ar: int,
    idag: date,
    marken: Sequence[Marke],
    *,
    kompakt: bool = False,
    pdf: bool = False,
    lista: str = "#dagar",
    nyckel: str = "hjul",
) -> SafeString:
    """The wheel of a year as SVG.

    `kompakt` is for phones, `pdf` for paper (a picture with one name and no links). `lista` is where a place that
    stands for several days leads. `nyckel` begins every id; two wheels of one page and year need different ones.
    """
    matt, nyckel = (SMAL, f"{nyckel}{ar}s") if kompakt else (BRED, f"{nyckel}{ar}")
    return _Ritning(ar, idag, marken, matt, pdf, lista, nyckel).svg()


def forklaring() -> dict:
    """The legend, {"ringar": [(picture, name)], "lagen": [(picture, words)]}, drawn as the wheel draws."""
    neutral = Ringform("", "", "alla", "cirkel")
    lagen = [
        (dagmarke(neutral, 20, 20, BRED, lage, tecken, streckad=lage == "oviss", flera=tecken[:1] == "+"), ord_)
        for lage, tecken, ord_ in (
            ("kommer", "14", "Kommer"), ("snart", "14", "Snart eller pågår"), ("sen", "14", "Försenad"),
            ("klar", "14", "Klar"), ("installd", "14", "Inställd"), ("oviss", "", "Dagen är inte bestämd"),
            ("kommer", "+3", "Så många på samma plats"),
        )
    ]  # fmt: skip
    period = f'<rect x="2" y="11" width="36" height="18" {bada("yta", "alla", 1.25)}/>'
    period += f'<rect x="2" y="11" width="36" height="18" {fyll("alla")} fill-opacity=".22"/>'
    lagen += [(period, "Period"), (f'<path d="M8 20L30 12V28Z" {fyll("text")}/>', "I dag")]
    ringar = [(dagmarke(ring, 20, 20, BRED, "kommer", ""), ring.namn) for ring in RINGAR]
    return {
        "ringar": [(_ruta(form), namn) for form, namn in ringar],
        "lagen": [(_ruta(form), ord_) for form, ord_ in lagen],
    }


def _ruta(form):
    ram = SafeString(' viewBox="0 0 40 40" font-family="Source Sans 3" text-anchor="middle"')
    return dekor(SafeString(form), 32, 32, ram)


# ---- Words


def dagar_i_ord(marke: Marke) -> str:
    """16 februari; 26–27 mars; 15 juni–10 augusti; i mars, when the day is not decided. The year where it is needed."""
    fran, till = marke.dag, marke.sist
    if marke.oviss:
        return f"i {MANADER[fran.month - 1]}"
    slut = f"{till.day} {MANADER[till.month - 1]}"
    if fran == till:
        return slut
    if fran.year != till.year:
        return f"{fran.day} {MANADER[fran.month - 1]} {fran.year}–{slut} {till.year}"
    return f"{fran.day}{'' if fran.month == till.month else ' ' + MANADER[fran.month - 1]}–{slut}"


def namn(marke: Marke, ar: int) -> str:
    """Styrelse 16 februari: Inte kallat. The ring where the text does not say it."""
    ring = next(ring.namn for ring in RINGAR if ring.nyckel == marke.ring)
    vems = "" if marke.text.casefold().split()[:1] == [ring.casefold()] else f" ({ring})"
    arets = f" {marke.dag.year}" if marke.dag.year == marke.sist.year != ar else ""
    return f"{marke.text} {dagar_i_ord(marke)}{arets}{vems}: {marke.ord}"


def _namn_pa_flera(poster):
    poster = sorted(poster, key=lambda marke: marke.dag)
    ring = next(ring.namn for ring in RINGAR if ring.nyckel == poster[0].ring)
    rader = [f"{marke.text} {dagar_i_ord(marke)}: {marke.ord}" for marke in poster[:FLEST_I_NAMNET]]
    fler = f". Och {len(poster) - FLEST_I_NAMNET} till" if len(poster) > FLEST_I_NAMNET else ""
    return f"{len(poster)} saker ({ring}), se listan. {'. '.join(rader)}{fler}"


# ---- The drawing


class _Ritning:
    def __init__(self, ar, idag, marken, matt, pdf, lista, nyckel):
        self.ar, self.idag, self.matt, self.pdf, self.lista, self.nyckel = ar, idag, matt, pdf, lista, nyckel
        self.marken = sorted(marken, key=lambda m: (m.dag, m.sist, m.text, m.ord, m.lank))
        self.mitt, self.bred = matt.sida / 2, matt is BRED
        self.artal = Artal(ar)
        self.ringar = lagg_ut(ar, self.marken, matt)
        self.i_ar = idag.year == ar
        self.banor = []  # paths that texts follow

    def svg(self):
        bakgrund, poster, mitten = self._bakgrund(), self._poster(), self._mitten()
        titel, sida = f"Årshjul {self.ar}", self.matt.sida
        ram = f'viewBox="0 0 {sida} {sida}" font-family="Source Sans 3" text-anchor="middle"'
        if self.pdf:
            huvud = f'width="642" height="642" role="img" {ram}><title>{titel}: {escape(self._beskrivning())}</title>'
        else:
            t, d = f"{self.nyckel}t", f"{self.nyckel}d"
            klass = "hjul" if self.bred else "hjul hjul-smal"
            huvud = (
                f'class="{klass}" width="{sida}" height="{sida}" role="group" aria-labelledby="{t}"'
                f' aria-describedby="{d}" {ram}>'
                f'<title id="{t}">{titel}</title><desc id="{d}">{escape(self._beskrivning())}</desc>'
            )
        dolt = "" if self.pdf else ' aria-hidden="true"'
        return SafeString(
            f'<svg xmlns="http://www.w3.org/2000/svg" {huvud}<defs>{"".join(self.banor)}</defs>'
            f"<g{dolt}>{bakgrund}{mitten}</g>{poster}</svg>"
        )

    def _beskrivning(self):
        delar = [f"Ett hjul med årets tolv månader och sex ringar: {', '.join(ring.namn for ring in RINGAR)}"]
        if self.i_ar:
            delar.append(f"I dag är det {self.idag.day} {MANADER[self.idag.month - 1]}")
        if sena := sum(marke.lage == "sen" for marke in self.marken):
            delar.append(f"{sena} är försenade" if sena > 1 else "En är försenad")
        kvar = [m for m in self.marken if m.sist >= self.idag and m.lage in ("sen", "snart", "kommer")]
        if kvar:
            delar.append(f"Närmast: {', '.join(f'{m.text} {dagar_i_ord(m)}' for m in kvar[:4])}")
        return f"{'. '.join(delar)}. Alla dagar står också i text efter hjulet."

    # -- What lies under

    def _bakgrund(self):
        c, matt, (r0, r1) = self.mitt, self.matt, self.matt.manad
        delar = [f'<circle cx="{c}" cy="{c}" r="{r1}" {fyll("ned")}/>']
        delar.append(f'<circle cx="{c}" cy="{c}" r="{matt.ut + 1}" {fyll("yta")}/>')
        inn = self.ringar[-1].radier[0]
        if self.i_ar:
            nu = self.artal.manader[self.idag.month - 1 : self.idag.month + 1]
            delar.append(f'<path d="{self._kil(inn, matt.ut, *nu)}" {fyll("varnyta")}/>')
            delar.append(f'<path d="{self._kil(r0 - 1, r1, *nu)}" {fyll("raps")}/>')
        for lage in self.ringar:
            inre, yttre = lage.radier
            bredd = round(yttre - inre - (2 if self.bred else 1), 1)
            toning = linje(lage.ring.farg, bredd, ' stroke-opacity=".11"')
            delar.append(f'<circle cx="{c}" cy="{c}" r="{(inre + yttre) / 2:.1f}" {toning}/>')
        for vinkel in self.artal.manader[:-1]:
            delar.append(f'<path d="{self._eker(inn, matt.ut, vinkel)}" {linje("linje", 1.25)}/>')
            delar.append(f'<path d="{self._eker(r0, r1, vinkel)}" {linje("yta", 2)}/>')
        delar.append(self._manadsnamn())
        if self.i_ar:
            delar.append(self._visare())
        if self.bred:
            delar += [self._ringnamn(lage) for lage in self.ringar]
        return "".join(delar)

    def _manadsnamn(self):
        matt, texter = self.matt, []
        for nr, (fran, till) in enumerate(zip(self.artal.manader, self.artal.manader[1:], strict=False)):
            nu = self.i_ar and self.idag.month == nr + 1
            ord_ = MANADER[nr] if self.bred else MANADER[nr][:3]
            farg, fet = ("diabas", 700) if nu else ("text", 0)
            texter.append(self._langs(ord_, sum(matt.manad) / 2, fran, till, matt.manadstext, farg, fet))
        return "".join(texter)

    def _visare(self):
        """The hand of today: a dashed line through the rings and a pointer on the ring of months."""
        vinkel, (r0, r1) = self.artal.mitt(self.idag), self.matt.manad
        utkant, djup = self.mitt - 0.5, 3 if self.bred else 2
        halv = math.degrees((8 if self.bred else 4.5) / utkant)
        spets, a, b = (
            "{:.1f} {:.1f}".format(*pol(self.mitt, r, v))
            for r, v in ((r1 - djup, vinkel), (utkant, vinkel - halv), (utkant, vinkel + halv))
        )
        streck = f'<path d="{self._eker(self.ringar[-1].radier[0], r0 - 2, vinkel)}" '
        streck += f'{linje("text", 1.5 if self.bred else 1)} stroke-dasharray="2 3"/>'
        return f'{streck}<path d="M{spets}L{a}L{b}Z" {fyll("text")}/>'

    def _ringnamn(self, lage):
        """The name of a ring in one of its lanes of days, near July, where there is room; the legend has it too."""
        storlek, farg = self.matt.text, lage.ring.farg
        for radie in lage.dagbanor:
            halv = math.degrees((hjulform.bredd(lage.ring.namn, storlek) / 2 + 6) / radie)
            kring = math.degrees((self.matt.halv + self.matt.tillagg) / radie)
            tagna = [plats.vinkel for plats in lage.platser if plats.radie == radie]
            for flytt in range(0, 150, 2):
                for mitt in (RINGNAMN_VID + flytt, RINGNAMN_VID - flytt):
                    if all(abs(mitt - vinkel) >= halv + kring for vinkel in tagna) and halv < mitt < 360 - halv:
                        return self._langs(lage.ring.namn, radie, mitt - halv, mitt + halv, storlek, farg, 600)
        return ""

    def _mitten(self):
        c = self.mitt
        rubrik, under = (34, 14) if self.bred else (19, 11)
        upp = 0 if self.i_ar else rubrik * 0.3
        ar = (
            f'<text class="t-rubrik f-text" x="{c}" y="{c + upp + 3:.0f}" font-family="Familjen Grotesk"'
            f' font-weight="600" font-size="{rubrik}" fill="{FARGER["text"]}">{self.ar}</text>'
        )
        if not self.i_ar:
            return ar
        vecka = f"vecka {self.idag.isocalendar().week}" if self.bred else f"v. {self.idag.isocalendar().week}"
        return f'{ar}<text x="{c}" y="{c + under + 7}" font-size="{under}" {fyll("text2")}>{vecka}</text>'

    # -- Days and periods

    def _poster(self):
        """Everything that has a place, in the order of their days: the order of the keyboard."""
        allt = []
        for nr, lage in enumerate(self.ringar):
            allt += [(bage.poster[0], nr, lage.ring, bage, self._bage) for bage in lage.bagar]
            allt += [(min(p.poster, key=lambda m: m.dag), nr, lage.ring, p, self._plats) for p in lage.platser]
        allt.sort(key=lambda ett: (ett[0].dag, ett[1], ett[0].sist, ett[0].text))
        return "".join(self._lank(ring, sak, ritare) for _, _, ring, sak, ritare in allt)

    def _lank(self, ring, sak, ritare):
        ritat = ritare(ring, sak)
        if self.pdf:
            return ritat
        ensam = len(sak.poster) == 1
        titel = escape(namn(sak.poster[0], self.ar) if ensam else _namn_pa_flera(sak.poster))
        if adress := sak.poster[0].lank if ensam else self.lista:
            klass = ' class="period"' if isinstance(sak, Bage) else ""
            return f'<a href="{escape(adress)}"{klass}><title>{titel}</title>{ritat}</a>'
        return f'<g role="img"><title>{titel}</title>{ritat}</g>'

    def _plats(self, ring, plats):
        """A day as the form of its ring, with its number, or as many as share the place."""
        x, y = pol(self.mitt, plats.radie, plats.vinkel)
        lage = min((marke.lage for marke in plats.poster), key=LAGEN.index)
        if len(plats.poster) > 1:
            return dagmarke(ring, x, y, self.matt, lage, f"+{len(plats.poster)}", flera=True)
        (marke,) = plats.poster
        return dagmarke(ring, x, y, self.matt, lage, self._tecken(marke), streckad=marke.oviss)

    def _tecken(self, marke):
        """The day of the month; an arrow for what lies before or after the year."""
        if marke.oviss:
            return ""
        if marke.dag < self.artal.forsta:
            return "‹"
        return "›" if marke.dag > self.artal.sista else str(marke.dag.day)

    def _bage(self, ring, bage):
        """A period as an arc, its text along it."""
        r0, r1 = bage.radier
        lage = min((marke.lage for marke in bage.poster), key=LAGEN.index)
        r0, r1 = r0 + (1.5 if self.bred else 0.5), r1 - (1.5 if self.bred else 0.5)
        glipa = math.degrees(1 / r1)
        fran, till = bage.fran + glipa, bage.till - glipa
        bana = self._kil(r0, r1, fran, till)
        streckad = ' stroke-dasharray="3 2.4"' if any(marke.oviss for marke in bage.poster) else ""
        delar = []
        if lage == "snart":
            delar.append(f'<path d="{bana}" {bada("raps", "raps", 4 if self.bred else 2.5)}/>')
        inne, kant, tjock = {
            "sen": ("farayta", "fara", 2.25), "klar": ("yta", ring.farg, 1.25), "installd": ("yta", "kant", 1.25)
        }.get(lage, ("yta", ring.farg, 1.25))  # fmt: skip
        delar.append(f'<path d="{bana}" {bada(inne, kant, tjock if self.bred else 1, streckad)}/>')
        if lage in ("snart", "kommer"):
            styrka = ".22" if self.bred else ".7"
            delar.append(f'<path d="{bana}" {fyll(ring.farg)} fill-opacity="{styrka}"/>')
        if self.bred:
            delar.append(self._bagens_text(bage, lage, (r0 + r1) / 2, fran, till))
        if lage == "installd":
            delar.append(f'<path d="{self._cirkelbage((r0 + r1) / 2, fran, till)}" {linje("text2", 1.5)}/>')
        return "".join(delar)

    def _bagens_text(self, bage, lage, radie, fran, till):
        storlek = self.matt.text
        text = bage.poster[0].text if len(bage.poster) == 1 else f"{len(bage.poster)} perioder"
        tecken = ""
        if lage in ("klar", "sen") and math.radians(till - fran) * radie > 40:
            x, y = pol(self.mitt, radie, fran + math.degrees(10 / radie))
            tecken = hjulform.utrop(x, y, self.matt) if lage == "sen" else hjulform.bock(x, y, 3.8, "text2")
            fran += math.degrees(18 / radie)
        plats = math.radians(till - fran) * (radie - storlek * 0.35) - 8
        text = hjulform.korta(text, storlek, plats)
        farg = {"installd": "text2", "klar": "text2", "sen": "fara"}.get(lage, "text")
        return tecken + (self._langs(text, radie, fran, till, storlek, farg) if text else "")

    # -- Geometry

    def _langs(self, text, radie, fran, till, storlek, farg, fet=0):
        """A text in the middle of an arc, read from the left also in the lower half."""
        mitt = (fran + till) / 2
        omvant = 90 < mitt < 270
        radie += storlek * (0.34 if omvant else -0.34)
        start = f'<text font-size="{storlek}" {fyll(farg)}' + (f' font-weight="{fet}"' if fet else "")
        if self.pdf:
            return start + hjulform.langs_bage(text, self.mitt, radie, mitt, storlek, bool(fet), omvant)
        ident = f"{self.nyckel}b{len(self.banor)}"
        bana = self._cirkelbage(radie, till, fran) if omvant else self._cirkelbage(radie, fran, till)
        self.banor.append(f'<path id="{ident}" d="{bana}"/>')
        return f'{start}><textPath href="#{ident}" startOffset="50%">{escape(text)}</textPath></text>'

    def _cirkelbage(self, radie, fran, till):
        x0, y0 = pol(self.mitt, radie, fran)
        x1, y1 = pol(self.mitt, radie, till)
        lang, medsols = int(abs(till - fran) > 180), int(till > fran)
        return f"M{x0:.1f} {y0:.1f}A{radie:.1f} {radie:.1f} 0 {lang} {medsols} {x1:.1f} {y1:.1f}"

    def _kil(self, r0, r1, fran, till):
        x, y = pol(self.mitt, r0, till)
        inre = self._cirkelbage(r0, till, fran).partition("A")[2]
        return f"{self._cirkelbage(r1, fran, till)}L{x:.1f} {y:.1f}A{inre}Z"

    def _eker(self, r0, r1, vinkel):
        (x0, y0), (x1, y1) = pol(self.mitt, r0, vinkel), pol(self.mitt, r1, vinkel)
        return f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
