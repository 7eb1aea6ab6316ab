"""Where an application, an agreement and an insats were treated, on their pages, for who may read it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from insatser import behandlad
from insatser.models import Ansokan
from moten.models import Punkt, Utfall
from samordning.karna.kalender import idag
from tests.insatser.fabrik import ny_insats
from tests.insatser.fabrik_ansokan import ny_part
from tests.insatser.fabrik_avtal import bifall, lopande_avtal
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db


def en_behandling(arende, slag="styrelse", fore=5, nummer=34, typ="beslut", lage="avslutat", **falt):
    mote = ett_mote(slag, lage=lage, dag=idag() - timedelta(fore))
    punkt = Punkt.objects.create(mote=mote, ordning=1, nummer=nummer, rubrik="Ett ärende", arende=arende)
    Utfall.objects.create(punkt=punkt, typ=typ, text="Så blev det.", **falt)
    return punkt


@pytest.fixture
def avtalet(kommun):
    """An agreement with the decision that it came of and its application, and a prolongation with a case of its own."""
    insats = ny_insats("Gläntan")
    _, beslut = bifall(kommun, ny_part(), insats=insats)
    avtal = lopande_avtal(kommun, insats=insats, beslut=beslut)
    _, forlangning = bifall(kommun, ny_part(), insats=insats)
    Ansokan.objects.filter(arende=forlangning.arende).update(avtal=avtal, slag="forlangning")
    return avtal, beslut.arende, forlangning.arende


def _ansokan(arende):
    return Ansokan.objects.get(arende=arende)


def test_the_pages_lead_to_the_item(inloggad, avtalet):
    avtal, arende, forlangning = avtalet
    punkt = en_behandling(arende, arendeutfall="bifall")
    medskick = en_behandling(forlangning, "beredning", fore=2, nummer=4, typ="medskick")
    client = inloggad("kansli")

    def sidan(namn, *args):
        return client.get(reverse(namn, args=args)).content.decode()

    lank, lank_2 = (f"{reverse('moten:mote_detail', args=[rad.mote_id])}#p{rad.pk}" for rad in (punkt, medskick))
    for html in (sidan("avtal:avtal_detail", avtal.pk), sidan("insatser:insats_detail", avtal.insats.slug)):
        assert html.index(lank_2) < html.index(lank)  # the latest first
        assert "Bifall" in html
        assert "1 medskick" in html
        assert "punkt 4" in html
    html = sidan("ansokan:ansokan_detail", _ansokan(arende).pk)
    assert lank in html
    assert lank_2 not in html
    assert client.get(lank.partition("#")[0]).status_code == 200
    assert f'id="{lank.partition("#")[2]}"' in client.get(lank.partition("#")[0]).content.decode()


def test_only_what_the_reader_may_read(client, inloggad, avtalet):
    """The board's record is not published: the preparation group does not read it, and the public reads nothing."""
    avtal, arende, forlangning = avtalet
    en_behandling(arende)
    en_behandling(forlangning, "beredning", fore=2)
    en_behandling(arende, "au", fore=1, lage="pagar")  # not closed: nothing came of it yet
    sida = reverse("insatser:insats_detail", args=[avtal.insats.slug])
    assert "Behandlad vid" not in client.get(sida).content.decode()
    html = inloggad("beredning").get(sida).content.decode()
    assert "Beredningsgrupp" in html
    assert "Styrelse " not in html.partition("Behandlad vid")[2]
    html = inloggad("kansli").get(sida).content.decode()
    assert "Styrelse " in html.partition("Behandlad vid")[2]
    assert "Arbetsutskott" not in html.partition("Behandlad vid")[2]
    assert "Behandlad vid" not in inloggad("insatspersonal").get(sida).content.decode()


@pytest.mark.parametrize("antal", [1, 8])
def test_it_asks_as_often_for_many(ny_anvandare, avtalet, django_assert_num_queries, antal):
    avtal, arende, _ = avtalet
    for nr in range(antal):
        en_behandling(arende, fore=nr + 1, nummer=nr + 1)
    kansli = ny_anvandare("kansli")
    kansli.pagaende_uppdrag  # noqa: B018
    ansokan = _ansokan(arende)
    for gor in (
        lambda: behandlad.for_ansokan(ansokan, kansli),
        lambda: behandlad.for_avtal(avtal, kansli),
        lambda: behandlad.for_insats(avtal.insats, kansli),
    ):
        with django_assert_num_queries(2):
            assert len(gor()) == antal


def test_what_was_never_treated_says_nothing(inloggad, kommun):
    avtal = lopande_avtal(kommun)  # from the time before: no decision in the system
    html = inloggad("kansli").get(reverse("avtal:avtal_detail", args=[avtal.pk])).content.decode()
    assert "Behandlad vid" not in html
