"""What a case says about itself, and what waits for a user, for the pages of the roof (beslut.md 31)."""

from datetime import datetime, time, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Window
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from moten import motespaneler, policies
from moten.arende_forms import OPPNA
from moten.beslut_forms import FAR_BESLUTA
from moten.models import Arende, Beslut, Mote, Organ, Yttrande, Yttranderunda
from moten.runda_views import KAN_FRAGAS
from moten.sammanfattning import krets_for, yttrade_sig
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse, Roll
from samordning.karna.paneler import Atgard, AttGora, NastaSteg, Tidsrad
from samordning.karna.templatetags.samordning import datum

Lage = Arende.Lage
JUSTERAS_INOM = timedelta(days=14)
FLEST = 20  # of each kind on the start page
UTFALL = {Beslut.Utfall.BIFALL: "bra", Beslut.Utfall.AVSLAG: "fara", Beslut.Utfall.ATERREMISS: "varn"}
# The steps that no row of another model tells about. What the parties send is told by the app that has it.
STEG = {
    "registrerad": ("Kom in", "ansokan"),
    "till_beredning": ("Skickades till beredningsgruppen", ""),
    "till_au": ("Skickades till arbetsutskottet", ""),
    "till_styrelse": ("Skickades till styrelsen", ""),
    "aterkalla": ("Återkallades", ""),
    "avsluta": ("Avslutades", ""),
}
# Why a case lies at the kansli, by the last thing that happened to it: (what to do, why).
VID_KANSLIET = {
    "registrerad": ("Gå igenom", "Ansökan är ny och har ingen handläggare."),
    "komplettera": ("Läs kompletteringen i", "Parterna har kompletterat ansökan."),
    "aterremittera": ("Ta hand om återremissen av", "Organet vill ha mer arbete gjort."),
}


def att_gora(user):
    """A fixed number of queries: seven for the kansli, four for a preparation group."""
    rader = motespaneler.att_gora(user) + (_kansliet() if user.ar_kansli else [])
    parter = user.parter_som(Roll.BEREDNING)
    return rader + (_att_yttra(parter) if parter and not user.ar_kansli else [])


def _kansliet():
    sista = Handelse.objects.filter(
        objekt_typ=Arende._meta.label_lower, objekt_id=Cast(OuterRef("pk"), Handelse._meta.get_field("objekt_id")),
        namn__in=VID_KANSLIET,
    ).order_by("-tid", "-pk")  # fmt: skip
    inne = (
        Arende.objects.filter(lage=Lage.INKOMMEN)
        .annotate(sista=Subquery(sista.values("namn")[:1]))
        .exclude(sista="registrerad", handlaggare__isnull=False)
        .order_by("ar", "lopnummer")
    )
    return (
        _hogst(inne, _vid_kansliet, "Gå igenom {} ärenden till", Lage.INKOMMEN) + _rundor_ute() + _ojusterade()
    )  # fmt: skip


def _hogst(rader, rad_for, fler, lage=""):
    """The first `FLEST` rows, and one that says how many there are beside them (`fler`, a format of the number) with
    the way to the diarium. One query."""
    rader = list(rader.annotate(i_allt=Window(Count("pk")))[:FLEST])
    poster = [rad_for(rad) for rad in rader]
    if rader and (rest := rader[0].i_allt - len(rader)):
        url = reverse("moten:arende_list") + (f"?lage={lage}" if lage else "")
        poster.append(AttGora(fler.format(rest), url, f"Här visas {FLEST} åt gången."))
    return poster


def _vid_kansliet(arende):
    text, varfor = VID_KANSLIET[arende.sista or "registrerad"]
    url = reverse("sidor:arende", args=[arende.pk])
    return AttGora(f"{text} {arende}", url, varfor, marke=("Nytt", "info", "ring") if text == "Gå igenom" else None)


def _rundor_ute():
    """Open rounds whose day has passed, and those where everybody has answered."""
    rundor = (
        Yttranderunda.objects.filter(lage=Yttranderunda.Lage.OPPEN, arende__lage__in=Arende.FORE_BESLUT)
        .med_antal().filter(Q(senast__lt=idag()) | Q(inne=F("antal")))
        .select_related("arende").order_by("senast", "pk")
    )  # fmt: skip
    return _hogst(rundor, _runda_ute, "Stäng {} yttranderundor till", OPPNA)


def _runda_ute(runda):
    return AttGora(
        f"Stäng yttranderundan om {runda.arende}", reverse("moten:runda_detail", args=[runda.pk]),
        "Alla har svarat." if runda.inne == runda.antal else f"Dagen har gått ut. {_inne(runda)}.", runda.senast,
    )  # fmt: skip


def _ojusterade():
    beslut = (
        Beslut.objects.filter(justerat=None, datum__lte=idag() - JUSTERAS_INOM).select_related("arende", "organ")
        .order_by("datum", "pk")
    )  # fmt: skip
    return _hogst(beslut, _ojusterat, "Skriv in när {} protokoll till justerades")


