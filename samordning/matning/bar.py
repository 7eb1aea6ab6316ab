"""The floor of a list page: a bare page of the same site, with the same layout, that makes the same queries."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.shortcuts import render
from django.urls import path

from samordning.urls import urlpatterns as produktens

SATSER = []  # the measurement puts the page's own SQL here


@login_not_required
def bar(request):
    with connection.cursor() as c:
        for sats in SATSER:
            c.execute(sats)
            c.fetchall()
    return render(request, "publik.html")


urlpatterns = [*produktens, path("bar/", bar)]
