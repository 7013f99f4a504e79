"""Addresses: English at /, French at /fr/, Spanish at /es/."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from socle_web.results.views.files import evidence

handler500 = "socle_web.pages.shortage.broke"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("socle_web.api.v1.urls")),
    *i18n_patterns(
        path("accounts/", include("socle_web.accounts.urls")),
        path("accounts/", include("socle_web.places.urls")),
        path("audit/", include("socle_web.audit.urls")),
        path("workbench/", include("socle_web.results.urls")),
        path("schemes/", include("socle_web.schemes.urls")),
        path("coverage/", include("socle_web.coverage.urls")),
        path("evidence/<int:pk>/<str:name>", evidence, name="evidence-file"),
        path("desk/", include("socle_web.desk.urls")),
        path("", include("socle_web.pages.urls")),
        prefix_default_language=False,
    ),
]
if settings.OPENID_CONNECT:  # one address for all languages: the issuer knows it by heart
    urlpatterns += [
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("accounts/single-sign-on/", include("allauth.socialaccount.urls")),
    ]
