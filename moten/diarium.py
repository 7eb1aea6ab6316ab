"""The diarium on a sheet, and the register of what came in and went out (offentlighets- och sekretesslagen 5 kap.)."""

import re

from django import forms
from django.db.models import Count, Prefetch, Q

from moten.arende_forms import FLEST_ORD, NUMMER
from moten.models import Handling
from samordning.karna import kalkylblad
from samordning.karna.forms import Datum
from samordning.karna.kalender import idag, nu
from samordning.karna.templatetags.samordning import datum, datumtid
from samordning.karna.views import soktext

FLEST_RADER = 20_000  # cases on a sheet


class HandlingFilter(forms.Form):
    """Which papers the register shows. A choice that does not exist shows everything."""

    alla_frivilliga = True

    sok = forms.CharField(label="Nummer eller ord", required=False, max_length=120)
    riktning = forms.ChoiceField(
        label="In eller ut", required=False, choices=[("", "Alla"), *Handling.Riktning.choices]
    )
    fran = forms.DateField(label="Från och med", required=False, widget=Datum)
    till = forms.DateField(label="Till och med", required=False, widget=Datum)

    @property
    def anvands(self):
        return any(self[namn].value() for namn in self.fields)

    def clean(self):
        data = super().clean()
        if data.get("fran") and data.get("till") and data["till"] < data["fran"]:
            self.add_error("till", "Den sista dagen är före den första.")
        return data

    def filter(self, handlingar):
        self.is_valid()
        data = self.cleaned_data
        for namn, villkor in (("riktning", "riktning"), ("fran", "datum__gte"), ("till", "datum__lte")):
            if data.get(namn):
                handlingar = handlingar.filter(**{villkor: data[namn]})
        return _sok(handlingar, data.get("sok") or "")


def _sok(handlingar, text):
    """By the case's number, or by every word in the title, the case's title or whom it is from or to."""
    text = soktext(text)
    if traff := re.match(NUMMER, text):
        return handlingar.filter(arende__ar=int(traff[1]), arende__lopnummer=int(traff[2]))
    for ordet in text.split()[:FLEST_ORD]:
        handlingar = handlingar.filter(
            Q(rubrik__icontains=ordet) | Q(motpart__icontains=ordet) | Q(arende__rubrik__icontains=ordet)
        )
    return handlingar


def handlingar(user):
    """The papers that the user may see, newest first, with what a row shows. One query."""
    return Handling.objects.visible_to(user).select_related("arende", "fil").order_by("-datum", "-pk")


def blad(arenden, user, val):
    """The cases and their papers as an xlsx file, of what the user may see. `val`: [(label, choice)] that narrow it.
    Five queries."""
    synliga = Handling.objects.visible_to(user)
    rader = list(
        arenden.select_related("huvudpart")
        .annotate(antal=Count("handlingar", filter=Q(handlingar__in=synliga)))
        .prefetch_related(Prefetch("handlingar", synliga.order_by("datum", "pk"), to_attr="synliga"))[:FLEST_RADER]
    )
    arendeblad = kalkylblad.Blad(
        "Ärenden",
        [("Nummer", 12), ("Ärende", 50), ("Slag", 14), ("Läge", 22), ("Kom in", 12), ("Parter", 50),
         ("Huvudpart", 30), ("Handläggare", 24), ("Läget ändrades", 14), ("Handlingar", 12)],
        [[rad.diarienummer, rad.rubrik, rad.get_slag_display(), rad.get_lage_display(), rad.inkom.isoformat(),
          ", ".join(str(part) for part in rad.parter.all()), str(rad.huvudpart or ""), str(rad.handlaggare or ""),
          rad.andrad.date().isoformat(), rad.antal] for rad in rader],
    )  # fmt: skip
    kolumner = [("Ärende", 12), ("Datum", 12), ("In eller ut", 16), ("Handling", 50), ("Från eller till", 40),
                ("Makulerad för att", 30)]  # fmt: skip
    if user.ar_kansli:
        kolumner.append(("Vem som ser den", 24))
    handlingsblad = kalkylblad.Blad(
        "Handlingar", kolumner,
        [[rad.diarienummer, papper.datum.isoformat(), papper.get_riktning_display(), papper.rubrik, papper.motpart,
          papper.makulerad, *([papper.get_krets_display()] if user.ar_kansli else [])]
         for rad in rader for papper in rad.synliga],
    )  # fmt: skip
    om = [("Hämtat", datumtid(nu())), ("Ärenden", str(len(rader))),
          ("Vad som är med", "De ärenden och handlingar som du får se."), *val]  # fmt: skip
    return kalkylblad.gor(f"Diarium {datum(idag())}", om, [arendeblad, handlingsblad])


def filnamn():
    return f"diarium-{idag().isoformat()}.xlsx"


def valen(filtret):
    """[(label, choice in words)] of what narrows a list of cases."""
    ut = []
    for namn, falt in filtret.fields.items():
        varde = filtret.cleaned_data.get(namn)
        if varde:
            ord_ = "Ja" if varde is True else dict(getattr(falt, "choices", ()) or ()).get(varde, varde)
            ut.append((str(falt.label), str(ord_)))
    return ut
