"""The staff site's page of letters."""

from django.urls import path

from sagsgang.following import views

app_name = "following"
urlpatterns = [path("outbox/", views.outbox, name="outbox")]
