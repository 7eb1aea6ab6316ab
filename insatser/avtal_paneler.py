"""Agreements, conditions and half-year reports for the pages of the roof (beslut.md 31)."""

import datetime

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from insatser import avtal_visning
from insatser.models import Ansokan, Avtal, Lagesrapport, Villkor
from insatser.policies import (
    can_apply_forlangning,
    can_handle_avtal,
    can_view_avtal,
    can_view_lagesrapport,
)
from moten.models import Arende, Beslut
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Roll
from samordning.karna.paneler import Atgard, AttGora, NastaSteg, Tidsrad

# How long before its day a thing is on the list.
FORE_RAPPORT = datetime.timedelta(days=30)
FORE_VILLKOR = datetime.timedelta(days=14)
FLEST = 10
SEN = ("Försenad", "fara", "trekant")


# ---- What waits


def att_gora(user):
    """A fixed number of queries: six for the kansli, two for a representative, one for staff, else none."""
    if user.ar_kansli:
        return [
            *_bifall_utan_avtal(), *_beslut_om_avtal(Avtal.objects.all()), *_villkor(), *_att_lasa(), *_sena(),
        ]  # fmt: skip
    poster = []
    if user.har_roll(Roll.PARTSFORETRADARE):
        poster += _beslut_om_avtal(Avtal.objects.for_parter(user))
    if user.har_roll(Roll.PARTSFORETRADARE, Roll.INSATSPERSONAL):
        poster += _att_skriva(user)
    return poster


def _bifall_utan_avtal():
    """Granted applications whose agreement is not written."""
    bifall = Beslut.objects.filter(arende=OuterRef("arende"), utfall=Beslut.Utfall.BIFALL).order_by("-datum", "-pk")
    rader = (
        Ansokan.objects.filter(arende__lage=Arende.Lage.BEVILJAD, forlangt_till=None)
        .filter(~Exists(Avtal.objects.filter(beslut__arende=OuterRef("arende"))))
        .annotate(beslut=Subquery(bifall.values("pk")[:1]), justerat=Subquery(bifall.values("justerat")[:1]))
        .exclude(beslut=None)
        .order_by("pk")[:FLEST]
    )
    return [
        AttGora(
            f"{'Förläng avtalet' if rad.avtal_id else 'Skriv avtal'} för {rad}",
            reverse("avtal:avtal_fran_beslut", args=[rad.beslut]),
            "Styrelsen har sagt ja och protokollet är justerat."
            if rad.justerat
            else "Styrelsen har sagt ja, men protokollet är inte justerat än.",
        )
        for rad in rader
    ]


def _beslut_om_avtal(avtal):
    """Agreements that end soon, that nothing follows and that nobody has begun to prolong; dated by the last day."""
    fore = avtal_visning.fore()
    rader = (
        avtal.pagaende()
        .utan_fortsattning()
        .filter(~Exists(_pagaende_forlangning()), slut__lte=idag() + fore)
        .select_related("insats")
        .order_by("slut", "pk")
    )
    poster = []
    for rad in rader:
        rad.foljs = False
        lage = avtal_visning.lage(rad, fore)
        if lage.kan_forlangas:
            text, adress = (
                f"Starta förlängningen av {rad.insats}",
                reverse("uppfoljning:forlangning_create", args=[rad.pk]),
            )
            varfor = f"Avtalets sista dag. Det kan förlängas till och med {_dag(lage.nasta.period.till)}."
        else:
            text = f"Förbered nytt avtal för {rad.insats}"
            adress = reverse("avtal:avtal_detail", args=[rad.pk])
            varfor = "Avtalets sista dag. Det kan inte förlängas, så en ny ansökan krävs."
        poster.append(AttGora(text, adress, varfor, rad.slut))
    return poster


def _pagaende_forlangning():
    """Applications for a förlängning of the agreement of the outer query, from the draft until it is written in."""
    return Ansokan.objects.filter(avtal=OuterRef("pk"), forlangt_till=None).exclude(
        arende__lage__in=Arende.SLUTLAGEN
    )  # fmt: skip


def _villkor():
    rader = Villkor.objects.filter(
        status=Villkor.Status.OPPET, foljs_upp__lte=idag() + FORE_VILLKOR
    ).select_related("beslut__arende")  # fmt: skip
    return [
        AttGora(
            f"Följ upp villkoret för {rad.beslut.arende.rubrik}",
            reverse("avtal:villkor_edit", args=[rad.pk]),
            f"{rad.text[:120]}{'…' if len(rad.text) > 120 else ''}",
            rad.foljs_upp,
            SEN if rad.foljs_upp < idag() else None,
        )
        for rad in rader[:FLEST]
    ]


def _att_lasa():
    rader = Lagesrapport.objects.filter(lage=Lagesrapport.Lage.INLAMNAD).select_related("avtal__insats")
    return [
        AttGora(
            f"Läs lägesrapporten från {rad.avtal.insats}",
            reverse("avtal:lagesrapport_detail", args=[rad.pk]),
            f"Den gäller {avtal_visning.period_i_ord(rad)}.",
        )
        for rad in rader.order_by("inlamnad")[:FLEST]
    ]


