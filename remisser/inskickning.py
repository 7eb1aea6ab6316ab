"""From a draft to a sent remiss: what is missing, between whom there is consent, and the sending itself."""

import copy
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from insatser.models import Insats, Medarbetare
from remisser import visning
from remisser.forms import DeltagareForm, OnskadForm, SituationForm, SyfteForm, svar_av
from remisser.models import Deltagare
from samordning.karna import notiser, personnummer
from samordning.karna.kalender import idag
from samordning.karna.models import Anvandare, Roll
from samordning.karna.templatetags.samordning import forsta_id


@dataclass(frozen=True)
class Steg:
    """One step of the form: its heading, its form and the template that draws the fields."""

    rubrik: str
    form: type
    falt: str


STEG = {
    1: Steg("Deltagare och handläggare", DeltagareForm, "remisser/_falt_deltagare.html"),
    2: Steg("Situation och försörjning", SituationForm, "remisser/_falt_situation.html"),
    3: Steg("Önskad insats och kontakter", OnskadForm, "remisser/_falt_onskad.html"),
    4: Steg("Syfte och behov", SyfteForm, "remisser/_falt_syfte.html"),
}
GRANSKA = 5


class TarInteEmot(Exception):
    """The remiss cannot be sent; the message says why, and that nothing was lost."""


def brister(remiss):
    """[(step, address of the field, what to do)] of what has to be filled in before sending."""
    rader = []
    for nr, steg in STEG.items():
        form = steg.form(svar_av(steg.form(instance=remiss)), instance=copy.copy(remiss))
        rader += [
            (nr, f"{visning.adress('remiss_steg', remiss, nr)}#{forsta_id(falt)}", fel)
            for falt in form.visible_fields()
            for fel in falt.errors
        ]
    return rader


def tar_emot(insats):
    """Open for remisser in the system today."""
    return insats.publicerad and insats.tar_emot == Insats.TarEmot.DIGITALT and not insats.har_avslutats


def tar_emot_papper(insats):
    """The staff may write down a remiss that came on paper."""
    return insats.tar_emot != Insats.TarEmot.INGEN and not insats.har_avslutats


def samtyckets_parter(remiss):
    """Between whom (M183): the sender's own authority, the party of the insats, and each ticked contact."""
    avsandare, topp = remiss.avsandare, remiss.avsandare.medlemspart
    return [_med(topp, avsandare), _med(remiss.insats.agare, remiss.insats), *visning.kontakter(remiss)]


def _med(part, del_):
    """The party, and which of its units or insatser it is about."""
    return str(part) if str(part) == str(del_) else f"{part} ({del_})"


def skyddad_text(insats):
    """What the yellow box says, also where a remiss is refused."""
    nummer = visning.telefon_till(insats)
    return f"Skicka inte remissen här. Ring insatsen i stället{f' på {nummer}' if nummer else ''}."


def deltagare_for(remiss):
    """The person of the remiss. Raises when there is a mark of protected identity, in the words of the yellow box."""
    nummer = personnummer.tolka(remiss.personnummer, idag()) if remiss.personnummer else None
    deltagare = Deltagare.objects.for_nummer(nummer, remiss.kon)
    if deltagare.skyddad:
        raise TarInteEmot(f"{skyddad_text(remiss.insats)} Inget har skickats.")
    if nummer is None and remiss.fodelsear:
        deltagare.fodelsear = remiss.fodelsear
        deltagare.save(update_fields=["fodelsear"])
    return deltagare


@transaction.atomic
def skicka(remiss, samtycke, av):
    """Send a complete draft; `samtycke` is the checked form. The staff get one notice each."""
    if not tar_emot(remiss.insats):
        raise TarInteEmot(f"{remiss.insats} tar inte emot remisser i systemet just nu. Utkastet är kvar.")
    remiss.skicka(av=av, deltagare=deltagare_for(remiss))
    samtycke.skapa(remiss, samtyckets_parter(remiss))
    meddela_insatsen(remiss, "remisser/skickad")


@transaction.atomic
def registrera_papper(remiss, samtycke, av):
    """A remiss on paper that the insats has already said yes to. Its states are those of the others."""
    deltagare = deltagare_for(remiss)
    remiss.save()
    remiss.skicka(av=av, deltagare=deltagare)
    samtycke.skapa(remiss, samtyckets_parter(remiss))
    remiss.ta_emot(av=av)
    return remiss


def meddela_insatsen(remiss, mall):
    """The staff who are listed in the insats today and may answer."""
    listade = Medarbetare.objects.pagaende().filter(insats=remiss.insats_id).values("anvandare")
    notiser.notify(Anvandare.objects.med_roll(Roll.INSATSPERSONAL).filter(pk__in=listade), mall, _lank(remiss))


def meddela_avsandaren(remiss, mall):
    """Who wrote the remiss; one that came on paper is answered on paper."""
    if remiss.kanal == remiss.Kanal.SYSTEMET:
        notiser.notify([remiss.skapad_av], mall, _lank(remiss))


def _lank(remiss):
    return reverse("remisser:remiss_detail", args=[remiss.uuid])
