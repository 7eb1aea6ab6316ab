"""Where words are looked for among applications and their attachments: in what the reader reads. Who writes has the
text as it stands; the others have it as it was sent last. The files are read by moten, which reads all papers."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat, Length, Substr, TruncDate
from django.urls import reverse

from insatser.models import Ansokan, Ansokanspart, Ansokansversion, Bilaga
from moten.models import Handlingstext
from samordning.karna.models import Fil, Roll
from samordning.karna.sok import SPRAK, Kalla

ANSOKAN, HANDLING = "ansokan", "handling"
SLAG = {ANSOKAN: "Ansökningar"}  # an attachment is a paper, as in moten
FLEST = 500  # files that are offered at a time
TEXTER = (
    "behov", "malgrupp", "mal", "genomforande", "samverkan", "uppfoljning", "implementering", "budgettext", "resultat",
    "framat", "fraga",
)  # fmt: skip


class _Varden(Func):
    """The texts of a version, one on each line."""

    template = "(select string_agg(v, chr(10)) from jsonb_each_text(%(expressions)s) as e(k, v))"
    output_field = TextField()


def kallor(user, urval):
    """[Kalla] of what the user may see. `urval` as in moten: ar, organ, part, and insats_pk."""
    rader = _urval(Ansokan.objects.visible_to(user), urval)
    som_de_star = Concat(*(item for falt in TEXTER for item in (F(falt), Value("\n"))), output_field=TextField())
    versioner = Ansokansversion.objects.filter(ansokan=OuterRef("pk")).order_by("-nr")
    if user.ar_kansli:
        return [_kalla(rader, som_de_star), _bilagor(Bilaga.objects.filter(ansokan__in=rader))]
    egna = Ansokanspart.objects.filter(ansokan=OuterRef("pk"), part__in=user.parter_som(Roll.PARTSFORETRADARE))
    levande = rader.filter(Exists(egna) | ~Exists(versioner))
    skickat = Coalesce(_Varden(Subquery(versioner.values("innehall")[:1])), Value(""), output_field=TextField())
    return [
        _kalla(levande, som_de_star),
        _kalla(rader.filter(~Exists(egna), Exists(versioner)), skickat),
        _bilagor(_synliga_bilagor(user, rader)),
    ]


def _synliga_bilagor(user, rader):
    """To who writes, all; to the others, what was there when it was sent last: `ansokan_views.synliga_bilagor`."""
    den = {"ansokan": OuterRef("ansokan")}
    egna = Ansokanspart.objects.filter(part__in=user.parter_som(Roll.PARTSFORETRADARE), **den)
    skickad = Ansokansversion.objects.filter(**den).order_by("-nr").values("skickad")[:1]
    return Bilaga.objects.filter(Exists(egna) | Q(skapad__lte=Subquery(skickad)), ansokan__in=rader)


def _bilagor(bilagor):
    """A file that a reworked application took over is one hit, in the newest of them."""
    denna = bilagor.filter(fil=OuterRef("fil")).order_by("-pk")
    falt = {namn: Subquery(denna.values(vag)[:1]) for namn, vag in (
        ("s_ansokan", "ansokan"), ("s_om", "ansokan__rubrik"), ("s_inkom", "ansokan__arende__inkom"),
        ("s_skapad", "skapad"),
    )}  # fmt: skip
    return Kalla(
        grund=Handlingstext.objects.filter(fil__in=bilagor.values("fil")).annotate(**falt), slag=Value(HANDLING),
        dag=Coalesce(F("s_inkom"), TruncDate("s_skapad")), rubrik="rubrik", text=Substr("text", Length("rubrik") + 2),
        vektor="sokvektor", inuti=("rubrik",), visa=_visa_bilaga,
    )  # fmt: skip


def _visa_bilaga(rad):
    return "", f"{reverse('ansokan:ansokan_detail', args=[rad.s_ansokan])}#filer", ("Bilaga till ansökan", rad.s_om)


def erbjud_bilagor():
    """Have the files that nobody has offered yet read. How many."""
    har = Handlingstext.objects.filter(fil=OuterRef("fil"))
    rader = Bilaga.objects.filter(~Exists(har), fil__lage=Fil.Lage.REN).select_related("fil").order_by("pk")[:FLEST]
    return Handlingstext.objects.erbjud({rad.fil: rad.rubrik for rad in rader})


def _urval(rader, urval):
    if urval.get("organ"):
        return rader.none()
    if urval.get("ar"):
        i_aret = Q(arende__inkom__year=urval["ar"]) | Q(arende=None, skapad__year=urval["ar"])
        rader = rader.filter(i_aret)
    if urval.get("part"):
        rader = rader.filter(pk__in=Ansokanspart.objects.filter(part=urval["part"]).values("ansokan"))
    if urval.get("insats_pk"):
        rader = rader.filter(Q(insats=urval["insats_pk"]) | Q(avtal__insats=urval["insats_pk"]))
    return rader


def _kalla(rader, text):
    return Kalla(
        grund=rader, slag=Value(ANSOKAN), dag=Coalesce(F("arende__inkom"), TruncDate("skapad")),
        rubrik="rubrik", text="s_text", alias={"s_text": text},
        vektor=SearchVector("rubrik", weight="A", config=SPRAK) + SearchVector("s_text", weight="B", config=SPRAK),
        inuti=("rubrik", "s_text"), med=("arende",), arende="arende__", visa=_visa,
    )  # fmt: skip


def _visa(ansokan):
    nummer = (f"Ärende {ansokan.arende.diarienummer}",) if ansokan.arende_id else ("Utkast",)
    om = ("Ansökan", ansokan.get_slag_display(), *nummer)
    return "", reverse("ansokan:ansokan_detail", args=[ansokan.pk]), om
