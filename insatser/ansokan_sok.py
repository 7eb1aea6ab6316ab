"""Where words are looked for among applications: in what the reader reads. Who writes has the text as it stands;
the others have it as it was sent last."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse

from insatser.models import Ansokan, Ansokanspart, Ansokansversion
from samordning.karna.models import Roll
from samordning.karna.sok import SPRAK, Kalla

ANSOKAN = "ansokan"
SLAG = {ANSOKAN: "Ansökningar"}
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
        return [_kalla(rader, som_de_star)]
    egna = Ansokanspart.objects.filter(ansokan=OuterRef("pk"), part__in=user.parter_som(Roll.PARTSFORETRADARE))
    levande = rader.filter(Exists(egna) | ~Exists(versioner))
    skickat = Coalesce(_Varden(Subquery(versioner.values("innehall")[:1])), Value(""), output_field=TextField())
    return [_kalla(levande, som_de_star), _kalla(rader.filter(~Exists(egna), Exists(versioner)), skickat)]


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
