"""State transitions: lock the row, check, save, log. Four threads on one row give one success."""

from django.db import models, transaction

from samordning.karna.models.handelse import Handelse


class OtillatenOvergang(Exception):
    """The state does not allow it (double click, somebody was faster). The middleware makes it a message."""


class Flode(models.Model):
    """A model with a `lage` that only its transitions change. `OVERGANGAR`: name -> (states from, state to)."""

    OVERGANGAR = {}

    class Meta:
        abstract = True

    @property
    def mojliga_overgangar(self):
        """What the state allows now. Whether this user may is another question: `policies.py`."""
        return {namn for namn, (fran, _till) in self.OVERGANGAR.items() if self.lage in fran}

    @transaction.atomic
    def _overga(self, namn, *, av, **falt):
        last = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        if namn not in last.mojliga_overgangar:
            raise OtillatenOvergang(
                f"{self._meta.verbose_name.capitalize()} är redan {last.get_lage_display().lower()}. Inget ändrades."
            )
        fran, self.lage = last.lage, self.OVERGANGAR[namn][1]
        for attribut, varde in falt.items():
            setattr(self, attribut, varde)
        self.save(update_fields=["lage", *falt])
        Handelse.logga(self, namn, av=av, fran=fran, till=self.lage)
