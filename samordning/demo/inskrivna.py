"""Who is in Rörsås now, as its staff know them: names, numbers, one with protected details, and what is still missing.

The stays are those of `vistelser`. The figures of a past period do not know whether somebody has a name; what the
figures do know is changed only for those who began lately, who are invented anew for every day anyway.
"""

SLUG = "rorsas-lantliv"


def ge_namn(vistelser, personer, idag):
    """Change the ongoing stays of the insats in place."""
    pagar = sorted((v for v in vistelser if v.slug == SLUG and v.slut > idag), key=lambda v: (v.start, v.person.nr))
    nya = [v for v in pagar if v.nyss]
    _lamna_luckor(nya[1:])
    if nya:
        nya[0].person.skyddad = True
    for nr, vistelse in enumerate(pagar, 1):
        vistelse.identitet = {"lokal_kod": f"RL-{nr}"} if vistelse.person.skyddad else _identitet(vistelse, personer)


def _lamna_luckor(nya):
    """The latest has given nothing yet; the one before lacks the answers, the third what the person lives on."""
    for nr, vistelse in enumerate(reversed(nya)):
        if nr == 0:
            vistelse.timmar = (None, vistelse.timmar[1])
        if nr in (0, 1):
            vistelse.halsa = (None, vistelse.halsa[1])
        if nr in (0, 2):
            vistelse.forsorjning = ("", vistelse.forsorjning[1])


def _identitet(vistelse, personer):
    person = vistelse.person
    falt = personer.ny(person.kon, person.fodelsear, person.kommun)
    person.tolv = falt["personnummer"]
    namn = f"{falt.pop('fornamn')} {falt.pop('efternamn')}"
    return {"namn": namn, **falt}
