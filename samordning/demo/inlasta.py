"""Old minutes of the demo: one meeting that was read in, and a file that waits for answers. Invented people."""

import datetime

from moten import inlasning
from moten.models import Organ
from samordning.demo import motesfall
from samordning.karna.kalender import arbetsdag_senast
from samordning.karna.models import Kontakt

GAMMAL = """Minnesanteckningar från beredningsgruppen

Ordförande: David Åkesson
Sekreterare: Birgitta Sandell

1. Välkommen

Närvarande: David Åkeson, Birgitta Sandell, Nils Ekwall, Rebecca Holm, Mona Ekdahl, Stefan Rosén,
Katarina Lund (ersätter Sofia)

Frånvarande: Sofia Rask, Peter Wallander

2. Rapport från styrelsen

Styrelsen har godkänt delårsrapporten. Protokollet finns på webbplatsen.

3. Ansökan om trädgårdsverksamhet

Kommunen berättade om tanken: arbetsträning i ett växthus, i liten grupp och med tydliga dagar.

Grupp 1 är positiva och vill att vården är med från början.

Grupp 2 undrar hur deltagarna tar sig dit och vad som händer på vintern.

Sammanfattningsvis är beredningsgruppen positiv till ansökan.

Kansliet undersöker vad resorna kostar.

4. Statistik för halvåret

Läs mer om denna punkt i informationsunderlaget.

5. Utbildning i lösningsfokus

Punkten togs inte upp, tiden räckte inte.

6. Utvärdering av mötet

Bra tempo. Mer tid i smågrupper nästa gång.

7. Nästa möte

Norra: 12 mars kl. 9:00–12:00
"""

VANTANDE = """Minnesanteckningar beredningsgruppen

1. Välkommen och närvaro

Närvarande: Mona Ekdal, Marica Persdotter, Tomas Hedlund, Anna-Karin V, Jenny Malmgren, Åsa Kvarnlund

Frånvarande: Lena Ahlin, Hanna Noor

2. Gott exempel

Mottagningsenheten berättade om språkstöd på arbetsplatsen. Sju deltagare har fått sommarjobb.

3. Nya ansökningar

Två ansökningar kom in i tid. Beredningsgruppen står bakom båda.

4. Nästa möte

Västra: 14 maj kl. 13:00–16:00
"""
# Names of the old minutes and whom the kansli said they are.
STAVNINGAR = {"David Åkeson": "David Åkesson", "Rebecca Holm": "Rebecka Holm"}


def skriv(kansli, dag):
    """Two files, as the kansli left them."""
    gammal_dag = arbetsdag_senast(dag - datetime.timedelta(2 * 365))
    rad = _fil(GAMMAL, f"Beredningsgruppen norra {gammal_dag}.txt", kansli)
    organ = Organ.objects.get(namn=motesfall.NORRA)
    anteckning, svar = inlasning.svara(rad, inlasning.Underlag.nu(), organ=organ, dag=gammal_dag)
    kontakter = {kontakt.namn: str(kontakt.pk) for kontakt in Kontakt.objects.all()}
    for namn in svar.personer:
        namn.val = kontakter[STAVNINGAR.get(namn.namn, namn.namn)]
    inlasning.spara(rad, anteckning, svar, av=kansli)
    _fil(VANTANDE, "Anteckningar västra maj.txt", kansli)


def _fil(text, namn, av):
    rad, _ = inlasning.ta_emot(text.encode(), namn, av=av)
    inlasning.las(rad, inlasning.Underlag.nu())
    rad.refresh_from_db()
    return rad
