"""The addresses of the public site: Danish words, a random id, and after it a title that is only decoration."""

from datetime import date

from django.urls import path, register_converter

from sagsgang.portal import calendars, feeds, verify, views


class MonthConverter:
    """A month in an address, as its first day: 2026-04."""

    regex = "(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """The first day of the month."""
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        """Year and month."""
        return f"{value:%Y-%m}"


class Sha256Converter:
    """The SHA-256 of a file, in small hexadecimal letters."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(MonthConverter, "month")
register_converter(Sha256Converter, "sha256")

app_name = "portal"
urlpatterns = [
    path("", views.front, name="front"),
    path("organer/", views.bodies, name="bodies"),
    path("organer/<uuid:pk>/", views.body, {"slug": ""}, name="body-by-id"),
    path("organer/<uuid:pk>/sitemap.xml", feeds.body_sitemap, name="body-sitemap"),
    path("organer/<uuid:pk>/moedekalender.ics", calendars.calendar_feed, name="calendar-feed"),
    path("organer/<uuid:pk>/<slug:slug>/", views.body, name="body"),
    path("organer/<uuid:pk>/<slug:slug>/moedekalender/", calendars.body_calendar, name="body-calendar"),
    path("organer/<uuid:pk>/<slug:slug>/feed.atom", feeds.body_feed, name="body-feed"),
    path("kalender/", views.calendar, name="calendar"),
    path("kalender/<month:first>/", views.month, name="month"),
    path("moeder/<uuid:pk>/", views.meeting, {"slug": ""}, name="meeting-by-id"),
    path("moeder/<uuid:pk>/referat.pdf", views.meeting_pdf, name="meeting-pdf"),
    path("moeder/<uuid:pk>/<slug:slug>/", views.meeting, name="meeting"),
    path("moeder/<uuid:pk>/<slug:slug>/udskriv/", views.print_meeting, name="print-meeting"),
    path("punkter/<uuid:pk>/", views.item, {"slug": ""}, name="item-by-id"),
    path("punkter/<uuid:pk>/<slug:slug>/", views.item, name="item"),
    path("bilag/<uuid:pk>/", views.attachment, {"name": ""}, name="attachment-by-id"),
    path("bilag/<uuid:pk>/<str:name>", views.attachment, name="attachment"),
    path("kontrol/", verify.verify_print, name="verify-print"),
    path("kontrol/<sha256:sha256>/", verify.verified_print, name="verified-print"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("feed.atom", feeds.feed, name="feed"),
    path("robots.txt", feeds.robots, name="robots"),
]
