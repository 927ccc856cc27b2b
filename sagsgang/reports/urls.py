from django.urls import path

from sagsgang.reports import views

app_name = "reports"
urlpatterns = [
    path("audit/", views.audit_log, name="audit-log"),
    path("audit/file/", views.audit_log_file, name="audit-log-file"),
    path("audit/readings/", views.closed_readings, name="closed-readings"),
    path("audit/readings/file/", views.closed_readings_file, name="closed-readings-file"),
    path("audit/subjects/<str:label>/<uuid:pk>/", views.subject_chain, name="subject-chain"),
]