def _ojusterat(rad):
    return AttGora(
        f"Skriv in när protokollet med {rad.paragraf} justerades", reverse("moten:beslut_edit", args=[rad.pk]),
        f"{rad.organ} beslutade om {rad.arende} {datum(rad.datum)}.",
    )  # fmt: skip


def _att_yttra(parter):
    yttranden = (
        Yttrande.objects.filter(
            part__in=parter, stallning="", runda__lage=Yttranderunda.Lage.OPPEN,
            runda__arende__lage__in=Arende.FORE_BESLUT,
        ).select_related("runda__arende", "part").order_by("runda__senast", "pk")
    )  # fmt: skip
    return _hogst(yttranden, _yttra, "Lämna {} yttranden till", OPPNA)


def _yttra(rad):
    return AttGora(
        f"Lämna yttrande om {rad.runda.arende}", reverse("moten:yttrande_edit", args=[rad.pk]),
        f"Yttrandet gäller {rad.part}.", rad.runda.senast,
        ("Sent", "fara", "trekant") if rad.runda.senast < idag() else None,
    )  # fmt: skip


def _inne(runda):
    return f"{runda.inne} av {runda.antal} inne"


def tidslinje(arende, user):
    """What has happened, in the order that it happened, and the next meeting: six or seven queries."""
    kansli = policies.can_handle_arende(user)
    handelser = Handelse.objects.om(arende).filter(namn__in=STEG)
    rundor = (
        Yttranderunda.objects.visible_to(user)
        .filter(arende=arende)
        .prefetch_related("yttranden__part", "yttranden__organ", "yttranden__ledamot")
    )
    # How an application came in is the application's own row (insatser).
    rader = [
        (rad.tid, _steg(rad, arende))
        for rad in handelser
        if rad.namn != "registrerad" or arende.slag == Arende.Slag.OVRIGT
    ]
    rader += [(runda.stangd or runda.oppnad, _runda(runda)) for runda in rundor]
    rader += [(_dagens_borjan(rad.dag), rad) for rad in motespaneler.tidslinje(arende, user)]
    rader += [(rad.skapad, _beslut(rad, kansli)) for rad in arende.alla_beslut.select_related("organ")]
    rader.sort(key=lambda par: (par[1].dag, par[0]))
    tider = [rad for _, rad in rader]
    if mote := _nasta_mote(arende):
        tider.append(Tidsrad(mote.dag, f"{mote.organ} möts", mote.plats, tid="kommer"))
    return tider


def _dagens_borjan(dag):
    """What a meeting was about comes before what was written of it that day."""
    return make_aware(datetime.combine(dag, time.min))


def _beslut(rad, kansli):
    lankar = (("Beslutet och vad som följer", reverse("moten:beslut_klart", args=[rad.pk])),) if kansli else ()
    return Tidsrad(
        rad.datum, f"{rad.organ}: {rad.get_utfall_display().lower()}, {rad.paragraf}",
        f"Protokollet justerades {datum(rad.justerat)}." if rad.justerat else "Protokollet är inte justerat än.",
        citat=rad.motivering, lankar=lankar, slag="beslut",
        marke=(rad.get_utfall_display(), UTFALL[rad.utfall], "full"),
    )  # fmt: skip


def _steg(rad, arende):
    rubrik, slag = STEG[rad.namn]
    if rad.namn == "registrerad":
        return Tidsrad(arende.inkom, rubrik, f"Ärendet fick nummer {arende.diarienummer}.", slag=slag)
    return Tidsrad(localdate(rad.tid), rubrik, slag=slag)


def _runda(runda):
    yttranden = list(runda.yttranden.all())
    runda.antal, runda.inne = len(yttranden), sum(1 for rad in yttranden if rad.stallning)
    lankar = (("Läs yttrandena", reverse("moten:runda_detail", args=[runda.pk])),)
    if runda.lage == Yttranderunda.Lage.OPPEN:
        text = f"Svar senast {datum(runda.senast)}."
        return Tidsrad(runda.senast, f"Yttranden: {_inne(runda)}", text, "nu", lankar=lankar, slag="yttrande")
    text, _, medskick = runda.sammanfattning.partition("\nMedskick:")
    rubrik = yttrade_sig(runda.inne, runda.antal, krets_for(yttranden))
    return Tidsrad(
        localdate(runda.stangd), rubrik, text, citat=medskick.strip(), lankar=lankar, slag="yttrande"
    )  # fmt: skip


def _nasta_mote(arende):
    """The next meeting of the kind of body that has the case; while it is at the kansli, of the preparation groups."""
    slag = {
        Lage.INKOMMEN: Organ.Slag.BEREDNING, Lage.KOMPLETTERING: Organ.Slag.BEREDNING,
        Lage.BEREDNING: Organ.Slag.BEREDNING, Lage.AU: Organ.Slag.AU, Lage.STYRELSE: Organ.Slag.STYRELSE,
    }.get(arende.lage)  # fmt: skip
    if slag is None:
        return None
    finns = Q(organ__upphorde=None) | Q(organ__upphorde__gte=idag())
    return Mote.objects.kommande().filter(finns, organ__slag=slag).select_related("organ").first()


