"""The addresses of equality."""

from django.urls import path

from sagsgang.equality.views import counts

app_name = "equality"
urlpatterns = [
    path("equality/", counts.figures, name="figures"),
    path("equality/<uuid:pk>/import/", counts.import_count, name="import-count"),
    path("equality/<uuid:pk>/type/", counts.type_count, name="type-count"),
    path("equality/counts/<uuid:pk>/", counts.count, name="count"),
    path("equality/counts/<uuid:pk>/rows/", counts.count_rows, name="count-rows"),
    path("equality/counts/<uuid:pk>/sign-off/", counts.sign_off, name="sign-off"),
    path("equality/findings/<uuid:pk>/accept/", counts.accept_finding, name="accept-finding"),
]
