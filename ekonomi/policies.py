"""Who may do what with the money. Permission only, never whether the state allows it."""

from ekonomi.models.dokument import SER_FASTSTALLDA
from ekonomi.models.dokument import SER_UTKAST as SER_ARSREDOVISNINGSUTKAST
from ekonomi.models.prognos import SER_UTKAST
from ekonomi.models.rekvisition import SER_ALLA
from ekonomi.models.scenario import LASARE as SCENARIOLASARE
from samordning.karna.models import Roll

SER_BUDGET = frozenset({Roll.KANSLI, Roll.FORBUNDSCHEF, Roll.EKONOM, Roll.STYRELSE, Roll.REVISOR})
SKOTER_PENGAR = frozenset({Roll.KANSLI, Roll.FORBUNDSCHEF, Roll.EKONOM})


def can_view_budget(user):
    """Budget years with their sums: who keeps them, who decides and who audits."""
    return user.har_roll(*SER_BUDGET)


def can_edit_budget(user):
    return user.har_roll(*SKOTER_PENGAR)


def can_decide_budget(user):
    """Write down that the board has decided it, begin a revision, close the year."""
    return user.ar_kansli


def can_view_prognos(user, prognos):
    """Mirrors `Prognos.objects.visible_to`: a draft is for those who keep and audit the money, a frozen one for all who
    see the budget."""
    return user.har_roll(*SER_UTKAST) or (prognos.lage == prognos.Lage.LAST and can_view_budget(user))


def can_edit_prognos(user):
    """Begin one, write in it, freeze it for a meeting of the board."""
    return user.har_roll(*SKOTER_PENGAR)


def can_list_dokument(user):
    """The yearly documents; which of them, `can_view_dokument` says."""
    return user.har_roll(*SER_FASTSTALLDA)


def can_view_dokument(user, dokument):
    """Mirrors `Dokument.objects.visible_to`: an adopted one is for all who see the budget, a draft for the kansli, and
    one of the annual report also for those who keep and audit the accounts."""
    if user.ar_kansli or (dokument.lage == dokument.Lage.FASTSTALLT and user.har_roll(*SER_FASTSTALLDA)):
        return True
    return dokument.slag == dokument.Slag.ARSREDOVISNING and user.har_roll(*SER_ARSREDOVISNINGSUTKAST)


def can_edit_dokument(user):
    """Make one, write its texts, write down that the board has adopted it."""
    return user.ar_kansli


def can_set_kapitalregel(user):
    """Write down what the association has decided about equity."""
    return user.ar_kansli


def can_set_ekonomi(user):
    """Write down the association's settings about money: the state's model, who shares costs."""
    return user.ar_kansli


def can_view_hjul(user):
    """The year's days hold no persons but who answers for them: all who take part in the association's work."""
    return user.har_roll(*SER_BUDGET, Roll.BEREDNING, Roll.PARTSFORETRADARE)


def can_edit_hjul(user):
    """Rules, days, moves, and the board's decision about them."""
    return user.ar_kansli


def can_tick_hjulpost(user, post):
    """Say that it is done: the kansli, and who answers for it by name or role."""
    return user.ar_kansli or post.agare_id == user.pk or (post.agare_id is None and user.har_roll(post.roll))


def can_list_rekvisitioner(user):
    return user.har_roll(*SER_ALLA, Roll.PARTSFORETRADARE)


def can_view_rekvisitioner(user, avtal):
    """What is claimed of one agreement."""
    return user.har_roll(*SER_ALLA) or _egen_part(user, avtal)


def can_view_rekvisition(user, rekvisition):
    """Mirrors `Rekvisition.objects.visible_to`."""
    return can_view_rekvisitioner(user, rekvisition.avtal)


def can_write_rekvisition(user, avtal):
    """The agreement's parties, and the kansli on behalf of one that cannot."""
    return user.ar_kansli or _egen_part(user, avtal)


def can_attest(user):
    """Somebody who looks after the money. That two do it, and neither who wrote it, the requisition itself sees to."""
    return user.har_roll(*SKOTER_PENGAR)


def can_send_back(user):
    return can_attest(user)


def can_pay(user):
    """Write down that it was paid."""
    return user.har_roll(*SKOTER_PENGAR)


def can_view_bok(user):
    """The ledger's vouchers, whose texts may name persons. Mirrors `Verifikationsrad.objects.visible_to`. What they
    come to stands in the budget's table, which more people see."""
    return user.har_roll(*SER_ALLA)


def can_edit_bok(user):
    """Read in and undo, write rules, match requisitions."""
    return user.har_roll(*SKOTER_PENGAR)


def can_view_scenario(user):
    """Mirrors `Scenario.objects.visible_to`. Others see what is filed in a case, and nothing before that."""
    return user.har_roll(*SCENARIOLASARE)


def can_edit_scenario(user):
    return user.ar_kansli


def can_delete_scenario(user, scenario):
    """The kansli, and who made it as long as that person sees scenarios. That nothing is filed from it is the state."""
    return user.ar_kansli or (can_view_scenario(user) and scenario.skapad_av_id == user.pk)


def _egen_part(user, avtal):
    egna = user.parter_som(Roll.PARTSFORETRADARE)
    return bool(egna) and (avtal.huvudpart_id in egna or avtal.parter.filter(pk__in=egna).exists())