def _sena():
    """One line for all that are late: reminders go by themselves."""
    if not (antal := Lagesrapport.objects.sena().count()):
        return []
    text = "Se den försenade lägesrapporten" if antal == 1 else f"Se de {antal} försenade lägesrapporterna"
    return [AttGora(text, f"{reverse('avtal:lagesrapport_list')}?visa=sena", "Påminnelse har skickats.", marke=SEN)]


def _att_skriva(user):
    rader = (
        Lagesrapport.objects.skrivs_av(user)
        .oppna()
        .filter(fran__lte=idag(), senast__lte=idag() + FORE_RAPPORT)
        .select_related("avtal__insats")
        .order_by("senast", "pk")
    )
    return [
        AttGora(
            f"{'Fortsätt' if rad.lage == rad.Lage.UTKAST else 'Skriv'} lägesrapporten för {rad.avtal.insats}",
            reverse("avtal:lagesrapport_edit", args=[rad.pk]),
            "Kansliet vill ha mer i den." if rad.kommentar else f"Den gäller {avtal_visning.period_i_ord(rad)}.",
            rad.senast,
            SEN if rad.ar_sen else None,
        )
        for rad in rader[:FLEST]
    ]


# ---- The page of a case


def _avtal(arende, user):
    """The case's agreement with what the rows need, or None. Four queries."""
    avtal = (
        Avtal.objects.om_arende(arende)
        .select_related("insats", "beslut")
        .prefetch_related(
            Prefetch("rapporter", Lagesrapport.objects.order_by("fran", "pk")),
            Prefetch("forlangningar", Ansokan.objects.filter(arende=arende), to_attr="arendets_forlangning"),
        )
        .order_by("-start", "-pk")
        .first()
    )
    return avtal if avtal and can_view_avtal(user, avtal) else None


def tidslinje(arende, user):
    """Agreement, periods, conditions and reports. A förlängning's case begins with the year that it is about."""
    avtal = _avtal(arende, user)
    rader = _villkorsrader(arende)
    if avtal is None:
        return rader
    fran = next((rad.start for rad in avtal.arendets_forlangning if rad.start), avtal.start)
    forlangning = bool(avtal.arendets_forlangning)
    lage = avtal_visning.lage(avtal, avtal_visning.fore())
    return [
        *_skrivet(avtal, forlangning, arende),
        *_perioder(lage, fran, forlangning),
        *rader,
        *[_rapport(rad, user) for rad in avtal.rapporter.all() if rad.till >= fran],
    ]


def _skrivet(avtal, forlangning, arende):
    """When it was written, for agreements that the system wrote."""
    namn = "forlangt" if forlangning else "skrivet"
    handelse = Handelse.objects.om(avtal).filter(namn=namn, data__arende=arende.pk).first()
    if not handelse:
        return []
    lank = (("Avtalet", reverse("avtal:avtal_detail", args=[avtal.pk])),)
    return [Tidsrad(localdate(handelse.tid), "Avtalet är förlängt" if forlangning else "Avtalet är skrivet",
                    f"Det gäller till och med {_dag(avtal.slut)}.", lankar=lank, slag="avtal")]  # fmt: skip


def _perioder(lage, fran, forlangning):
    tider = {"klar": "klar", "nu": "nu", "kommer": "kommer", "mojlig": "kommer"}
    rader = []
    for namn, period, _ in lage.periodrader():
        if period.till < fran:
            continue
        laget = period.lage(lage.dag)
        text = f"Till och med {_dag(period.till)}."
        if laget == "mojlig":
            text = f"Till och med {_dag(period.till)}, om styrelsen säger ja."
        rubrik = f"{namn}: det sista året" if period.sista else namn
        if not period.nr:
            rubrik = "Avtalet börjar gälla" if laget == "kommer" else "Avtalet började gälla"
        rader.append(Tidsrad(period.fran, rubrik, text, tider[laget], slag="avtal"))
    if not forlangning and lage.dag > lage.avtal.slut:
        rader.append(Tidsrad(lage.avtal.slut, "Avtalet gick ut", slag="avtal"))
    return rader


def _villkorsrader(arende):
    rader = Villkor.objects.filter(beslut__arende=arende)
    return [
        Tidsrad(
            rad.uppfoljt or rad.foljs_upp,
            "Villkoret är uppföljt" if rad.uppfoljt else "Villkoret ska följas upp",
            rad.text,
            "klar" if rad.uppfoljt else "nu" if rad.foljs_upp < idag() else "kommer",
            citat=rad.uppfoljning,
            marke=avtal_visning.villkorsmarke(rad),
            slag="beslut",
        )
        for rad in rader
    ]


