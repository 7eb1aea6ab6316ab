"""A word that is masked is looked for everywhere that somebody outside the body can look."""

import json
import shutil
import subprocess
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse

from moten import policies, publicering, styrelserapport
from moten.maskering import DOLT
from moten.models import (
    Grupp,
    Grupparbete,
    Kallelse,
    Ledamotskap,
    Narvaro,
    Organ,
    Punkt,
    Underlag,
    Utfall,
)
from samordning.karna import filer
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Kontakt
from tests.insatser.fabrik_ansokan import ny_part, skickad_ansokan
from tests.moten.fabrik import ett_mote, nytt_organ
from tests.uppfoljning.tryck import sidor, strommar

pytestmark = pytest.mark.django_db
ORD = "Kanariefågel Överström"
VARIANTER = (ORD, ORD.upper(), "Kanariefågel\n  Överström", "Kanariefa\u030agel O\u0308verstro\u0308m", f"{ORD}s")
SPAR = ("kanarie", "överström", "verstr", "verstro\u0308m")


@pytest.fixture
def mote(kommun, forbund, ny_anvandare):
    """A record of a public preparation group with the word in every field that somebody types; published, masked."""
    organ = nytt_organ("beredning")
    Organ.objects.filter(pk=organ.pk).update(publikt=True)
    organ = nytt_organ("beredning")
    mote = ett_mote(
        organ=organ, lage="avslutat", dag=idag() - timedelta(3), plats=f"Hos {ORD}", rubrik=f"Dag med {ORD.upper()}"
    )
    person = Kontakt.objects.create(namn=ORD, part=kommun)
    Narvaro.objects.create(mote=mote, kontakt=person, part=kommun, status="narvarande", ersatter_namn=ORD)
    arende = skickad_ansokan(kommun, ny_part(), lage="beredning").arende
    punkt = Punkt.objects.create(
        mote=mote, ordning=1, nummer=1, rubrik=f"Om {ORD}", text="\n\n".join(VARIANTER), underlag=ORD, intern=ORD,
        foredragande=person, arende=arende, status="hanvisad", hanvisad_till=f"{ORD}s brev",
    )  # fmt: skip
    for typ in ("medskick", "beslut", "atgard", "information"):
        Utfall.objects.create(punkt=punkt, typ=typ, text=f"Tala med {ORD}.", ansvarig=person, uppfoljning=ORD)
    arbete = Grupparbete.objects.create(punkt=punkt, fragor=f"Vad vill {ORD}?", staller=True, lage="stangd")
    Grupp.objects.create(arbete=arbete, nr=1, text=f"{ORD} vill.").deltagare.add(mote.narvaro.get())
    fil = filer.spara(ORD.encode(), "a.pdf")
    fil.godkann()
    for vart in (punkt, None):
        Underlag.objects.create(mote=mote, punkt=vart, rubrik=f"Brev från {ORD}", fil=fil)
    Kallelse.objects.create(mote=mote, nr=1, fil=fil, innehall={})
    mote.ordforande = mote.sekreterare = person
    mote.save()
    blad, _, _ = publicering.underlag(mote)
    publicering.publicera(mote, blad, [(ORD, "")], [], av=ny_anvandare("kansli"))
    return mote


def _spar(text):
    gemen = text.casefold()
    return [ett for ett in SPAR if ett in gemen]


def test_the_frozen_record_and_its_files_hold_nothing_of_it(mote, client):
    rad = mote.publiceringar.get()
    text = json.dumps(rad.innehall, ensure_ascii=False)
    assert text.count(DOLT) > 15
    assert _spar(text) == []
    assert _spar(json.dumps(publicering.publicerat_innehall(mote))) == []
    svar = client.get(reverse("moten:protokoll_fil", args=[mote.pk]))
    pdf = svar.content
    assert _spar(svar["Content-Disposition"]) == []
    assert DOLT in " ".join(sidor(pdf))
    assert _spar(" ".join(sidor(pdf))) == []
    assert _spar(strommar(pdf).decode("latin-1") + strommar(pdf).decode("utf-16-be", "ignore")) == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")
def test_another_program_reads_nothing_of_it_in_the_pdf(mote, client, tmp_path):
    fil = tmp_path / "p.pdf"
    fil.write_bytes(client.get(reverse("moten:protokoll_fil", args=[mote.pk])).content)
    text = subprocess.run(["pdftotext", "-layout", fil, "-"], capture_output=True, check=True).stdout.decode()
    assert DOLT in text
    assert _spar(text) == []


