"""The list of meetings, and a meeting in the calendar: changed, cancelled, taken up again, and the one after it."""

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moten import dagordning, kallelse, policies, publicering
from moten.dagordning_forms import MoteAndraForm, MoteNastaForm, MotesFilter
from moten.models import Ledamotskap, Mote, Narvaro, Organ
from samordning.karna.flode import OtillatenOvergang
from samordning.karna.kalender import idag
from samordning.karna.models import Handelse
from samordning.karna.models.part import SvenskOrdning
from samordning.karna.views import loggad, paginate, require, skapa_en_gang


def hamta(request, pk):
    """A meeting, for who handles meetings. Locked on POST."""
    require(policies.can_handle_mote(request.user))
    moten = Mote.objects.select_related("organ")
    return get_object_or_404(moten.select_for_update(of=("self",)) if request.method == "POST" else moten, pk=pk)


def hamta_del(request, modell, pk, krav):
    """A row that belongs to a meeting, for who handles meetings. On POST the meeting is locked before the row: one
    order for all. `krav(mote)` raises when the meeting's state does not allow what is to be done."""
    require(policies.can_handle_mote(request.user))
    rad = get_object_or_404(modell.objects.select_related("mote__organ"), pk=pk)
    if request.method == "POST":
        mote = Mote.objects.select_for_update(of=("self",)).select_related("organ").get(pk=rad.mote_id)
        rad = get_object_or_404(modell.objects.select_for_update(of=("self",)), pk=pk)
        rad.mote = mote
    krav(rad.mote)
    return rad


@require_GET
def mote_list(request):
    """What comes, the nearest first, and what has been, the latest first."""
    require(policies.can_list_moten(request.user))
    synliga = Mote.objects.visible_to(request.user)
    organ = Organ.objects.filter(pk__in=synliga.values("organ")).order_by(SvenskOrdning("namn"))
    form = MotesFilter(request.GET, organ=organ)
    form.is_valid()
    if valt := form.cleaned_data.get("organ"):
        synliga = synliga.filter(organ=valt)
    if form.cleaned_data.get("mina"):
        synliga = synliga.filter(mina(request.user))
    synliga = synliga.select_related("organ").annotate(antal=Count("punkter"))
    dag = idag()
    kommande = synliga.filter(Q(dag__gte=dag) | Q(sista_dag__gte=dag))
    varit = synliga.exclude(Q(dag__gte=dag) | Q(sista_dag__gte=dag, sista_dag__isnull=False))
    sida = paginate(request, varit.order_by("-dag", "-pk"))
    sida.object_list = _som_de_lases(list(sida.object_list), request.user)
    context = {
        "filter": form, "kansli": policies.can_handle_mote(request.user), "kommande": kommande.order_by("dag", "pk"),
        "sida": sida,
    }  # fmt: skip
    return render(request, "moten/mote_list.html", context)


def _som_de_lases(moten, user):
    """Who reads a meeting because its record is published does not read what is masked there. At most two queries."""
    if not policies.can_handle_mote(user):
        inne = set(Mote.objects.inifran(user).filter(pk__in=[mote.pk for mote in moten]).values_list("pk", flat=True))
        publicering.dolj([mote for mote in moten if mote.pk not in inne])
    return moten


def mina(user):
    """A filter of Mote: those of the bodies where the user sits that day, and those with the user in their list."""
    sitter = Ledamotskap.objects.filter(
        Q(till=None) | Q(till__gte=OuterRef("dag")), fran__lte=OuterRef("dag"), organ=OuterRef("organ"),
        kontakt__anvandare=user,
    )  # fmt: skip
    return Exists(sitter) | Exists(Narvaro.objects.filter(mote=OuterRef("pk"), kontakt__anvandare=user))


