"""The kansli's check of an application against the association's criteria (MB13). Never leaves the kansli."""

from insatser import avsnitt
from insatser.models import Granskningspunkt


def kriterier(ansokan):
    """[(key, criterion)] of the application's kind."""
    return [(rad.nyckel, rad.kriterium) for rad in avsnitt.for_slag(ansokan.slag) if rad.kriterium]


def sammanfattning(ansokan):
    """ "5 av 7 uppfyllda", and how many are not judged yet; "" before anything is. One query."""
    gallande = {nyckel for nyckel, _ in kriterier(ansokan)}
    bedomda = [
        bedomning
        for nyckel, bedomning in ansokan.granskning.exclude(bedomning="").values_list("kriterium", "bedomning")
        if nyckel in gallande
    ]
    if not bedomda:
        return ""
    uppfyllda = bedomda.count(Granskningspunkt.Bedomning.JA)
    text = f"{uppfyllda} av {len(gallande)} uppfyllda"
    kvar = len(gallande) - len(bedomda)
    return f"{text}, {kvar} inte bedömda" if kvar else text
