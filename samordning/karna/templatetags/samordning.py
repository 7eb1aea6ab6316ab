"""What every template may use: icons, figures, Swedish dates and numbers, addresses with a changed parameter, and
boxes that other apps fill."""

import copy
import itertools
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django import template
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from heroicons.templatetags import heroicons

from samordning.karna import diagram, kalender

register = template.Library()

HART_MELLANSLAG = "\N{NO-BREAK SPACE}"
SAKNAS = "–"
PANELDJUP = 2
TALORD = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]

# ---- Pictures


@register.simple_tag
@lru_cache(maxsize=256)
def ikon(namn, storlek=20, stil=""):
    """A Heroicon, hidden from screen readers: it always stands beside a word. Up to 20 px the filled small drawing,
    above that the outline; `stil="solid"` for a filled large one."""
    stil = stil or ("mini" if storlek <= 20 else "outline")
    return getattr(heroicons, f"heroicon_{stil}")(namn, size=storlek)


register.simple_tag(diagram.marksymbol)
register.simple_tag(diagram.logotyp)
register.simple_tag(diagram.sammanflode)
register.simple_tag(diagram.andelsstapel)
register.simple_tag(diagram.matare)
register.simple_tag(diagram.omslag)
register.filter("bildnamn", diagram.med_namn)


def _ids(context):
    """The numbers of the request's patterns. The request carries them, so that panels of one page never share an id;
    a rendering without request (a file) has its own."""
    request = getattr(context, "request", None)
    hallare = context.render_context.dicts[0] if request is None else vars(request)
    return hallare.setdefault("diagram_ids", itertools.count(1))


@register.simple_tag(takes_context=True)
def ruta(context, kon, storlek=16):
    """The legend box of a group: kvinnor, man, annat or alla."""
    return diagram.ruta(kon, _ids(context), storlek)


@register.simple_tag(takes_context=True)
def stapel(context, delar, hogst=None, hojd=26):
    """A bar of parts, [(kon, antal)]; see `diagram.stapel`."""
    return diagram.stapel(delar, _ids(context), hogst, hojd)


# ---- Dates and numbers


@register.filter
def datum(varde):
    """13 juni 2024, kept on one line; a moment is shown as its day in Stockholm, None as –."""
    if varde is None:
        return SAKNAS
    return date_format(_lokal(varde), "j F Y").replace(" ", HART_MELLANSLAG)


@register.filter
def datumtid(varde):
    """13 juni 2024 klockan 9.05, in Stockholm."""
    if varde is None:
        return SAKNAS
    return f"{datum(varde)} klockan{HART_MELLANSLAG}{date_format(_lokal(varde), 'G.i')}"


def _lokal(varde):
    return timezone.localtime(varde) if hasattr(varde, "hour") and timezone.is_aware(varde) else varde


@register.filter
def dagruta(dag):
    """The word under a large day number: `i dag`, or the month."""
    return "i dag" if dag == kalender.idag() else date_format(dag, "F")


@register.filter
def tal(varde):
    """1200 -> 1 200 (on one line), 2.5 -> 2,5, None -> –."""
    if varde is None:
        return SAKNAS
    return f"{varde:,}".replace(",", HART_MELLANSLAG).replace(".", ",")


@register.filter
def procent(andel):
    """0.5714 -> 57 % (halves are rounded up), None -> –."""
    if andel is None:
        return SAKNAS
    hela = (Decimal(str(andel)) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{hela}{HART_MELLANSLAG}%"


@register.filter
def komma(varde, decimaler=None):
    """3.75 -> 3,75; `|komma:1` -> 3,8. None -> –."""
    if varde is None:
        return SAKNAS
    if decimaler is not None:
        varde = Decimal(str(varde)).quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP)
    return str(varde).replace(".", ",")


@register.filter
def talord(antal):
    """Up to twelve in words, from there in digits: 3 -> tre, 13 -> 13."""
    return TALORD[antal] if 0 <= antal < len(TALORD) else tal(antal)


@register.filter
def ringbar(telefon):
    """A phone number as a link wants it: 0980-319 200 -> tel:0980319200."""
    return "tel:" + "".join(tecken for tecken in telefon if tecken.isdigit() or tecken == "+")


# ---- Addresses and lists


@register.simple_tag(takes_context=True)
def bytparam(context, **nya):
    """The page's own query string with some parameters changed, for links: `href="{% bytparam sida=2 %}"`.

    None removes a parameter. The page number is removed with every other change, because the list becomes another one.
    """
    fraga = context.request.GET.copy()
    if "sida" not in nya:
        fraga.pop("sida", None)
    for namn, varde in nya.items():
        if varde is None:
            fraga.pop(namn, None)
        else:
            fraga[namn] = varde
    return f"?{fraga.urlencode()}"


@register.filter
def sidnummer(sida):
    """The page numbers to link to, with a gap where many are left out."""
    return list(sida.paginator.get_elided_page_range(sida.number, on_each_side=1, on_ends=1))


# ---- Forms


@register.filter
def forsta_id(falt):
    """The id that a link to the field goes to: the field itself, or the first choice of a group."""
    return falt.id_for_label or f"{falt.auto_id}_0"


@register.filter
def felrader(form):
    """[(id or None, message)] of a form: first what concerns the whole of it, then the fields in their order."""
    hela = [(None, fel) for fel in form.non_field_errors()]
    dolda = [(None, fel) for falt in form.hidden_fields() for fel in falt.errors]
    return hela + dolda + [(forsta_id(falt), fel) for falt in form.visible_fields() for fel in falt.errors]


@register.simple_tag
def inmatning(falt, klass):
    """The control of a form field with the class of its kind, a mark when it is wrong, and its own class kept."""
    klasser = [klass, "is-invalid" if falt.errors else "", falt.field.widget.attrs.get("class", "")]
    attribut = {"class": " ".join(filter(None, klasser))}
    # Django leaves this out where it would draw a fieldset, which the file field here has not.
    if falt.aria_describedby:
        attribut["aria-describedby"] = falt.aria_describedby
    return falt.as_widget(attrs=attribut)


# ---- Boxes from other apps


@register.simple_tag(takes_context=True)
def panel(context, namn, *args, **kwargs):
    """What the view of a URL name answers, inside this page: `{% panel "ekonomi:insats_panel" insats.pk %}`.

    The view runs in this request, for the same user and under its own policy. Where it says 403 or 404, asks for a
    login or sends elsewhere, nothing is shown. It answers with the box alone, not with a page.
    """
    traff = resolve(reverse(namn, args=args, kwargs=kwargs))
    yttre = context.request
    djup = getattr(yttre, "paneldjup", 0)
    if djup >= PANELDJUP or (getattr(traff.func, "login_required", True) and not yttre.user.is_authenticated):
        return ""
    _ids(context)  # shared with the copy, so that no pattern of the box has the page's ids
    request = copy.copy(yttre)
    request.method, request.GET, request.POST = "GET", QueryDict(), QueryDict()
    request.htmx, request.resolver_match, request.paneldjup = False, traff, djup + 1
    try:
        response = traff.func(request, *traff.args, **traff.kwargs)
    except (PermissionDenied, Http404):
        return ""
    return SafeString(response.content.decode()) if response.status_code == 200 else ""
