"""Sending an application, and answering a completion: the application, its version and its case change together."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from insatser import avsnitt
from insatser.models import Ansokan, Ansokansversion
from moten.models import Arende
from samordning.karna.kalender import nu

MINST_PARTER = 2


def hinder(ansokan):
    """[text] of what stops the sending, in Swedish; empty when it may go. Two queries (parts, sums),
    three while it is completed: then only the sections that are open can be mended, so only they are asked of.

    At least two parties, the huvudpart among them, stand behind (MB5, funktioner B): "båda parterna måste vara med
    från början".
    """
    parter = list(ansokan.parter.select_related("part"))
    bakom = [rad for rad in parter if rad.star_bakom]
    texter = []
    if len(parter) < MINST_PARTER:
        texter.append("En ansökan behöver minst två parter. Lägg till den part som ni söker tillsammans med.")
    elif len(bakom) < MINST_PARTER:
        vantar = ", ".join(str(rad.part) for rad in parter if not rad.star_bakom)
        texter.append(f"Minst två parter ska stå bakom ansökan innan den skickas. Det här saknas: {vantar}.")
    if parter and not any(rad.huvud and rad.star_bakom for rad in parter) and len(bakom) >= MINST_PARTER:
        texter.append("Huvudparten ska också stå bakom ansökan innan den skickas.")
    oppna = oppna_avsnitt(ansokan)
    return texter + [text for rad, text in avsnitt.saknas(ansokan) if rad.nyckel in oppna]


@transaction.atomic
def skicka(ansokan, *, av):
    """utkast -> inskickad: gives the case a diarienummer and keeps version 1. ValidationError with `hinder`."""
    if texter := hinder(ansokan):
        raise ValidationError(texter)
    forlangning = ansokan.slag == Ansokan.Slag.FORLANGNING
    parter = list(ansokan.parter.all())
    arende = Arende.objects.registrera(
        slag=Arende.Slag.FORLANGNING if forlangning else Arende.Slag.ANSOKAN,
        rubrik=f"Förlängning av {ansokan.rubrik}" if forlangning else ansokan.rubrik,
        parter=[rad.part_id for rad in parter],
        huvudpart=next((rad.part_id for rad in parter if rad.huvud), None),
        objekt=ansokan,
        av=av,
    )
    ansokan.skicka(av=av, arende=arende)
    return spara_version(ansokan, av=av)


@transaction.atomic
def komplettera(ansokan, *, av):
    """The points are answered: version n + 1, and the case is back at the kansli."""
    if texter := hinder(ansokan):
        raise ValidationError(texter)
    ansokan.arende.flytta("komplettera", av=av)
    version = spara_version(ansokan, av=av)
    ansokan.punkter.filter(version=None).update(version=version)
    ansokan.punkter.filter(version=version, atgardad=None).update(atgardad=nu())
    return version


def oppna_avsnitt(ansokan):
    """Keys of the sections that may be written in now: all of a draft, those named in an open completion, else none."""
    if ansokan.lage == Ansokan.Lage.UTKAST:
        return {rad.nyckel for rad in avsnitt.for_slag(ansokan.slag)}
    if ansokan.arende.lage == Arende.Lage.KOMPLETTERING:
        return set(ansokan.punkter.filter(version=None).values_list("avsnitt", flat=True))
    return set()


def spara_version(ansokan, *, av):
    sista = ansokan.versioner.aggregate(sista=Max("nr"))["sista"] or 0
    return Ansokansversion.objects.create(ansokan=ansokan, nr=sista + 1, innehall=avsnitt.som_text(ansokan), av=av)
