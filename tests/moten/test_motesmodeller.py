"""What the database promises about meetings: locked records, numbers given once, positions without a name."""

import pytest
from django.db import IntegrityError, transaction

from moten import policies
from moten.models import Mote, Narvaro, Paragraf, Punkt, Utfall
from samordning.karna.models import Kontakt, Roll
from tests.moten.fabrik import ett_mote

pytestmark = pytest.mark.django_db


def test_ett_justerat_protokoll_andras_inte():
    mote = ett_mote()
    punkt = Punkt.objects.create(mote=mote, ordning=1, rubrik="Budget", nummer=7)
    utfall = Utfall.objects.create(punkt=punkt, typ="beslut", text="Styrelsen fastställer budgeten.")
    Mote.objects.filter(pk=mote.pk).update(lage="justerat")
    for bryt in (
        lambda: Punkt.objects.filter(pk=punkt.pk).update(text="Något annat"),
        lambda: Punkt.objects.filter(pk=punkt.pk).update(status="bordlagd"),
        lambda: Punkt.objects.create(mote=mote, ordning=2, rubrik="Smyg in"),
        lambda: Punkt.objects.filter(pk=punkt.pk).delete(),
        lambda: Utfall.objects.filter(pk=utfall.pk).update(text="Något annat"),
        lambda: Utfall.objects.create(punkt=punkt, typ="beslut", text="Smyg in"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            bryt()
    assert Utfall.objects.filter(pk=utfall.pk).update(lage="klar", uppfoljning="Skickat till parterna.") == 1
    assert Punkt.objects.filter(pk=punkt.pk).update(avford="Tas inte upp igen.") == 1


def test_ett_nummer_ges_en_gang():
    mote = ett_mote()
    punkt = Punkt.objects.create(mote=mote, ordning=1, rubrik="Budget", nummer=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Punkt.objects.filter(pk=punkt.pk).update(nummer=8)
    rad = Paragraf.objects.create(organ=mote.organ, ar=2026, nummer=7, punkt=punkt)
    with pytest.raises(IntegrityError), transaction.atomic():
        rad.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Paragraf.objects.create(
            organ=mote.organ, ar=2026, nummer=7, punkt=Punkt.objects.create(mote=mote, ordning=2, rubrik="Övrigt")
        )


def test_urvalet_ar_regeln(ny_anvandare, kommun):
    """`visible_to` and the policies say the same for every role, body and state."""
    alla_roller = [ny_anvandare(roll, part=kommun) for roll in Roll if roll != Roll.KONTOANSVARIG]
    moten = []
    for slag in ("styrelse", "beredning", "au", "medlemsrad"):
        for lage in ("planerat", "kallat", "publicerat"):
            mote = ett_mote(slag=slag, publicerat=lage == "publicerat")
            Punkt.objects.create(mote=mote, ordning=1, rubrik="Öppnande")
            mote.lage = lage
            mote.save()
            moten.append(mote)
    for user in alla_roller:
        ser = set(Mote.objects.visible_to(user))
        ser_punkter = {punkt.mote for punkt in Punkt.objects.visible_to(user).select_related("mote")}
        for mote in moten:
            assert (mote in ser) == policies.can_view_mote(user, mote), (user, mote, mote.lage)
            punkt = mote.punkter.get()
            assert (mote in ser_punkter) == policies.can_view_punkt(user, punkt), (user, mote, mote.lage)
    assert any(Mote.objects.visible_to(user).count() == 12 for user in alla_roller)
    assert any(Mote.objects.visible_to(user).count() == 0 for user in alla_roller)


def test_narvaron_star_i_svensk_ordning(kommun):
    mote = ett_mote()
    for namn in ("Örjan Ek", "Åsa Ek", "Zara Ek", "Ärla Ek"):
        Narvaro.objects.create(mote=mote, kontakt=Kontakt.objects.create(namn=namn, part=kommun))
    assert [str(rad) for rad in mote.narvaro.i_ordning()] == ["Zara Ek", "Åsa Ek", "Ärla Ek", "Örjan Ek"]
