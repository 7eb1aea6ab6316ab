"""Two rows of the register that are one person become one row (M245).

Everything that points at the row that goes is moved, whichever app it is in: the keys are found through the model, so
an app that comes later needs no word here. What both have said already is said once.
"""

from django.db import IntegrityError, InternalError, ProgrammingError, transaction

from samordning.karna.andringar import skrivbar
from samordning.karna.models import Anvandare, Handelse, Kontakt

# What the two rows may say differently; where only one says something it is kept.
FALT = ("namn", "titel", "part", "telefon", "epost")
HANDELSE, BORTA = "sla_ihop", "slogs_ihop"
# What a unique rule, an exclusion or a trigger of the database raises; a lost connection is none of them.
NEKAT = (IntegrityError, InternalError, ProgrammingError)
# A place in a list says nothing of the person.
ORDNING = {"ordning"}


class KanInteSlasIhop(Exception):
    """The message is Swedish and says what to do. Nothing has been changed."""


def hinder(stannar, gar):
    """Why the two cannot be one; empty when they can."""
    if stannar.pk == gar.pk:
        return "Det är samma kontakt. Välj en annan."
    if all(_oppet_konto(rad) for rad in (stannar, gar)):
        return (
            f"{stannar} och {gar} har var sitt konto att logga in med, så de kan inte slås ihop. Är det samma person? "
            "Be den som sköter konton att stänga det ena och försök sedan igen. Inget har ändrats."
        )
    return ""


def _oppet_konto(kontakt):
    return kontakt.anvandare is not None and kontakt.anvandare.is_active


def alias_efter(stannar, gar, namn):
    """Every name that either row has had but the one that stays."""
    alla = [stannar.namn, *stannar.alias, gar.namn, *gar.alias]
    alias = {ett.casefold(): ett for ett in reversed(alla) if ett.casefold() != namn.casefold()}
    return list(reversed(alias.values()))


def sla_ihop(ena, andra, varden, *, av):
    """The one contact that the two become, with `varden` ({field of FALT: value}); `ena` stays where it can.

    What points at a row may be locked for ever, such as an opinion in a closed round: then that row stays instead.
    Both are locked by the caller. Raises KanInteSlasIhop.
    """
    if skal := hinder(ena, andra):
        raise KanInteSlasIhop(skal)
    try:
        return _sla_ihop(ena, andra, varden, av)
    except KanInteSlasIhop as fel:
        try:
            return _sla_ihop(andra, ena, varden, av)
        except KanInteSlasIhop:
            raise fel from None


@transaction.atomic
def _sla_ihop(stannar, gar, varden, av):
    sagt = {falt: {skrivbar(getattr(rad, falt)) for rad in (stannar, gar)} - {None, ""} for falt in FALT}
    flyttat = _flytta(gar, stannar)
    stannar.alias = alias_efter(stannar, gar, varden["namn"])
    for falt in FALT:
        setattr(stannar, falt, varden[falt])
    konto = next(filter(_oppet_konto, (stannar, gar)), stannar).anvandare_id or gar.anvandare_id
    nummer = gar.pk
    Handelse.logga(gar, BORTA, av=av, data={"till": stannar.pk})
    # Before the other gets the account: it belongs to one row at a time.
    gar.delete()
    stannar.anvandare_id = konto
    stannar.save()
    # [what no longer stands anywhere, what stands]
    data = {
        falt: [borta, skrivbar(varden[falt])]
        for falt, bada in sagt.items()
        for borta in bada - {skrivbar(varden[falt])}
    }
    Handelse.logga(stannar, HANDELSE, av=av, data=data | {"nummer": nummer, "flyttat": flyttat})
    return stannar


def efter(pk):
    """The row that a merged one became, or None. Follows several merges."""
    sedda = set()
    while pk not in sedda:
        sedda.add(pk)
        rad = Handelse.objects.filter(objekt_typ=Kontakt._meta.label_lower, objekt_id=str(pk), namn=BORTA).last()
        if rad is None:
            return None
        pk = rad.data["till"]
        if kontakt := Kontakt.objects.filter(pk=pk).first():
            return kontakt
    return None


def _flytta(gar, stannar):
    """{what: how many rows} that pointed at `gar`, also through keys without a way back."""
    flyttat = {}
    for relation in Kontakt._meta.get_fields(include_hidden=True):
        # A many-to-many is moved as the rows of its table, whose keys are relations too.
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        falt, modell = relation.field, relation.related_model
        rader = modell._base_manager.filter(**{falt.name: gar})
        if nycklar := list(rader.values_list("pk", flat=True)):
            _flytta_rader(modell, falt, nycklar, stannar)
            flyttat[str(modell._meta.verbose_name_plural)] = len(nycklar)
    return flyttat


def _flytta_rader(modell, falt, nycklar, stannar):
    if _andra(modell, falt, nycklar, stannar):
        return
    for nyckel in nycklar:
        if not _andra(modell, falt, [nyckel], stannar):
            rad = modell._base_manager.get(pk=nyckel)
            if not _sagd_redan(rad, falt, stannar) or _pekas_pa(rad):
                raise KanInteSlasIhop(
                    f"Bland {modell._meta.verbose_name_plural} finns något om dem som inte går att slå ihop ({rad}). "
                    "Är båda med där ändrar du först, så att bara den ena är kvar. Inget har ändrats."
                )
            rad.delete()


def _andra(modell, falt, nycklar, stannar):
    """False when the database refuses."""
    try:
        with transaction.atomic():
            modell._base_manager.filter(pk__in=nycklar).update(**{falt.name: stannar})
    except NEKAT:
        return False
    return True


def _sagd_redan(rad, falt, stannar):
    """The same row exists for the one that stays: all values that say something of the person."""
    varden = {
        ett.name: getattr(rad, ett.attname) for ett in rad._meta.concrete_fields if ett != falt and _sager_nagot(ett)
    }
    villkor = {namn if varde is not None else f"{namn}__isnull": True if varde is None else varde
               for namn, varde in varden.items()}  # fmt: skip
    return type(rad)._base_manager.filter(**villkor, **{falt.name: stannar}).exists()


def _sager_nagot(falt):
    """Not the key, the place in a list, or who wrote it down and when."""
    nar = getattr(falt, "auto_now", False) or getattr(falt, "auto_now_add", False)
    return not (falt.primary_key or nar or falt.name in ORDNING or falt.related_model is Anvandare)


def _pekas_pa(rad):
    """Something hangs on the row and would go with it."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: rad}).exists()
        for relation in rad._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and not relation.many_to_many
    )
