"""The record of a meeting as a value: everything that the page, the PDF and the published version print (MA1, MA8).

Every leaf is a text, a number or a truth, so that a record can be kept as JSON (`som_json`), masked word by word and
shown by the same template whether it is read from the rows or was frozen years ago. Dates are words.
"""

from dataclasses import asdict

from django.utils.formats import date_format

from moten import narvaro as narvaro_
from moten import ordrunda, rum_resultat
from moten.inlasning_personer import OKAND_PART
from moten.models import Fastpunkt, Justerare, Mote, Narvaro, Organ, Punkt, Undantag, Utfall, Yttrande
from moten.protokoll_rader import (
    Enkatrad,
    Grupprad,
    Narvarogrupp,
    Person,
    Protokoll,
    Punktrad,
    Rostning,
    Rostrad,
    Rundrad,
    Rundsvar,
    Underskrift,
    Utfallsrad,
    Viktigt,
)
from samordning.karna.kommuner import KOMMUNER
from samordning.karna.models import Part
from samordning.karna.templatetags.samordning import datum, komma

KOMMUNERNA, KANSLIET, OVRIGA = "Kommunerna", "Kansliet", "Övriga"
JUSTERARE = "justerare"
GRUPPER = {Part.Slag.KOMMUN: KOMMUNERNA, Part.Slag.REGION: "Regionen"}
I_ORDNING = (KOMMUNERNA, "Försäkringskassan", "Arbetsförmedlingen", "Regionen")
SLUT = {
    Punkt.Status.EJ_BEHANDLAD: "Punkten togs inte upp.",
    Punkt.Status.BORDLAGD: "Punkten bordlades.",
    Punkt.Status.TOM: "Inget att anteckna.",
}
BESLUT = {
    Organ.Slag.STYRELSE: "Styrelsen beslutar", Organ.Slag.AU: "Arbetsutskottet beslutar",
}  # fmt: skip
# A position as a mark: (kind, shape) of komponenter/marke.html.
MARKE = {
    Yttrande.Stallning.TILLSTYRKER: ("bra", "full"), Yttrande.Stallning.MEDSKICK: ("bra", "halv"),
    Yttrande.Stallning.TVEKSAM: ("varn", "halv"), Yttrande.Stallning.AVSTYRKER: ("fara", "trekant"),
    Yttrande.Stallning.ATERREMISS: ("varn", "ring"),
}  # fmt: skip


def las(mote, *, intern=False, user=None):
    """The record of a meeting. `intern` puts the kansli's own notes in; with `user`, only items that this one may see.

    A constant number of queries (at most 27) however many items and people there are.
    """
    organ = mote.organ
    punkter = list(_punkter(mote, user))
    for punkt in punkter:
        punkt.mote = mote  # its number asks how the body numbers
    personer = _personer(mote)
    rader = _punktrader(mote, punkter, intern, personer["antal_narvarande"])
    return Protokoll(
        slag="Protokoll" if organ.justeras else "Minnesanteckningar",
        organ=organ.namn,
        rubrik=f"{organ.namn} {_dagar(mote)}",
        dag=_dagar(mote),
        tid=_tid(mote),
        plats=mote.plats,
        tema=mote.rubrik,
        ordforande=mote.ordforande.namn if mote.ordforande else "",
        sekreterare=mote.sekreterare.namn if mote.sekreterare else "",
        paragrafer=_paragrafer(organ, punkter),
        justeras=organ.justeras,
        punkter=rader,
        medskick=_viktigt(rader, Utfall.Typ.MEDSKICK),
        atgarder=_viktigt(rader, Utfall.Typ.ATGARD),
        beslut=_viktigt(rader, Utfall.Typ.BESLUT),
        underskrifter=_underskrifter(mote),
        **personer,
    )


def som_json(protokoll):
    """The same as what JSON can hold; the templates show it as they show the value."""
    return asdict(protokoll)


# ---- Head


def _dagar(mote):
    if mote.sista_dag and mote.sista_dag != mote.dag:
        return f"{datum(mote.dag)} till {datum(mote.sista_dag)}"
    return datum(mote.dag)


