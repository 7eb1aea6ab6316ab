"""A SIE file to a `Bok`. Each record has a method named after it; records that nobody knows are counted."""

from decimal import Decimal

from ekonomi.sie import falt as falt_
from ekonomi.sie.falt import Radfel
from ekonomi.sie.kodning import avkoda, rader
from ekonomi.sie.typer import Anmarkning, Ar, Bok, Konto, Saldo, Transaktion, Verifikation

# Records of the format that say nothing which is used here.
UTAN_INTRESSE = frozenset(
    ["PROSA", "FTYP", "FNR", "BKOD", "ADRESS", "TAXAR", "KPTYP", "VALUTA", "ENHET", "SRU", "BTRANS"]
)  # fmt: skip
NOLL = Decimal()


def las(innehall):
    """The `Bok` of a file's bytes. SieFel in words when it is no SIE file; everything else that is wrong stands in
    its `varningar` and `fel`, by line. Linear in the size of the file."""
    text, kodning, varningar = avkoda(innehall)
    lasare = _Lasare(kodning, varningar)
    for nr, rad in rader(text):
        lasare.rad(nr, rad)
    return lasare.klar()


class _Lasare:
    def __init__(self, kodning, varningar):
        self.bok = Bok(kodning=kodning, varningar=[*varningar])
        self.ver = None  # the voucher whose rows come
        self.i_block = False
        self.rtrans = None  # a supplement whose equal #TRANS comes next
        self.summor = 0  # how many #KSUMMA there were
        self.nummer = {}  # (series, number): line

    # ---- The line

    def rad(self, nr, rad):
        falt, udda = falt_.dela(rad.strip(" \t\u00a0\x1a"))
        if not falt:
            return
        if udda:
            self.varna(nr, "Ett citattecken eller en klammer på raden saknar slut.")
        etikett = falt[0] if isinstance(falt[0], str) else ""
        try:
            if etikett.startswith("#"):
                self._post(nr, etikett[1:].upper(), falt[1:])
            elif etikett in ("{", "}"):
                self._klammer(nr, etikett)
            elif falt[0] == []:  # "{}" on one line: a voucher without rows
                self.i_block, self.ver = False, None
            else:
                self.varna(nr, "Raden hör inte till någon post. Den är inte läst.")
        except Radfel as fel:
            # Without a row of a voucher or a balance the sums would be wrong; the rest only describes.
            lista = self.bok.fel if etikett[1:].upper() in BELOPPSPOSTER else self.bok.varningar
            lista.append(Anmarkning(nr, str(fel)))

    def _post(self, nr, etikett, falt):
        metod = getattr(self, f"post_{etikett.lower()}", None) if etikett.isascii() else None
        if self.rtrans and etikett != "TRANS":
            self._ensam_rtrans()
        if metod:
            metod(nr, _Falt(falt))
        elif etikett not in UTAN_INTRESSE:
            self.bok.okanda[f"#{etikett}"[:20]] += 1

    def _klammer(self, nr, tecken):
        if tecken == "{":
            if self.ver is None or self.i_block:
                raise Radfel("En klammer börjar utan att en verifikation väntar på rader.")
            self.i_block = True
        else:
            if self.rtrans:
                self._ensam_rtrans()
            if not self.i_block:
                raise Radfel("En klammer slutar som inte har börjat.")
            self.ver, self.i_block = None, False

    def varna(self, nr, text):
        self.bok.varningar.append(Anmarkning(nr, text))

    def klar(self):
        bok = self.bok
        if self.rtrans:
            self._ensam_rtrans()
        if self.i_block:
            bok.fel.append(Anmarkning(self.ver.rad, "Den sista verifikationen saknar slut. Filen kan vara avklippt."))
        if self.summor % 2:
            self.varna(0, "#KSUMMA börjar men slutar inte. Filen kan vara avklippt. Exportera den igen.")
        if bok.okanda:
            poster = ", ".join(f"{namn} ({antal})" for namn, antal in sorted(bok.okanda.items())[:10])
            self.varna(0, f"Poster som inte hör till SIE är hoppade över: {poster}.")
        if not bok.sietyp:
            bok.sietyp = "4" if bok.verifikationer else "1"
            self.varna(0, "Filen säger inte vilken typ den är (#SIETYP).")
        if bok.flagga == "1":
            self.varna(0, "Filen är märkt som redan inläst i ett program (#FLAGGA 1).")
        utan = sum(1 for ver in bok.verifikationer if not ver.nr)
        if utan:
            self.varna(0, f"{utan} verifikationer saknar nummer. De skiljs åt av datum och rader.")
        return bok

    # ---- What the file is

    def post_flagga(self, nr, falt):
        self.bok.flagga = falt.text(0)

    def post_program(self, nr, falt):
        self.bok.program = " ".join(filter(None, (falt.text(0), falt.text(1))))

    def post_format(self, nr, falt):
        self.bok.format = falt.text(0)

    def post_gen(self, nr, falt):
        self.bok.genererad = falt_.datum(falt.text(0))

    def post_sietyp(self, nr, falt):
        self.bok.sietyp = falt.text(0).lower()

    def post_fnamn(self, nr, falt):
        self.bok.foretag = falt.text(0)

    def post_orgnr(self, nr, falt):
        self.bok.orgnr = falt.text(0)

    def post_omfattn(self, nr, falt):
        self.bok.omfattning = falt_.datum(falt.text(0))

    def post_ksumma(self, nr, falt):
        self.summor += 1

    def post_rar(self, nr, falt):
        fran, till = falt_.datum(falt.text(1)), falt_.datum(falt.text(2))
        if not fran or not till or till < fran:
            raise Radfel("Räkenskapsåret saknar en första och en sista dag i ordning.")
        self.bok.ar[falt.heltal(0)] = Ar(falt.heltal(0), fran, till)

    # ---- Accounts and objects

    def post_konto(self, nr, falt):
        konto = falt.krav(0, "kontonummer")
        if konto in self.bok.konton and self.bok.konton[konto].namn != falt.text(1):
            self.varna(nr, f"Konto {konto} finns två gånger med olika namn. Det senare gäller.")
        self.bok.konton.setdefault(konto, Konto("")).namn = falt.text(1)

    def post_ktyp(self, nr, falt):
        self.bok.konton.setdefault(falt.krav(0, "kontonummer"), Konto("")).typ = falt.text(1).upper()

    def post_dim(self, nr, falt):
        self.bok.dimensioner[falt.krav(0, "dimension")] = falt.text(1)

    post_underdim = post_dim

    def post_objekt(self, nr, falt):
        self.bok.objekt[falt.krav(0, "dimension"), falt.krav(1, "objekt")] = falt.text(2)

    # ---- Balances

    def post_ib(self, nr, falt):
        self._saldo(self.bok.ib, nr, falt)

    def post_ub(self, nr, falt):
        self._saldo(self.bok.ub, nr, falt)

    def post_res(self, nr, falt):
        self._saldo(self.bok.res, nr, falt)

    def _saldo(self, mal, nr, falt):
        nyckel = falt.heltal(0), falt.krav(1, "kontonummer")
        self._satt(mal, nyckel, falt_.belopp(falt.ra(2)), nr)

    def post_oib(self, nr, falt):
        self._objektsaldo(self.bok.oib, nr, falt)

    def post_oub(self, nr, falt):
        self._objektsaldo(self.bok.oub, nr, falt)

    def _objektsaldo(self, mal, nr, falt):
        nyckel = falt.heltal(0), falt.krav(1, "kontonummer"), falt_.objekt(falt.ra(2))
        self._satt(mal, nyckel, falt_.belopp(falt.ra(3)), nr)

    def post_psaldo(self, nr, falt):
        self._period(self.bok.psaldo, nr, falt)

    def post_pbudget(self, nr, falt):
        self._period(self.bok.pbudget, nr, falt)

    def _period(self, mal, nr, falt):
        period = falt.krav(1, "period")
        if len(period) != 6 or not period.isdecimal() or not 1 <= int(period[4:]) <= 12:
            raise Radfel("Perioden ska vara år och månad, till exempel 201901.")
        # In files of type 2 the list of objects may be left out.
        har_lista = isinstance(falt.ra(3), list)
        objekt = falt_.objekt(falt.ra(3)) if har_lista else ()
        nyckel = falt.heltal(0), period, falt.krav(2, "kontonummer"), objekt
        self._satt(mal, nyckel, falt_.belopp(falt.ra(4 if har_lista else 3)), nr)

    def _satt(self, mal, nyckel, belopp, nr):
        """A second row for the same thing is added: a program that splits by quantity writes so. It is told of."""
        if fanns := mal.get(nyckel):
            self.varna(nr, f"Samma saldo finns också på rad {fanns.rad}. Raderna är summerade.")
            belopp += fanns.belopp
        mal[nyckel] = Saldo(belopp, nr)

    # ---- Vouchers

    def post_ver(self, nr, falt):
        if self.i_block:
            self.bok.fel.append(Anmarkning(self.ver.rad, "Verifikationen saknar slut före nästa."))
        self.ver, self.i_block = None, False
        dag = falt_.datum(falt.text(2))
        if dag is None:
            raise Radfel("Verifikationen saknar datum.")
        serie, nummer = falt.text(0), falt.text(1)
        self.ver = Verifikation(nr, serie, nummer, dag, falt.text(3))
        self.bok.verifikationer.append(self.ver)
        self.i_block = falt.slutar_med_klammer
        if nummer:
            forr = self.nummer.setdefault((serie, nummer, dag.year), nr)
            if forr != nr:
                self.varna(nr, f"Verifikation {serie} {nummer} finns också på rad {forr}.")
        ar = self.bok.ar.get(0)
        if ar and not ar.fran <= dag <= ar.till:
            self.varna(nr, f"Verifikationens dag {dag} ligger utanför räkenskapsåret.")

    def post_trans(self, nr, falt):
        rad = self._transaktion(nr, falt)
        if self.rtrans and self.rtrans != _samma(rad):
            self._ensam_rtrans()
        self.rtrans = None
        self.ver.rader.append(rad)

    def post_rtrans(self, nr, falt):
        """A row that was added later: an equal #TRANS follows it, which is the one that counts."""
        self.rtrans = _samma(self._transaktion(nr, falt))
        self.rtrans_rad = nr

    def _ensam_rtrans(self):
        self.varna(self.rtrans_rad, "#RTRANS följs inte av en likadan #TRANS. Raden är inte räknad.")
        self.rtrans = None

    def _transaktion(self, nr, falt):
        if self.ver is None or not self.i_block:
            raise Radfel("Raden hör inte till någon verifikation.")
        konto = falt.krav(0, "kontonummer")
        har_lista = isinstance(falt.ra(1), list)
        if not har_lista:
            self.varna(nr, "Objektlistan saknas på raden. Den är läst utan objekt.")
        objekt = falt_.objekt(falt.ra(1)) if har_lista else ()
        n = 2 if har_lista else 1
        summa = falt_.belopp(falt.ra(n))
        try:
            dag = falt_.datum(falt.text(n + 1))
        except Radfel as fel:
            self.varna(nr, f"{fel} Verifikationens dag används.")
            dag = None
        return Transaktion(nr, konto, objekt, summa, dag or self.ver.datum, falt.text(n + 2), falt.text(n + 3))


def _samma(rad):
    return rad.konto, rad.objekt, rad.belopp, rad.datum


BELOPPSPOSTER = frozenset(["IB", "UB", "RES", "OIB", "OUB", "PSALDO", "PBUDGET", "VER", "TRANS"]) | {"", "{", "}"}


class _Falt:
    """A record's fields after its label. What is not there is empty."""

    def __init__(self, falt):
        self.slutar_med_klammer = bool(falt) and falt[-1] == "{"
        self._falt = falt[:-1] if self.slutar_med_klammer else falt

    def ra(self, nr):
        return self._falt[nr] if nr < len(self._falt) else ""

    def text(self, nr):
        varde = self.ra(nr)
        return varde if isinstance(varde, str) else ""

    def krav(self, nr, vad):
        """A text that must be there."""
        if not (varde := self.text(nr)):
            raise Radfel(f"Raden saknar {vad}.")
        return varde

    def heltal(self, nr):
        text = self.text(nr)
        if not text.removeprefix("-").isdecimal() or len(text) > 4:
            raise Radfel("Raden saknar årets nummer, till exempel 0 eller -1.")
        return int(text)
