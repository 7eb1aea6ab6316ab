"""A board's record that is published with a name hidden and sits on the notice board, and a preparation group's that is
ready to be looked through. In our own words; invented people."""

import contextlib
from datetime import timedelta

from moten import anslag, publicering
from moten.models import Anslag, Justerare, Mote
from samordning.demo.moten import Motesskrivare
from samordning.demo.motesfall import STYRELSEN, VASTRA, Motestext, Punkttext, Utfallstext
from samordning.karna.models import Handelse
from samordning.karna.pdf import PdfSaknas

GAST = "Kim Alm"
DOLDA = ((GAST, "Berättade om sin egen väg"),)
FICK_STA = ("§ 66: namn, är inte en person",)
JUSTERAD, ANSLAGEN = timedelta(days=11), timedelta(days=12)  # after the meeting
FORVARAS = "Förbundets kansli, Mariestad"
EXTRA = Motestext(
    organ=STYRELSEN, dag=27, lage="publicerat", plats="Skövde, kommunhuset", ordforande="Eva Hallgren",
    franvarande=("Göran Lindvall",), justerare=("Eva Hallgren", "Sara Bergqvist"),
    punkter=(
        Punkttext("Mötet öppnas", "Ordföranden öppnade det extra mötet.", nummer=63),
        Punkttext("Val av justerare", "Sara Bergqvist valdes att justera tillsammans med ordföranden.",
                  slag="narvaro", nummer=64),
        Punkttext("En deltagare berättar", f"{GAST} berättade om tiden i insatsen och vägen till en praktikplats. "
                  f"{GAST}s råd till styrelsen: fråga tidigt vad personen själv vill.", nummer=65,
                  utfall=(Utfallstext("information", f"Styrelsen tackar {GAST} för berättelsen."),)),
        Punkttext("Verksamhetsplan för nästa år", "Förbundschefen gick igenom förslaget. Det bygger på det som kom "
                  "fram på Samverkansdagarna.", nummer=66,
                  utfall=(Utfallstext("beslut", "Styrelsen antar verksamhetsplanen.", ansvarig="Birgitta Sandell",
                                      senast=-30, lage="pagar"),)),
        Punkttext("Mötet avslutas", "Ordföranden tackade och avslutade mötet.", nummer=67),
    ),
)  # fmt: skip
ATT_GRANSKA = Motestext(
    organ=VASTRA, dag=20, lage="avslutat", plats="Lidköping, Stadshuset", ordforande="Ulla Sandin",
    punkter=(
        Punkttext("Välkommen", "Gruppen började med en runda.", slag="incheckning"),
        Punkttext("Ett exempel ur vardagen", f"Arbetsmarknadsenheten berättade om {GAST}, som kom via vården. Det tog "
                  "åtta månader innan någon frågade vad hen ville arbeta med. Den som vill veta mer ringer Robin på "
                  "0980-319 244.",
                  utfall=(Utfallstext("medskick", "Fråga tidigt vad personen själv vill."),)),
        Punkttext("Nästa möte", slag="nasta_mote", text="Gruppen ses igen om en månad."),
    ),
)  # fmt: skip


class Publicerare(Motesskrivare):
    """The same hand as the other meetings', after them."""

    def skriv(self):
        granskas = self._mote(ATT_GRANSKA)
        self._lage(ATT_GRANSKA, granskas)
        mote = self._mote(EXTRA)
        justerad = self._stund(mote.dag + JUSTERAD, 15)
        for namn in EXTRA.justerare:
            Justerare.objects.create(mote=mote, kontakt=self.kontakter[namn], justerade=justerad)
        Mote.objects.filter(pk=mote.pk).update(
            lage="justerat", oppnat=self._stund(mote.dag), avslutat=self._stund(mote.dag, 12), justerat=justerad
        )
        mote.refresh_from_db()
        self._anslaget(mote)
        blad, _, _ = publicering.underlag(mote)
        with contextlib.suppress(PdfSaknas):
            publicering.publicera(mote, blad, DOLDA, list(FICK_STA), av=self.kansli)
            Mote.objects.filter(pk=mote.pk).update(publicerat=justerad)

    def _anslaget(self, mote):
        upp = mote.dag + ANSLAGEN
        rad = Anslag.objects.create(
            mote=mote, upp=upp, ned=anslag.tidigast_ned(upp), forvaras=FORVARAS, av=self.kansli
        )  # fmt: skip
        data = {"upp": str(rad.upp), "ned": str(rad.ned), "forvaras": rad.forvaras}
        Handelse.logga(rad, "anslaget", av=self.kansli, data=data)
