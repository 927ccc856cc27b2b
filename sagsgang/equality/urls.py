"""The addresses of equality."""

from django.urls import path

from sagsgang.equality.views import counts, reports, schemes, series, targets

app_name = "equality"
urlpatterns = [
    path("equality/", counts.figures, name="figures"),
    path("equality/<uuid:pk>/import/", counts.import_count, name="import-count"),
    path("equality/<uuid:pk>/type/", counts.type_count, name="type-count"),
    path("equality/<uuid:pk>/series/", series.series, name="series"),
    path("equality/national/", series.national, name="national"),
    path("equality/national/keep/", series.keep_national, name="keep-national"),
    path("equality/<uuid:pk>/schemes/", schemes.schemes, name="schemes"),
    path("equality/<uuid:pk>/schemes/known/", schemes.seed_schemes, name="seed-schemes"),
    path("equality/<uuid:pk>/schemes/add/", schemes.add_scheme, name="add-scheme"),
    path("equality/schemes/<uuid:pk>/edit/", schemes.edit_scheme, name="edit-scheme"),
    path("equality/schemes/<uuid:pk>/switch/", schemes.switch_scheme, name="switch-scheme"),
    path("equality/<uuid:pk>/targets/", targets.targets, name="targets"),
    path("equality/<uuid:pk>/targets/set/", targets.set_target, name="set-target"),
    path("equality/targets/<uuid:pk>/change/", targets.change_target, name="change-target"),
    path("equality/targets/<uuid:pk>/withdraw/", targets.withdraw_target, name="withdraw-target"),
    path("equality/counts/<uuid:pk>/", counts.count, name="count"),
    path("equality/counts/<uuid:pk>/rows/", counts.count_rows, name="count-rows"),
    path("equality/counts/<uuid:pk>/sign-off/", counts.sign_off, name="sign-off"),
    path("equality/counts/<uuid:pk>/make-report/", reports.make_report, name="make-report"),
    path("equality/counts/<uuid:pk>/renew-report/", reports.renew_report, name="renew-report"),
    path("equality/counts/<uuid:pk>/raise-issue/", reports.raise_issue, name="raise-issue"),
    path("equality/findings/<uuid:pk>/accept/", counts.accept_finding, name="accept-finding"),
    path("equality/findings/<uuid:pk>/raise/", reports.raise_finding, name="raise-finding"),
    path("equality/issues/<uuid:pk>/accept/", reports.accept_issue, name="accept-issue"),
]
