"""Answers to a summons (MA11): by a signed link in a mail or by a user, and the deputy who is called after a no.

A member's no calls the next deputy of the same party, in the order in which the body's deputies serve (2003:1210 12 §),
who gets a link of their own; a deputy's no calls the one after, as long as there is a place to fill. Who is called
stays called: a member who can come after all does not send anybody home, the kansli is told and decides; until then
that deputy is the first to take another's place. The link opens the question; only its form answers, so a program that
follows the links of a mail answers nothing, and a link is heard only so many times an hour.
"""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse

from moten import kallelse
from moten.jav import toppar
from moten.meddelanden import kansliet
from moten.models import Mote, Motesmejl, Narvaro
from samordning.karna import notiser
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse

SALT = "moten.svar"
SVAR_I_TIMMEN = 10  # by one link: somebody who changes their mind, and no program that keeps mailing the kansli
Svar = Narvaro.Svar
KOMMER = (Svar.JA, Svar.SENARE)


def kod(rad):
    """The signed code of somebody's link. It holds the row's and the meeting's keys and nothing about a person."""
    return signing.dumps([rad.pk, rad.mote_id], salt=SALT)


def lank(rad):
    return reverse("moten:narvaro_svar", args=[kod(rad)])


def las(text):
    """The Narvaro that a code is for, or None: a code that we did not make, somebody who is not called any more, or a
    meeting that has been."""
    try:
        pk, mote = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    rad = Narvaro.objects.select_related("mote__organ", "part", "kontakt").filter(pk=pk, mote=mote).first()
    if rad is None or (rad.mote.sista_dag or rad.mote.dag) < idag():
        return None
    return rad if rad.kallad or rad.mote.lage == Mote.Lage.INSTALLT else None


def krav_svaras(mote):
    """OtillatenOvergang unless the meeting is called and has not begun."""
    if mote.lage != Mote.Lage.KALLAT:
        text = "är inte kallat" if mote.lage == Mote.Lage.PLANERAT else f"är {mote.get_lage_display().lower()}"
        raise OtillatenOvergang(f"Mötet {text}, så svaret går inte att ändra. Inget ändrades.")


@transaction.atomic
def svara(pk, svar, *, av=None):
    """Note an answer (`Narvaro.Svar`) of the row `pk`; the same twice is the same. `av` None: by the link.

    The row. OtillatenOvergang when the meeting is not called or has begun, or the person is not called.
    """
    mote_pk = Narvaro.objects.values_list("mote", flat=True).get(pk=pk)
    mote = Mote.objects.select_for_update(of=("self",)).select_related("organ").get(pk=mote_pk)
    rad = Narvaro.objects.select_for_update(of=("self",)).select_related("part", "kontakt").get(pk=pk)
    rad.mote = mote
    krav_svaras(mote)
    if not rad.kallad:
        raise OtillatenOvergang("Personen är inte kallad till mötet. Inget ändrades.")
    forut = rad.svar
    if svar == forut:
        return rad
    if av is None:
        _krav_sallan(rad)
    rad.svar, rad.svarade, rad.version = svar, nu(), rad.version + 1
    rad.save(update_fields=["svar", "svarade", "version"])
    Handelse.logga(rad, "svarat", av=av, data={"svar": [forut, svar]})
    if svar == Svar.NEJ and _lamnar_plats(rad):
        _kalla_ersattare(rad)
    elif svar in KOMMER and forut not in KOMMER:
        _kommer_anda(rad)
    return rad


def _krav_sallan(rad):
    """A link that is in the wrong hands, or in a program's, must not keep calling people and mailing the kansli."""
    nyss = Handelse.objects.om(rad).filter(namn="svarat", av=None, tid__gt=nu() - timedelta(hours=1))
    if nyss.count() >= SVAR_I_TIMMEN:
        raise OtillatenOvergang(
            "Svaret har ändrats många gånger den senaste timmen. Vänta en stund, eller hör av dig till kansliet. "
            "Inget ändrades."
        )


def _lamnar_plats(rad):
    """Is there a place to fill when this one does not come? A deputy whom nobody needs any more leaves none."""
    return rad.roll == Narvaro.Roll.LEDAMOT or (rad.roll == Narvaro.Roll.ERSATTARE and rad.ersatter_id is not None)


