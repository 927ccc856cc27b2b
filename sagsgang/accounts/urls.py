from django.contrib.auth import views as auth
from django.urls import path

from sagsgang.core.doors import public

app_name = "accounts"
urlpatterns = [
    path("login/", public(auth.LoginView.as_view(template_name="accounts/login.html")), name="login"),
    path("logout/", public(auth.LogoutView.as_view()), name="logout"),
]
