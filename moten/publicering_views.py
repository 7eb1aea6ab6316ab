"""Publication of records, what the public reads, and the notice board (MA15, MA20)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moten import policies, publicering, sok
from moten.dagordning_mote_views import hamta
from moten.maskering import maskera
from moten.models import Anslag, Mote, Organ
from moten.publicering_forms import AnslagForm, PubliceraForm
from samordning.karna import filer, pdf
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import paginate, soktext


@require_http_methods(["GET", "POST"])
def publicera(request, pk):
    """What may not be read by all is looked at and hidden; `visa` shows the result, `publicera` freezes it."""
    mote = hamta(request, pk)
    if text := publicering.hinder(mote):
        raise OtillatenOvergang(f"{text} Inget publicerades.")
    form = PubliceraForm.from_request(request, mote=mote)
    ratt = request.method == "POST" and form.is_valid()
    if ratt and "visa" not in request.POST:
        try:
            publicering.publicera(mote, form.blad, form.ord_, form.granskat, av=request.user)
        except (pdf.PdfSaknas, ValueError) as fel:
            form.add_error(None, str(fel))
        else:
            vem = "alla" if mote.organ.publikt else "de som får läsa organets anteckningar"
            messages.success(request, f"Anteckningarna är publicerade för {vem}.")
            return redirect("moten:mote_detail", pk)
    context = {
        "mote": mote, "form": form, "protokoll": maskera(form.blad, [ett for ett, _ in form.ord_]),
        "dolda": len(form.ord_), "forhandsvisning": request.method == "POST",
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


def _publika():
    return Mote.objects.filter(organ__publikt=True, publicerat__isnull=False).select_related("organ")


@login_not_required
@require_safe
def protokoll_list(request):
    """Published records of public bodies, by body and year; with `q` the items that hold the words."""
    moten = _publika()
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
    context = {
        "sida": paginate(request, moten.order_by("-dag", "-pk")), "organ": organ, "ar": ar, "valt_organ": valt_organ,
        "valt_ar": valt_ar, "q": q, "traffar": traffar, "anslag": bool(_anslagna().exists()),
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
    """The record as it was published: masked, frozen."""
    rad = _publicering(request, pk)
    return render(request, "moten/protokoll_detail.html", {"rad": rad, "protokoll": rad.innehall, "mote": rad.mote})


@login_not_required
@require_safe
def protokoll_fil(request, pk):
    rad = _publicering(request, pk)
    if rad.fil is None:
        raise Http404
    return filer.svar(rad.fil)


# ---- The notice board


def _anslagna():
    return Anslag.objects.filter(upp__lte=idag(), ned__gt=idag()).select_related("mote__organ")


@login_not_required
@require_safe
def anslag_list(request):
    """What is on the board today."""
    anslag = list(_anslagna().filter(mote__organ__publikt=True))
    return render(request, "moten/anslag_list.html", {"anslag": anslag})


@require_http_methods(["GET", "POST"])
def anslag_edit(request, pk):
    """Of the meeting's approved record: put up, or its days corrected."""
    mote = hamta(request, pk)
    rad = Anslag.objects.filter(mote=mote).first() or Anslag(mote=mote, av=request.user)
    rad.mote = mote
    kan = mote.organ.justeras and mote.lage in mote.LASTA
    if request.method == "POST" and not kan:
        raise OtillatenOvergang("Protokollet är inte justerat, så det går inte att anslå. Inget är sparat.")
    ny = rad.pk is None
    form = AnslagForm.from_request(request, instance=rad)
    if request.method == "POST" and form.is_valid() and form.spara_utan_krock(form.save):
        Handelse.logga(rad, "anslaget" if ny else "andrad", av=request.user, data=form.andringar())
        messages.success(request, "Anslaget är sparat.")
        return redirect("moten:mote_detail", pk)
    return render(request, "moten/anslag_edit.html", {"mote": mote, "form": form, "kan": kan, "rad": rad})
