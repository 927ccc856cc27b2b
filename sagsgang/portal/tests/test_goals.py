"""The goals of released items, read by the public: list, page, search; what is taken back is gone from all of them."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.goals.models import GoalTag
from sagsgang.meetings.models import AgendaItem
from sagsgang.portal.tests.factories import make_body, make_closed_item, make_draft, make_item, release
from sagsgang.publication.actions.figures import prepare_figures, release_figures, withdraw_figures
from sagsgang.publication.models import PublicFigures

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def assess() -> None:
    """Three open items of which two touch goal 11, and a closed one that touches goal 16."""
    body = make_body()
    items = [make_item(str(number), f"Ny cykelsti ved Åvej {number}") for number in (1, 2, 3)]
    release(body, make_draft(*items, make_closed_item()))
    author = User.objects.get_or_create(username="sagsbehandler")[0]
    for item in AgendaItem.objects.exclude(number="3"):
        GoalTag.objects.create(
            case=item.case, goal=16 if item.is_closed else 11, target="" if item.is_closed else "11.2",
            relevance="primary", direction="furthers", reason="Hemmelig grund", author=author,
        )  # fmt: skip
    prepared = prepare_figures(body.authority, "goals", *YEAR, actor=author)
    release_figures(prepared, actor=User.objects.get_or_create(username="den anden")[0])


def test_a_goal_has_a_page_and_a_facet_until_it_is_taken_back(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert client.get("/maal/").status_code == 200
    assess()
    assert "/maal/" in client.get("/tal/").content.decode()
    assert "/maal/" in client.get("/tal/sitemap.xml").content.decode()

    listed = client.get("/maal/").content.decode()
    assert "/maal/11/" in listed and "/maal/16/" not in listed
    with django_assert_num_queries(2 + 3 + 1 + 3, using="public"):
        answer = client.get("/maal/11/")
    page = answer.content.decode()
    assert page.count("/punkter/") == 2 and "11.2" in page and "Hemmelig" not in page
    assert client.get("/maal/11/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    missing = [client.get(f"/maal/{path}") for path in ("16/", "7/", "99/", "0/", "11/?side=2")]
    assert {one.status_code for one in missing} == {404}

    asked = client.get("/soeg/", {"q": "cykelsti"})
    assert "maal=11" in asked.content.decode() and "maal=16" not in asked.content.decode()
    narrowed = client.get("/soeg/", {"q": "cykelsti", "maal": "11"}).content.decode()
    assert "aavej-1/" in narrowed and "aavej-3/" not in narrowed

    withdraw_figures(PublicFigures.objects.get().pk, reason="Fejl", actor=User.objects.get(username="den anden"))
    assert client.get("/maal/11/").status_code == 404
    assert "/maal/11/" not in client.get("/maal/").content.decode()
    again = client.get("/soeg/", {"q": "cykelsti"})
    assert "maal=11" not in again.content.decode() and again.headers["ETag"] != asked.headers["ETag"]
