"""Pages that belong to no app: the health check, the refused form, and the component gallery while developing."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form that was open too long, or sent from another place. Nothing was saved; what was typed is still there."""
    return render(request, "403_csrf.html", status=403)