def _tid(mote):
    if not mote.fran:
        return ""
    fran = date_format(mote.fran, "G.i")
    return f"{fran}–{date_format(mote.till, 'G.i')}" if mote.till else fran


def _paragrafer(organ, punkter):
    nummer = [punkt.nummer for punkt in punkter if punkt.nummer]
    if organ.numrering != Organ.Numrering.PARAGRAF or not nummer:
        return ""
    return f"§§ {min(nummer)}–{max(nummer)}" if len(nummer) > 1 else f"§ {nummer[0]}"


def _underskrifter(mote):
    """Chair, secretary and those who approve, each person once. One query."""
    personer = {}  # pk -> [Kontakt, what for, when approved]
    for kontakt, som in ((mote.ordforande, "ordförande"), (mote.sekreterare, "sekreterare")):
        if kontakt:
            personer.setdefault(kontakt.pk, [kontakt, [], ""])[1].append(som)
    for rad in Justerare.objects.filter(mote=mote).select_related("kontakt"):
        person = personer.setdefault(rad.kontakt_id, [rad.kontakt, [], ""])
        person[1].append(JUSTERARE)
        person[2] = datum(rad.justerade) if rad.justerade else ""
    return tuple(
        Underskrift(kontakt.namn, uppraknat(som), tid, JUSTERARE in som) for kontakt, som, tid in personer.values()
    )


# ---- Who was there


def _personer(mote):
    rader = list(
        mote.narvaro.i_ordning().select_related(
            "kontakt__part__del_av", "part__del_av__del_av", "ersatter", "fran_punkt", "till_punkt"
        )
    )
    for rad in rader:
        for punkt in (rad.fran_punkt, rad.till_punkt):
            if punkt:
                punkt.mote = mote
    dar = [rad for rad in rader if rad.status == Narvaro.Status.NARVARANDE]
    borta = [rad for rad in rader if rad.status == Narvaro.Status.FRANVARANDE and not _bara_reserv(mote, rad)]
    okanda = [rad for rad in rader if rad.status == Narvaro.Status.OKAND and not _bara_reserv(mote, rad)]
    grupper = {}
    for lista, rader_ in ((0, dar), (1, borta)):
        for rad in rader_:
            namn, for_ = _grupp(rad)
            grupper.setdefault(namn, ([], []))[lista].append(Person(rad.kontakt.namn, for_, _not(mote, rad)))
    ordning = [*I_ORDNING, *sorted(grupper.keys() - {*I_ORDNING, KANSLIET, OVRIGA}), KANSLIET, OVRIGA]
    return {
        "grupper": tuple(Narvarogrupp(namn, *map(tuple, grupper[namn])) for namn in ordning if namn in grupper),
        "antal_narvarande": len(dar),
        "antal": len(dar) + len(borta),
        "inte_prickade": len(okanda),
        "narvarande": ", ".join(_i_lista(mote, rad) for rad in dar),
        "franvarande": ", ".join(_i_lista(mote, rad) for rad in borta),
    }


def _bara_reserv(mote, rad):
    """A deputy that nobody called is not absent."""
    return rad.roll == Narvaro.Roll.ERSATTARE and rad.kallad is None and mote.importkorning_id is None


def _grupp(rad):
    """(the group in the list, whom the person sits for in it)"""
    if rad.roll == Narvaro.Roll.KANSLI:
        return KANSLIET, ""
    part = rad.part or (rad.kontakt.part if rad.roll != Narvaro.Roll.GAST else None)
    if part is None:
        return OVRIGA, ""
    topp = part.medlemspart
    if topp.slag == Part.Slag.FORBUND:
        return KANSLIET, ""
    if topp.slag in (Part.Slag.FK, Part.Slag.AF):
        namn = "Försäkringskassan" if topp.slag == Part.Slag.FK else "Arbetsförmedlingen"
        return namn, "" if part.pk == topp.pk else part.namn
    if topp.slag == Part.Slag.KOMMUN:
        return KOMMUNERNA, KOMMUNER.get(topp.kommunkod, topp.namn)
    if topp.slag == Part.Slag.REGION:
        return GRUPPER[topp.slag], "" if part.pk == topp.pk else part.namn
    return OVRIGA, "" if topp.namn == OKAND_PART else topp.namn


