"""The addresses of the year: wheel, cycles, månedsgrebet, talks, duties."""

from django.urls import URLPattern

app_name = "wheel"
urlpatterns: list[URLPattern] = []
