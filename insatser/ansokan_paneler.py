"""What the panels of the roof say about applications: what waits for their writers, and their part of a case's life."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from insatser import avsnitt, policies
from insatser.avsnitt import EFTER_NYCKEL
from insatser.models import Ansokan, Ansokanspart
from insatser.visning import upprakning
from moten.models import Arende
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Roll
from samordning.karna.paneler import Atgard, AttGora, NastaSteg, Tidsrad

# A draft that nobody has come back to: either it is finished, or it is in the way.
GAMMALT_UTKAST = timedelta(days=60)


# ---- The start page


def att_gora(user):
    """For who speaks for a party; the kansli has nothing to do with the parties' drafts. Three queries."""
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    if not egna:
        return []
    mina = Ansokan.objects.filter(pk__in=Ansokanspart.objects.filter(part__in=egna).values("ansokan"))
    return _komplettera(mina) + _ta_stallning(egna) + _gamla_utkast(mina)


def _komplettera(mina):
    oppna = Q(punkter__version=None)
    rader = (
        mina.filter(arende__lage=Arende.Lage.KOMPLETTERING)
        .annotate(senast=Min("punkter__senast", filter=oppna), antal=Count("punkter", filter=oppna))
        .filter(antal__gt=0)
        .order_by("senast", "pk")
    )
    return [
        AttGora(
            f"Komplettera ansökan {rad.rubrik}",
            reverse("ansokan:komplettering_edit", args=[rad.pk]),
            f"Kansliet har bett om svar på {rad.antal} {'punkt' if rad.antal == 1 else 'punkter'}.",
            rad.senast,
            ("Försenad", "fara", "trekant") if rad.senast < idag() else ("Ska kompletteras", "varn", "trekant"),
        )
        for rad in rader
    ]


def _ta_stallning(egna):
    """Parties that have not ticked, of drafts that somebody else answers for or has ticked."""
    vantar = Q(ansokan__lage=Ansokan.Lage.UTKAST) | Q(ansokan__arende__lage=Arende.Lage.KOMPLETTERING)
    rader = (
        Ansokanspart.objects.filter(vantar, part__in=egna, star_bakom=None, huvud=False)
        .select_related("ansokan", "part")
        .order_by("pk")
    )
    return [
        AttGora(
            f"Ta ställning till ansökan {rad.ansokan.rubrik}",
            reverse("ansokan:parter", args=[rad.ansokan_id]),
            f"{rad.part} är med i ansökan men står inte bakom den än.",
        )
        for rad in rader
    ]


def _gamla_utkast(mina):
    rader = mina.filter(lage=Ansokan.Lage.UTKAST, skapad__lt=nu() - GAMMALT_UTKAST).order_by("skapad", "pk")
    return [
        AttGora(
            f"Skriv klart ansökan {rad.rubrik}",
            reverse("ansokan:kontroll", args=[rad.pk]),
            "Utkastet är äldre än två månader. Skicka det, eller ta bort det om det inte behövs.",
        )
        for rad in rader
    ]


# ---- The page of a case


def _ansokan(arende):
    """The application of a case with what the panels tell of it, or None for a case about something else.

    One query and one for each relation; kept on the case, since one page asks for several panels.
    """
    if not hasattr(arende, "_ansokan"):
        rader = Ansokan.objects.filter(arende=arende).select_related("insats", "omarbetning_av__arende")
        rader = rader.prefetch_related("parter__part", "versioner", "punkter", "belopp", "ideer", "omarbetningar")
        arende._ansokan = rader.first()
    return arende._ansokan


def tidslinje(arende, user):
    ansokan = _ansokan(arende)
    if ansokan is None:
        return []
    rader = [*_ideer(ansokan, user), *_utkast(ansokan, user), *_versioner(ansokan), *_kompletteringar(ansokan)]
    return rader + _omarbetningar(ansokan, user)


def _ideer(ansokan, user):
    listar = policies.can_list_ansokningar(user)
    return [
        Tidsrad(
            localdate(ide.skapad),
            "Idén skrevs ner",
            ide.rubrik,
            lankar=((("Läs idén", reverse("ansokan:ide_edit", args=[ide.pk])),) if listar else ()),
            slag="ansokan",
        )
        for ide in ansokan.ideer.all()
    ]


def _utkast(ansokan, user):
    text, lankar = "Parterna började skriva ansökan.", ()
    if gammal := ansokan.omarbetning_av:
        text = f"Parterna började arbeta om ansökan i ärende {gammal.arende.diarienummer}."
        if Arende.objects.visible_to(user).filter(pk=gammal.arende_id).exists():
            lankar = (
                (f"Ärende {gammal.arende.diarienummer}", reverse("sidor:arende", args=[gammal.arende_id])),
                ("Den tidigare ansökan", reverse("ansokan:ansokan_detail", args=[gammal.pk])),
            )
    return [Tidsrad(localdate(ansokan.skapad), "Utkastet skapades", text, lankar=lankar, slag="ansokan")]


