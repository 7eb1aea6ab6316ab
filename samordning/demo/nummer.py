"""The only maker of personnummer in the repository: birth serial 980-999, kept for tests (beslut.md 25)."""

import datetime
from random import Random

from samordning.karna.personnummer import kontrollsiffra

FORSTA_LOPNR = 980


class Nummerserie:
    """Gives every number once; the same seed and the same questions give the same numbers."""

    def __init__(self, fro):
        self._slump = Random(fro)
        self._givna = set()

    def ny(self, fodelsear, kon):
        """Twelve digits for somebody born that year, K or M."""
        while True:
            fodd = datetime.date(fodelsear, 1, 1) + datetime.timedelta(self._slump.randrange(365))
            lopnr = FORSTA_LOPNR + 2 * self._slump.randrange(10) + (kon == "M")
            nio = f"{fodd:%y%m%d}{lopnr}"
            nummer = f"{fodelsear // 100}{nio}{kontrollsiffra(nio)}"
            if nummer not in self._givna:
                self._givna.add(nummer)
                return nummer
