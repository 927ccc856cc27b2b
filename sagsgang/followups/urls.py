"""Addresses of the follow-ups."""

from django.urls import path

from sagsgang.followups.views import fragments, give, holds, lists, progress, report

app_name = "followups"
urlpatterns = [
    path("follow-ups/", lists.follow_ups, name="follow-ups"),
    path("follow-ups/late/", lists.late_count, name="late-count"),
    path("units/<uuid:pk>/follow-ups/", lists.unit_follow_ups, name="unit-follow-ups"),
    path("bodies/<uuid:pk>/follow-ups/", lists.body_follow_ups, name="body-follow-ups"),
    path("items/<uuid:pk>/follow-ups/", fragments.at_item, name="at-item"),
    path("cases/<uuid:pk>/follow-ups/", fragments.at_case, name="at-case"),
    path("items/<uuid:pk>/follow-ups/give/", give.give_at_item, name="give-follow-up"),
    path("cases/<uuid:pk>/follow-ups/give/", give.give_on_case, name="give-follow-up-on-case"),
    path("remarks/<uuid:pk>/follow-ups/give/", give.give_on_remark, name="give-follow-up-on-remark"),
    path("cases/<uuid:pk>/holds/raise/", holds.raise_hold, name="raise-hold"),
    path("holds/<uuid:pk>/lift/", holds.lift_hold, name="lift-hold"),
    path("follow-ups/<uuid:pk>/", progress.follow_up, name="follow-up"),
    path("follow-ups/<uuid:pk>/change/", give.change_follow_up, name="change-follow-up"),
    path("follow-ups/<uuid:pk>/begin/", progress.begin_follow_up, name="begin-follow-up"),
    path("follow-ups/<uuid:pk>/note/", progress.note_follow_up, name="note-follow-up"),
    path("follow-ups/<uuid:pk>/finish/", progress.finish_follow_up, name="finish-follow-up"),
    path("follow-ups/<uuid:pk>/drop/", progress.drop_follow_up, name="drop-follow-up"),
    path("follow-ups/<uuid:pk>/reopen/", progress.reopen_follow_up, name="reopen-follow-up"),
    path("follow-ups/<uuid:pk>/report/", report.report_follow_up, name="report-follow-up"),
]
