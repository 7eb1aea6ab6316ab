"""What is wrong with a sheet, as filters of the catalogue: for the kansli's list and for what it has to do."""

import re

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Concat

from insatser.models import Insats, Insatskontakt
from insatser.visning import LANGA_TEXTER, MALLENS_HJALPTEXTER

KONTAKT, MALLTEXT = "kontakt", "malltext"
BRISTER = {KONTAKT: "Kontaktperson saknas", MALLTEXT: "Mallens hjälptext är kvar"}

# As `visning.mallrester`: between the words any white space.
_HJALPTEXT = "|".join(r"\s+".join(map(re.escape, text.split())) for text in MALLENS_HJALPTEXTER)


def villkor(brist):
    """The insatser that have it, as a condition without joins, so that counts are right."""
    if brist == KONTAKT:
        return ~Q(pk__in=Insatskontakt.objects.values("insats"))
    skilda = [del_ for namn in LANGA_TEXTER for del_ in (F(namn), Value("\n|\n"))]
    texter = Insats.objects.annotate(texter=Concat(*skilda, output_field=TextField()))
    return Q(pk__in=texter.filter(texter__iregex=_HJALPTEXT).values("pk"))
