"""The base of every form: bound on POST, sent once, never over a colleague's change, and rules at their fields."""

import datetime
import threading
import uuid
from decimal import Decimal

import pytest
from django import forms
from django.db import connection
from django.test import RequestFactory

from insatser.models import Insats, Medarbetare
from samordning.karna.andringar import i_ord, lika, skrivbar
from samordning.karna.forms import EngangsFormular, Formular, Regelformular, VersionFormular
from samordning.karna.models import Inskick, Part
from tests.insatser.fabrik import ny_insats, ny_medarbetare


class PartForm(EngangsFormular, forms.ModelForm):
    class Meta:
        model = Part
        fields = ("namn", "slag")


class InsatsForm(VersionFormular, forms.ModelForm):
    class Meta:
        model = Insats
        fields = ("namn", "agare", "metod", "inriktning")


class SlutForm(Regelformular, forms.ModelForm):
    regelfalt = {"medarbetare_inte_dubbelt": "till"}

    class Meta:
        model = Medarbetare
        fields = ("till",)


class Fraga(Formular, forms.Form):
    namn = forms.CharField()
    dag = forms.DateField(label="Från och med")
    slag = forms.ChoiceField(label="Slag", choices=[("a", "A")])
    egen = forms.CharField(error_messages={"required": "Egna ord."})


def test_bound_on_post_even_when_nothing_was_sent():
    fabrik = RequestFactory()
    assert not Fraga.from_request(fabrik.get("/")).is_bound
    tom = Fraga.from_request(fabrik.post("/"))
    assert tom.is_bound
    assert "namn" in tom.errors
    assert tom.helper.form_tag is False


def test_an_empty_field_says_what_to_do():
    assert Fraga({}).errors == {
        "namn": ["Fyll i namn."],
        "dag": ["Fyll i datum för ”från och med”."],
        "slag": ["Välj slag."],
        "egen": ["Egna ord."],
    }


# ---- Sent once


def skicka(user, nyckel, **falt):
    form = PartForm({"namn": "Vara vårdcentral", "slag": "annan", "inskick": str(nyckel)} | falt)
    return form, form.skapa_en_gang(user, Part, form.save)


@pytest.mark.django_db
def test_second_sending_gives_the_first_ones_row(ny_anvandare):
    user, nyckel = ny_anvandare(), uuid.uuid4()
    _, (forsta, ny) = skicka(user, nyckel)
    assert ny
    # The name is taken by the first sending, so the form itself has errors.
    form, (andra, ny) = skicka(user, nyckel)
    assert form.errors
    assert (andra, ny) == (forsta, False)
    _, (tredje, ny) = skicka(user, nyckel, namn="Ett annat namn")
    assert (tredje, ny) == (forsta, False)
    assert Inskick.objects.get().objekt_id == str(forsta.pk)


@pytest.mark.django_db
def test_errors_make_nothing_and_the_same_form_can_be_sent_again(ny_anvandare):
    user, nyckel = ny_anvandare(), uuid.uuid4()
    _, resultat = skicka(user, nyckel, namn="")
    assert resultat == (None, False)
    _, (part, ny) = skicka(user, nyckel)
    assert ny
    assert part.namn == "Vara vårdcentral"


@pytest.mark.django_db
def test_somebody_elses_key_gives_nothing_away(ny_anvandare):
    nyckel = uuid.uuid4()
    skicka(ny_anvandare(), nyckel)
    _, resultat = skicka(ny_anvandare(), nyckel)
    assert resultat == (None, False)


