"""Addresses of accounts, at /accounts/. Of allauth's own only those that an invited person needs: nobody signs up, and nobody
changes the address they were invited under."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path

from socle_web.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("roles/", views.roles, name="roles"),
    path("roles/<str:code>/", views.role, name="role"),
    path("invitation/<str:token>/", views.invitation, name="account_invitation"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<int:key>/end/", views.end_session, name="end-session"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),  # says that it is by invitation
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", account.password_reset_from_key,
            name="account_reset_password_from_key"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("2fa/", include("allauth.mfa.urls")),
]
