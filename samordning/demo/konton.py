"""The demo's logins, one per role. The people are invented."""

from samordning.demo.parter import FORBUND
from samordning.karna.models import Roll

LOSENORD = "samordning-demo-2026"

# role -> name, part
PERSONER = {
    Roll.KANSLI: ("Anna Lindgren", FORBUND),
    Roll.FORBUNDSCHEF: ("Birgitta Sandell", FORBUND),
    Roll.KONTOANSVARIG: ("Camilla Norén", FORBUND),
    Roll.BEREDNING: ("David Åkesson", "Mariestads kommun"),
    Roll.STYRELSE: ("Eva Hallgren", "Töreboda kommun"),
    Roll.REMITTENT: ("Fatima Haddad", "Vårdcentralen Mariestad"),
    Roll.INSATSPERSONAL: ("Frida Ljung", "Rörsås Lantliv"),
    Roll.PARTSFORETRADARE: ("Helena Brodin", "Gullspångs kommun"),
    Roll.EKONOM: ("Isak Wallin", FORBUND),
    Roll.REVISOR: ("Johanna Sjögren", FORBUND),
    Roll.DRIFT: ("Karl Nyman", FORBUND),
}

# Who answers in the other insats that remisser go to, and for the parties that applications are written with; not
# shown on the login page.
KOLLEGA = ("Lena Ahlin", "Mofalla Lantgård")
KOLLEGOR = (
    (Roll.INSATSPERSONAL, *KOLLEGA),
    (Roll.PARTSFORETRADARE, "Nils Ekwall", "Försäkringskassan"),
    (Roll.PARTSFORETRADARE, "Rebecka Holm", "Arbetsförmedlingen"),
)
# insats -> the account that is listed in it
MEDARBETARE = {"rorsas-lantliv": PERSONER[Roll.INSATSPERSONAL][0], "mofalla-lantgard": KOLLEGA[0]}


def epost(roll):
    return f"{roll.value}@example.se"


KONTON = tuple((roll.label, epost(roll), LOSENORD) for roll in Roll)
