"""The rules of a year in their order: a new one where it is reached, moved by hand, copied from the year before."""

from django.db import transaction

from ekonomi.models import Budgetpost, Konteringsregel


def _bredd(regel):
    """How general a rule is: without an object, then by how many accounts."""
    fran, till = regel.konto_fran, regel.konto_till
    langst = max(len(fran), len(till))
    antal = int(till.ljust(langst, "9")) - int(fran.ljust(langst, "0")) if (fran + till).isdecimal() else 0
    return (not regel.objekt, antal)


def _plats(regel, andra):
    """Before the first that is more general; the specific ones are asked first."""
    return next((nr for nr, annan in enumerate(andra) if _bredd(annan) > _bredd(regel)), len(andra))


@transaction.atomic
def lagg_till(regel):
    """Save a new rule in its place."""
    andra = list(_las(regel.verksamhetsar_id))
    plats = _plats(regel, andra)
    regel.ordning = plats
    for nr, rad in enumerate(andra):
        if rad.ordning != (ny := nr + (nr >= plats)):
            Konteringsregel.objects.filter(pk=rad.pk).update(ordning=ny)
    regel.save()
    return regel


def _las(ar):
    """The year's rules in order, locked."""
    return Konteringsregel.objects.filter(verksamhetsar=ar).select_for_update(of=("self",)).order_by("ordning", "pk")


@transaction.atomic
def flytta(regel, steg):
    """One step up (-1) or down (+1). False when it stands at the end already."""
    rader = list(_las(regel.verksamhetsar_id))
    fran = next(nr for nr, rad in enumerate(rader) if rad.pk == regel.pk)
    till = fran + steg
    if not 0 <= till < len(rader):
        return False
    rader[fran], rader[till] = rader[till], rader[fran]
    for nr, rad in enumerate(rader):
        if rad.ordning != nr:
            Konteringsregel.objects.filter(pk=rad.pk).update(ordning=nr)
    return True


@transaction.atomic
def kopiera(fran, till):
    """(how many came over, [rules whose line the year has not]). Lines are the same by name, else by insats. What the
    year has a rule for already is left as it is."""
    poster = {}
    for post in Budgetpost.objects.filter(verksamhetsar=till).order_by("ordning", "pk"):
        poster.setdefault(("rubrik", post.rubrik.casefold()), post)
        if post.insats_id:
            poster.setdefault(("insats", post.insats_id), post)
    falt = ("konto_fran", "konto_till", "dimension", "objekt")
    finns = {tuple(getattr(rad, namn) for namn in falt) for rad in _las(till.pk)}
    nya, utan = [], []
    regler = Konteringsregel.objects.filter(verksamhetsar=fran).select_related("post").order_by("ordning", "pk")
    for regel in regler:
        if tuple(getattr(regel, namn) for namn in falt) in finns:
            continue
        post = None
        if regel.post_id:
            post = poster.get(("rubrik", regel.post.rubrik.casefold())) or poster.get(("insats", regel.post.insats_id))
            if post is None:
                utan.append(regel)
                continue
        nya.append(
            Konteringsregel(
                verksamhetsar=till, ordning=len(finns) + len(nya), mal=regel.mal, post=post,
                **{namn: getattr(regel, namn) for namn in falt},
            )
        )  # fmt: skip
    Konteringsregel.objects.bulk_create(nya)
    return len(nya), utan


def onabara(regler):
    """{rule: the earlier one that takes all it would}: it never catches anything. `regler` in order."""
    ut = {}
    for nr, regel in enumerate(regler):
        for forr in regler[:nr]:
            inom = forr.konto_fran <= regel.konto_fran and regel.konto_till <= f"{forr.konto_till}~"
            if inom and (not forr.objekt or (forr.dimension, forr.objekt) == (regel.dimension, regel.objekt)):
                ut[regel.pk] = forr
                break
    return ut
