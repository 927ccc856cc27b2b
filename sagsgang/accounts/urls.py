from django.contrib.auth.views import LogoutView
from django.urls import path

from sagsgang.accounts import views
from sagsgang.core.doors import public

app_name = "accounts"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", public(LogoutView.as_view()), name="logout"),
]
