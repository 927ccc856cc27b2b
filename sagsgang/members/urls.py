from django.urls import path

from sagsgang.members.views import absence, calendar, desk, feeds, material, proposals

app_name = "members"
urlpatterns = [
    path("my-meetings/", desk.my_meetings, name="my-meetings"),
    path("my-meetings/<uuid:pk>/", material.material, name="material"),
    path("my-meetings/<uuid:pk>/read/", material.mark_all_read, name="mark-all-read"),
    path("my-meetings/<uuid:pk>/read/undo/", material.undo_mark_all_read, name="undo-mark-all-read"),
    path("my-meetings/items/<uuid:pk>/", material.read_item, name="read-item"),
    path("my-meetings/items/<uuid:pk>/read/", material.mark_read, name="mark-read"),
    path("my-meetings/items/<uuid:pk>/unread/", material.mark_unread, name="mark-unread"),
    path("my-meetings/<uuid:pk>/absence/", absence.report_absence, name="report-absence"),
    path("my-meetings/<uuid:pk>/absence/withdraw/", absence.withdraw_absence, name="withdraw-absence"),
    path("meetings/<uuid:pk>/absences/", absence.absences, name="absences"),
    path("meetings/<uuid:pk>/absences/call/", absence.call_ahead, name="call-ahead"),
    path("meetings/<uuid:pk>/absences/call/cancel/", absence.cancel_call, name="cancel-call"),
    path("meetings/<uuid:pk>/absences/withdraw/", absence.withdraw_absence_for, name="withdraw-absence-for"),
    path("my-proposals/", proposals.my_proposals, name="my-proposals"),
    path("bodies/<uuid:pk>/raise-matter/", proposals.raise_matter, name="raise-matter"),
    path("my-proposals/<uuid:pk>/withdraw/", proposals.withdraw_matter, name="withdraw-matter"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/new/", calendar.make_calendar_key, name="make-calendar-key"),
    path("calendar/revoke/", calendar.revoke_calendar_key, name="revoke-calendar-key"),
    path("kalender/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path("kalender/<str:token>/aarshjul.ics", feeds.wheel_feed, name="wheel-feed"),
    path("kalender/<str:token>/rul.ics", feeds.cycles_feed, name="cycles-feed"),
    path("kalender/<str:token>/organer.ics", feeds.bodies_feed, name="bodies-feed"),
]
