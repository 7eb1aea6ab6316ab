"""The list of ideas (M338): wishes that are not yet an application. Everybody who may apply reads all of them."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from insatser import policies
from insatser.ansokan_forms import UTAN_PERSONER, Partval
from insatser.models import Ansokan, Ide, Insats
from samordning.karna.forms import EngangsFormular, VersionFormular
from samordning.karna.models import Handelse, Part, Roll
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import paginate, require, skapa_en_gang

MARKEN = {
    Ide.Status.NY: ("info", "ring"), Ide.Status.PROVAS: ("varn", "halv"), Ide.Status.ANSOKAN: ("bra", "full"),
    Ide.Status.VILANDE: ("", "streck"),
}  # fmt: skip


class IdeFalt(forms.ModelForm):
    class Meta:
        model = Ide
        fields = ("rubrik", "text", "insats", "part", "kalla", "status")
        error_messages = {"rubrik": {"required": "Skriv idén i en mening."}}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.insats and not policies.can_view_insats(user, self.instance.insats):
            # Who may not see which insats it is neither reads its name nor takes it away.
            del self.fields["insats"]
        else:
            insatser = Insats.objects.visible_to(user).order_by(SvenskOrdning("namn"), "pk")
            self.fields["insats"].queryset = insatser
            self.fields["insats"].label, self.fields["insats"].empty_label = "Gäller en insats som finns", "Något nytt"
        parter = Part.objects.exclude(slag=Part.Slag.FORBUND).for_val()
        if not user.ar_kansli:
            parter = parter.filter(pk__in={*user.parter_som(Roll.PARTSFORETRADARE), self.instance.part_id} - {None})
        self.fields["part"] = Partval(parter, label="Kommer från", required=False, empty_label="Ingen särskild part")
        self.fields["text"].help_text = UTAN_PERSONER
        self.fields["kalla"].help_text = "Till exempel Beredningsgruppen 18 maj."


class IdeForm(EngangsFormular, IdeFalt):
    pass


class IdeAndraForm(VersionFormular, IdeFalt):
    pass


def _galler(ide, user):
    """What the idea is about, in words; an unpublished insats is the kansli's own."""
    if ide.insats is None:
        return ""
    return str(ide.insats) if policies.can_view_insats(user, ide.insats) else "en insats som inte är publicerad"


@require_GET
def ide_list(request):
    require(policies.can_list_ansokningar(request.user))
    ideer = Ide.objects.select_related("insats", "part").order_by("-skapad", "-pk")
    sida = paginate(request, ideer)
    synliga = Ansokan.objects.visible_to(request.user).filter(pk__in=[ide.ansokan_id for ide in sida if ide.ansokan_id])
    synliga = set(synliga.values_list("pk", flat=True))
    rader = [
        (ide, (ide.get_status_display(), *MARKEN[ide.status]), policies.can_edit_ide(request.user, ide),
         ide.ansokan_id if ide.ansokan_id in synliga else None, _galler(ide, request.user))
        for ide in sida
    ]  # fmt: skip
    return render(request, "ansokan/ide_list.html", {"sida": sida, "rader": rader})


@require_http_methods(["GET", "POST"])
def ide_create(request):
    require(policies.can_list_ansokningar(request.user))
    form = IdeForm.from_request(request, instance=Ide(skapad_av=request.user), user=request.user)
    del form.fields["status"]

    def skapa():
        ide = form.save()
        Handelse.logga(ide, "skapad", av=request.user)
        return ide

    if skapa_en_gang(request, form, Ide, skapa, lambda ide: "Idén är sparad och syns för alla parter."):
        return redirect("ansokan:ide_list")
    return render(request, "ansokan/ide_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def ide_edit(request, pk):
    """The idea as everybody reads it; a form for who may change it."""
    require(policies.can_list_ansokningar(request.user))
    ideer = Ide.objects.select_for_update() if request.method == "POST" else Ide.objects
    ide = get_object_or_404(ideer, pk=pk)
    andrar = policies.can_edit_ide(request.user, ide)
    require(andrar or request.method == "GET")
    rubrik, status = ide.rubrik, (ide.get_status_display(), *MARKEN[ide.status])
    form = IdeAndraForm.from_request(request, instance=ide, user=request.user) if andrar else None
    if request.method == "POST" and form.is_valid():
        if form.andringar():
            form.save()
            Handelse.logga(ide, "andrad", av=request.user)
        messages.success(request, "Idén är sparad.")
        return redirect("ansokan:ide_list")
    ansokan = Ansokan.objects.visible_to(request.user).filter(pk=ide.ansokan_id).first() if ide.ansokan_id else None
    context = {"ide": ide, "rubrik": rubrik, "status": status, "form": form, "ansokan": ansokan,
               "galler": _galler(ide, request.user),
               "slag": [] if ide.ansokan_id else Ansokan.Slag.choices[:3]}  # fmt: skip
    return render(request, "ansokan/ide_edit.html", context)
