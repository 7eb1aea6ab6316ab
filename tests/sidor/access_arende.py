"""Who may open the page of a case, and when to apply; see tests/test_access.py."""

from samordning.karna.models import Anvandare, Roll
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan

LASER = ("kansli", "forbundschef", "beredning", "styrelse", "ekonom", "revisor")
# A part's representative sees the part's own cases.
STATUS = (
    dict.fromkeys(Roll.values, 404) | dict.fromkeys(LASER, 200)
    | {"anonym": 302, "partsforetradare": 200, "partsforetradare@annan": 404}
)  # fmt: skip


def _arende(varld):
    ansokan = skickad_ansokan(varld.part, ny_part(), av=Anvandare.objects.first(), lage="beredning")
    return {"pk": ansokan.arende_id}


MATRIS = {
    "sidor:arende": ("get", _arende, STATUS),
    "sidor:arende_pdf": ("get", _arende, STATUS),
    "sidor:ansokningstider": ("get", None, dict.fromkeys(Roll.values, 200) | {"anonym": 200}),
}
