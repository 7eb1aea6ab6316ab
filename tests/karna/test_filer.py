"""Files: random names, unreadable on disk when about persons, and never opened by the browser."""

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from samordning.karna import filer
from samordning.karna.models import Fil

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mapp(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_an_ordinary_file_comes_back_as_a_download():
    fil = filer.spara(b"a;b\n1;2\n", "../../Läs mig.csv")
    fil.godkann()
    response = filer.svar(Fil.objects.get(pk=fil.pk))
    assert response.content == b"a;b\n1;2\n"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''L%C3%A4s%20mig.csv")


def test_the_path_says_nothing(tmp_path):
    fil = filer.spara(b"x", "../../etc/remiss.pdf")
    assert filer.vag(fil).resolve().is_relative_to(tmp_path.resolve())
    assert "remiss" not in str(filer.vag(fil).relative_to(tmp_path))
    assert [p.name for p in filer.vag(fil).parent.iterdir()] == [fil.uuid.hex]


def test_a_file_about_a_person_is_unreadable_on_disk_and_in_the_database():
    fil = filer.spara(b"Remiss om en person", "Remiss Kim Prov.pdf", person=True)
    assert b"Remiss" not in filer.vag(fil).read_bytes()
    fil = Fil.objects.get(pk=fil.pk)
    assert fil.namn == ""
    assert fil.filnamn == "Remiss Kim Prov.pdf"
    assert filer.las(fil) == b"Remiss om en person"


def test_html_is_never_a_page():
    fil = filer.spara(b"<script>", "sida.html")
    fil.godkann()
    response = filer.svar(fil)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("avvisad", [False, True])
def test_what_is_not_approved_does_not_exist(avvisad):
    fil = filer.spara(b"x", "a.pdf")
    if avvisad:
        fil.avvisa()
    with pytest.raises(Http404):
        filer.svar(fil)


def test_a_changed_file_is_not_given_out():
    fil = filer.spara(b"x", "a.pdf")
    filer.vag(fil).write_bytes(b"y")
    with pytest.raises(ValueError, match="skadad"):
        filer.las(fil)


def test_a_file_that_is_too_large_is_refused(settings, tmp_path):
    settings.STORSTA_FIL = 2**20
    with pytest.raises(ValidationError, match="högst 1 MB"):
        filer.spara(b"x" * (2**20 + 1), "stor.pdf")
    assert not list(tmp_path.iterdir())