def _adresser(mote):
    punkt = mote.punkter.get()
    return [
        reverse("moten:protokoll_list"), reverse("moten:protokoll_list") + f"?q={quote('överström')}",
        reverse("moten:protokoll_list") + f"?q={quote('kanariefågel')}", reverse("moten:protokoll_list") + "?q=tala",
        reverse("moten:protokoll_detail", args=[mote.pk]), reverse("moten:anslag_list"),
        reverse("moten:kalender_organ", args=[mote.organ_id]),
        reverse("moten:mote_list"), reverse("moten:mote_detail", args=[mote.pk]), reverse("moten:atgard_list"),
        reverse("moten:atgard_list") + "?visa=alla", reverse("sidor:start"),
        reverse("sidor:sok") + f"?q={quote('kanariefågel')}", reverse("sidor:sok") + "?q=tala",
        reverse("moten:min_anteckning", args=[punkt.pk]),
        reverse("moten:protokoll_pdf", args=[mote.pk]), reverse("moten:paragraf_pdf", args=[mote.pk, punkt.pk]),
        reverse("sidor:arende", args=[punkt.arende_id]),
        *(reverse("moten:underlag_fil", args=[rad.pk]) for rad in mote.underlag.all()),
        reverse("moten:kallelse_fil", args=[mote.kallelser.get().pk]),
    ]  # fmt: skip


@pytest.mark.parametrize("roll", [None, "styrelse", "revisor", "ekonom", "partsforetradare", "remittent"])
def test_no_page_tells_it_to_who_does_not_belong(mote, client, ny_anvandare, roll):
    if roll:
        konto = ny_anvandare(roll)
        assert policies.sees_only_published(konto, mote)
        client.force_login(konto)
    for adress in _adresser(mote):
        svar = client.get(adress, follow=True)
        text = svar.content.decode("utf-8", "replace")
        if svar.content.startswith(b"%PDF"):
            text = " ".join(sidor(svar.content))
        # What was searched for is said back to the one who searched.
        for sokt in ("kanariefågel", "överström") if "?q=" in adress else ():
            text = text.replace(sokt, "").replace(quote(sokt), "").replace(quote(quote(sokt)), "")
        assert _spar(text) == [], adress
        assert _spar(svar.get("Content-Disposition", "")) == [], adress


def test_search_has_no_hit_on_it_for_who_does_not_belong(mote, client, ny_anvandare):
    client.force_login(ny_anvandare("styrelse"))
    for ord_, finns in (("överström", False), ("kanarie", False), ("tala", True)):
        html = client.get(reverse("sidor:sok"), {"q": ord_}).content.decode()
        assert (f"/moten/{mote.pk}/" in html) == finns, ord_
        html = client.get(reverse("moten:protokoll_list"), {"q": ord_}).content.decode()
        assert (f"/protokoll/{mote.pk}/" in html) == finns, ord_


def test_what_the_board_decided_is_told_to_the_groups_as_it_was_published(mote, ny_anvandare):
    styrelsens = ett_mote(lage="avslutat", dag=idag() - timedelta(2), avslutat=nu())
    punkt = Punkt.objects.create(mote=styrelsens, ordning=1, rubrik=f"Om {ORD}", text="Text.", status="behandlad")
    Utfall.objects.create(punkt=punkt, typ="beslut", text=f"Styrelsen tackar {ORD}.")
    blad, _, _ = publicering.underlag(styrelsens)
    publicering.publicera(styrelsens, blad, [(ORD, "")], [], av=ny_anvandare("kansli"))
    text = styrelserapport.block(ett_mote(organ=mote.organ, om=1))
    assert f"Styrelsen tackar {DOLT}." in text
    assert _spar(text) == []


def test_who_belongs_reads_it_as_it_stands(mote, client, ny_anvandare, kommun):
    konto = ny_anvandare()
    kontakt = Kontakt.objects.create(namn="Eva Prov", part=kommun, anvandare=konto)
    Ledamotskap.objects.create(organ=mote.organ, kontakt=kontakt, part=kommun, fran=idag() - timedelta(99))
    client.force_login(konto)
    svar = client.get(reverse("moten:mote_detail", args=[mote.pk]))
    assert svar.status_code == 200
    assert ORD in client.get(reverse("moten:mote_list")).content.decode()
    assert client.get(reverse("moten:min_anteckning", args=[mote.punkter.get().pk])).status_code in (200, 404)
    underlag = mote.underlag.get(punkt=None)
    assert client.get(reverse("moten:underlag_fil", args=[underlag.pk])).status_code == 200


def test_the_lists_ask_as_often_for_many(client, ny_anvandare, forbund, django_assert_num_queries, mote):
    client.force_login(ny_anvandare("revisor"))
    adresser = [reverse("moten:protokoll_list"), reverse("moten:mote_list")]
    antal = {}
    for steg in range(2):
        for adress in adresser:
            client.get(adress)
            with django_assert_num_queries(antal[adress]) if steg else _raknar(antal, adress):
                client.get(adress)
        for nr in range(5 * (1 - steg)):
            nytt = ett_mote(organ=mote.organ, lage="avslutat", dag=idag() - timedelta(20 + nr), plats="Hemma hos Bo")
            blad, _, _ = publicering.underlag(nytt)
            publicering.publicera(nytt, blad, [("Bo", "")], [], av=ny_anvandare("kansli"))


class _raknar:
    """Keeps how many queries were asked."""

    def __init__(self, antal, adress):
        self.antal, self.adress = antal, adress

    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.fangade = CaptureQueriesContext(connection)
        self.fangade.__enter__()

    def __exit__(self, *fel):
        self.fangade.__exit__(*fel)
        self.antal[self.adress] = len(self.fangade)
