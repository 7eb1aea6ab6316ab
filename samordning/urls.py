"""Where each app's addresses begin."""

from django.urls import include, path

handler400 = "samordning.views.bad_request"
urlpatterns = [
    path("", include("samordning.sidor.urls")),
    path("insatser/", include("insatser.urls")),
    path("ansokningar/", include("insatser.ansokan_urls")),
    path("avtal/", include("insatser.avtal_urls")),
    path("tillfallen/", include("insatser.tillfalle_urls")),
    path("remisser/", include("remisser.urls")),
    path("uppfoljning/", include("uppfoljning.urls")),
    path("resultat/", include("uppfoljning.publik_urls")),
    path("svara/", include("uppfoljning.svara_urls")),
    path("ekonomi/", include("ekonomi.urls")),
    path("kontakter/", include("samordning.karna.kontakter.urls")),
    path("konton/", include("samordning.karna.konton.urls")),
    path("konto/", include("samordning.karna.konton.allauth_urls")),
    path("", include("moten.urls")),
    path("", include("samordning.karna.urls")),
]
