"""What is to be done after meetings, and how far it has come (MA6)."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moten import policies
from moten.dagordning_forms import LANGSTA_TEXT, MotesFilter, kontaktval
from moten.models import Organ, Punkt, Utfall
from samordning.karna.forms import Datum, VersionFormular
from samordning.karna.kalender import idag
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import bara_falten, paginate, require, spara_andringar


class AtgardFilter(MotesFilter):
    """What the list shows. A choice that does not exist shows what is open."""

    VISA = (("", "Inte klara"), ("sena", "Sena"), ("klara", "Klara och nedprioriterade"), ("alla", "Alla"))

    visa = forms.ChoiceField(label="Visa", choices=VISA, required=False)

    def valj(self, rader, user):
        self.is_valid()
        val = self.cleaned_data
        if val.get("organ"):
            rader = rader.filter(punkt__mote__organ=val["organ"])
        if val.get("mina"):
            rader = rader.filter(ansvarig__anvandare=user)
        visa = val.get("visa")
        if visa == "klara":
            return rader.exclude(lage__in=Utfall.OPPNA).order_by("-klart", "-pk")
        if visa == "alla":
            return rader.order_by("-punkt__mote__dag", "punkt__ordning", "ordning")
        return rader.forsenade() if visa == "sena" else rader.att_folja_upp()


class AtgardForm(VersionFormular, forms.ModelForm):
    """How far it has come. Who it is for and when is the kansli's to change."""

    class Meta:
        model = Utfall
        fields = ("lage", "uppfoljning", "ansvarig", "senast")
        widgets = {"lage": forms.RadioSelect, "uppfoljning": forms.Textarea({"rows": 4}), "senast": Datum}
        help_texts = {"uppfoljning": "Kort, så att det går att läsa upp på nästa möte."}

    def __init__(self, *args, kansli, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lage"].choices = Utfall.Lage.choices
        self.fields["uppfoljning"].validators.append(MaxLengthValidator(LANGSTA_TEXT))
        if kansli:
            kontaktval(self.fields["ansvarig"])
            # A decision that nobody is to carry out is not followed; an action may wait for somebody to take it.
            self.fields["ansvarig"].required = self.instance.typ == Utfall.Typ.BESLUT
        else:
            del self.fields["ansvarig"], self.fields["senast"]

    def save(self, commit=True):
        klar = self.instance.lage == Utfall.Lage.KLAR
        self.instance.klart = (self.instance.klart or idag()) if klar else None
        return super().save(commit)


@require_GET
def atgard_list(request):
    """Those of the meetings that the user may read, and the user's own."""
    rader = Utfall.objects.att_gora_for(request.user)
    organ = Organ.objects.filter(pk__in=rader.values("punkt__mote__organ")).order_by(SvenskOrdning("namn"))
    filtret = AtgardFilter(request.GET, organ=organ)
    valda = filtret.valj(rader, request.user).select_related("ansvarig", "punkt__mote__organ")
    sida = paginate(request, valda)
    lasbara = _lasbara(request.user, sida)
    for rad in sida:
        rad.far_andra, rad.far_lasa = policies.can_follow(request.user, rad), rad.punkt_id in lasbara
    context = {"filter": filtret, "sida": sida, "idag": idag(), "antal": sida.paginator.count}
    return render(request, "moten/atgard_list.html", context)


@require_http_methods(["GET", "POST"])
def atgard_edit(request, pk):
    """By the kansli, and by who is to do it. The kansli begins to follow a decision here: it names who does it."""
    rader = Utfall.objects.att_gora_for(request.user)
    if policies.can_handle_mote(request.user):
        rader = Utfall.objects.filter(typ__in=(Utfall.Typ.ATGARD, Utfall.Typ.BESLUT))
    if not rader.filter(pk=pk).exists():
        raise Http404
    rad = Utfall.objects.select_related("ansvarig", "punkt__mote__organ")
    if request.method == "POST":
        rad = rad.select_for_update(of=("self",))
    rad = get_object_or_404(rad, pk=pk)
    require(policies.can_follow(request.user, rad))
    form = AtgardForm.from_request(request, instance=rad, kansli=policies.can_handle_mote(request.user))
    if spara_andringar(request, form, text="Sparat.", namn="uppfoljd", data=bara_falten):
        return redirect("moten:atgard_list")
    rad.far_lasa = bool(_lasbara(request.user, [rad]))
    return render(request, "moten/atgard_edit.html", {"form": form, "rad": rad, "mote": rad.punkt.mote})


def _lasbara(user, rader):
    """The items (primary keys) of the rows that the user may read: who is to do something need not have been there."""
    return set(
        Punkt.objects.visible_to(user).filter(pk__in=[rad.punkt_id for rad in rader]).values_list("pk", flat=True)
    )
