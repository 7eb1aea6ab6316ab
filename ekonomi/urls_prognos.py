"""The addresses of a year that goes on and ends: forecasts, what insatser cost, and the closing of the year."""

from django.urls import path

from ekonomi import views_bokslut, views_kostnad, views_prognos

PROGNOS = "prognoser/<int:pk>/"
urlpatterns = [
    path("ar/<int:pk>/prognoser/", views_prognos.prognos_list, name="prognos_list"),
    path("ar/<int:pk>/prognoser/ny/", views_prognos.prognos_create, name="prognos_create"),
    path(PROGNOS, views_prognos.prognos_detail, name="prognos_detail"),
    path(f"{PROGNOS}andra/", views_prognos.prognos_edit, name="prognos_edit"),
    path(f"{PROGNOS}las/", views_prognos.prognos_las, name="prognos_las"),
    path(f"{PROGNOS}ta-bort/", views_prognos.prognos_ta_bort, name="prognos_ta_bort"),
    path(f"{PROGNOS}pdf/", views_prognos.prognos_pdf, name="prognos_pdf"),
    path("ar/<int:pk>/kostnader/", views_kostnad.kostnad_detail, name="kostnad_detail"),
    path("ar/<int:pk>/kostnader/kalkylblad/", views_kostnad.kostnad_blad, name="kostnad_blad"),
    path("ar/<int:pk>/kostnader/pdf/", views_kostnad.kostnad_pdf, name="kostnad_pdf"),
    path("ar/<int:pk>/bokslut/", views_bokslut.bokslut_detail, name="bokslut_detail"),
    path("ar/<int:pk>/bokslut/for-over/", views_bokslut.bokslut_for_over, name="bokslut_for_over"),
    path("ar/<int:pk>/bokslut/avsluta/", views_bokslut.bokslut_avsluta, name="bokslut_avsluta"),
]
