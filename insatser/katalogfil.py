"""The catalogue as JSON, for the web pages of the association and the parties. Holds what the public pages show."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, Prefetch, Q
from django.urls import reverse

from insatser import visning
from insatser.katalog import Katalog
from insatser.models import Insats, Insatskontakt
from samordning.karna.models import Handelse, Part

# Counted up when a key changes its meaning or goes away; a new key does not.
VERSION = 1
# What happened that changes the page; who works there is nobody's business.
ANDRAR_SIDAN = ("skapad", "andrad", "platser", "kontakt_tillagd", "kontakt_andrad", "kontakt_borttagen")


def katalog(fraga):
    """The rows that the catalogue's own address parameters give, without login, in the order of the list.

    A value that no published insats has gives nothing, where the page would leave it out: a municipality's page must
    not show the whole catalogue on the day that its last insats ends.
    """
    katalogen = Katalog(fraga, AnonymousUser())
    rader = katalogen.traffar().prefetch_related(
        Prefetch("insatskontakter", Insatskontakt.objects.select_related("kontakt__part"))
    )
    if any(fraga.getlist(namn) and not valda for namn, valda in katalogen.valda.items()):
        return rader.none()
    return rader


def innehall(sida, nasta):
    """{key: value} of one page of `katalog`; `nasta` is the address of the next one or None. Two queries of its own."""
    insatser = list(sida)
    andrade = _senast_andrade(insatser)
    forbund = Part.objects.forbund()
    rader = [_rad(insats, andrade.get(insats.pk)) for insats in insatser]
    return {
        "version": VERSION,
        "forbund": {"namn": forbund.namn, "telefon": forbund.telefon, "epost": forbund.epost},
        "katalog": settings.ADRESS + reverse("insatser:insats_list"),
        "antal": sida.paginator.count,
        "sida": sida.number,
        "sidor": sida.paginator.num_pages,
        "nasta": nasta,
        "senast_andrad": max((rad["senast_andrad"] for rad in rader if rad["senast_andrad"]), default=None),
        "insatser": rader,
    }


def _rad(insats, andrad):
    # As on the page: an insats that has ended or is for the parties themselves has no free places.
    har_platser = insats.inriktning == Insats.Inriktning.INDIVID and not insats.har_avslutats
    visas = har_platser and insats.lediga_platser is not None
    return {
        "namn": insats.namn,
        "kod": insats.slug,
        "adress": settings.ADRESS + reverse("insatser:insats_detail", args=[insats.slug]),
        "blad": settings.ADRESS + reverse("insatser:insats_blad", args=[insats.slug]),
        "arrangor": str(insats.agare),
        "inriktning": insats.inriktning,
        "aven_strukturell": insats.aven_strukturell,
        "sammanfattning": insats.sammanfattning,
        "beskrivning": insats.beskrivning,
        "malgrupp": insats.malgrupp,
        "grupper": _kodade(Insats.Grupp, insats.grupper),
        "alder_fran": insats.alder_fran,
        "alder_till": insats.alder_till,
        "orter": insats.orter,
        "skaraborgsgemensam": insats.skaraborgsgemensam,
        "upplagg": _kodade(Insats.Upplagg, insats.upplagg),
        "metod": insats.metod,
        "mal": insats.mal,
        "bakgrund": insats.bakgrund,
        "omfattning": insats.omfattning,
        "tid": visning.tid(insats),
        "start": insats.start,
        "slut": insats.slut,
        "avslutad": insats.har_avslutats,
        "remittenter": _kodade(Insats.Remittent, insats.remittenter),
        "tar_emot": insats.tar_emot,
        "lediga_platser": insats.lediga_platser if visas else None,
        "platser_totalt": insats.platser_totalt if visas else None,
        "platser_bekraftade": insats.platser_bekraftade if visas else None,
        "platser_ar_gamla": insats.platser_ar_gamla if visas else None,
        "nasta_start": visning.nasta_start(insats) if har_platser else "",
        "hitta_hit": insats.hitta_hit,
        "ovrigt": insats.ovrigt,
        "lankar": [adress for _, adress in visning.lankar(insats) if adress],
        "kontakter": [_kontakt(rad.kontakt) for rad in insats.insatskontakter.all()],
        "senast_andrad": andrad,
    }


def _kodade(val, varden):
    return [{"kod": kod, "text": text} for kod, text in val.choices if kod in varden]


def _kontakt(kontakt):
    return {
        "namn": kontakt.namn,
        "titel": kontakt.titel,
        "organisation": str(kontakt.part),
        "telefon": kontakt.telefon,
        "epost": kontakt.epost,
    }


def _senast_andrade(insatser):
    """{primary key: moment} from the record of events, of the sheet itself and of its contacts in the register."""
    egna = {str(insats.pk) for insats in insatser}
    kontakter = {str(rad.kontakt_id) for insats in insatser for rad in insats.insatskontakter.all()}
    tider = {
        (typ, nyckel): tid
        for typ, nyckel, tid in Handelse.objects.filter(
            Q(objekt_typ="insatser.insats", objekt_id__in=egna, namn__in=ANDRAR_SIDAN)
            | Q(objekt_typ="karna.kontakt", objekt_id__in=kontakter)
        )
        .values_list("objekt_typ", "objekt_id")
        .annotate(tid=Max("tid"))
    }
    andrade = {}
    for insats in insatser:
        nycklar = [("insatser.insats", str(insats.pk))]
        nycklar += [("karna.kontakt", str(rad.kontakt_id)) for rad in insats.insatskontakter.all()]
        andrade[insats.pk] = max((tider[nyckel] for nyckel in nycklar if nyckel in tider), default=None)
    return andrade
