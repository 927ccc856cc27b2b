"""What comes through a door is for the one who asked."""

import pytest
from django.test import Client
from django.urls import reverse

from sagsgang.accounts.models import User


@pytest.mark.django_db
def test_a_page_behind_a_door_is_kept_by_no_cache_between() -> None:
    client = Client()
    client.force_login(User.objects.create_user("anna"))

    answer = client.get(reverse("meetings:home"))

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")


@pytest.mark.django_db
def test_nobody_gets_no_further_than_the_login() -> None:
    answer = Client().get(reverse("meetings:home"))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("accounts:login"))
