"""The parties of the demo and the people one calls there. Parties are real, people and numbers are invented."""

import datetime

NORRA = datetime.date(2019, 1, 1)
SKARABORG = datetime.date(2021, 1, 1)

FORBUND = ""  # as a part's name: the association itself, made by a migration

# name, slag, municipality code, member from
MEDLEMMAR = (
    ("Försäkringskassan", "fk", "", NORRA),
    ("Arbetsförmedlingen", "af", "", NORRA),
    ("Västra Götalandsregionen", "region", "", NORRA),
    ("Mariestads kommun", "kommun", "1493", NORRA),
    ("Töreboda kommun", "kommun", "1473", NORRA),
    ("Gullspångs kommun", "kommun", "1447", NORRA),
    ("Tibro kommun", "kommun", "1472", SKARABORG),
    ("Falköpings kommun", "kommun", "1499", SKARABORG),
    ("Götene kommun", "kommun", "1471", SKARABORG),
    ("Lidköpings kommun", "kommun", "1494", SKARABORG),
    ("Vara kommun", "kommun", "1470", SKARABORG),
)

# name, slag, the party it is part of ("" for none), private
ENHETER = (
    ("Försäkringskassan Mariestad", "enhet", "Försäkringskassan", False),
    ("Arbetsförmedlingen Mariestad", "enhet", "Arbetsförmedlingen", False),
    ("Vårdcentralen Mariestad", "enhet", "Västra Götalandsregionen", False),
    ("Vårdcentralen Töreboda", "enhet", "Västra Götalandsregionen", False),
    ("Vårdcentralen Gullspång", "enhet", "Västra Götalandsregionen", False),
    ("Unicare vårdcentral Mariestad", "enhet", "Västra Götalandsregionen", True),
    ("Arbetsmarknadsenheten Mariestad", "enhet", "Mariestads kommun", False),
    ("Socialtjänsten Mariestad", "enhet", "Mariestads kommun", False),
    ("AMU Töreboda", "enhet", "Töreboda kommun", False),
    ("Mottagningsenheten Töreboda", "enhet", "Töreboda kommun", False),
    ("Arbetsmarknadsenheten Gullspång", "enhet", "Gullspångs kommun", False),
    ("Arbetsmarknadsenheten Tibro", "enhet", "Tibro kommun", False),
    ("Rörsås Lantliv", "utforare", "", True),
    ("Mofalla Lantgård", "utforare", "", True),
    ("Sötåsen", "utforare", "Västra Götalandsregionen", False),
)

# (class of referrer, municipality code) -> the unit that refers; "" is any other municipality
REMITTENTER = {
    ("FK", ""): "Försäkringskassan Mariestad",
    ("AF", ""): "Arbetsförmedlingen Mariestad",
    ("VARD", ""): "Vårdcentralen Mariestad",
    ("VARD", "1473"): "Vårdcentralen Töreboda",
    ("VARD", "1447"): "Vårdcentralen Gullspång",
    ("KOMMUN", ""): "Socialtjänsten Mariestad",
    ("KOMMUN", "1473"): "AMU Töreboda",
    ("KOMMUN", "1447"): "Arbetsmarknadsenheten Gullspång",
    ("KOMMUN", "1472"): "Arbetsmarknadsenheten Tibro",
}

# name, title, part, telephone. The e-mail address is made of the name.
KONTAKTER = (
    ("Birgitta Sandell", "Förbundschef", FORBUND, "0980-319 202"),
    ("Ingrid Forsell", "Arbetsmarknadskonsulent", "Arbetsmarknadsenheten Mariestad", "0980-319 214"),
    ("Peter Wallander", "Arbetsmarknadskonsulent", "Arbetsmarknadsenheten Mariestad", "0980-319 215"),
    ("Malin Nordqvist", "Utredare", "AMU Töreboda", "0980-319 221"),
    ("Mona Ekdahl", "Arbetsmarknadssamordnare", "Arbetsmarknadsenheten Gullspång", "0980-319 231"),
    ("Frida Ljung", "Verksamhetsansvarig", "Rörsås Lantliv", "0980-319 241"),
    ("Joakim Stål", "Enhetschef", "Arbetsmarknadsenheten Mariestad", "0980-319 216"),
    ("Mirza Begić", "Integrationschef och projektledare", "Mottagningsenheten Töreboda", "0980-319 222"),
    ("Anna-Karin Vester", "Samordnare", "Mottagningsenheten Töreboda", "0980-319 223"),
    ("Hanna Noor", "Språkstöd och lärarassistent", "Mottagningsenheten Töreboda", "0980-319 224"),
    ("Marika Persdotter", "Personlig handläggare", "Försäkringskassan Mariestad", "0980-319 251"),
    # The same person once more, as happens: to be found by either spelling, and merged.
    ("Marica Persdotter", "Handläggare", "Försäkringskassan Mariestad", "0980-319 251"),
    ("Jenny Malmgren", "Projekt- och processledare", FORBUND, "0980-319 204"),
    ("Stefan Rosén", "Arbetsförmedlare", "Arbetsförmedlingen Mariestad", "0980-319 261"),
    ("Lena Ahlin", "Verksamhetsansvarig", "Mofalla Lantgård", "0980-319 271"),
    ("Tomas Hedlund", "Enhetschef", "Arbetsmarknadsenheten Tibro", "0980-319 272"),
)


def epost(namn):
    """mirza.begic@example.se for Mirza Begić."""
    latinska = str.maketrans("åäöéć -", "aaoec..")
    return f"{namn.lower().translate(latinska)}@example.se"
