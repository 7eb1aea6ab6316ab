"""The addresses of what lies around a budget: the state's model, the plan of years, shared costs, invoices."""

from django.urls import path

from ekonomi import views_faktura, views_gemensamt, views_plan, views_statsmodell

urlpatterns = [
    path("statsmodell/", views_statsmodell.statsmodell_detail, name="statsmodell_detail"),
    path("statsmodell/forutsattningar/", views_statsmodell.statsmodell_edit, name="statsmodell_edit"),
    path("statsmodell/<int:ar>/", views_statsmodell.statsmodell_tal_edit, name="statsmodell_tal_edit"),
    path("ar/<int:pk>/plan/", views_plan.plan_detail, name="plan_detail"),
    path("ar/<int:pk>/plan/andra/", views_plan.plan_edit, name="plan_edit"),
    path("ar/<int:pk>/plan/pdf/", views_plan.plan_pdf, name="plan_pdf"),
    path("ar/<int:pk>/plan/kalkylblad/", views_plan.plan_blad, name="plan_blad"),
    path("gemensamma-kostnader/", views_gemensamt.gemensam_edit, name="gemensam_edit"),
    path("ar/<int:pk>/gemensamt/", views_gemensamt.gemensam_detail, name="gemensam_detail"),
    path("ar/<int:pk>/gemensamt/pdf/", views_gemensamt.gemensam_pdf, name="gemensam_pdf"),
    path("ar/<int:pk>/gemensamt/kalkylblad/", views_gemensamt.gemensam_blad, name="gemensam_blad"),
    path("ar/<int:pk>/fakturor/", views_faktura.faktura_detail, name="faktura_detail"),
    path("ar/<int:pk>/fakturor/dagar/", views_faktura.faktura_edit, name="faktura_edit"),
    path("ar/<int:pk>/fakturor/pdf/", views_faktura.faktura_pdf, name="faktura_pdf"),
    path("ar/<int:pk>/fakturor/kalkylblad/", views_faktura.faktura_blad, name="faktura_blad"),
]
