"""Writes a checked file: all of it in the caller's transaction, or nothing."""

from django.db import transaction

from insatser.models import Insats
from remisser.models import Deltagare, Kon
from samordning.karna.models import Handelse, Importkorning, Part
from uppfoljning.inskrivning import skydda_person
from uppfoljning.models import Avslutsorsak, Deltagande, Formular, Lage, Parnyckel, Skattning, Tillfalle

PER_SATS = 2000
MAX_FILNAMN = 200


@transaction.atomic
def spara(granskning, *, av=None):
    """The Importkorning of a written file; its rows point to it. ValueError when the file has faults.

    `av` is the user who imports; None is the system.
    """
    if granskning.fel:
        raise ValueError("En fil med fel sparas inte.")
    g = granskning
    korning = Importkorning.objects.create(
        typ="deltaganden",
        kalla=g.kalla,
        filnamn=g.filnamn[:MAX_FILNAMN],
        sha256=g.sha256,
        storlek=g.storlek,
        antal=g.antal(),
        varningar=[list(varning) for varning in g.varningar],
        anvandare=av,
    )
    Handelse.logga(korning, "importerad", av=av, data=korning.antal)
    _skapa_insatser(g, korning, av)
    _personer(g, av)
    deltaganden = _deltaganden(g, korning)
    _halvor(g, deltaganden)
    return korning


def _skapa_insatser(g, korning, av):
    """What is missing in the catalogue is made, unpublished (beslut.md 17)."""
    forbund = Part.objects.forbund()
    for namn in g.nya_insatser:
        g.insatser[namn] = Insats.objects.create(namn=namn, slug=Insats.objects.ledig_slug(namn), agare=forbund)
        Handelse.logga(g.insatser[namn], "skapad", av=av, data={"importkorning": korning.pk})


def _personer(g, av):
    berorda = {id(person): person for rad in g.nya if (person := g.person(rad))}.values()
    nya = [person for person in berorda if person.deltagare is None]
    skapade = Deltagare.objects.bulk_create(
        [Deltagare(lookup=p.lookup, kon=p.kon, fodelsear=p.fodelsear, skyddad=p.skyddad) for p in nya], PER_SATS
    )
    for person, deltagare in zip(nya, skapade, strict=True):
        person.deltagare = deltagare
    andrade = [p for p in g.personer.values() if p.deltagare and _ska_andras(p)]
    for person in andrade:
        if person.skyddad and not person.deltagare.skyddad:
            skydda_person(person.deltagare.pk, av=av)
        person.deltagare.fodelsear, person.deltagare.skyddad = person.fodelsear, person.skyddad
    Deltagare.objects.bulk_update([p.deltagare for p in andrade], ["fodelsear", "skyddad"], PER_SATS)


def _ska_andras(person):
    return (person.fodelsear, person.skyddad) != (person.deltagare.fodelsear, person.deltagare.skyddad)


def _deltaganden(g, korning):
    orsaker = {}
    for orsak in Avslutsorsak.objects.all():
        orsaker.setdefault(orsak.kod, []).append(orsak)
    rader = []
    for rad in g.nya:
        gemensamt = {
            "insats": g.insatser[rad.insats], "importkorning": korning, "kalla": g.kalla, "externt_id": rad.id,
            "innehall": g.innehall(rad),
        }  # fmt: skip
        if rad.anonym:
            rader.append(
                Deltagande(**gemensamt, anonym=True, anonym_kon=rad.kon or Kon.ANNAT, anonym_startar=rad.anonym_startar)
            )
            continue
        person = g.person(rad)
        plats = {"skyddad": True} if person.skyddad else _plats(g, rad)
        giltig = next((orsak for orsak in orsaker.get(rad.orsak, ()) if orsak.ar_giltig(rad.slut)), None)
        rader.append(
            Deltagande(
                **gemensamt, **plats, deltagare=person.deltagare, start=rad.start, slut=rad.slut, avslutsorsak=giltig,
                felregistrerad=rad.felregistrerad,
            )
        )  # fmt: skip
    return Deltagande.objects.bulk_create(rader, PER_SATS)


def _plats(g, rad):
    slag, part = g.remittenter.get(rad.remittent, ("", None))
    return {"kommun": rad.kommun, "remittentslag": slag, "remittent": part}


def _halvor(g, deltaganden):
    formular = Formular.objects.get(kod="import")
    lagen, nycklar, skattningar = [], [], []
    for rad, deltagande in zip(g.nya, deltaganden, strict=True):
        svar = []
        for namn, halva in rad.halvor.items():
            tillfalle = Tillfalle(namn)
            if halva.datum or halva.timmar is not None or halva.forsorjning:
                lagen.append(
                    Lage(deltagande=deltagande, tillfalle=tillfalle, datum=halva.datum, timmar=halva.timmar,
                         forsorjning=halva.forsorjning)
                )  # fmt: skip
            if halva.datum or halva.halsa is not None or halva.bemotande is not None:
                svar.append((tillfalle, halva))
        if svar:
            nyckel = Parnyckel(deltagande=deltagande)
            nycklar.append(nyckel)
            skattningar += [
                Skattning(parnyckel=nyckel.nyckel, tillfalle=tillfalle, formular=formular, datum=halva.datum,
                          halsa=halva.halsa, bemotande=halva.bemotande)
                for tillfalle, halva in svar
            ]  # fmt: skip
    Lage.objects.bulk_create(lagen, PER_SATS)
    Parnyckel.objects.bulk_create(nycklar, PER_SATS)
    Skattning.objects.bulk_create(skattningar, PER_SATS)
