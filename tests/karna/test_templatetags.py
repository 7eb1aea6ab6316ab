"""What templates are built of."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template import Context, RequestContext, Template
from django.urls import include, path

from samordning.karna.templatetags import samordning as taggar

HM = "\N{NO-BREAK SPACE}"


def rita(text, request=None, **context):
    mall = Template("{% load samordning %}" + text)
    return mall.render(RequestContext(request, context) if request else Context(context))


@pytest.mark.parametrize(
    ("filter_", "varde", "text"),
    [
        ("datum", datetime.date(2024, 6, 13), f"13{HM}juni{HM}2024"),
        ("datum", datetime.datetime(2026, 6, 30, 22, 30, tzinfo=datetime.UTC), f"1{HM}juli{HM}2026"),
        ("datum", None, "–"),
        ("datumtid", datetime.datetime(2024, 6, 13, 7, 5, tzinfo=datetime.UTC), f"13{HM}juni{HM}2024 klockan{HM}9.05"),
        ("tal", 1234567, f"1{HM}234{HM}567"),
        ("tal", 2.5, "2,5"),
        ("tal", 0, "0"),
        ("tal", None, "–"),
        ("procent", 0.5714, f"57{HM}%"),
        ("procent", 0.125, f"13{HM}%"),
        ("procent", None, "–"),
        ("komma", Decimal("3.75"), "3,75"),
        ("talord", 3, "tre"),
        ("talord", 13, "13"),
        ("ringbar", "0980-319 200", "tel:0980319200"),
        ("ringbar", "+46 980 319 200", "tel:+46980319200"),
    ],
)
def test_filters(filter_, varde, text):
    assert rita("{{ varde|" + filter_ + " }}", varde=varde) == text


def test_komma_rounds_halves_up():
    assert rita("{{ v|komma:1 }}", v=Decimal("3.75")) == "3,8"


def test_icons_are_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in rita('{% ikon "home" %}')


def test_bytparam_keeps_the_rest_and_forgets_the_page(rf):
    request = rf.get("/?sok=a%20b&roll=kansli&sida=3")
    assert rita("{% bytparam roll=None %}", request) == "?sok=a+b"
    assert rita("{% bytparam sida=4 %}", request) == "?sok=a+b&amp;roll=kansli&amp;sida=4"


def test_page_numbers_are_shortened():
    sida = Paginator(range(1000), 50).page(10)
    assert list(taggar.sidnummer(sida)) == [1, "…", 9, 10, 11, "…", 20]


# ---- {% panel %}


@login_not_required
def ruta(request, nr):
    return HttpResponse(f"<b>{request.method} {request.user} {nr} {request.GET.get('sok', '')}</b>")


def hemlig(request):
    return HttpResponse("hemligt")


def nekad(request):
    raise PermissionDenied


def borta(request):
    raise Http404


def vidare(request):
    return redirect("/")


@login_not_required
def i_sig_sjalv(request):
    return HttpResponse("(" + rita('{% panel "i_sig_sjalv" %}', request) + ")")


@login_not_required
def med_stapel(request):
    return HttpResponse(rita("{% stapel delar %}", request, delar=[("man", 3)]))


urlpatterns = [
    path("ruta/<int:nr>/", ruta, name="ruta"),
    *[path(f"{vy.__name__}/", vy, name=vy.__name__) for vy in (hemlig, nekad, borta, vidare, i_sig_sjalv, med_stapel)],
    path("", include("samordning.urls")),
]


@pytest.fixture
def sida(rf, ny_anvandare):
    request = rf.post("/sida/?sok=utanfor", {"a": "b"})
    request.user = ny_anvandare("kansli", namn="Kim Prov")
    return request


@pytest.mark.urls(__name__)
def test_a_panel_is_what_its_view_answers_as_a_get_by_the_same_user(sida):
    assert rita('{% panel "ruta" 7 %}', sida) == "<b>GET Kim Prov 7 </b>"
    assert rita('{% panel "ruta" nr=8 %}', sida) == "<b>GET Kim Prov 8 </b>"
    assert (sida.method, sida.POST["a"], sida.GET["sok"]) == ("POST", "b", "utanfor")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("namn", ["nekad", "borta", "vidare"])
def test_what_the_user_may_not_see_is_nothing(sida, namn):
    assert rita('[{% panel "' + namn + '" %}]', sida) == "[]"


@pytest.mark.urls(__name__)
def test_a_panel_that_needs_a_login_is_nothing_to_the_public(sida):
    assert rita('[{% panel "hemlig" %}]', sida) == "[hemligt]"
    sida.user = AnonymousUser()
    assert rita('[{% panel "hemlig" %}]', sida) == "[]"
    assert "AnonymousUser" in rita('{% panel "ruta" 1 %}', sida)


@pytest.mark.urls(__name__)
def test_a_panel_within_a_panel_ends(sida):
    assert rita('{% panel "i_sig_sjalv" %}', sida) == "(())"


@pytest.mark.urls(__name__)
def test_patterns_of_panels_and_page_have_different_ids(sida):
    html = rita('{% panel "med_stapel" %}{% stapel delar %}{% panel "med_stapel" %}', sida, delar=[("man", 1)])
    assert [f'id="man-{nr}"' in html for nr in (1, 2, 3)] == [True, True, True]
    assert html.count('id="man-') == 3