def _platsen(rad):
    """The contact whose place it was from the beginning."""
    return rad.ersatter_id or rad.kontakt_id


def _kalla_ersattare(rad):
    """The deputy who is called for `rad` already and has not declined, else the next one, else a word to the kansli."""
    tjanar = _i_stallet(rad)
    if tjanar is None:
        tjanar = _nasta(rad)
        if tjanar is None:
            if _ersattarplatser(rad.mote).exists():  # a body without deputies would tell of every no
                _till_kansliet(rad.mote, "saknar_ersattare", f"{_part(rad)} saknar ersättare")
            return
        rad.ersattare_kallad = tjanar
        rad.save(update_fields=["ersattare_kallad"])
        if tjanar.kallad is None:
            tjanar.kallad = nu()
            Handelse.logga(tjanar, "kallad_som_ersattare", data={"for": rad.pk})
            kallelse.mejla(rad.mote, [tjanar], Motesmejl.Slag.ERSATTARE, rad.mote.kallelser.last())
            if not tjanar.kontakt.epost:
                _till_kansliet(rad.mote, "ersattare_utan_adress", f"Ring ersättaren för {_part(rad)}")
    tjanar.ersatter_id = _platsen(rad)
    tjanar.version += 1
    tjanar.save(update_fields=["kallad", "ersatter", "version"])


def _kommer_anda(rad):
    """The deputy stays called, but in nobody's place; the kansli is told that both may come."""
    tjanar = _i_stallet(rad)
    if tjanar:
        tjanar.ersatter = None
        tjanar.version += 1
        tjanar.save(update_fields=["ersatter", "version"])
        reserv = rad.roll == Narvaro.Roll.ERSATTARE
        vem, en_till = ("ersättaren", "nästa") if reserv else ("ledamoten", "ersättaren")
        _till_kansliet(rad.mote, "kommer_anda", f"{_part(rad)}: {vem} kommer ändå, {en_till} är kallad")


def _i_stallet(rad):
    """Of those called one after the other because of `rad`, the one who has not declined, or None: also when that one
    has come to serve in another's place since."""
    plats, sedda = _platsen(rad), {rad.pk}
    while rad.ersattare_kallad_id and rad.ersattare_kallad_id not in sedda:
        sedda.add(rad.ersattare_kallad_id)
        mote = rad.mote
        rad = Narvaro.objects.select_related("kontakt").get(pk=rad.ersattare_kallad_id)
        rad.mote = mote
        if rad.svar != Svar.NEJ:
            return rad if rad.ersatter_id in (None, plats) else None
    return None


def _nasta(rad):
    """The Narvaro, saved, of the next deputy of the same party: of the same part first, then of the same organisation;
    in the order of their seats, of those that hold on the day and are not called, or called and in nobody's place."""
    if rad.part_id is None:
        return None
    topp = toppar()
    finns = {narvaro.kontakt_id: narvaro for narvaro in rad.mote.narvaro.select_related("kontakt")}
    platser = [
        plats
        for plats in _ersattarplatser(rad.mote).i_ordning().select_related("kontakt")
        if topp[plats.part_id] == topp[rad.part_id]
    ]  # fmt: skip
    for plats in sorted(platser, key=lambda plats: (plats.part_id != rad.part_id, plats.ordning)):
        tjanar = finns.get(plats.kontakt_id)
        if tjanar is None:
            return Narvaro.objects.create(
                mote=rad.mote, kontakt=plats.kontakt, part_id=plats.part_id, roll=Narvaro.Roll.ERSATTARE
            )
        if tjanar.kallad is None or (
            tjanar.roll == Narvaro.Roll.ERSATTARE and tjanar.ersatter_id is None and tjanar.svar != Svar.NEJ
            and tjanar.pk != rad.pk
        ):  # fmt: skip
            return tjanar
    return None


def _ersattarplatser(mote):
    return mote.organ.ledamotskap.pagaende(mote.dag).filter(ersattare=True)


def _part(rad):
    return str(rad.part) if rad.part_id else "En plats"


def _till_kansliet(mote, mall, text):
    """A notice that names the party and never the person."""
    notiser.notify(
        kansliet(), f"moten/{mall}", reverse("moten:narvaro_list", args=[mote.pk]), f"{kallelse.namn(mote)}: {text}"
    )
