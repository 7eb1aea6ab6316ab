"""A participant with a phone: types the code and goes through the questions, without script."""

import datetime

from django.core.cache import cache
from django.urls import reverse

from samordning.karna.kalender import idag
from tests.conftest import Klient
from tests.uppfoljning.personer import nytt_deltagande
from uppfoljning import lankar

START = {"halsa": 4, "timmar": "12"}
SLUT = {"bemotande": 9, "halsa": 7, "timmar": "20"}


class Telefon:
    """One browser. `adress` is where it stands."""

    def __init__(self, ip="192.0.2.10"):
        self.client = Klient(REMOTE_ADDR=ip)
        self.sida = None

    def hamta(self, namn, *args, fraga=""):
        self.sida = self.client.get(reverse(f"svara:{namn}", args=args) + fraga)
        return self.sida

    def posta(self, namn, *args, fraga="", **data):
        self.sida = self.client.post(reverse(f"svara:{namn}", args=args) + fraga, data)
        return self.sida

    def kod(self, kod, **data):
        return self.posta("kod", kod=kod, **data)

    def svara(self, steg, svar, fraga=""):
        """Where the answer led: the next address."""
        response = self.posta("fraga", steg, fraga=fraga, svar=svar)
        assert response.status_code == 302, response.content.decode()
        return response["Location"]

    def fyll_i(self, svar=START, pengar="kommun"):
        """Every question, up to the list of answers."""
        for steg, varde in svar.items():
            self.svara(steg, varde)
        self.svara("pengar", pengar)

    def skicka(self):
        return self.posta("skicka")

    @property
    def text(self):
        return self.sida.content.decode()


def ny_telefon(tillfalle="start", deltagande=None, av=None, **falt):
    """(a phone that has redeemed a code, its stay)."""
    cache.clear()
    deltagande = deltagande or nytt_deltagande(start=idag() - datetime.timedelta(days=10), **falt)
    telefon = Telefon()
    response = telefon.kod(lankar.ny_kod(deltagande, tillfalle, av))
    assert response["Location"] == reverse("svara:start")
    return telefon, deltagande
