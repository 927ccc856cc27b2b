"""Both sites in one process: the portal, and the staff site under /intern/."""

from django.urls import include, path

from sagsgang.site.urls_staff import staff

urlpatterns = [*staff, path("", include("sagsgang.portal.urls"))]
