"""Encryption of what names a person, and keyed look-up of it.

A value is AES-256-GCM, bound to table, column and row uuid: a ciphertext moved to another row does not open.
Stored as: key id (1 byte) | nonce (12) | ciphertext and tag. Look-up is HMAC-SHA256 with a key of its own: all
personnummer can be hashed in seconds, so a plain hash would hide nothing.
"""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


class Kryptogram(bytes):
    """Encrypted bytes as they lie in the database; a plain str is not yet encrypted."""


def kryptera(klartext, plats):
    """Bytes -> Kryptogram. `plats` names table, column and row, so that the value opens only there."""
    nyckel_id, nyckel = next(iter(settings.KRYPTERINGSNYCKLAR.items()))
    nonce = os.urandom(12)
    return Kryptogram(bytes([nyckel_id]) + nonce + AESGCM(nyckel).encrypt(nonce, klartext, plats.encode()))


def dekryptera(kryptogram, plats):
    """Kryptogram -> bytes. InvalidTag when it was moved or changed, KeyError when its key is gone."""
    nyckel = settings.KRYPTERINGSNYCKLAR[kryptogram[0]]
    return AESGCM(nyckel).decrypt(kryptogram[1:13], kryptogram[13:], plats.encode())


def uppslag(slag, varde):
    """Look-up value of 32 bytes for an identity: the same `slag` and `varde` always give the same; one way only."""
    return hmac.new(settings.UPPSLAGSNYCKEL, f"{slag}|{varde}".encode(), hashlib.sha256).digest()


class _Oppnare:
    """Opens the value when somebody reads the attribute, so that a list that does not show it does not decrypt it."""

    def __init__(self, field):
        self.field = field

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        namn = self.field.attname
        if namn not in instance.__dict__:
            instance.refresh_from_db(fields=[namn])
        varde = instance.__dict__[namn]
        if isinstance(varde, Kryptogram):
            varde = instance.__dict__[namn] = dekryptera(varde, self.field.plats(instance)).decode()
        return varde

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class KrypteratFalt(models.BinaryField):
    """Text that is encrypted in the database. The model needs a `uuid`. "" is stored as no value at all.

    `update()` and `bulk_update()` cannot know the row and are refused; `save()` and `bulk_create()` work.
    """

    def __init__(self, *args, **kwargs):
        kwargs.update(editable=True, null=True, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for nyckel in ("editable", "null", "blank", "default"):
            kwargs.pop(nyckel, None)
        return name, path, args, kwargs

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Oppnare(self))

    def plats(self, instance):
        return f"{instance._meta.db_table}|{self.column}|{instance.uuid}"

    def _check_str_default_value(self):
        return []  # the attribute is text; only the column is bytes

    def get_default(self):
        return ""

    def from_db_value(self, value, expression, connection):
        return "" if value is None else Kryptogram(value)

    def pre_save(self, model_instance, add):
        varde = model_instance.__dict__.get(self.attname, "")
        if isinstance(varde, Kryptogram):
            return varde
        return kryptera(varde.encode(), self.plats(model_instance)) if varde else None

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, str) and not value:
            value = None  # "" is no value: what a new column begins with, and how `update()` may wipe
        if value is not None and not isinstance(value, Kryptogram):
            raise TypeError(f"{self.name} är krypterat och kan bara sparas med save() eller bulk_create().")
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj):
        raise TypeError(f"{self.name} är krypterat och serialiseras inte.")

    def formfield(self, **kwargs):
        return models.TextField(blank=True, verbose_name=self.verbose_name).formfield(**kwargs)
