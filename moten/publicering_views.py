"""Publication of records, and what the public reads (MA20)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moten import anslag, policies, publicering, sok
from moten.dagordning_mote_views import hamta
from moten.maskering import maskera
from moten.models import Mote, Organ
from moten.publicering_forms import PubliceraForm
from samordning.karna import filer, pdf
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import paginate, soktext


@require_http_methods(["GET", "POST"])
def publicera(request, pk):
    """What may not be read by all is looked at and hidden; with `visa` the result is shown, else it is frozen."""
    mote = hamta(request, pk)
    if text := publicering.hinder(mote):
        raise OtillatenOvergang(f"{text} Inget publicerades.")
    form = PubliceraForm.from_request(request, mote=mote)
    visa = "visa" in request.POST
    if request.method == "POST" and form.is_valid() and not visa:
        try:
            publicering.publicera(mote, form.blad, form.ord_, form.granskat, av=request.user)
        except (pdf.PdfSaknas, ValueError) as fel:
            form.add_error(None, str(fel))
        else:
            vem = "alla" if mote.organ.publikt else "de som får läsa organets anteckningar"
            messages.success(request, f"Anteckningarna är publicerade för {vem}.")
            return redirect("moten:mote_detail", pk)
    if visa:
        form.utan_krav()
    ord_ = form.ord_
    context = {
        "mote": mote, "form": form, "protokoll": maskera(form.blad, [ett for ett, _ in ord_]), "dolda": len(ord_),
        "jamfort": publicering.jamfor(form.blad, [ett for ett, _ in ord_]), "visa": visa,
        "tidigare": mote.publiceringar.select_related("av").order_by("-nr"),
    }  # fmt: skip
    return render(request, "moten/publicera.html", context)


@require_http_methods(["GET", "POST"])
def mote_ratta(request, pk):
    mote = hamta(request, pk)
    if request.method == "POST":
        publicering.ratta(mote, av=request.user)
        messages.success(request, "Ändra det som är fel och publicera igen. Den gamla versionen läses så länge.")
        return redirect("moten:mote_detail", pk)
    return render(request, "moten/mote_ratta.html", {"mote": mote, "kan": "ratta" in mote.mojliga_overgangar})


@require_POST
def mote_arkivera(request, pk):
    mote = hamta(request, pk)
    mote._overga("arkivera", av=request.user)
    messages.success(request, "Mötet är arkiverat. Anteckningarna går att läsa som förut.")
    return redirect("moten:mote_detail", pk)


# ---- What the public reads


@login_not_required
@require_safe
def protokoll_list(request):
    """Published records of public bodies, by body and year; with `q` the items that hold the words."""
    moten = publicering.publika_moten()
    organ = Organ.objects.filter(pk__in=moten.values("organ")).order_by(SvenskOrdning("namn"))
    ar = sorted(set(moten.values_list("dag__year", flat=True)), reverse=True)
    valt_organ = next((rad for rad in organ if str(rad.pk) == request.GET.get("organ")), None)
    valt_ar = next((ett for ett in ar if str(ett) == request.GET.get("ar")), None)
    if valt_organ:
        moten = moten.filter(organ=valt_organ)
    if valt_ar:
        moten = moten.filter(dag__year=valt_ar)
    q, traffar = soktext(request.GET.get("q", "")), None
    if q:
        _, traffar = sok.publika_traffar(q, _till_punkten, request.GET.get("sida") or 1)
    sida = paginate(request, moten.order_by("-dag", "-pk"))
    sida.object_list = publicering.dolj(sida.object_list)
    context = {
        "sida": sida, "organ": organ, "ar": ar, "valt_organ": valt_organ, "valt_ar": valt_ar, "q": q,
        "traffar": traffar, "anslagna": anslag.sitter_uppe().count(),
    }  # fmt: skip
    return render(request, "moten/protokoll_list.html", context)


def _till_punkten(punkt):
    return f"{reverse('moten:protokoll_detail', args=[punkt.mote_id])}#p{punkt.pk}"


def _publicering(request, pk):
    """The latest of the meeting's, for who may read it: all when its body is public."""
    mote = get_object_or_404(Mote.objects.select_related("organ"), pk=pk, publicerat__isnull=False)
    inloggad = request.user.is_authenticated and policies.can_view_mote(request.user, mote)
    rad = publicering.publicerat(mote)
    if rad is None or not (mote.organ.publikt or inloggad):
        raise Http404
    rad.mote = mote
    return rad


@login_not_required
@require_safe
def protokoll_detail(request, pk):
    """The record as it was published: masked, frozen. The kansli also reads how it was looked through."""
    rad = _publicering(request, pk)
    kansli = request.user.is_authenticated and policies.can_handle_mote(request.user)
    context = {
        "rad": rad, "protokoll": rad.innehall, "mote": rad.mote, "kansli": kansli,
        "alla": rad.mote.publiceringar.select_related("av").order_by("-nr") if kansli else (),
    }  # fmt: skip
    return render(request, "moten/protokoll_detail.html", context)


@login_not_required
@require_safe
def protokoll_fil(request, pk):
    rad = _publicering(request, pk)
    if rad.fil is None:
        raise Http404
    return filer.svar(rad.fil)
