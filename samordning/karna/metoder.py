"""Does an address answer GET? Asked before somebody is sent there: what only takes forms would be a dead end."""

import inspect

from django.urls import Resolver404, resolve


def svarar_pa_get(sokvag):
    """True unless the path has no page, or its view takes forms only."""
    try:
        vy = resolve(sokvag).func
    except Resolver404:
        return False
    return "GET" in _metoder(vy)


def _metoder(vy):
    """The methods of `require_http_methods`, which keeps them in its closure; GET where nothing is said."""
    while vy:
        if lista := inspect.getclosurevars(vy).nonlocals.get("request_method_list"):
            return lista
        vy = getattr(vy, "__wrapped__", None)
    return ("GET",)
