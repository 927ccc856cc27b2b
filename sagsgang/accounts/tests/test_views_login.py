"""Logging in and out."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "kun-til-proever-12"


@pytest.fixture
def user() -> User:
    return User.objects.create_user("sekretær", password=PASSWORD)


def test_a_user_logs_in_and_comes_home(user: User) -> None:
    response = Client().post(reverse("accounts:login"), {"username": "sekretær", "password": PASSWORD})

    assert response["Location"] == reverse("meetings:home")


def test_she_comes_to_the_page_that_she_wanted(user: User) -> None:
    target = reverse("publication:waiting")
    page = Client().get(reverse("accounts:login"), {"next": target}).content.decode()
    assert f'<input type="hidden" name="next" value="{target}">' in page

    response = Client().post(reverse("accounts:login"), {"username": "sekretær", "password": PASSWORD, "next": target})

    assert response["Location"] == target


def test_she_is_not_sent_to_another_site(user: User) -> None:
    response = Client().post(
        reverse("accounts:login"),
        {"username": "sekretær", "password": PASSWORD, "next": "https://ond.example/"},
    )

    assert response["Location"] == reverse("meetings:home")


def test_a_wrong_password_is_said_and_the_name_stays(user: User) -> None:
    page = Client().post(reverse("accounts:login"), {"username": "sekretær", "password": "forkert"}).content.decode()

    assert 'value="sekretær"' in page
    assert 'class="alert alert-error' in page
    assert "forkert" not in page


def test_a_demo_user_is_refused_outside_the_demo(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_demo=True)

    response = Client().post(reverse("accounts:login"), {"username": "sekretær", "password": PASSWORD})

    assert response.status_code == 200


def test_logging_out_is_a_post(user: User) -> None:
    client = Client()
    client.force_login(user)

    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout"))["Location"] == reverse("accounts:login")
    assert client.get(reverse("meetings:home")).status_code == 302


def test_htmx_without_a_session_swaps_nothing_away() -> None:
    response = Client(headers={"HX-Request": "true"}).get(reverse("accounts:login"))

    words = response.content.decode()
    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (
        401,
        "#main-content",
        "afterbegin",
    )
    assert gettext("You are no longer logged in, and nothing was saved") in words
    assert "<h1" not in words


def test_a_form_from_elsewhere_is_refused(user: User) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("accounts:login"), {"username": "sekretær", "password": PASSWORD})

    assert response.status_code == 403
