"""Old minutes are read in by the kansli: files or text, a look beside the original, a meeting, undone if need be."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import inlasning, inlasning_angra, inlasning_jobb, policies
from moten.inlasning_avtryck import Nekad
from moten.inlasning_forms import InlasningForm, SvarForm
from moten.inlasning_svar import kan_fyllas, upptaget
from moten.inlasning_tolkad import kallblock
from moten.models import Inlasning, Mote
from samordning.karna import filer
from samordning.karna.forms import NAGON_ANNAN_HANN_FORE
from samordning.karna.kalender import nu
from samordning.karna.views import get_visible_or_404, paginate, require

Lage = Inlasning.Lage
MARKEN = {
    Lage.VANTAR: ("info", "ring"), Lage.FRAGOR: ("varn", "halv"), Lage.KLAR: ("info", "halv"),
    Lage.INLAST: ("bra", "full"), Lage.NEKAD: ("fara", "trekant"), Lage.ANGRAD: ("", "streck"),
}  # fmt: skip
FLEST_BLOCK = 400


def _hamta(request, pk):
    require(policies.can_handle_mote(request.user))
    return get_object_or_404(Inlasning.objects.select_related("fil", "mote__organ", "korning", "av"), pk=pk)


@require_GET
def inlasning_list(request):
    require(policies.can_handle_mote(request.user))
    rader = Inlasning.objects.i_lista()
    lage = request.GET.get("lage", "")
    if lage in Lage.values:
        rader = rader.filter(lage=lage)
    antal = Inlasning.objects.aggregate(**{namn: Count("pk", filter=Q(lage=namn)) for namn in Lage.values})
    sida = paginate(request, rader)
    for rad in sida:
        rad.marke = MARKEN[rad.lage]
    context = {
        "sida": sida, "lage": lage, "klara": antal[Lage.KLAR],
        "lagen": [(namn, text, antal[namn]) for namn, text in Lage.choices if antal[namn]],
    }  # fmt: skip
    return render(request, "moten/inlasning_list.html", context)


@require_http_methods(["GET", "POST"])
def inlasning_create(request):
    require(policies.can_handle_mote(request.user))
    form = InlasningForm.from_request(request)
    if request.method == "POST" and form.is_valid():
        return _ta_emot(request, form.cleaned_data)
    return render(request, "moten/inlasning_create.html", {"form": form})


def _ta_emot(request, data):
    """Store each file once. A short text is read at once; the rest by a job, whose page shows how far it has come."""
    nya, fanns, nekade = [], [], []
    if data["text"]:
        namn = f"Inklistrad text {localtime(nu()):%Y-%m-%d %H.%M}.txt"
        kallor = [(namn, data["text"].replace("\r\n", "\n").encode())]
    else:
        kallor = ((fil.name, fil) for fil in data["filer"])
    for namn, kalla in kallor:
        if not isinstance(kalla, bytes):
            if fel := inlasning.snabbkoll(namn, kalla.size, settings.STORSTA_FIL):
                nekade.append(inlasning.ta_emot_nekad(b"", namn, f"{fel} Inget är inläst.", av=request.user))
                continue
            kalla = kalla.read()
        rad, ny = inlasning.ta_emot(kalla, namn, av=request.user)
        (nya if ny else fanns).append(rad)
    _beratta(request, nya, fanns, nekade)
    if nya and (len(nya) > 1 or not inlasning.lases_genast(nya[0])):
        return redirect("sidor:jobb_detail", inlasning_jobb.bestall_lasning(nya, request.user).uuid)
    if nya:
        inlasning.las(nya[0], inlasning.Underlag.nu())
    if len(nya) + len(fanns) == 1 and not nekade:
        return redirect("moten:inlasning_detail", (nya or fanns)[0].pk)
    return redirect("moten:inlasning_list")


def _beratta(request, nya, fanns, nekade):
    if len(fanns) == 1:
        vad = f"som mötet {fanns[0].mote}" if fanns[0].mote else "och väntar på svar här"
        messages.info(request, f"{fanns[0].namn} är redan inläst {vad}. Inget nytt är sparat.")
    elif fanns:
        messages.info(request, f"{len(fanns)} av filerna är redan inlästa och finns i listan. Inget nytt är sparat.")
    if nekade:
        messages.warning(request, f"{len(nekade)} av filerna togs inte emot. Varför står i listan.")


@require_http_methods(["GET", "POST"])
def inlasning_detail(request, pk):
    """Before it is saved: what is to be answered, beside the original. Afterwards: what came of it."""
    rad = _hamta(request, pk)
    if rad.lage not in Inlasning.OPPNA:
        if request.method == "POST":
            messages.info(request, f"{rad.namn} är redan {rad.get_lage_display().lower()}. Inget ändrades.")
            return redirect("moten:inlasning_detail", pk)
        return render(request, "moten/inlasning_klar.html", {"rad": rad, "marke": MARKEN[rad.lage]})
    underlag = inlasning.Underlag.nu()
    anteckning, gissat = inlasning.svara(rad, underlag)
    form = SvarForm.from_request(
        request, gissat=gissat, anteckning=anteckning, register=underlag.register, version=rad.version,
        initial=dict(rad.halva_svar),
    )  # fmt: skip
    if "senare" in request.POST and _sparat_halvt(request, rad, form):
        return redirect("moten:inlasning_list")
    if request.method == "POST" and "senare" not in request.POST and form.is_valid():
        try:
            mote = inlasning.spara(rad, anteckning, form.svar(), av=request.user)
        except Nekad as fel:
            form.add_error(None, str(fel))
        else:
            messages.success(request, "Mötet är sparat. Det går att ångra tills något har ändrats i det.")
            return redirect("moten:mote_detail", mote.pk)
    block, hela = kallblock(anteckning), bool(request.GET.get("hela"))
    context = {
        "rad": rad, "form": form, "anteckning": anteckning, "marke": MARKEN[rad.lage], "krock": _krock(form, gissat),
        "kallblock": block if hela else block[:FLEST_BLOCK], "fler": 0 if hela else max(0, len(block) - FLEST_BLOCK),
        "antal_rader": sum(len(ett.rader) for ett in block),
    }  # fmt: skip
    return render(request, "moten/inlasning_detail.html", context)


def _sparat_halvt(request, rad, form):
    """True when the answers are kept; else they stay in the form, and the next sending is a choice."""
    version = request.POST.get("version", "")
    if version.isdecimal() and inlasning.spara_halvt(rad, form.halva(), version=int(version[:9]), av=request.user):
        messages.success(request, f"Svaren om {rad.namn} är sparade. Inget möte är gjort än.")
        return True
    form.data = form.data.copy()
    form.data["version"] = str(rad.version)
    form.full_clean()
    form.add_error(None, NAGON_ANNAN_HANN_FORE)
    return False


def _krock(form, gissat):
    """The meeting of that body and day that is there already, and the import that it came from, if any."""
    data = getattr(form, "cleaned_data", None) or {"organ": gissat.organ, "dag": gissat.dag}
    organ, dag = data.get("organ"), data.get("dag")
    mote = upptaget(organ, dag) if organ and dag else None
    if kan_fyllas(mote):
        return None
    return {"mote": mote, "inlasning": Inlasning.objects.filter(mote=mote, lage=Lage.INLAST).defer("tolkad").first()}


@require_POST
def inlasning_las(request, pk):
    """Order the reading again of one that waits: its job was cancelled, or lost."""
    rad = _hamta(request, pk)
    if rad.lage != Lage.VANTAR:
        messages.info(request, "Filen är redan läst.")
        return redirect("moten:inlasning_detail", pk)
    return redirect("sidor:jobb_detail", inlasning_jobb.bestall_lasning([rad], request.user).uuid)


@require_POST
def inlasning_spara_klara(request):
    """Those of which nothing has to be asked, by a job."""
    require(policies.can_handle_mote(request.user))
    klara = list(Inlasning.objects.filter(lage=Lage.KLAR).values_list("pk", flat=True))
    if not klara:
        messages.info(request, "Inget väntar på att sparas.")
        return redirect("moten:inlasning_list")
    return redirect("sidor:jobb_detail", inlasning_jobb.bestall_sparande(klara, request.user).uuid)


@require_http_methods(["GET", "POST"])
def inlasning_kasta(request, pk):
    """Asked first: the file and the answers go."""
    rad = _hamta(request, pk)
    if request.method == "POST":
        try:
            inlasning.kasta(rad, av=request.user)
        except Nekad as fel:
            messages.warning(request, str(fel))
            return redirect("moten:inlasning_detail", pk)
        messages.success(request, "Filen är borttagen ur listan.")
        return redirect("moten:inlasning_list")
    kan = rad.lage not in (Lage.INLAST, Lage.ANGRAD)
    return render(request, "moten/inlasning_kasta.html", {"rad": rad, "kan": kan})


@require_http_methods(["GET", "POST"])
def angra(request, pk):
    """Asked first, and refused with a list when something has been built on the import."""
    rad = _hamta(request, pk)
    if request.method == "POST":
        try:
            kvar = inlasning_angra.angra(rad, av=request.user)
        except Nekad as fel:
            messages.warning(request, str(fel))
            return redirect("moten:inlasning_angra", pk)
        text = "Inläsningen är ångrad och mötet är borttaget."
        if kvar:
            text += f" {kvar} {'kontakt' if kvar == 1 else 'kontakter'} är kvar, för de används på annat håll."
        messages.success(request, text)
        return redirect("moten:inlasning_list")
    hinder = inlasning_angra.hinder(rad) if rad.lage == Lage.INLAST else ["den är inte sparad som ett möte"]
    return render(request, "moten/inlasning_angra.html", {"rad": rad, "hinder": hinder})


@require_GET
def inlasning_fil(request, pk):
    """The file as it came, also before it is a meeting."""
    rad = _hamta(request, pk)
    return filer.svar(rad.fil) if rad.fil else redirect("moten:inlasning_detail", pk)


@require_GET
def mote_original(request, pk):
    """The file that a meeting was read in from: for who belongs to the meeting, not who reads what is published."""
    mote = get_visible_or_404(Mote.objects.select_related("organ", "original"), request.user, pk=pk)
    require(not policies.sees_only_published(request.user, mote))
    if mote.original is None:
        return redirect("moten:mote_detail", pk)
    return filer.svar(mote.original)