def nasta_steg(arende, user):
    """Who holds it and what happens next; None when the case has ended. At most two queries."""
    kansliet = str(arende.handlaggare) if arende.handlaggare_id else "kansliet"
    if arende.lage == Lage.INKOMMEN:
        return NastaSteg("Kansliet går igenom ansökan", kansliet)
    if arende.lage == Lage.KOMPLETTERING:
        return NastaSteg("Parterna kompletterar ansökan", "parterna")
    if arende.lage == Lage.BEREDNING:
        return _beredningens(arende, kansliet)
    if arende.lage in (Lage.AU, Lage.STYRELSE):
        vem = "arbetsutskottet" if arende.lage == Lage.AU else "styrelsen"
        text = "Arbetsutskottet tar upp ärendet" if arende.lage == Lage.AU else "Styrelsen beslutar"
        mote = _nasta_mote(arende)
        return NastaSteg(text, vem, mote and mote.dag, "" if mote else "Inget möte är inlagt än.")
    if arende.lage == Lage.BEVILJAD:
        return NastaSteg("Beslutet genomförs", kansliet)
    return None


def _beredningens(arende, kansliet):
    oppen = arende.rundor.filter(lage=Yttranderunda.Lage.OPPEN).med_antal().first()
    if oppen:
        if oppen.senast < idag() or oppen.inne == oppen.antal:
            return NastaSteg("Yttrandena sammanfattas", kansliet, varfor=f"{_inne(oppen)}.")
        return NastaSteg("Beredningsgruppen lämnar yttranden", "beredningsgruppen", oppen.senast, f"{_inne(oppen)}.")
    if arende.rundor.aggregate(stangd=Max("stangd"))["stangd"]:
        return NastaSteg("Kansliet skickar ärendet vidare", kansliet, varfor="Beredningsgruppen har yttrat sig.")
    mote = _nasta_mote(arende)
    return NastaSteg("Kansliet ber om yttranden", kansliet, mote and mote.dag)


def atgarder(arende, user):
    """The buttons that the user may press now, the road first. At most two queries."""
    kansli = policies.can_handle_arende(user)
    gor = arende.mojliga_overgangar
    rader = _vidare(arende, gor) if kansli else []
    if not kansli and (eget := _eget_yttrande(arende, user)):
        rader.append(Atgard("Skriv yttrandet", reverse("moten:yttrande_edit", args=[eget.pk]), huvudsak=True))
    if kansli:
        rader += [
            Atgard(
                "Byt handläggare" if arende.handlaggare_id else "Välj handläggare", _url("handlaggare_edit", arende)
            ),
            Atgard("Lägg till en handling", _url("handling_create", arende)),
            Atgard("Anteckna jäv", _url("jav_edit", arende)),
        ]
        if "avsluta" in gor:
            rader.append(Atgard("Avsluta ärendet", _url("arende_avsluta", arende)))
    if "aterkalla" in gor and policies.can_withdraw_arende(user, arende):
        rader.append(Atgard("Återkalla ansökan", _url("arende_aterkalla", arende)))
    return rader


def _url(namn, arende):
    return reverse(f"moten:{namn}", args=[arende.pk])


def _vidare(arende, gor):
    """Where the case may go from here; the most usual is the primary button."""
    oppen = arende.rundor.filter(lage=Yttranderunda.Lage.OPPEN).first()
    fragad = oppen or arende.lage == Lage.BEREDNING and arende.rundor.exists()
    rader = []
    if oppen:
        rader.append(Atgard("Se och skriv yttranden", reverse("moten:runda_detail", args=[oppen.pk]), huvudsak=True))
    elif arende.lage in KAN_FRAGAS:
        forst = arende.lage in (Lage.INKOMMEN, Lage.BEREDNING) and not fragad
        rader.append(Atgard("Be om yttranden", _url("runda_create", arende), huvudsak=forst))
    if arende.lage in FAR_BESLUTA:
        text = "Skriv in beslut" if arende.lage == Lage.STYRELSE else "Skriv in återremiss"
        rader.append(Atgard(text, _url("beslut_create", arende), huvudsak=arende.lage == Lage.STYRELSE and not oppen))
    for overgang, text in (
        ("till_beredning", "Skicka till beredningsgruppen"), ("till_au", "Skicka till arbetsutskottet"),
        ("till_styrelse", "Skicka till styrelsen"),
    ):  # fmt: skip
        if overgang in gor:
            forst = not oppen and overgang == "till_styrelse" and (arende.lage == Lage.AU or bool(fragad))
            rader.append(Atgard(text, _url(f"arende_{overgang}", arende), huvudsak=forst, metod="post"))
    return rader


def _eget_yttrande(arende, user):
    """The user's own party's opinion in the open round, given or not."""
    parter = user.parter_som(Roll.BEREDNING)
    if not parter:
        return None
    return Yttrande.objects.filter(
        runda__arende=arende, runda__lage=Yttranderunda.Lage.OPPEN, part__in=parter
    ).order_by("-stallning", "pk").first()  # fmt: skip


def fakta(arende, user):
    """Beside what the page itself knows about the case."""
    return [("Huvudpart", str(arende.huvudpart))] if arende.huvudpart_id else []
