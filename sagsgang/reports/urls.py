from django.urls import path

from sagsgang.reports.views import log, overview

app_name = "reports"
urlpatterns = [
    path("overview/", overview.overview, name="overview"),
    path("overview/figures/", overview.figures, name="figures"),
    path("audit/", log.audit_log, name="audit-log"),
    path("audit/file/", log.audit_log_file, name="audit-log-file"),
    path("audit/readings/", log.closed_readings, name="closed-readings"),
    path("audit/readings/file/", log.closed_readings_file, name="closed-readings-file"),
    path("audit/subjects/<str:label>/<uuid:pk>/", log.subject_chain, name="subject-chain"),
]
