"""Invented people: names, addresses that do not exist, telephone numbers of fiction and e-mail that goes nowhere."""

from random import Random

from samordning.demo.nummer import Nummerserie
from samordning.demo.parter import KONTAKTER, epost
from samordning.karna.kommuner import KOMMUNER

FORNAMN = {
    "K": (
        "Agneta", "Amina", "Carina", "Elsa", "Emelie", "Gunilla", "Hawa", "Ida", "Josefin", "Karin", "Leila", "Linnéa",
        "Maj-Britt", "Marita", "Nadia", "Pernilla", "Rania", "Rut", "Sanna", "Siv", "Tove", "Ulrika", "Vera", "Yvonne",
        "Zahra", "Åsa",
    ),
    "M": (
        "Ahmed", "Anders", "Bengt", "Christer", "Dawit", "Elias", "Fredrik", "Gustav", "Håkan", "Ismail", "Jonas",
        "Kent", "Lars", "Mikael", "Nils", "Omar", "Pär", "Rolf", "Samir", "Torbjörn", "Viktor", "Yusuf",
    ),
}  # fmt: skip
FORNAMN["O"] = ("Alex", "Charlie", "Kim", "Lo", "Mika", "Robin")
EFTERNAMN = (
    "Almkvist", "Bergdahl", "Björkenstam", "Dahlin", "Ekstrand", "Farah", "Granlund", "Hagström", "Haile", "Hedman",
    "Isberg", "Jama", "Kvarnström", "Lidberg", "Lövgren", "Mattsson", "Nyqvist", "Osman", "Palmgren", "Rask", "Saleh",
    "Sjödal", "Strandh", "Tesfay", "Udd", "Vinberg", "Västerdal", "Yilmaz", "Åberg", "Öhrn",
)  # fmt: skip
GATOR = ("Påhittsgatan", "Exempelvägen", "Låtsasstigen", "Provgränd", "Skissvägen", "Sagogatan")
POSTNUMMER = {"1493": "542 30", "1473": "545 30", "1447": "547 30", "1472": "543 30"}
# The numbers 0980-319 200 to 299 are set aside for fiction (PTS).
HANDLAGGARENS_TELEFON = "0980-319 252"
UPPTAGNA = {HANDLAGGARENS_TELEFON, *(telefon for *_, telefon in KONTAKTER)}


class Personer:
    """Makes people, no two with the same name or number; the same questions in the same order give the same."""

    def __init__(self, fro):
        self._slump = Random(f"{fro} personer")
        self._nummer = Nummerserie(f"{fro} nummer")
        self._namn = set()
        telefoner = [f"0980-319 {nr}" for nr in range(200, 300) if f"0980-319 {nr}" not in UPPTAGNA]
        self._slump.shuffle(telefoner)
        self._telefoner = telefoner

    def ny(self, kon, fodelsear, kommun):
        """{field: value}, with first and last name apart; no number for who is neither K nor M."""
        fornamn, efternamn = self._nytt_namn(kon)
        gata = f"{self._slump.choice(GATOR)} {self._slump.randint(1, 60)}"
        ort = f"{POSTNUMMER[kommun]} {KOMMUNER[kommun]}" if kommun in POSTNUMMER else ""
        self._telefoner.append(self._telefoner.pop(0))  # when all are used, the first comes again
        return {
            "fornamn": fornamn, "efternamn": efternamn,
            "personnummer": self._nummer.ny(fodelsear, kon) if kon in "KM" else "",
            "adress": f"{gata}, {ort}" if ort else gata, "telefon": self._telefoner[-1],
            "epost": epost(f"{fornamn} {efternamn}"),
        }  # fmt: skip

    def _nytt_namn(self, kon):
        while True:
            namn = self._slump.choice(FORNAMN[kon]), self._slump.choice(EFTERNAMN)
            if namn not in self._namn:
                self._namn.add(namn)
                return namn
