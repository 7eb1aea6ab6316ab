"""What names a person is unreadable in the database, opens only in its own row, and survives a change of key."""

import os
import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from samordning.karna.krypto import Kryptogram, dekryptera, kryptera, uppslag
from samordning.karna.models import Fil

PLATS = "tabell|kolumn|rad"


def ny_fil(namn):
    return Fil.objects.create(
        sha256="0" * 64, storlek=1, typ="pdf", person=True, uuid=uuid.uuid4(), namn_krypterat=namn
    )


def radens_bytes(fil):
    with connection.cursor() as c:
        c.execute("select namn_krypterat from karna_fil where id = %s", [fil.pk])
        varde = c.fetchone()[0]
    return None if varde is None else bytes(varde)


def test_round_trip_and_every_ciphertext_differs():
    ett, tva = (kryptera("Åsa Öhrn".encode(), PLATS) for _ in range(2))
    assert ett != tva
    assert "Åsa".encode() not in ett
    assert dekryptera(ett, PLATS).decode() == "Åsa Öhrn"


def test_opens_only_in_its_place():
    with pytest.raises(InvalidTag):
        dekryptera(kryptera(b"hemligt", PLATS), "tabell|kolumn|annan")


def test_a_changed_byte_does_not_open():
    kryptogram = bytearray(kryptera(b"hemligt", PLATS))
    kryptogram[-1] ^= 1
    with pytest.raises(InvalidTag):
        dekryptera(bytes(kryptogram), PLATS)


def test_the_first_key_writes_and_old_keys_still_read(settings):
    gammal = settings.KRYPTERINGSNYCKLAR
    med_gammal = kryptera(b"hemligt", PLATS)
    ny_id = max(gammal) + 1
    settings.KRYPTERINGSNYCKLAR = {ny_id: os.urandom(32), **gammal}
    assert kryptera(b"nytt", PLATS)[0] == ny_id
    assert dekryptera(med_gammal, PLATS) == b"hemligt"
    settings.KRYPTERINGSNYCKLAR = {ny_id: os.urandom(32)}
    with pytest.raises(KeyError):
        dekryptera(med_gammal, PLATS)


def test_lookup_is_keyed_and_separates_kinds(settings):
    varde = uppslag("pnr", "198703120000")
    assert len(varde) == 32
    assert varde == uppslag("pnr", "198703120000")
    assert varde != uppslag("kod", "198703120000")
    settings.UPPSLAGSNYCKEL = os.urandom(32)
    assert varde != uppslag("pnr", "198703120000")


@pytest.mark.django_db
def test_a_field_is_ciphertext_in_the_database_and_text_in_python():
    fil = ny_fil("Remiss Åsa.pdf")
    assert b"Remiss" not in radens_bytes(fil)
    assert Fil.objects.get(pk=fil.pk).namn_krypterat == "Remiss Åsa.pdf"


@pytest.mark.django_db
def test_a_ciphertext_moved_to_another_row_does_not_open():
    fran, till = ny_fil("Remiss A.pdf"), ny_fil("Remiss B.pdf")
    with connection.cursor() as c:
        c.execute("update karna_fil set namn_krypterat = %s where id = %s", [radens_bytes(fran), till.pk])
    with pytest.raises(InvalidTag):
        _ = Fil.objects.get(pk=till.pk).namn_krypterat


@pytest.mark.django_db
def test_empty_text_is_no_value_and_saving_again_keeps_the_ciphertext():
    tom = ny_fil("")
    assert radens_bytes(tom) is None
    assert Fil.objects.get(pk=tom.pk).namn_krypterat == ""
    fil = ny_fil("Remiss.pdf")
    fore = radens_bytes(fil)
    Fil.objects.get(pk=fil.pk).save()
    assert radens_bytes(fil) == fore


@pytest.mark.django_db
def test_bulk_create_encrypts_and_update_is_refused():
    fil = Fil(sha256="0" * 64, storlek=1, typ="pdf", person=True, uuid=uuid.uuid4(), namn_krypterat="Remiss.pdf")
    Fil.objects.bulk_create([fil])
    fil = Fil.objects.get(uuid=fil.uuid)
    assert isinstance(fil.__dict__["namn_krypterat"], Kryptogram)
    assert fil.namn_krypterat == "Remiss.pdf"
    with pytest.raises(TypeError, match="krypterat"):
        Fil.objects.filter(pk=fil.pk).update(namn_krypterat="klartext")
