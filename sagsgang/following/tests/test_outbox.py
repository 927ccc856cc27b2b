"""The staff page of letters: who gets in, what it shows, and what it costs."""

import pytest
from django.test import Client
from django.utils.timezone import now
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role
from sagsgang.following.models import Follower, Letter, Subscription

TEXT = "Bekræft:\nhttps://moeder.example/foelg/bekraeft/0123456789012345678901234567890123456789abc/"
pytestmark = pytest.mark.django_db


def user(role: str) -> Client:
    """Somebody with a role in the whole house, or with none."""
    someone = User.objects.create_user(f"bruger-{role}")
    if role:
        Appointment.objects.create(user=someone, role=role)
    client = Client()
    client.force_login(someone)
    return client


def make_letters(count: int) -> None:
    for n in range(count):
        follower = Follower.objects.create(address=f"anna{n}@borger.example")
        what = Subscription.objects.create(follower=follower, kind="place", words="Åvej")
        Letter.objects.create(
            follower=follower, subscription=what, kind="confirm", state="sent", next_try_at=now(), subject="Bekræft",
            text=TEXT,
        )  # fmt: skip


@pytest.mark.parametrize("count", [3, 60])
def test_it_costs_the_same_whatever_it_holds(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_letters(count)
    client = user(Role.ADMIN)

    with django_assert_num_queries(6):  # session, user, role, letters, how many rest, letters to the staff
        page = client.get("/intern/outbox/")

    assert page.text.count("a…@borger.example") == count


def test_it_shows_no_address_and_outside_the_demo_no_secret(settings: Settings) -> None:
    make_letters(1)
    client = user(Role.ADMIN)

    outside = client.get("/intern/outbox/").text
    settings.DEMO = True
    demo = client.get("/intern/outbox/").text

    assert "anna0" not in outside + demo
    assert ("0123456789" in outside, "0123456789" in demo) == (False, True)


def test_it_says_that_an_address_rests_and_shows_no_more_of_it() -> None:
    make_letters(2)
    for _ in range(3):
        follower = Follower.objects.get(address="anna0@borger.example")
        Letter.objects.filter(follower=follower).update(state="failed", tries=1, ended_at=now())
        what = Subscription.objects.get(follower=follower)
        Letter.objects.create(follower=follower, subscription=what, kind="news", next_try_at=now())
    Letter.objects.filter(follower=follower).update(state="failed", tries=1, ended_at=now())

    with override("da"):
        page = user(Role.ADMIN).get("/intern/outbox/").text

    assert "1 address rests" in page or "1 adresse hviler" in page
    assert (page.count("a…@borger.example"), page.count("anna0")) == (5, 0)
    assert page.count("the address rests") + page.count("adressen hviler") == 4


@pytest.mark.parametrize(("role", "status"), [(Role.ADMIN, 200), (Role.AUDITOR, 403), ("", 403)])
def test_who_gets_in(role: str, status: int) -> None:
    assert user(role).get("/intern/outbox/").status_code == status
