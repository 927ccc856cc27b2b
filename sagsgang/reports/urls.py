from django.urls import path

from sagsgang.reports.views import body_year, log, overview

app_name = "reports"
urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("overview/figures/", overview.figures, name="figures"),
    path("reports/", body_year.body_years, name="body-years"),
    path("bodies/<uuid:pk>/report/", body_year.body_year, name="body-year"),
    path("bodies/<uuid:pk>/report/rows/", body_year.body_year_rows, name="body-year-rows"),
    path("bodies/<uuid:pk>/report/pdf/", body_year.print_body_year, name="print-body-year"),
    path("bodies/<uuid:pk>/report/file/", body_year.body_year_file, name="body-year-file"),
    path("audit/", log.audit_log, name="audit-log"),
    path("audit/file/", log.audit_log_file, name="audit-log-file"),
    path("audit/readings/", log.closed_readings, name="closed-readings"),
    path("audit/readings/file/", log.closed_readings_file, name="closed-readings-file"),
    path("audit/subjects/<str:label>/<uuid:pk>/", log.subject_chain, name="subject-chain"),
]