@pytest.mark.django_db
def test_a_form_without_its_key_still_works(ny_anvandare):
    form = PartForm({"namn": "Vara vårdcentral", "slag": "annan"})
    assert form.skapa_en_gang(ny_anvandare(), Part, form.save)[1]
    assert "inskick" in PartForm({"namn": "X", "slag": "annan", "inskick": "skräp"}).errors


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_sendings_at_the_same_moment_make_one_row(ny_anvandare):
    user, nyckel, start, svar = ny_anvandare(), uuid.uuid4(), threading.Barrier(2), []

    def en():
        start.wait()
        svar.append(skicka(user, nyckel)[1])
        connection.close()

    tradar = [threading.Thread(target=en) for _ in range(2)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert sorted(ny for _, ny in svar) == [False, True]
    assert {part.pk for part, _ in svar} == {Part.objects.get(namn="Vara vårdcentral").pk}


# ---- Never over a colleague's change


def data(insats, **falt):
    sparat = {"namn": insats.namn, "agare": insats.agare_id, "metod": insats.metod, "inriktning": insats.inriktning}
    return sparat | {"version": insats.version} | falt


@pytest.mark.django_db
def test_save_counts_and_tells_what_changed(kommun):
    insats = ny_insats("Ung Arena")
    form = InsatsForm(data(insats, agare=kommun.pk, metod="Ny metod"), instance=insats)
    forbund = insats.agare_id
    assert form.is_valid()
    form.save()
    assert form.andringar() == {"agare": [forbund, kommun.pk], "metod": ["", "Ny metod"]}
    insats.refresh_from_db()
    assert (insats.version, insats.metod, insats.agare) == (2, "Ny metod", kommun)


@pytest.mark.django_db
def test_an_old_version_is_refused_with_both_texts(kommun):
    insats = ny_insats("Ung Arena", metod="Kollegans", version=2, agare=kommun)
    form = InsatsForm(data(insats, metod="Min", version=1), instance=insats)
    assert not form.is_valid()
    assert form.nyare == [("Metod", "Kollegans")]
    assert form["metod"].value() == "Min"
    assert form["version"].value() == "2"
    igen = InsatsForm(form.data, instance=Insats.objects.get())
    assert igen.is_valid()
    igen.save()
    assert Insats.objects.get().version == 3


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "x", None])
def test_a_form_without_its_version_is_refused(version):
    insats = ny_insats("Ung Arena")
    assert "version" in InsatsForm(data(insats, version=version), instance=insats).errors


# ---- Rules of the model


@pytest.mark.django_db
def test_a_rule_about_a_column_without_a_field_is_asked_and_said_at_its_field(ny_anvandare):
    insats, person = ny_insats(), ny_anvandare("insatspersonal")
    forsta = ny_medarbetare(insats, person, datetime.date(2024, 1, 1), datetime.date(2024, 6, 30))
    ny_medarbetare(insats, person, datetime.date(2024, 7, 1))
    form = SlutForm({"till": "2024-07-01"}, instance=forsta)
    assert form.errors == {"till": ["Personen är redan medarbetare i insatsen de dagarna."]}
    # A rule that no field is given for stands over the form; days in the wrong order never reach the database.
    form = SlutForm({"till": "2023-12-31"}, instance=Medarbetare.objects.get(pk=forsta.pk))
    assert form.errors == {"__all__": ["Slutdatumet är före startdatumet."]}
    assert SlutForm({"till": "2024-06-29"}, instance=Medarbetare.objects.get(pk=forsta.pk)).is_valid()


# ---- What changed


def test_values_as_json():
    assert skrivbar(None) is None
    assert skrivbar(True) is True
    assert skrivbar(datetime.date(2024, 1, 2)) == "2024-01-02"
    assert skrivbar(Decimal("1.50")) == "1.50"
    assert skrivbar(["a", Part(pk=7)]) == ["a", 7]


@pytest.mark.parametrize(
    ("fore", "efter", "svar"),
    [
        (None, "", True),
        ([1, 2], [2, 1], True),
        ([1], [1, 2], False),
        (7, Part(pk=7), True),
        (False, None, False),
        (0, None, False),
        ("2024-01-02", datetime.date(2024, 1, 2), True),
    ],
)
def test_what_counts_as_the_same(fore, efter, svar):
    assert lika(fore, efter) is svar


@pytest.mark.parametrize(
    ("falt", "varde", "text"),
    [
        ("publicerad", True, "ja"),
        ("publicerad", False, "nej"),
        ("metod", "", "(tomt)"),
        ("metod", "2024-13-99", "2024-13-99"),
        ("start", "2024-01-02", "2 januari 2024"),
        ("start", datetime.date(2024, 1, 2), "2 januari 2024"),
        ("inriktning", "struktur", "Strukturövergripande"),
        ("grupper", ["unga", "gammal_kod"], "Unga 16–29 år, gammal_kod"),
        ("orter", ["Vara", "Hjo"], "Vara, Hjo"),
        ("agare", 7, "Vara kommun"),
        ("agare", 8, "nr 8"),
        ("min_veckor", 4, "4"),
    ],
)
def test_values_in_words(falt, varde, text):
    assert i_ord(Insats._meta.get_field(falt), varde, {7: "Vara kommun"}) == text


def test_values_of_no_field_in_words():
    assert i_ord(None, Decimal("1.50")) == "1,50"
    assert i_ord(None, None) == "(tomt)"
