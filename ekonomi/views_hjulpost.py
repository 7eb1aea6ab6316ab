"""A day of the wheel: read, changed, moved with what hangs on it, done, cancelled, and its meeting put in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ekonomi import arshjul, hjulprocess, policies
from ekonomi.forms_hjul import FlyttForm, NyDagForm, PostAndraForm, PostForm
from ekonomi.hjullagen import tillstand
from ekonomi.models import Arshjul, Hjulpost
from ekonomi.models.hjul import Hjulfakta
from moten.models import Mote
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import nu
from samordning.karna.models import Handelse
from samordning.karna.views import loggad, require, skapa_en_gang, spara_andringar

Koppling = Hjulfakta.Koppling


def _post(request, pk, *, far=policies.can_edit_hjul):
    """The day, for who may do it. On POST its wheel is locked before the day: one order for all."""
    require(far(request.user))
    poster = Hjulpost.objects.select_related("hjul", "mote__organ", "organ", "bas__mote", "regel__bas", "agare")
    post = get_object_or_404(poster, pk=pk)
    if request.method == "POST":
        Arshjul.objects.select_for_update(of=("self",)).get(pk=post.hjul_id)
        post = poster.get(pk=pk)
    return post


def _sidan(post):
    return redirect("ekonomi:hjulpost_detail", post.pk)


@require_GET
def hjulpost_detail(request, pk):
    post = _post(request, pk, far=policies.can_view_hjul)
    far_andra = policies.can_edit_hjul(request.user)
    context = {
        "post": post, "tillstand": tillstand([post])[post.pk], "far_andra": far_andra,
        "far_pricka": policies.can_tick_hjulpost(request.user, post),
        "varning": "" if post.dagen_oviss or post.slut else arshjul.varning(post.dag),
        "veckodag": arshjul.VECKODAGAR[post.dag.weekday()], "manad": arshjul.MANADER[post.dag.month - 1],
        "foljer": post.foljer.order_by("dag", "pk"),
        "lank": lank(post, request.user),
        "ser_motet": post.mote_id and Mote.objects.visible_to(request.user).filter(pk=post.mote_id).exists(),
        "kan_lagga_in": far_andra and _kan_lagga_in(post),
        "historik": Handelse.objects.om(post).select_related("av").order_by("-pk")[:20] if far_andra else (),
    }  # fmt: skip
    return render(request, "ekonomi/hjulpost_detail.html", context)


def _kan_lagga_in(post):
    return (
        post.koppling == Koppling.MOTE and post.organ_id and not post.mote_id and not post.dagen_oviss
        and not post.installd and not post.klar
    )  # fmt: skip


# what the day points at -> (page, what the link says, who may open it)
SIDOR = {
    Koppling.BOKFORING: ("ekonomi:bok_list", "Till bokföringen", policies.can_view_bok),
    Koppling.BUDGET: ("ekonomi:ar_list", "Till budgeten", policies.can_view_budget),
    Koppling.PROGNOS: ("ekonomi:ar_list", "Till budgeten", policies.can_view_budget),
    Koppling.HALVAR1: ("uppfoljning:rapport_list", "Till rapporterna", policies.can_view_hjul),
    Koppling.HALVAR2: ("uppfoljning:rapport_list", "Till rapporterna", policies.can_view_hjul),
    Koppling.LAGE1: ("avtal:lagesrapport_list", "Till lägesrapporterna", policies.can_edit_hjul),
    Koppling.LAGE2: ("avtal:lagesrapport_list", "Till lägesrapporterna", policies.can_edit_hjul),
    Koppling.PLAN: ("ekonomi:dokument_list", "Till dokumenten", policies.can_view_budget),
    Koppling.DELAR: ("ekonomi:dokument_list", "Till dokumenten", policies.can_view_budget),
    Koppling.ARSREDOVISNING: ("ekonomi:dokument_list", "Till dokumenten", policies.can_view_budget),
}


def lank(post, user):
    """(address, text) of what the day points at, when the user may open it."""
    if post.koppling not in SIDOR:
        return None
    sida, text, far = SIDOR[post.koppling]
    return (reverse(sida), text) if far(user) else None


@require_http_methods(["GET", "POST"])
def hjulpost_create(request, ar):
    """A day that no rule gives."""
    require(policies.can_edit_hjul(request.user))
    hjul = get_object_or_404(Arshjul, ar=ar)
    form = PostForm.from_request(request, instance=Hjulpost(hjul=hjul), hjul=hjul)
    if post := skapa_en_gang(
        request, form, Hjulpost, lambda: loggad(request, form.save()), lambda post: f"{post} är med i årshjulet."
    ):
        return _sidan(post)
    return render(request, "ekonomi/hjulpost_form.html", {"form": form, "hjul": hjul})


@require_http_methods(["GET", "POST"])
def hjulpost_edit(request, pk):
    post = _post(request, pk)
    hjul = post.hjul
    form = PostAndraForm.from_request(request, instance=post, hjul=hjul)
    if spara_andringar(request, form):
        Hjulpost.objects.filter(pk=pk).update(sekvens=post.sekvens + 1)
        hjulprocess.satt_rapportdag(post, request.user)
        return _sidan(post)
    return render(request, "ekonomi/hjulpost_form.html", {"form": form, "hjul": hjul, "post": post})


@require_http_methods(["GET", "POST"])
def hjulpost_flytta(request, pk):
    """First the new day, then what hangs on it, with a box for each."""
    post = _post(request, pk)
    if post.klar or post.installd:
        raise OtillatenOvergang("Dagen är redan klar eller inställd, så den flyttas inte. Inget ändrades.")
    valj = NyDagForm(request.POST if request.method == "POST" else request.GET or None, hjul=post.hjul)
    flyttar, form = [], None
    if valj.is_valid():
        till = valj.cleaned_data["till"]
        flyttar = hjulprocess.flytt(post, till)
        form = FlyttForm.from_request(request, post=post, flyttar=flyttar, initial={"till": till})
        if request.method == "POST" and form.is_valid():
            return _flyttad(request, post, form)
    context = {"post": post, "hjul": post.hjul, "valj": valj, "form": form, "flyttar": flyttar}
    return render(request, "ekonomi/hjulpost_flytta.html", context)


def _flyttad(request, post, form):
    data = form.cleaned_data
    flyttade = hjulprocess.flytta(post, data["till"], set(data["folj"]), av=request.user, skal=data["skal"])
    med = f", och {len(flyttade) - 1} till följde med" if len(flyttade) > 1 else ""
    messages.success(request, f"{post.rubrik} är flyttad{med}.")
    kallade = [rad.mote for rad in flyttade if rad.mote and rad.mote.lage == Mote.Lage.KALLAT]
    for mote in kallade:
        messages.warning(request, f"De som är kallade till {mote.organ} har inte fått veta det. Skicka kallelsen igen.")
    return redirect("moten:kallelse_create", kallade[0].pk) if len(kallade) == 1 else _sidan(post)


@require_POST
def hjulpost_klar(request, pk):
    """Done, or not done after all."""
    post = _post(request, pk, far=policies.can_view_hjul)
    require(policies.can_tick_hjulpost(request.user, post))
    if post.installd:
        raise OtillatenOvergang("Dagen är inställd. Inget ändrades.")
    klar = "angra" not in request.POST
    if klar == bool(post.klar):
        messages.info(request, "Det var redan så. Inget ändrades.")
        return _sidan(post)
    post.klar, post.klar_av = (nu(), request.user) if klar else (None, None)
    post.save(update_fields=["klar", "klar_av", "andrad"])
    Handelse.logga(post, "klar" if klar else "inte_klar", av=request.user)
    messages.success(request, f"{post.rubrik} är {'klar' if klar else 'inte längre klar'}.")
    return _sidan(post)


@require_POST
def hjulpost_installd(request, pk):
    """Not this year, or this year after all. A meeting that is put in is cancelled on its own page, where people are
    told."""
    post = _post(request, pk)
    installd = "angra" not in request.POST
    if installd and post.mote and post.mote.lage in Mote.FORE:
        raise OtillatenOvergang("Mötet är inlagt. Ställ in mötet först, så att de kallade får veta. Inget ändrades.")
    if installd != post.installd:
        post.installd, post.sekvens = installd, post.sekvens + 1
        post.save(update_fields=["installd", "sekvens", "andrad"])
        Handelse.logga(post, "installd" if installd else "ateruppta", av=request.user)
    messages.success(request, f"{post.rubrik} {'är inställd' if installd else 'är med igen'}.")
    return _sidan(post)


@require_POST
def hjulpost_mote(request, pk):
    """Put in the meeting."""
    post = _post(request, pk)
    mote = hjulprocess.lagg_in_mote(post, av=request.user)
    messages.success(request, "Mötet är inlagt. Fyll i tid och plats, och bygg dagordningen.")
    return redirect("moten:dagordning_edit", mote.pk)


@require_GET
def hjul_mote_panel(request, pk):
    """On the page where a meeting's day is changed: that the wheel owns the day (beslut.md 32). Empty when not."""
    require(policies.can_edit_hjul(request.user))
    post = Hjulpost.objects.filter(mote=pk).select_related("hjul").first()
    return render(request, "ekonomi/_hjul_mote_panel.html", {"post": post})