def _not(mote, rad):
    ord_ = []
    if rad.kontakt_id == mote.ordforande_id:
        ord_.append("ordförande")
    if rad.ersatter or rad.ersatter_namn:
        ord_.append(f"ersätter {rad.ersatter.namn if rad.ersatter else rad.ersatter_namn}")
    elif rad.roll in (Narvaro.Roll.ERSATTARE, Narvaro.Roll.ADJUNGERAD, Narvaro.Roll.GAST):
        ord_.append(rad.get_roll_display().lower())
    for punkt, text in ((rad.fran_punkt, "från"), (rad.till_punkt, "till och med")):
        if punkt:
            ord_.append(f"{text} {_ord_for(punkt)}")
    return ", ".join(ord_)


def _ord_for(punkt):
    return punkt.beteckning if punkt.beteckning.startswith("§") else f"punkt {punkt.beteckning}"


def _i_lista(mote, rad):
    """ "Anitta Into (ersätter Anitta)" as the old records say it."""
    detalj = _not(mote, rad)
    return f"{rad.kontakt.namn} ({detalj})" if detalj else rad.kontakt.namn


# ---- The items


def _punkter(mote, user):
    punkter = Punkt.objects.visible_to(user) if user else Punkt.objects
    return (
        punkter.filter(mote=mote)
        .select_related("arende", "foredragande", "part")
        .prefetch_related("arende__parter", "utfall__ansvarig", "undantag__narvaro__kontakt", "filer")
        .order_by("ordning", "pk")
    )


def _punktrader(mote, punkter, intern, har):
    saknas = {} if mote.lage in (Mote.Lage.PLANERAT, Mote.Lage.INSTALLT) else narvaro_.saknade_parter(mote, punkter)
    grupper, roster = rum_resultat.grupper(mote), rum_resultat.omrostningar(mote)
    rundor, (svaren, svarare) = rum_resultat.rundor(mote), rum_resultat.utvardering_och_antal(mote)
    enkat = tuple(_enkatrad(svar) for svar in svaren), f"{_antal(svarare, har, 'svarade')}."
    plats = next((punkt.pk for punkt in reversed(punkter) if punkt.slag == Fastpunkt.Slag.UTVARDERING), None)
    if plats is None and punkter:
        plats = punkter[-1].pk
    return tuple(
        _punktrad(
            mote,
            punkt,
            intern=intern,
            saknas=saknas.get(punkt, ()),
            gruppresultat=grupper.get(punkt.pk),
            rostningar=tuple(_rostning(rost, har) for rost in roster.get(punkt.pk, ())),
            runda=rundor.get(punkt.pk),
            enkat=enkat if punkt.pk == plats and enkat[0] else ((), ""),
        )
        for punkt in punkter
    )


def _punktrad(mote, punkt, *, intern, saknas, gruppresultat, rostningar, runda, enkat):
    fore = mote.lage in mote.FORE
    grupper = tuple(map(_grupprad, gruppresultat.grupper)) if gruppresultat else ()
    return Punktrad(
        pk=punkt.pk,
        id=f"p{punkt.pk}",
        beteckning=punkt.beteckning,
        rubrik=punkt.rubrik,
        slag=punkt.slag,
        arende=punkt.arende.diarienummer if punkt.arende else "",
        arende_pk=punkt.arende_id,
        foredragande=punkt.foredragande.namn if punkt.foredragande else "",
        underlag=punkt.underlag if fore or mote.lage == Mote.Lage.PAGAR else "",
        text=punkt.text,
        slut=_slut(punkt),
        intern=punkt.intern if intern else "",
        utfall=tuple(_utfallsrad(mote.organ, rad) for rad in punkt.utfall.all()),
        deltog_inte=tuple(
            f"{rad.narvaro.kontakt.namn} deltog inte på grund av jäv."
            if rad.slag == Undantag.Slag.JAV
            else f"{rad.narvaro.kontakt.namn} var inte i rummet."
            for rad in punkt.undantag.all()
        ),
        saknas=_saknas(saknas, fore),
        fragor=gruppresultat.fragor if gruppresultat else "",
        grupper=tuple(rad for rad in grupper if rad.text or rad.stallning),
        rostningar=rostningar,
        laget_runt=_rundrad(runda),
        enkat=enkat[0],
        enkat_hur=enkat[1],
        bilagor=tuple(rad.rubrik for rad in punkt.filer.all() if not rad.utgatt),
    )


