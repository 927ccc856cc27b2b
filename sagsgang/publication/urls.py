from django.urls import path

from sagsgang.planning.years import PLAN_YEAR
from sagsgang.publication import views

app_name = "publication"
urlpatterns = [
    path("meetings/<uuid:pk>/releases/", views.releases, name="releases"),
    path("meetings/<uuid:pk>/releases/prepare/", views.prepare_release, name="prepare-release"),
    path("preparations/<uuid:pk>/release/", views.release_prepared, name="release-prepared"),
    path("releases/<uuid:pk>/withdraw/", views.withdraw_release, name="withdraw-release"),
    path("releases/waiting/", views.waiting, name="waiting"),
    path("bodies/<uuid:pk>/releases/", views.body_releases, name="body-releases"),
    path("bodies/<uuid:pk>/plan/publication/", views.plan, name="plan"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/publication/", views.plan, name="plan"),
    path("bodies/<uuid:pk>/plan/publish/", views.publish_plan, name="publish-plan"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/publish/", views.publish_plan, name="publish-plan"),
    path("bodies/<uuid:pk>/plan/withdraw/", views.withdraw_plan, name="withdraw-plan"),
    path(f"bodies/<uuid:pk>/plan/<{PLAN_YEAR}:year>/withdraw/", views.withdraw_plan, name="withdraw-plan"),
]
