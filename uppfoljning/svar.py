"""What a participant has answered: kept encrypted on the code until it is sent, then as a half of the self-assessment.

A `Besok` is one phone within its hour. Its cookie carries a random `inskick` from which the id of the half is made, so
that the same phone can read and change its own answers, and nothing in the database tells whose they are.
"""

import datetime
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from remisser.models import Forsorjning
from samordning.karna.kalender import idag, nu
from samordning.karna.models import Handelse
from uppfoljning import fragor
from uppfoljning.fragor import ANDELAR, BEMOTANDE, GRUPPER, HALSA, ORDNING, OVRIGT, PENGAR, TIMMAR
from uppfoljning.gallande import rakna_om, spara_halva
from uppfoljning.inskrivning import storst
from uppfoljning.lankar import BESOK
from uppfoljning.models import Deltagande, Formular, Forsorjningsandel, Lage, Skattning, Svarskod
from uppfoljning.models.skattning import VES as VES_SIFFRA

VES, VET_EJ = Forsorjning.VES, None  # rather not say, and not collected
PENGAR_STEG = f"{PENGAR}-"
LAGEFALT = ("timmar", "forsorjning")


@dataclass
class Besok:
    """One phone that has redeemed a code. `egna` are the facts that staff had not filled in when it came."""

    rad: Svarskod
    inskick: str
    egna: list
    sprak: str = "sv"
    svar: dict = field(default_factory=dict)
    fore: dict = field(default_factory=dict)  # the facts as they were when a change of sent answers began

    # ---- Coming and going

    @classmethod
    def borja(cls, rad, inskick):
        """The hour begins: `rad` has just been redeemed."""
        besok = cls(rad, str(inskick), _egna(rad))
        besok.spara()
        return besok

    @classmethod
    def fran_kaka(cls, kaka, las=False):
        """The visit of a cookie's value, or None when its hour has passed or its code was replaced."""
        rader = Svarskod.objects.select_related("deltagande")
        if las:
            # The stay first, as staff's own forms do: two that lock in different order wait for each other for ever.
            Deltagande.objects.select_for_update(of=("self",)).filter(svarskoder__uuid=kaka["rad"]).first()
            rader = rader.select_for_update(of=("self",))
        rad = rader.filter(uuid=kaka["rad"], inlost__gt=nu() - BESOK, deltagande__felregistrerad=False).first()
        if rad is None:
            return None
        besok = cls(rad, kaka["inskick"], kaka["egna"])
        if rad.utkast:
            utkast = json.loads(rad.utkast)
            besok.sprak, besok.svar, besok.fore = utkast["sprak"], utkast["svar"], utkast.get("fore", {})
        elif halva := besok.halva():
            besok.sprak = halva.sprak
        return besok

    @classmethod
    def fran_inskick(cls, rad, inskick):
        """The visit that the same page began a moment ago, when it was sent twice. Nobody else has its `inskick`."""
        rad.refresh_from_db(fields=["utkast"])
        if not rad.utkast or json.loads(rad.utkast)["inskick"] != str(inskick):
            return None
        return cls.fran_kaka({"rad": rad.uuid, "inskick": str(inskick), "egna": _egna(rad)})

    @property
    def kaka(self):
        return {"rad": str(self.rad.uuid), "inskick": self.inskick, "egna": self.egna}

    @property
    def tillfalle(self):
        return self.rad.tillfalle

    @property
    def oppet(self):
        """There is something to answer or send: not sent yet, or being changed."""
        return bool(self.rad.utkast)

    def spara(self):
        self.rad.utkast = json.dumps(
            {"inskick": self.inskick, "sprak": self.sprak, "svar": self.svar, "fore": self.fore}
        )
        self.rad.save(update_fields=["utkast"])

    # ---- The way through the questions

    @property
    def ordning(self):
        return ORDNING[self.tillfalle]

    @property
    def grupper(self):
        return GRUPPER[self.tillfalle]

    def steg(self):
        """The steps in order, as they are after what has been answered so far."""
        alla = []
        for namn in self.ordning:
            alla.append(namn)
            if namn == PENGAR and isinstance(self.svar.get(PENGAR), dict):
                valda = self.svar[PENGAR]["grupper"]
                alla += [f"{PENGAR_STEG}{nyckel}" for nyckel in valda if len(self.grupper[nyckel].koder) > 1]
                if len(self.koder()) > 1:
                    alla.append(ANDELAR)
        return alla

    def grannar(self, steg):
        """(the step before or None, the step after or None). A skipped question has lost the steps within it."""
        alla = self.steg()
        plats = alla.index(steg if steg in alla else PENGAR)
        return alla[plats - 1] if plats else None, alla[plats + 1] if plats + 1 < len(alla) else None

    def koder(self, svar=None):
        """The codes of what the person lives on, in the order they were asked for."""
        pengar = (svar or self.svar)[PENGAR]
        return [
            kod
            for nyckel in pengar["grupper"]
            for kod in (
                self.grupper[nyckel].koder if len(self.grupper[nyckel].koder) == 1 else pengar["koder"].get(nyckel, ())
            )
        ]

    def valj_grupper(self, grupper):
        """The groups chosen; what was chosen within those that stay is kept."""
        fore = self.svar.get(PENGAR)
        koder = fore["koder"] if isinstance(fore, dict) else {}
        nya = {nyckel: koder[nyckel] for nyckel in grupper if nyckel in koder}
        self._satt_pengar({"grupper": grupper, "koder": nya}, fore)

    def valj_koder(self, nyckel, koder):
        fore = self.svar[PENGAR]
        self._satt_pengar({"grupper": fore["grupper"], "koder": fore["koder"] | {nyckel: koder}}, fore)

    def _satt_pengar(self, pengar, fore):
        """The shares are asked for anew only when they are of other codes."""
        self.svar[PENGAR] = pengar
        if isinstance(fore, dict) and set(fore.get("procent") or ()) == set(self.koder()):
            pengar["procent"] = fore["procent"]

    def satt_procent(self, procent):
        self.svar[PENGAR]["procent"] = procent

    def andelar(self, svar=None):
        """{code: percent}, VES, VET_EJ, or `...` when the question of money is not answered to its end."""
        svar = svar or self.svar
        pengar = svar.get(PENGAR, ...)
        if not isinstance(pengar, dict):
            return pengar
        if any(len(self.grupper[n].koder) > 1 and not pengar["koder"].get(n) for n in pengar["grupper"]):
            return ...
        koder = self.koder(svar)
        return {koder[0]: 100} if len(koder) == 1 else pengar.get("procent", ...)

    # ---- Sent

    @property
    def halva_id(self):
        """The id of this visit's half. Only who has the cookie can find it."""
        vad = f"{self.rad.uuid}|{self.inskick}".encode()
        return uuid.UUID(bytes=hmac.digest(settings.SECRET_KEY.encode(), vad, hashlib.sha256)[:16], version=4)

    def halva(self):
        return Skattning.objects.filter(pk=self.halva_id).first()

    @transaction.atomic
    def skicka(self):
        """The answers become a half. Sent once more, from the same page or after a change, it is the same half.

        Returns False when there was nothing more to send.
        """
        if not self.oppet:
            return False
        deltagande = self.rad.deltagande
        varden = {
            "halsa": _siffra(self.svar.get(HALSA)),
            "bemotande": _siffra(self.svar.get(BEMOTANDE)),
            "fritext": self.svar.get(OVRIGT) or "",
            "sprak": self.sprak,
        }
        if halva := self.halva():
            for namn, varde in varden.items():
                setattr(halva, namn, varde)
            halva.save()
            rakna_om(deltagande)
        else:
            formular = Formular.objects.get(kod=fragor.KOD, version=fragor.VERSION)
            dag = localdate(self.rad.inlost)  # the code was good that day, also when it is sent after midnight
            mandag = dag - datetime.timedelta(days=dag.weekday())
            spara_halva(deltagande, self.tillfalle, formular, id=self.halva_id, vecka=mandag, **varden)
        self._spara_lage(andring=self.rad.skickad)
        self.rad.skickad, self.rad.utkast, self.svar = True, "", {}
        self.rad.save(update_fields=["skickad", "utkast"])
        return True

    def _spara_lage(self, andring):
        """Hours and support, where staff have not filled them in; what is not answered is left as it is.

        A change of what was sent gives way too, when staff have corrected it while it was being changed.
        """
        lage = _lage(self.rad, las=True) or Lage(deltagande=self.rad.deltagande, tillfalle=self.tillfalle)
        andelar = self.andelar()
        falt = []
        egna = [namn for namn in self.egna if andring and self.fore.get(namn) == _fakta(lage)[namn]]
        if TIMMAR in self.svar and (lage.timmar is None or "timmar" in egna):
            timmar = self.svar[TIMMAR]
            falt += self._nytt(lage, "timmar", None if timmar in (VES, VET_EJ) else Decimal(timmar))
        delat = andelar is not ... and (not lage.forsorjning or "forsorjning" in egna)
        if delat:
            kod = storst(andelar) if isinstance(andelar, dict) else andelar or ""
            falt += self._nytt(lage, "forsorjning", kod)
        if not falt and not (delat and isinstance(andelar, dict)):
            return
        lage.datum = lage.datum or idag()
        lage.save()
        if delat:
            lage.andelar.all().delete()
            Forsorjningsandel.objects.bulk_create(
                Forsorjningsandel(lage=lage, kod=kod, procent=procent)
                for kod, procent in (andelar.items() if isinstance(andelar, dict) else ())
            )
        Handelse.logga(self.rad.deltagande, "lage_av_deltagaren", data={"tillfalle": self.tillfalle})
        # A form that staff have open must not write over this.
        Deltagande.objects.filter(pk=lage.deltagande_id).update(version=F("version") + 1)

    @staticmethod
    def _nytt(lage, namn, varde):
        if getattr(lage, namn) == varde:
            return []
        setattr(lage, namn, varde)
        return [namn]

    def andra(self):
        """What was sent comes back as a draft; until it is sent again the answers are as they were."""
        if self.oppet or not (halva := self.halva()):
            return
        self.svar, self.fore = self.skickat(halva), _fakta(_lage(self.rad))
        self.spara()

    def skickat(self, halva):
        """The answers of a half and of the facts, in the shape of a draft. Facts of staff's own are not among them."""
        svar = {HALSA: _text(halva.halsa)}
        if BEMOTANDE in self.ordning:
            svar |= {BEMOTANDE: _text(halva.bemotande), OVRIGT: halva.fritext}
        lage = _lage(self.rad)
        if "timmar" in self.egna:
            svar[TIMMAR] = f"{lage.timmar.normalize():f}" if lage and lage.timmar is not None else VET_EJ
        if "forsorjning" in self.egna and (pengar := self._pengar(lage)) is not ...:
            svar[PENGAR] = pengar
        return svar

    def _pengar(self, lage):
        """The answer about money that `lage` came from; `...` when it holds what cannot be answered here."""
        if not lage or not lage.forsorjning or lage.forsorjning == VES:
            return VES if lage and lage.forsorjning == VES else VET_EJ
        procent = {rad.kod: rad.procent for rad in lage.andelar.all()}
        grupp_av = {kod: nyckel for nyckel, g in self.grupper.items() for kod in (*g.koder, g.okand) if kod}
        if not procent or procent.keys() - grupp_av.keys():
            return ...
        koder = {}
        for kod in procent:
            koder.setdefault(grupp_av[kod], []).append(kod)
        return {"grupper": [n for n in self.grupper if n in koder], "koder": koder, "procent": procent}

    def personalens(self):
        """{question: value} of the facts that staff had filled in before; they hold, whatever was answered here."""
        lage = _lage(self.rad)
        varden = {TIMMAR: ("timmar", lambda: lage.timmar), PENGAR: ("forsorjning", lambda: lage.forsorjning)}
        return {fraga: hamta() for fraga, (namn, hamta) in varden.items() if namn not in self.egna and lage}


def _lage(rad, las=False):
    lagen = Lage.objects.filter(deltagande=rad.deltagande_id, tillfalle=rad.tillfalle)
    return (lagen.select_for_update() if las else lagen).first()


def _fakta(lage):
    """Hours and support as JSON holds them, to see whether somebody has changed them."""
    if lage is None or lage.pk is None:
        return {"timmar": None, "forsorjning": None}
    andelar = dict(lage.andelar.values_list("kod", "procent"))
    timmar = None if lage.timmar is None else f"{lage.timmar.normalize():f}"
    return {"timmar": timmar, "forsorjning": [lage.forsorjning, andelar]}


def _egna(rad):
    lage = _lage(rad)
    return [namn for namn in LAGEFALT if not lage or getattr(lage, namn) in (None, "")]


def _siffra(svar):
    return VES_SIFFRA if svar == VES else svar


def _text(siffra):
    return VES if siffra == VES_SIFFRA else siffra
