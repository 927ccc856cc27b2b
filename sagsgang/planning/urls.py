"""The addresses of the meeting plan. Without a year, the plan of the current year is meant."""

from django.urls import path

from sagsgang.planning import views
from sagsgang.planning.years import PLAN_YEAR

app_name = "planning"
urlpatterns = [
    path("bodies/<uuid:pk>/plan/", views.plan, name="plan"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/", views.plan, name="plan"),
    path("bodies/<uuid:pk>/plan/rules/add/", views.add_rule, name="add-rule"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/rules/add/", views.add_rule, name="add-rule"),
    path("plan-rules/<uuid:pk>/", views.change_rule, name="change-rule"),
    path("plan-rules/<uuid:pk>/remove/", views.remove_rule, name="remove-rule"),
    path("bodies/<uuid:pk>/plan/generate/", views.generate_year, name="generate-year"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/generate/", views.generate_year, name="generate-year"),
    path("bodies/<uuid:pk>/plan/extraordinary/", views.call_extraordinary, name="call-extraordinary"),
    path("meetings/<uuid:pk>/move/", views.move_meeting, name="move-meeting"),
    path("meetings/<uuid:pk>/change/", views.change_meeting, name="change-meeting"),
    path("meetings/<uuid:pk>/cancel/", views.cancel_meeting, name="cancel-meeting"),
    path("meetings/<uuid:pk>/undo-cancellation/", views.undo_cancellation, name="undo-cancellation"),
    path("meetings/<uuid:pk>/remove/", views.remove_meeting, name="remove-meeting"),
]
