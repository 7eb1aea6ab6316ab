"""A meeting: when a body meets, who was called and came, and how far its record has come."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from moten import kedja
from moten.models.organ import Ledamotskap, Organ
from samordning.karna.flode import Flode, OtillatenOvergang
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Fil, Handelse, Importkorning, Installning, Kontakt, Part, Roll, Versionerad
from samordning.karna.models.part import SvenskOrdning

TILLBAKA = timedelta(days=2 * kedja.STORSTA)  # meetings that may belong to a coming board
# Who reads a record that is ready, of the bodies that carry the cases.
LASER_FARDIGT = frozenset({Roll.BEREDNING, Roll.STYRELSE, Roll.EKONOM, Roll.REVISOR})
ARENDEORGAN = (Organ.Slag.BEREDNING, Organ.Slag.AU, Organ.Slag.STYRELSE)


def _inifran(user):
    """Sits in the body or was called, or has the role that stands for the body."""
    sitter = Ledamotskap.objects.filter(
        Q(till=None) | Q(till__gte=OuterRef("dag")), organ=OuterRef("organ"), kontakt__anvandare=user
    )
    villkor = Q(Exists(sitter)) | Q(Exists(Narvaro.objects.filter(mote=OuterRef("pk"), kontakt__anvandare=user)))
    if user.har_roll(Roll.BEREDNING):
        villkor |= Q(organ__slag=Organ.Slag.BEREDNING)
    if user.har_roll(Roll.STYRELSE):
        villkor |= Q(organ__slag=Organ.Slag.STYRELSE)
    return villkor


class MoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rule of `policies.can_view_mote` as a filter."""
        if user.ar_kansli:
            return self
        villkor = Q(organ__publikt=True, publicerat__isnull=False) | _inifran(user)
        if user.har_roll(*LASER_FARDIGT):
            villkor |= Q(organ__slag__in=ARENDEORGAN, publicerat__isnull=False)
        return self.filter(villkor)  # fmt: skip

    def inifran(self, user):
        """Those that the user reads as they stand, by seat or role, and not only because the record is published and
        masked: `policies.belongs` as a filter; all of them for the kansli."""
        return self if user.ar_kansli else self.filter(_inifran(user))

    def kommande(self, dag=None):
        """From a day on (today unless given), the nearest first. Not those that are cancelled."""
        return self.exclude(lage=Mote.Lage.INSTALLT).filter(dag__gte=dag or idag()).order_by("dag", "pk")

    def ansokningstider(self, dag=None):
        """[kedja.Ansokningstid] for each coming meeting of the board, the nearest first. Three queries."""
        dag = dag or idag()
        rader = {slag: [] for slag in Organ.Slag.values}
        for mote in (
            self.exclude(lage=Mote.Lage.INSTALLT)
            .filter(dag__gte=dag - TILLBAKA)
            .select_related("organ")
            .order_by("dag", "pk")
        ):
            rader[mote.organ.slag].append(mote)
        beredning = {}
        for mote in rader[Organ.Slag.BEREDNING]:
            beredning.setdefault(mote.organ_id, []).append(mote.dag)
        au_finns = Organ.objects.filter(Q(upphorde=None) | Q(upphorde__gte=dag), slag=Organ.Slag.AU).exists()
        tider = kedja.rakna(
            [(mote.dag, mote.plats) for mote in rader[Organ.Slag.STYRELSE]],
            beredning,
            [mote.dag for mote in rader[Organ.Slag.AU]] if au_finns else None,
            Installning.objects.varden(kedja.REGLER, dag=dag),
        )
        return [tid for tid in tider if tid.styrelse >= dag]

    def nasta_ansokningstid(self, dag=None):
        """The first one whose last day to apply has not passed, or None when no such meeting of the board is set."""
        dag = dag or idag()
        return next((tid for tid in self.ansokningstider(dag) if not tid.har_passerat(dag)), None)


