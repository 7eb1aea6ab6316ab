"""Sheets as the kansli writes them: new, changed, free places, and what was changed when."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from insatser import historik, policies
from insatser.forms import InsatsAndraForm, InsatsForm, PlatserForm
from insatser.models import Insats
from samordning.karna.andringar import skrivbar
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.views import get_visible_or_404, paginate, require, skapa_en_gang


def hamta(request, slug):
    """The insats; locked on POST, so that two who save at once come one after the other."""
    insatser = Insats.objects.select_for_update() if request.method == "POST" else Insats.objects
    return get_visible_or_404(insatser, request.user, slug=slug)


@require_http_methods(["GET", "POST"])
def insats_create(request):
    require(policies.can_edit_insats(request.user))
    form = InsatsForm.from_request(request)
    insats = skapa_en_gang(
        request,
        form,
        Insats,
        lambda: _skapa(form, av=request.user),
        lambda insats: f"{insats} är sparad. Fyll gärna i kontaktperson och avtal också.",
    )
    if insats:
        return redirect("insatser:insats_detail", insats.slug)
    return render(request, "insatser/insats_create.html", {"form": form})


def _med_ledig_slug(form):
    """Save; once more when somebody else's new insats took the address meanwhile."""
    form.instance.slug = Insats.objects.ledig_slug(form.cleaned_data["namn"])
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError:
        ledig = Insats.objects.ledig_slug(form.cleaned_data["namn"])
        if ledig == form.instance.slug:
            raise
        form.instance.slug = ledig
        return form.save()


def _skapa(form, *, av):
    insats = _med_ledig_slug(form)
    ifyllt = {namn: [None, skrivbar(form.cleaned_data[namn])] for namn in form.Meta.fields}
    Handelse.logga(insats, "skapad", av=av, data={k: v for k, v in ifyllt.items() if v[1] not in (None, "", [], False)})
    return insats


@require_http_methods(["GET", "POST"])
def insats_edit(request, slug):
    insats = hamta(request, slug)
    require(policies.can_edit_insats(request.user))
    # The form writes what is typed into its instance, also when it is refused; the page shows what is saved.
    namn = insats.namn
    form = InsatsAndraForm.from_request(request, instance=insats)
    if request.method == "POST" and form.is_valid():
        if not (andringar := form.andringar()):
            messages.info(request, "Inget var ändrat, så inget behövde sparas.")
            return redirect("insatser:insats_detail", insats.slug)
        if form.spara_utan_krock(form.save):
            Handelse.logga(insats, "andrad", av=request.user, data=andringar)
            messages.success(request, f"{insats} är sparad.")
            return redirect("insatser:insats_detail", insats.slug)
    return render(request, "insatser/insats_edit.html", {"form": form, "insats": insats, "namn": namn})


@require_http_methods(["GET", "POST"])
def insats_platser(request, slug):
    insats = hamta(request, slug)
    require(policies.can_edit_platser(request.user, insats))
    form = PlatserForm.from_request(request, instance=insats)
    if request.method == "POST" and form.is_valid():
        form.save()
        insats.platser_bekraftade = idag()
        insats.save(update_fields=["platser_bekraftade"])
        Handelse.logga(insats, "platser", av=request.user, data=form.andringar())
        messages.success(request, "De lediga platserna är bekräftade i dag och syns i katalogen.")
        return redirect("insatser:insats_detail", insats.slug)
    return render(request, "insatser/insats_platser.html", {"form": form, "insats": insats})


@require_GET
def insats_historik(request, slug):
    insats = hamta(request, slug)
    require(policies.can_edit_insats(request.user))
    sida = paginate(request, Handelse.objects.om(insats).select_related("av"))
    context = {"insats": insats, "sida": sida, "rader": historik.rader(sida)}
    return render(request, "insatser/insats_historik.html", context)
