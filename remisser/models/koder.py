"""The code lists of the person's way (beslut.md 18). All have validity dates; a code is never reused."""

from django.db import models

from samordning.karna.models import Kodrad


class Forsorjning(Kodrad):
    """What somebody lives on: the union of the codes of the two forms and of the import file."""

    VES = "VES"  # not a code in the list: the person would rather not say
    BLANDAD = "BLANDAD"  # nor this: two sources are equally large
    EGEN = ("LON", "STUD")  # own support (F3)

    class Meta(Kodrad.Meta):
        verbose_name = "försörjning"
        verbose_name_plural = "försörjningar"


class Situation(Kodrad):
    """How things stand for the person when referred (M161, M169-M177); each is dated by the month it began."""

    class Meta(Kodrad.Meta):
        verbose_name = "situation"
        verbose_name_plural = "situationer"


class Sprak(Kodrad):
    """A language for an interpreter, sign language among them."""

    class Meta(Kodrad.Meta):
        verbose_name = "språk"
        verbose_name_plural = "språk"


class Avbojandeorsak(Kodrad):
    """Why a remiss is declined, and by whom (RA6). The association owns the list."""

    class Vem(models.TextChoices):
        INSATSEN = "insatsen", "Insatsen"
        DELTAGAREN = "deltagaren", "Deltagaren"
        REMITTENTEN = "remittenten", "Den som remitterade"

    ANNAT = "ANNAT"  # has to be explained in words

    vem = models.CharField("vem som avböjer", max_length=12, choices=Vem)

    class Meta(Kodrad.Meta):
        verbose_name = "orsak till avböjande"
        verbose_name_plural = "orsaker till avböjande"
