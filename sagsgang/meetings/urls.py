from django.urls import path

from sagsgang.meetings.views import files, item, meeting, overview

app_name = "meetings"
urlpatterns = [
    path("", overview.home, name="home"),
    path("bodies/<uuid:pk>/", overview.body, name="body"),
    path("meetings/<uuid:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:pk>/absence/", meeting.mark_absence, name="mark-absence"),
    path("meetings/<uuid:pk>/presence/", meeting.mark_presence, name="mark-presence"),
    path("items/<uuid:pk>/", item.item, name="item"),
    path("items/<uuid:pk>/decision/", item.record_decision, name="record-decision"),
    path("items/<uuid:pk>/absence/", item.mark_absence_at_item, name="mark-absence-at-item"),
    path("items/<uuid:pk>/presence/", item.mark_presence_at_item, name="mark-presence-at-item"),
    path("attachments/<uuid:pk>/", files.attachment, name="attachment"),
]
