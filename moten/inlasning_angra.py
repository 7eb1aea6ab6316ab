"""An import of old minutes is taken back, when nothing has been built on it since."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from moten.inlasning_avtryck import Nekad, avtryck
from moten.models import Forslag, Inlasning, Justerare, Mote, Ordsvar, Protokollversion, Publicering, Punkt, Underlag
from moten.tolk.namn import normalisera
from samordning.karna.models import Handelse, Kontakt


def hinder(inlasning):
    """[what has been built on the import since, in words]; empty when it can be undone."""
    mote = inlasning.mote
    if mote is None:
        return ["mötet finns inte längre"]
    ut = []
    if mote.lage != Mote.Lage.AVSLUTAT:
        ut.append(f"mötet är {mote.get_lage_display().lower()}")
    fore, nu_ = inlasning.skapat.get("avtryck", {}), avtryck(mote)
    ut += [f"{namn} har ändrats" for namn in nu_ if fore.get(namn) != nu_[namn] and not (ut and namn[:5] == "mötet")]
    for text, rader in (
        ("ett senare möte för en punkt vidare", Punkt.objects.filter(fortsattning_pa__mote=mote)),
        ("filer har lagts till", Underlag.objects.filter(mote=mote)),
        ("svar har skrivits laget runt", Ordsvar.objects.filter(runda__punkt__mote=mote)),
        ("justerare är valda", Justerare.objects.filter(mote=mote)),
        ("protokollet finns som PDF för justering", Protokollversion.objects.filter(mote=mote)),
        ("anteckningarna är publicerade", Publicering.objects.filter(mote=mote)),
        ("en önskad punkt hör till mötet", Forslag.objects.filter(punkt__mote=mote)),
    ):
        if rader.exists():
            ut.append(text)
    return ut


@transaction.atomic
def angra(inlasning, *, av=None, behall=()):
    """Remove what the import made: the meeting, the days it put into the calendar, contacts that nothing else uses, and
    spellings. `Nekad` with a list when something has been built on it. Returns the number of contacts that stay.

    `behall`: keys of contacts that who takes its place has chosen.
    """
    las = Inlasning.objects.select_for_update().get(pk=inlasning.pk)
    if las.lage != Inlasning.Lage.INLAST:
        raise Nekad(f"{las.namn} är redan {las.get_lage_display().lower()}. Inget ändrades.")
    mote = Mote.objects.select_for_update().filter(pk=las.mote_id).first()
    las.mote = mote
    if skal := hinder(las):
        raise Nekad(
            f"Inläsningen går inte att ångra: {', '.join(skal)}. Ändra det först, eller behåll mötet. Inget ändrades."
        )
    organ, dag, korning = mote.organ, mote.dag, mote.importkorning
    Handelse.logga(mote, "borttaget", av=av, data={"dag": dag.isoformat(), "inlasning": las.pk})
    try:
        mote.delete()
    except (ProtectedError, RestrictedError):
        raise Nekad("Inläsningen går inte att ångra: något annat hör till mötet. Inget ändrades.") from None
    if dagen := las.skapat.get("dagen"):
        Mote.objects.create(organ=organ, dag=dag, **{falt: varde for falt, varde in dagen.items() if varde})
    _ta_bort_moten(las.skapat["moten"], av)
    kvar = _ta_bort_kontakter(set(las.skapat["kontakter"]) - set(behall), av)
    _glom_alias(las.skapat["alias"])
    las._overga("angra", av=av, mote=None, version=las.version + 1)
    if korning:
        Handelse.logga(korning, "angrad", av=av, data={"kontakter_kvar": kvar})
    return kvar


def _ta_bort_moten(nycklar, av):
    """Days in the calendar that nobody has done anything with."""
    tomma = Mote.objects.filter(pk__in=nycklar, lage=Mote.Lage.PLANERAT, version=1)
    for mote in tomma.filter(punkter=None, narvaro=None, kallelser=None, underlag=None):
        Handelse.logga(mote, "borttaget", av=av, data={"dag": mote.dag.isoformat()})
        mote.delete()


def _ta_bort_kontakter(nycklar, av):
    """The number that stay: somebody has filled in their address, or another row points at them."""
    kvar = 0
    for kontakt in Kontakt.objects.select_for_update(of=("self",)).filter(pk__in=nycklar):
        ifylld = kontakt.anvandare_id or kontakt.epost or kontakt.telefon or kontakt.titel
        if ifylld or _pekas_pa(kontakt):
            kvar += 1
            continue
        Handelse.logga(kontakt, "borttagen", av=av)
        kontakt.delete()
    return kvar


def _pekas_pa(kontakt):
    """Whatever app the row is in."""
    for relation in Kontakt._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: kontakt}).exists():
            return True
    return False


def _glom_alias(rader):
    for nyckel, namn in rader:
        kontakt = Kontakt.objects.select_for_update(of=("self",)).filter(pk=nyckel).first()
        if kontakt and namn in kontakt.alias:
            kontakt.alias = [alias for alias in kontakt.alias if normalisera(alias) != normalisera(namn)]
            kontakt.save(update_fields=["alias"])
