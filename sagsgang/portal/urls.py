"""The addresses of the public site: Danish words, a random id, and after it a title that is only decoration."""

from datetime import date

from django.urls import path, register_converter

from sagsgang.portal import (
    about,
    calendars,
    cases,
    feeds,
    figures,
    following,
    goals,
    reading,
    searching,
    statistics,
    verify,
    views,
)


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
    path("moeder/<uuid:pk>/moede.ics", calendars.meeting_calendar, name="meeting-calendar"),
    path("moeder/<uuid:pk>/<slug:slug>/", views.meeting, name="meeting"),
    path("moeder/<uuid:pk>/<slug:slug>/udskriv/", views.print_meeting, name="print-meeting"),
    path("punkter/<uuid:pk>/", views.item, {"slug": ""}, name="item-by-id"),
    path("punkter/<uuid:pk>/<slug:slug>/", views.item, name="item"),
    path("sager/<uuid:pk>/", cases.case, {"slug": ""}, name="case-by-id"),
    path("sager/<uuid:pk>/feed.atom", cases.case_feed, name="case-feed"),
    path("sager/<uuid:pk>/<slug:slug>/", cases.case, name="case"),
    path("sager/sitemap-<int:number>.xml", cases.cases_sitemap, name="cases-sitemap"),
    path("bilag/<uuid:pk>/laes/", reading.read_file, {"sheet": 1}, name="read-file"),
    path("bilag/<uuid:pk>/laes/<int:sheet>/", reading.read_file, name="read-sheet"),
    path("bilag/<uuid:pk>/", views.attachment, {"name": ""}, name="attachment-by-id"),
    path("bilag/<uuid:pk>/<str:name>", views.attachment, name="attachment"),
    path("kontrol/", verify.verify_print, name="verify-print"),
    path("kontrol/<sha256:sha256>/", verify.verified_print, name="verified-print"),
    path("foelg/", following.follow, name="follow"),
    path("foelg/sendt/", following.follow_asked, name="follow-asked"),
    path("foelg/bekraeft/<str:token>/", following.confirm, name="confirm-following"),
    path("foelg/afmeld/<str:token>/", following.leave, name="leave"),
    path("foelg/mine/<str:token>/", following.followings, name="followings"),
    path("soeg/", searching.search_page, name="search"),
    path("soeg/forslag", searching.suggest, name="search-suggest"),
    path("statistik/", statistics.statistics, name="statistics"),
    path("statistik/statistik.csv", statistics.statistics_csv, name="statistics-csv"),
    path("tal/", figures.figures_index, name="figures"),
    path("tal/<uuid:pk>/", figures.figures_report, {"slug": ""}, name="figures-by-id"),
    path("tal/<uuid:pk>/tal.pdf", figures.figures_pdf, name="figures-pdf"),
    path("tal/<uuid:pk>/tal.json", figures.figures_json, name="figures-json"),
    path("tal/<uuid:pk>/tabel-<int:number>.csv", figures.figures_csv, name="figures-csv"),
    path("tal/<uuid:pk>/<slug:slug>/", figures.figures_report, name="figures-report"),
    path("tal/sitemap.xml", feeds.figures_sitemap, name="figures-sitemap"),
    path("maal/", goals.goals, name="goals"),
    path("maal/<int:number>/", goals.goal, name="goal"),
    path("om/", about.about, name="about"),
    path("tilgaengelighed/", about.accessibility, name="accessibility"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("feed.atom", feeds.feed, name="feed"),
    path("robots.txt", feeds.robots, name="robots"),
]
