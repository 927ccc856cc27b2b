"""The staff site alone: everything lies under /intern/, and the root leads there."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from sagsgang.core.doors import public

staff: list[URLPattern | URLResolver] = [
    path("intern/", include("sagsgang.accounts.urls")),
    path("intern/", include("sagsgang.cases.urls")),
    path("intern/", include("sagsgang.meetings.urls")),
    path("intern/", include("sagsgang.planning.urls")),
    path("intern/", include("sagsgang.wheel.urls")),
    path("intern/", include("sagsgang.equality.urls")),
    path("intern/", include("sagsgang.policies.urls")),
    path("intern/", include("sagsgang.goals.urls")),
    path("intern/", include("sagsgang.sittings.urls")),
    path("intern/", include("sagsgang.protocols.urls")),
    path("intern/", include("sagsgang.followups.urls")),
    path("intern/", include("sagsgang.members.urls")),
    path("intern/", include("sagsgang.publication.urls")),
    path("intern/", include("sagsgang.following.urls")),
    path("intern/", include("sagsgang.reports.urls")),
]
urlpatterns = [path("", public(RedirectView.as_view(pattern_name="meetings:home"))), *staff]
