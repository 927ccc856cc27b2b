"""The addresses of a process that serves the public alone."""

from django.urls import include, path

urlpatterns = [path("", include("sagsgang.portal.urls"))]
