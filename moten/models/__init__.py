"""The bodies of the association, the cases that they treat, what they were advised and what they decided."""

from moten.models.arende import Arende, Handling, Jav
from moten.models.beslut import Beslut
from moten.models.organ import Ledamotskap, Mote, Organ
from moten.models.yttrande import Yttrande, Yttranderunda

__all__ = ["Arende", "Beslut", "Handling", "Jav", "Ledamotskap", "Mote", "Organ", "Yttrande", "Yttranderunda"]