@require_http_methods(["GET", "POST"])
def mote_edit(request, pk):
    """Until the meeting is closed."""
    mote = hamta(request, pk)
    if mote.lage not in dagordning.OPPNA:
        raise OtillatenOvergang("Mötet är inte längre på gång, så dagen går inte att ändra. Inget ändrades.")
    form = MoteAndraForm.from_request(request, instance=mote)
    if request.method == "POST" and form.is_valid() and form.spara_utan_krock(form.save):
        andringar = form.andringar()
        if andringar:
            Handelse.logga(mote, "flyttad" if "dag" in andringar else "andrad", av=request.user, data=_fakta(andringar))
        messages.success(request, "Ändringarna är sparade.")
        if andringar and mote.lage == Mote.Lage.KALLAT:
            messages.warning(request, "De som är kallade har inte fått veta det än. Skicka kallelsen igen.")
            return redirect("moten:kallelse_create", pk)
        return redirect("moten:dagordning_edit", pk)
    context = _form(mote, form, "Ändra mötet", "Spara") | {"ny_dag": True}
    return render(request, "moten/dagordning_form.html", context)


def _fakta(andringar):
    """Which fields, with values where they say nothing of a person."""
    return {namn: varde for namn, varde in andringar.items() if namn not in ("ordforande", "sekreterare")}


def _form(mote, form, rubrik, knapp):
    return {"mote": mote, "form": form, "rubrik": rubrik, "knapp": knapp}


@require_http_methods(["GET", "POST"])
def mote_stall_in(request, pk):
    mote = hamta(request, pk)
    if request.method == "POST":
        mote.sekvens += 1
        mote._overga("stall_in", av=request.user, sekvens=mote.sekvens)
        antal = kallelse.stall_in(mote, av=request.user)
        far_veta = f" {antal} {'person' if antal == 1 else 'personer'} får ett mejl om det." if antal else ""
        messages.success(request, f"Mötet är inställt.{far_veta} Det som skulle tas upp föreslås på nästa möte.")
        return redirect("moten:dagordning_edit", pk)
    if "stall_in" not in mote.mojliga_overgangar:
        raise OtillatenOvergang(
            "Mötet går inte att ställa in: det pågår, har varit eller är redan inställt. Inget ändrades."
        )
    kallade = mote.narvaro.exclude(kallad=None).exclude(kontakt__epost="").count()
    return render(request, "moten/mote_stall_in.html", {"mote": mote, "kallade": kallade})


@require_POST
def mote_ateruppta(request, pk):
    mote = hamta(request, pk)
    mote._overga("ateruppta", av=request.user, sekvens=mote.sekvens + 1)
    kallelse.ateruppta(mote)
    messages.success(request, "Mötet är med i kalendern igen. Ingen är kallad än.")
    return redirect("moten:dagordning_edit", pk)


@require_http_methods(["GET", "POST"])
def mote_nasta(request, pk):
    """The meeting after this one, with everything that is to be taken up proposed and put on its agenda."""
    mote = hamta(request, pk)
    if finns := dagordning.nasta(mote):
        if request.method == "POST":
            nya = dagordning.bygg(finns, request.user)
            messages.success(request, f"{len(nya)} punkter lades till på nästa möte.")
            return redirect("moten:dagordning_edit", finns.pk)
        context = {"mote": mote, "finns": finns, "rader": dagordning.forslag(finns)}
        return render(request, "moten/mote_nasta.html", context)
    nytt = Mote(organ=mote.organ)
    for falt in ("fran", "till", "plats", "lank", "ordforande", "sekreterare"):
        setattr(nytt, falt, getattr(mote, falt))
    form = MoteNastaForm.from_request(request, instance=nytt)

    def skapa():
        nytt = loggad(request, form.save())
        dagordning.bygg(nytt, request.user)
        return nytt

    text = "Mötet är inlagt, och dagordningen har fått det som ska tas upp."
    if skapat := skapa_en_gang(request, form, Mote, skapa, text):
        return redirect("moten:dagordning_edit", skapat.pk)
    return render(request, "moten/dagordning_form.html", _form(mote, form, "Nästa möte", "Lägg in mötet"))
