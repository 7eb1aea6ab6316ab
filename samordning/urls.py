"""Where each app's addresses begin."""

from django.urls import include, path

urlpatterns = [
    path("", include("samordning.sidor.urls")),
    path("insatser/", include("insatser.urls")),
    path("uppfoljning/", include("uppfoljning.urls")),
    path("konton/", include("samordning.karna.konton.urls")),
    path("konto/", include("samordning.karna.konton.allauth_urls")),
    path("", include("samordning.karna.urls")),
]