def _versioner(ansokan):
    detalj = reverse("ansokan:ansokan_detail", args=[ansokan.pk])
    skillnader = reverse("ansokan:ansokan_versioner", args=[ansokan.pk])
    parter = upprakning(str(rad.part) for rad in ansokan.parter.all())
    rader = []
    for version in ansokan.versioner.all():
        forsta = version.nr == 1
        lank = ("Läs ansökan", detalj) if forsta else ("Se vad som är ändrat", f"{skillnader}?till={version.nr}")
        rader.append(
            Tidsrad(
                localdate(version.skickad),
                "Ansökan kom in" if forsta else f"Kompletteringen kom in, version {version.nr}",
                f"{parter} söker tillsammans." if forsta else _svar(ansokan, version),
                lankar=(lank,),
                slag="ansokan" if forsta else "komplettering",
            )
        )
    return rader


def _svar(ansokan, version):
    return _punkter((punkt, punkt.svar) for punkt in ansokan.punkter.all() if punkt.version_id == version.pk)


def _punkter(par):
    return "\n".join(f"{EFTER_NYCKEL[punkt.avsnitt].rubrik}: {text}" for punkt, text in par if text)


def _kompletteringar(ansokan):
    """One row for each asking: points that the same version answers, or that none has answered yet."""
    omgangar = {}
    for punkt in ansokan.punkter.all():
        omgangar.setdefault(punkt.version_id, []).append(punkt)
    rader = []
    for version, punkter in omgangar.items():
        senast = min(punkt.senast for punkt in punkter)
        oppen = version is None
        rader.append(
            Tidsrad(
                localdate(min(punkt.begard for punkt in punkter)),
                "Kansliet bad om en komplettering",
                f"Svar senast {date_format(senast, 'j F Y')}.",
                "nu" if oppen and ansokan.arende.lage == Arende.Lage.KOMPLETTERING else "klar",
                _punkter((punkt, punkt.text) for punkt in punkter),
                slag="komplettering",
            )
        )
    return rader


def _omarbetningar(ansokan, user):
    nycklar = [rad.pk for rad in ansokan.omarbetningar.all()]
    if not nycklar:
        return []
    synliga = Ansokan.objects.visible_to(user).filter(pk__in=nycklar).select_related("arende").order_by("pk")
    return [
        Tidsrad(
            localdate(ny.skapad),
            "Ansökan arbetas om",
            "Parterna skriver en ny ansökan." if ny.arende is None else f"Den nya ansökan är ärende {ny.arende}.",
            lankar=(("Den omarbetade ansökan", reverse("ansokan:ansokan_detail", args=[ny.pk])),),
            slag="ansokan",
        )
        for ny in synliga
    ]


def nasta_steg(arende, user):
    if arende.lage != Arende.Lage.KOMPLETTERING or (ansokan := _ansokan(arende)) is None:
        return None
    oppna = [punkt for punkt in ansokan.punkter.all() if punkt.version_id is None]
    kvar = sum(punkt.atgardad is None for punkt in oppna)
    return NastaSteg(
        "Parterna kompletterar ansökan",
        upprakning(str(rad.part) for rad in ansokan.parter.all()),
        min((punkt.senast for punkt in oppna), default=None),
        f"{kvar} av {len(oppna)} punkter är kvar att svara på." if kvar else "Alla punkter är klara att skicka.",
    )


def atgarder(arende, user):
    ansokan = _ansokan(arende)
    if ansokan is None:
        return []
    rader = []
    if policies.can_write_ansokan(user, ansokan):
        if arende.lage == Arende.Lage.KOMPLETTERING:
            url = reverse("ansokan:komplettering_edit", args=[ansokan.pk])
            rader.append(Atgard("Komplettera ansökan", url, huvudsak=not user.ar_kansli))
        if arende.lage == Arende.Lage.AVSLAGEN:
            url = reverse("ansokan:ansokan_omarbeta", args=[ansokan.pk])
            rader.append(Atgard("Gör en omarbetad ansökan", url, metod="post"))
    if policies.can_view_ansokan(user, ansokan):
        rader.append(Atgard("Läs ansökan", reverse("ansokan:ansokan_detail", args=[ansokan.pk])))
        if len(ansokan.versioner.all()) > 1:
            rader.append(Atgard("Jämför versionerna", reverse("ansokan:ansokan_versioner", args=[ansokan.pk])))
    return rader


def fakta(arende, user):
    ansokan = _ansokan(arende)
    if ansokan is None:
        return []
    innehall = _skickat(ansokan)
    huvud = next((str(rad.part) for rad in ansokan.parter.all() if rad.huvud), "")
    rader = [
        ("Sorts ansökan", ansokan.get_slag_display()),
        ("Huvudpart", huvud),
        ("Insats", str(ansokan.insats) if ansokan.insats and policies.can_view_insats(user, ansokan.insats) else ""),
        *innehall,
    ]
    return [rad for rad in rader if rad[1]]


def _skickat(ansokan):
    """Period and sums as they were last sent: what is being completed is the parties' own until they send it."""
    versioner = list(ansokan.versioner.all())
    texter = versioner[-1].innehall if versioner else avsnitt.som_text(ansokan)
    summor = [rad for rad in texter.get("budget", "").splitlines() if rad[:4].isdecimal() and rad[4:6] == ": "]
    return [("Period", texter.get("period", "")), ("Söker", "\n".join(summor))]