class Mote(Versionerad, Flode):
    """A meeting of a body, from a day in the calendar to a published record."""

    class Lage(models.TextChoices):
        PLANERAT = "planerat", "Planerat"
        KALLAT = "kallat", "Kallat"
        PAGAR = "pagar", "Pågår"
        AVSLUTAT = "avslutat", "Avslutat"
        JUSTERING = "justering", "Hos justerarna"
        JUSTERAT = "justerat", "Justerat"
        PUBLICERAT = "publicerat", "Publicerat"
        ARKIVERAT = "arkiverat", "Arkiverat"
        INSTALLT = "installt", "Inställt"

    OVERGANGAR = {
        "kalla": ({Lage.PLANERAT, Lage.KALLAT}, Lage.KALLAT),
        "oppna": ({Lage.PLANERAT, Lage.KALLAT}, Lage.PAGAR),
        "avsluta": ({Lage.PAGAR}, Lage.AVSLUTAT),
        "ateroppna": ({Lage.AVSLUTAT}, Lage.PAGAR),
        "till_justering": ({Lage.AVSLUTAT}, Lage.JUSTERING),
        "ta_tillbaka": ({Lage.JUSTERING}, Lage.AVSLUTAT),
        "justera": ({Lage.JUSTERING}, Lage.JUSTERAT),
        # A body whose minutes are not approved by anybody goes straight to publication.
        "publicera": ({Lage.AVSLUTAT, Lage.JUSTERAT}, Lage.PUBLICERAT),
        # Only where nobody approves: the minutes are corrected and published anew.
        "ratta": ({Lage.PUBLICERAT}, Lage.AVSLUTAT),
        "arkivera": ({Lage.PUBLICERAT}, Lage.ARKIVERAT),
        "stall_in": ({Lage.PLANERAT, Lage.KALLAT}, Lage.INSTALLT),
        "ateruppta": ({Lage.INSTALLT}, Lage.PLANERAT),
    }
    FORE = (Lage.PLANERAT, Lage.KALLAT)
    AVSLUTADE = (Lage.AVSLUTAT, Lage.JUSTERING, Lage.JUSTERAT, Lage.PUBLICERAT, Lage.ARKIVERAT)
    LASTA = (Lage.JUSTERAT, Lage.PUBLICERAT, Lage.ARKIVERAT)  # the record never changes again: a trigger

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="moten")
    dag = models.DateField("dag")
    sista_dag = models.DateField("till och med", null=True, blank=True)  # of a meeting of several days
    fran = models.TimeField("från klockan", null=True, blank=True)
    till = models.TimeField("till klockan", null=True, blank=True)
    plats = models.CharField("plats", max_length=120, blank=True)
    lank = models.URLField("länk till videomötet", blank=True, default="", db_default="")
    rubrik = models.CharField("rubrik", max_length=150, blank=True, default="", db_default="")
    lage = models.CharField(
        "läge", max_length=12, choices=Lage, default=Lage.PLANERAT, db_default=Lage.PLANERAT, editable=False
    )
    ordforande = models.ForeignKey(
        Kontakt, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ordförande"
    )
    sekreterare = models.ForeignKey(
        Kontakt, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sekreterare"
    )
    svara_senast = models.DateField("svara senast", null=True, blank=True)
    kallat = models.DateTimeField(null=True, editable=False)
    oppnat = models.DateTimeField(null=True, editable=False)
    avslutat = models.DateTimeField(null=True, editable=False)
    justerat = models.DateTimeField(null=True, editable=False)
    publicerat = models.DateTimeField(null=True, editable=False)
    # The event in people's calendars (RFC 5545): one UID for ever, a higher SEQUENCE for each change (MA18).
    uid = models.UUIDField(default=uuid.uuid4, null=True, editable=False)
    sekvens = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # Old minutes that were read in (MA5): the import that made the row, the file as it was and its text, unchanged.
    importkorning = models.ForeignKey(
        Importkorning, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    original = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    originaltext = models.TextField(blank=True, default="", db_default="", editable=False)

    objects = MoteQuerySet.as_manager()

    class Meta:
        verbose_name = "mötet"
        verbose_name_plural = "möten"
        ordering = ["dag"]
        indexes = [models.Index(fields=["-dag"], name="mote_dag")]
        constraints = [
            models.UniqueConstraint(
                name="mote_ett_om_dagen",
                fields=["organ", "dag"],
                violation_error_message="Det finns redan ett möte den dagen.",
            )
        ]

    def __str__(self):
        return f"{self.organ} {self.dag}"

    @property
    def oppnades_aldrig(self):
        """Its day has passed, and nobody opened it."""
        return self.lage in self.FORE and (self.sista_dag or self.dag) < idag()

    @transaction.atomic
    def flytta(self, dag, *, av):
        """Another day, for whatever owns the day (the annual wheel); calendars are told. Those who are called are not:
        the summons is sent again. OtillatenOvergang when the meeting has begun or the body meets that day already."""
        last = Mote.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if last.lage not in self.FORE:
            laget = last.get_lage_display().lower()
            raise OtillatenOvergang(f"Mötet är {laget}, så dagen går inte att ändra. Inget ändrades.")
        if self.organ.moten.filter(dag=dag).exclude(pk=self.pk).exists():
            raise OtillatenOvergang(f"{self.organ} har redan ett möte {dag.isoformat()}. Inget ändrades.")
        fore, steg = last.dag, dag - last.dag
        self.dag, self.sekvens, self.version = dag, last.sekvens + 1, last.version + 1
        self.sista_dag = last.sista_dag and last.sista_dag + steg
        self.svara_senast = last.svara_senast and min(last.svara_senast, dag)
        self.save(update_fields=["dag", "sista_dag", "svara_senast", "sekvens", "version"])
        Handelse.logga(self, "flyttad", av=av, data={"dag": [fore.isoformat(), dag.isoformat()]})


class NarvaroQuerySet(models.QuerySet):
    def i_ordning(self):
        """By name in Swedish order, with what a list shows. One query."""
        return self.select_related("kontakt", "part", "ersatter").order_by(SvenskOrdning("kontakt__namn"), "pk")


class Narvaro(Versionerad):
    """One person at one meeting: called or not, what was answered, and whether they came (MA2, MA11)."""

    class Roll(models.TextChoices):
        LEDAMOT = "ledamot", "Ledamot"
        ERSATTARE = "ersattare", "Ersättare"
        ADJUNGERAD = "adjungerad", "Adjungerad"
        KANSLI = "kansli", "Kansliet"
        GAST = "gast", "Gäst"

    class Status(models.TextChoices):
        OKAND = "okand", "Inte prickad"
        NARVARANDE = "narvarande", "Närvarande"
        FRANVARANDE = "franvarande", "Frånvarande"

    class Svar(models.TextChoices):
        JA = "ja", "Kommer"
        SENARE = "senare", "Kommer senare"
        NEJ = "nej", "Kommer inte"

    mote = models.ForeignKey(Mote, on_delete=models.CASCADE, related_name="narvaro")
    kontakt = models.ForeignKey(Kontakt, on_delete=models.PROTECT, related_name="+", verbose_name="person")
    part = models.ForeignKey(
        Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="för"
    )
    roll = models.CharField("roll", max_length=12, choices=Roll, default=Roll.LEDAMOT)
    status = models.CharField("närvaro", max_length=12, choices=Status, default=Status.OKAND)
    ersatter = models.ForeignKey(
        Kontakt, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ersätter"
    )
    ersatter_namn = models.CharField("ersätter", max_length=120, blank=True)  # as old minutes say it: "Anitta"
    namn_i_texten = models.CharField(max_length=120, blank=True)  # how old minutes spell the name
    fran_punkt = models.ForeignKey("moten.Punkt", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    till_punkt = models.ForeignKey("moten.Punkt", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kallad = models.DateTimeField(null=True, editable=False)
    svar = models.CharField("svar", max_length=10, choices=Svar, blank=True)
    svarade = models.DateTimeField(null=True, editable=False)
    # The deputy who was called because this one declined.
    ersattare_kallad = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = NarvaroQuerySet.as_manager()

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        constraints = [
            models.UniqueConstraint(
                name="narvaro_en_gang",
                fields=["mote", "kontakt"],
                violation_error_message="Personen finns redan i mötets lista.",
            ),
            models.CheckConstraint(
                name="narvaro_ersatter_inte_sig_sjalv",
                condition=Q(ersatter=None) | ~Q(ersatter=F("kontakt")),
                violation_error_message="Ingen kan ersätta sig själv.",
            ),
        ]

    def __str__(self):
        return str(self.kontakt)


class Kallelse(models.Model):
    """A summons as it was sent: the packet, and what had changed since the one before (MA10). Never changed."""

    mote = models.ForeignKey(Mote, on_delete=models.PROTECT, related_name="kallelser")
    nr = models.PositiveSmallIntegerField()
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, related_name="+")  # made by a job
    halsning = models.TextField("hälsning", blank=True)
    andringar = models.JSONField(default=list)  # [[text, its case or None]], empty the first time
    # Day, place and agenda as they were sent (moten.kallelse.innehall), for the next one to be compared with.
    innehall = models.JSONField(default=dict, db_default={})
    av = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    skickad = models.DateTimeField(default=nu, editable=False)

    class Meta:
        verbose_name = "kallelse"
        verbose_name_plural = "kallelser"
        ordering = ["nr"]
        constraints = [models.UniqueConstraint(name="kallelse_nr", fields=["mote", "nr"])]

    def __str__(self):
        return f"Kallelse {self.nr}"