def _slut(punkt):
    if punkt.status == Punkt.Status.HANVISAD:
        return f"Se {punkt.hanvisad_till}." if punkt.hanvisad_till else "Punkten hänvisas till underlaget."
    if punkt.status == Punkt.Status.TOM and punkt.text:
        return ""
    return SLUT.get(punkt.status, "")


def _saknas(parter, fore):
    if not parter:
        return ""
    namn = uppraknat([part.namn for part in parter])
    return f"Ingen från {namn} har sagt att hen kommer." if fore else f"Ingen från {namn} var med vid mötet."


def uppraknat(namn):
    """A, B och C"""
    return f"{', '.join(namn[:-1])} och {namn[-1]}" if len(namn) > 1 else "".join(namn)


def _utfallsrad(organ, rad):
    atgard = rad.typ == Utfall.Typ.ATGARD
    ansvar = rad.ansvarig.namn if rad.ansvarig else ""
    if rad.senast:
        ansvar = f"{ansvar}, senast {datum(rad.senast)}" if ansvar else f"Senast {datum(rad.senast)}"
    return Utfallsrad(
        pk=rad.pk,
        typ=rad.typ,
        rubrik=_utfallsrubrik(organ, rad.typ),
        text=rad.text,
        ansvar=ansvar,
        lage=rad.get_lage_display() if atgard or ansvar else "",
        arende=rad.get_arendeutfall_display(),
    )


def _utfallsrubrik(organ, typ):
    if typ == Utfall.Typ.BESLUT:
        return BESLUT.get(organ.slag, "Gruppen kom överens om")
    if typ == Utfall.Typ.MEDSKICK:
        return "Medskick till styrelsen" if organ.slag != Organ.Slag.STYRELSE else "Medskick"
    return "Att göra" if typ == Utfall.Typ.ATGARD else "Information"


def _grupprad(grupp):
    typ, symbol = MARKE.get(grupp.stallning, ("", "streck"))
    return Grupprad(grupp.nr, grupp.stallning_text, typ, symbol, grupp.text, ", ".join(grupp.deltagare))


def _antal(svar, har, vad, hur=""):
    """ "17 av 19 närvarande röstade med en prick var"; a surplus is told, and nothing of people when none is known."""
    if svar > har > 0:
        return f"{svar} {vad}{hur}, men {har} var med vid mötet"
    return f"{svar} av {har} närvarande {vad}{hur}" if har else f"{svar} {vad}{hur}"


def _rundrad(runda):
    if runda is None:
        return None
    svar = runda.svar.all()
    return Rundrad(
        runda.fraga,
        tuple(Rundsvar(rad.namn, rad.text) for rad in svar),
        ordrunda.samma_i_ord([rad.text for rad in svar]),
    )


def _rostning(resultat, har):
    prickar = "en prick" if resultat.prickar == 1 else f"{resultat.prickar} prickar"
    return Rostning(
        resultat.fraga,
        f"{_antal(resultat.roster, har, 'röstade', f' med {prickar} var')}.",
        tuple(
            Rostrad(rad.text, rad.antal, ", ".join(f"{text}: {antal}" for text, antal in rad.hopslagna))
            for rad in resultat.rader
        ),
        resultat.hogst,
    )


def _enkatrad(svar):
    rad = Enkatrad(svar.text, svar.n, texter=svar.texter)
    if svar.snitt is not None:
        return Enkatrad(svar.text, svar.n, svar.snitt, komma(svar.snitt))
    if svar.ja is not None:
        return Enkatrad(svar.text, svar.n, svar=f"Ja {svar.ja}, nej {svar.n - svar.ja}")
    if svar.ord:
        ord_ = (text if antal == 1 else f"{text} ({antal})" for text, antal in svar.ord)
        return Enkatrad(svar.text, svar.n, svar=", ".join(ord_))
    return rad


def _viktigt(rader, typ):
    return tuple(Viktigt(punkt.id, rad.text, rad.ansvar) for punkt in rader for rad in punkt.utfall if rad.typ == typ)