def _rapport(rad, user):
    lankar = (("Läs rapporten", reverse("avtal:lagesrapport_detail", args=[rad.pk])),)
    inne = rad.lage in rad.INLAMNADE
    if inne:
        dag, rubrik, tid = localdate(rad.inlamnad), "Lägesrapporten är inlämnad", "klar"
    elif rad.lage == rad.Lage.HOPPAD:
        dag, rubrik, tid = rad.senast, "Lägesrapporten behövdes inte", "klar"
    else:
        dag, rubrik, tid = rad.senast, "Lägesrapport", "nu" if rad.ar_sen else "kommer"
    return Tidsrad(
        dag,
        rubrik,
        f"Den gäller {avtal_visning.period_i_ord(rad)}.",
        tid,
        lankar=lankar if inne and can_view_lagesrapport(user, rad) else (),
        marke=avtal_visning.rapportmarke(rad),
        slag="rapport",
    )


def nasta_steg(arende, user):
    """After the decision: the agreement, a late report, the next decision when it is time, the next report."""
    if arende.lage != Arende.Lage.BEVILJAD:
        return None
    if vantar := _vantar_pa_avtal(arende):
        return NastaSteg("Avtalet ska skrivas", "Kansliet", varfor="Protokollet är justerat." if vantar.justerat else
                         "Det görs när protokollet är justerat.")  # fmt: skip
    if (avtal := _avtal(arende, user)) is None:
        return None
    lage = avtal_visning.lage(avtal, avtal_visning.fore())
    if lage.nasta is None:
        return NastaSteg("Ärendet kan avslutas", "Kansliet", varfor=f"Avtalet gick ut den {_dag(avtal.slut)}.")
    oppna = [rad for rad in avtal.rapporter.all() if rad.lage in rad.OPPNA]
    rapport = next((rad for rad in oppna if rad.ar_sen), oppna[0] if oppna else None)
    if lage.foljs or (rapport and (rapport.ar_sen or not lage.ar_dags)):
        return _rapportsteg(avtal, rapport)
    return _beslutssteg(avtal, lage)


def _rapportsteg(avtal, rapport):
    if rapport is None:
        return NastaSteg("Avtalet löper", str(avtal.insats), avtal.slut, "Ett nytt avtal tar vid efter det.")
    return NastaSteg(f"Lägesrapporten för {avtal_visning.period_i_ord(rapport)}", str(avtal.insats), rapport.senast,
                     "Den är försenad." if rapport.ar_sen else "")  # fmt: skip


def _beslutssteg(avtal, lage):
    if not lage.ar_dags:
        return NastaSteg("Nästa beslut om insatsen", "Parterna", lage.nasta.starta_senast, lage.nasta_i_ord)
    text = "En ny ansökan krävs om insatsen ska fortsätta" if lage.nasta.ny_ansokan else "Förlängningen ska startas"
    return NastaSteg(text, "Parterna", avtal.slut, lage.nasta_i_ord)


def _vantar_pa_avtal(arende):
    """The decision whose agreement is not written, or None. One query."""
    if arende.lage != Arende.Lage.BEVILJAD:
        return None
    skrivet = Avtal.objects.filter(beslut__arende=OuterRef("arende"))
    forlangt = Ansokan.objects.filter(arende=OuterRef("arende"), forlangt_till__isnull=False)
    return (
        Beslut.objects.filter(arende=arende, utfall=Beslut.Utfall.BIFALL)
        .filter(~Exists(skrivet), ~Exists(forlangt), Exists(Ansokan.objects.filter(arende=OuterRef("arende"))))
        .first()
    )


def atgarder(arende, user):
    knappar = []
    if can_handle_avtal(user):
        if vantar := _vantar_pa_avtal(arende):
            knappar.append(Atgard("Skriv avtal", reverse("avtal:avtal_fran_beslut", args=[vantar.pk]), huvudsak=True))
        bifall = Beslut.objects.filter(arende=arende, utfall=Beslut.Utfall.BIFALL).first()
        if bifall:
            knappar.append(Atgard("Lägg till ett villkor", reverse("avtal:villkor_create", args=[bifall.pk])))
    if not (avtal := _avtal(arende, user)):
        return knappar
    knappar.append(Atgard("Öppna avtalet", reverse("avtal:avtal_detail", args=[avtal.pk])))
    lage = avtal_visning.lage(avtal, avtal_visning.fore())
    beviljad = arende.lage == Arende.Lage.BEVILJAD  # the case of a förlängning that is under way has its own steps
    if beviljad and lage.kan_forlangas and not lage.foljs and can_apply_forlangning(user, avtal):
        adress = reverse("uppfoljning:forlangning_create", args=[avtal.pk])
        knappar.append(Atgard("Ansök om förlängning", adress, huvudsak=lage.ar_dags))
    return knappar


def fakta(arende, user):
    if not (avtal := _avtal(arende, user)):
        return []
    lage = avtal_visning.lage(avtal, avtal_visning.fore())
    return [
        ("Avtal", f"{_dag(avtal.start)} till {_dag(avtal.slut)}"),
        ("Förlängning", lage.forlangning_i_ord),
        ("Avtalets läge", lage.marke[0]),
    ]


def _dag(dag):
    return date_format(dag, "j F Y")
