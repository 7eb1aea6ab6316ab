"""Finding a person in the register, however the name was spelled."""

import re
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Concat, Greatest
from django.db.models.lookups import GreaterThanOrEqual

from samordning.karna.models import Kontakt
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import soktext

FLEST_ORD = 8
# Annica finds Annika (0.57); Anna does not (0.43). Shorter words are too alike to guess at.
SA_LIKT, MINST_LIKNANDE = 0.5, 5
# Two whole names: Annica Bengtzing and Annika Bengtsing have 0.57.
SAMMA_NAMN, FLEST_FORSLAG = 0.5, 5


def _med_namnen(kontakter):
    """With `namnen`: the name and every alias as one text."""
    alias = Func(F("alias"), Value(" "), function="array_to_string", output_field=TextField())
    return kontakter.annotate(namnen=Concat("namn", Value(" "), alias, output_field=TextField()))


def sok(kontakter, text):
    """The rows where every word is in a name, an alias or the address, or is nearly a name; the most alike first."""
    text = soktext(text)
    ord_ = re.findall(r"[^\s,;]+", text)[:FLEST_ORD]
    if not ord_:
        return kontakter.order_by(SvenskOrdning("namn"), "pk")
    return (
        _med_namnen(kontakter)
        .filter(reduce(and_, map(_ordvillkor, ord_)))
        .annotate(likhet=TrigramWordSimilarity(text, "namnen"))
        .order_by("-likhet", SvenskOrdning("namn"), "pk")
    )


def _ordvillkor(ordet):
    villkor = [Q(namnen__icontains=ordet), Q(epost__icontains=ordet), Q(telefon__icontains=ordet)]
    if len(ordet) >= MINST_LIKNANDE and "@" not in ordet:
        villkor.append(Q(GreaterThanOrEqual(TrigramWordSimilarity(ordet, "namnen"), SA_LIKT)))
    return reduce(or_, villkor)


def liknande(kontakt):
    """Rows that may be the same person: nearly the same name or alias, or the same address. At most five."""
    namnen = [kontakt.namn, *kontakt.alias][:FLEST_ORD]
    likheter = [TrigramWordSimilarity(namn, "namnen") for namn in namnen]
    likhet = Greatest(*likheter) if len(likheter) > 1 else likheter[0]
    samma = Q(likhet__gte=SAMMA_NAMN)
    if kontakt.epost:
        samma |= Q(epost__iexact=kontakt.epost)
    return list(
        _med_namnen(Kontakt.objects.exclude(pk=kontakt.pk).select_related("part"))
        .annotate(likhet=likhet)
        .filter(samma)
        .order_by("-likhet", SvenskOrdning("namn"), "pk")[:FLEST_FORSLAG]
    )


def med_samma_namn(namn):
    """Rows that are called exactly so, by name or alias, in any case of letters."""
    return _med_namnen(Kontakt.objects.select_related("part")).filter(Q(namn__iexact=namn) | Q(alias__contains=[namn]))
