"""The pages of django-allauth that are used here, under its own names; it has more that would be dead ends."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("logga-in/", views.login, name="account_login"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("stangt/", views.account_inactive, name="account_inactive"),
    path("nytt/", views.signup, name="account_signup"),
    path("bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("losenord/byt/", views.password_change, name="account_change_password"),
    path("losenord/glomt/", views.password_reset, name="account_reset_password"),
    path("losenord/glomt/kod/", views.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("losenord/glomt/nytt/", views.complete_password_reset, name="account_complete_password_reset"),
    path("losenord/glomt/klart/", views.password_reset_from_key_done, name="account_password_reset_completed"),
]
