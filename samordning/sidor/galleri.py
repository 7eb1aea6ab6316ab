"""What the component gallery shows: every component in each of its states, with invented contents."""

import datetime

from django import forms
from django.core.paginator import Paginator

from samordning.karna.forms import Formular
from samordning.karna.paneler import AttGora


class Provformular(Formular, forms.Form):
    """One field of each kind; two of them wrong."""

    rubrik = forms.CharField(label="Ärendets rubrik", help_text="Kort och tydligt, högst 80 tecken.")
    sista_dag = forms.DateField(
        label="Sista dag för svar",
        help_text="Skriv år, månad och dag, till exempel 2026-06-13.",
        error_messages={"invalid": "Skriv datumet som år, månad och dag, till exempel 2026-06-13."},
    )
    huvudpart = forms.ChoiceField(
        label="Huvudpart",
        choices=[("", "Välj part"), ("m", "Mariestads kommun")],
        error_messages={"required": "Välj vilken part som är huvudpart."},
    )
    passar_for = forms.MultipleChoiceField(
        label="Passar för (frivilligt)",
        choices=[("s", "Sjukskrivna"), ("a", "Arbetssökande")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    synpunkt = forms.CharField(label="Synpunkt (frivilligt)", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def innehall():
    """The context of templates/sidor/komponenter.html."""
    staplar = [
        {"namn": "Mofalla Lantgård", "delar": [("kvinnor", 9), ("man", 4)], "celler": ["69 %", "31 %"]},
        {"namn": "Rörsås Lantliv", "delar": [("kvinnor", 18), ("man", 4)], "celler": ["82 %", "18 %"]},
        {"namn": "Sjukskrivna", "delar": [("kvinnor", 67), ("man", 33)], "celler": ["67 %", "33 %"], "jamfor": True},
    ]
    andelar = [
        {"namn": "Mofalla Lantgård", "antal": 6, "av": 10, "celler": ["6", "10", "60 %"]},
        {"namn": "Rörsås Lantliv", "antal": 8, "av": 18, "celler": ["8", "18", "44 %"]},
    ]
    return {
        "form": Provformular({"rubrik": "Förlängning", "sista_dag": "i går", "huvudpart": ""}),
        "att_gora": [
            AttGora("Bekräfta lediga platser", "#", "Rörsås Lantliv", datetime.date(2026, 6, 4)),
            AttGora("Välj kontaktperson", "#", "Ung Arena", marke=("Saknas", "varn", "ring")),
        ],
        "nyckeltal": [("Tog emot", 35, "27 kvinnor, 8 män"), ("Avslutade", 28, "22 kvinnor, 6 män")],
        "fakta": [("Omfattning", "3 dagar i veckan", "4–6 timmar om dagen"), ("Ålder", "Alla åldrar")],
        "kolumner_kon": ["Kvinnor", "Män"],
        "kolumner_andel": ["Positiva", "Av", "Andel"],
        "staplar": staplar,
        "andelar": andelar,
        "sida": Paginator(range(500), 50).get_page(3),
        "farger": ["text", "text2", "primar", "raps", "kant", "linje", "kvinnor", "man", "annat", "alla"],
        "marken": [
            ("Klar", "bra", "full"), ("Pågår", "info", "halv"), ("Väntar på svar", "varn", "ring"),
            ("Planerad", "", "ring"), ("Försenad", "fara", "trekant"), ("Avslutad", "", "streck"),
        ],
    }  # fmt: skip
