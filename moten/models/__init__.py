"""The bodies of the association, their meetings, the cases they treat, what they were advised and what they decided."""

from moten.models.arende import Arende, Handling, Jav
from moten.models.beslut import Beslut
from moten.models.inlasning import Inlasning
from moten.models.kallelse import Kalenderprenumeration, Motesmejl
from moten.models.mote import Kallelse, Mote, Narvaro
from moten.models.organ import Fastpunkt, Ledamotskap, Organ
from moten.models.protokoll import (
    Anslag,
    Handlingstext,
    Justerare,
    Justeringskommentar,
    Maskering,
    Protokollversion,
    Publiceradtext,
    Publicering,
    Sparadsokning,
    Utlamnande,
)
from moten.models.punkt import (
    Anteckning,
    Forslag,
    Lasning,
    Paragraf,
    Punkt,
    Samtalsfraga,
    Undantag,
    Underlag,
    Utfall,
)
from moten.models.rum import (
    Alternativ,
    Grupp,
    Grupparbete,
    Omrostning,
    Ordrunda,
    Ordsvar,
    Prick,
    Svar,
    Svarare,
    Utvardering,
    Utvarderingsfraga,
    Valsedel,
)
from moten.models.yttrande import Yttrande, Yttranderunda

__all__ = [
    "Alternativ", "Anslag", "Anteckning", "Arende", "Beslut", "Fastpunkt", "Forslag", "Grupp", "Grupparbete",
    "Handling", "Handlingstext", "Inlasning", "Jav", "Justerare", "Justeringskommentar", "Kalenderprenumeration",
    "Kallelse", "Lasning", "Ledamotskap", "Maskering", "Mote", "Motesmejl", "Narvaro", "Omrostning", "Ordrunda",
    "Ordsvar", "Organ", "Paragraf", "Prick", "Protokollversion", "Publiceradtext", "Publicering", "Punkt",
    "Samtalsfraga", "Sparadsokning", "Svar", "Svarare", "Undantag", "Underlag", "Utfall", "Utlamnande", "Utvardering",
    "Utvarderingsfraga", "Valsedel", "Yttrande", "Yttranderunda",
]  # fmt: skip
