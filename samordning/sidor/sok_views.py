"""The page of searching, and the searches that somebody keeps."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from moten.models import Sparadsokning
from samordning.karna.forms import EngangsFormular, Regelformular
from samordning.karna.views import skapa_en_gang
from samordning.sidor import sok_sparat
from samordning.sidor.sok import ORDNINGAR, SLAG, Sokning


class NamnForm(Regelformular, forms.ModelForm):
    """What a kept search is called."""

    regelfalt = {"sparadsokning_namn": "namn"}

    class Meta:
        model = Sparadsokning
        fields = ("namn",)
        labels = {"namn": "Vad sökningen heter"}
        help_texts = {"namn": "Bara du ser namnet. Det står inte i mejlet."}


class SparaForm(EngangsFormular, NamnForm):
    pass


@require_GET
def sok(request):
    """Whatever role: one finds what one may see. Without words or choices the page says how one searches."""
    sokning = Sokning(request.GET, request.user)
    context = {"sokning": sokning, "form": sokning.form, "slag_namn": SLAG}
    if sokning.kan_svara:
        svar = sokning.svar(request.GET.get("sida", "1"))
        context |= {
            "sida": svar.sida, "i_allt": sum(svar.antal.values()),
            "slagen": [(nyckel, namn, svar.antal[nyckel]) for nyckel, namn in SLAG.items() if nyckel in svar.antal],
            "ordningar": ORDNINGAR if sokning.fraga else {},
            "spara": f"{reverse('sidor:sokning_create')}?{urlencode(sokning.form.villkor(sokning.slag))}",
        }  # fmt: skip
        if not context["i_allt"] and sokning.fraga:
            context["menade"] = sokning.menade()
    return render(request, "sidor/sok.html", context)


def _egen(request, pk):
    return get_object_or_404(Sparadsokning, pk=pk, anvandare=request.user)


@require_GET
def sokning_list(request):
    rader = [(rad, Sokning(rad.villkor, request.user).i_ord()) for rad in _egna(request.user)]
    return render(request, "sidor/sokning_list.html", {"rader": rader})


def _egna(user):
    return Sparadsokning.objects.filter(anvandare=user)


@require_http_methods(["GET", "POST"])
def sokning_create(request):
    """The search stands in the address, as it did in the page that it comes from."""
    sokning = Sokning(request.GET, request.user)
    if not sokning.kan_svara:
        messages.info(request, "Sök först. Sedan går det att spara sökningen.")
        return redirect("sidor:sok")
    form = SparaForm.from_request(request, instance=Sparadsokning(anvandare=request.user))
    if request.method == "POST" and _egna(request.user).count() >= sok_sparat.HOGST:
        messages.warning(
            request, f"Du har {sok_sparat.HOGST} sparade sökningar, och det är så många som går. Ta bort någon och "
            "spara den nya sedan. Inget är sparat.",
        )  # fmt: skip
        return redirect("sidor:sokning_list")

    def skapa():
        return sok_sparat.spara(request.user, form.cleaned_data["namn"], sokning)

    text = "Sökningen är sparad. Du får ett mejl den dag det finns något nytt."
    if skapa_en_gang(request, form, Sparadsokning, skapa, text):
        return redirect("sidor:sokning_list")
    tillbaka = f"{reverse('sidor:sok')}?{urlencode(sokning.form.villkor(sokning.slag))}"
    context = {"form": form, "i_ord": sokning.i_ord(), "tillbaka": tillbaka, "rubrik": "Spara sökningen"}
    return render(request, "sidor/sokning_form.html", context)


@require_GET
def sokning_visa(request, pk):
    """The address in the mail says nothing of what was looked for."""
    rad = _egen(request, pk)
    return redirect(f"{reverse('sidor:sok')}?{urlencode({**rad.villkor, 'ordning': 'nyast'})}")


@require_http_methods(["GET", "POST"])
def sokning_edit(request, pk):
    rad = _egen(request, pk)
    i_ord = Sokning(rad.villkor, request.user).i_ord()
    form = NamnForm.from_request(request, instance=rad)
    if request.method == "POST" and form.is_valid() and form.spara_utan_krock(form.save):
        messages.success(request, "Namnet är sparat.")
        return redirect("sidor:sokning_list")
    context = {"form": form, "i_ord": i_ord, "tillbaka": reverse("sidor:sokning_list"), "rubrik": "Byt namn"}
    return render(request, "sidor/sokning_form.html", context)


@require_http_methods(["GET", "POST"])
def sokning_delete(request, pk):
    rad = _egen(request, pk)
    if request.method == "POST":
        rad.delete()
        messages.success(request, "Sökningen är borttagen. Du får inga fler mejl om den.")
        return redirect("sidor:sokning_list")
    return render(request, "sidor/sokning_delete.html", {"sokning": rad})
