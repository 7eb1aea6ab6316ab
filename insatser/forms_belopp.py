"""Sums in a form, one calendar year a row: of an agreement, and of what an application asks for."""

from django import forms

from samordning.karna.forms import TAL, Kronor

TOMMA_RADER, MINST_RADER, FLEST_RADER = 2, 4, 50


class Beloppsrader:
    """Mixin. The form calls `satt_rader` when its fields are made and `las_rader` in `clean`; then `belopp` is
    {year: kronor}. `vad` is what has the sums, in words: avtalet."""

    vad = "avtalet"

    def satt_rader(self, sparade, forslag=()):
        """`sparade`: the saved rows; `forslag`: years that get a row of their own, without a sum."""
        rader = [(rad.ar, rad.kronor) for rad in sparade]
        self._forslag = [ar for ar in forslag if ar not in dict(rader)]
        rader += [(ar, None) for ar in self._forslag]
        self._antal = max(MINST_RADER, len(rader) + TOMMA_RADER, self._skickade_rader())
        for nr in range(self._antal):
            ar, kronor = rader[nr] if nr < len(rader) else (None, None)
            self.fields[f"ar_{nr}"] = forms.IntegerField(
                label=f"År, rad {nr + 1}",
                required=False,
                min_value=2000,
                max_value=2100,
                initial=ar,
                widget=forms.TextInput(TAL),
                error_messages={"invalid": "Skriv året med fyra siffror, till exempel 2026."},
            )
            self.fields[f"kronor_{nr}"] = Kronor(label=f"Belopp i kronor, rad {nr + 1}", required=False, initial=kronor)

    def _skickade_rader(self):
        """A page that was opened before a colleague took years away has more rows than are saved now."""
        return max((nr + 1 for nr in range(FLEST_RADER) if f"ar_{nr}" in self.data), default=0)

    def beloppsrader(self):
        """[(year, amount)] for the template's table."""
        return [(self[f"ar_{nr}"], self[f"kronor_{nr}"]) for nr in range(self._antal)]

    def las_rader(self, data, ryms):
        """Fill in `belopp`, and say by the field what is wrong. `ryms(year)`: may there be a sum for it?"""
        self.belopp = {}
        for nr in range(self._antal):
            falt_ar, falt_kronor = f"ar_{nr}", f"kronor_{nr}"
            if falt_ar in self.errors or falt_kronor in self.errors:
                continue
            ar, kronor = data[falt_ar], data[falt_kronor]
            if kronor is None and (ar is None or ar in self._forslag):
                continue
            if ar is None:
                self.add_error(falt_ar, "Skriv vilket år beloppet gäller.")
            elif kronor is None:
                self.add_error(falt_kronor, f"Skriv beloppet för {ar}, eller ta bort året.")
            elif ar in self.belopp:
                text = f"{self.vad.capitalize()} har redan ett belopp för {ar}. Skriv varje år en gång."
                self.add_error(falt_ar, text)
            elif not ryms(ar):
                text = f"{self.vad.capitalize()} gäller inte {ar}. Kontrollera året och {self.vad}s datum."
                self.add_error(falt_ar, text)
            else:
                self.belopp[ar] = kronor

    def spara_rader(self, rader):
        """`rader`: the manager of the rows, as `avtal.belopp`."""
        rader.exclude(ar__in=self.belopp).delete()
        for ar, kronor in self.belopp.items():
            rader.update_or_create(ar=ar, defaults={"kronor": kronor})
