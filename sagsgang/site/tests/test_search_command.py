"""`sagsgang search`: the shape of its answer, and what it refuses."""

import json

import pytest

from sagsgang.portal.tests.factories import make_body, make_closed_item, make_draft, make_item, release
from sagsgang.site.cli import main

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def test_it_finds_what_is_released_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    meeting = release(make_body(), make_draft(make_item("1", "Takster på dagtilbudsområdet"), make_closed_item()))
    item = meeting.items.get(number="1")

    answered = main(["search", "dagtilbud", "--body", "TMU", "--year", "2026", "--json"])
    found = json.loads(capsys.readouterr().out)
    hidden = main(["search", "afskedigelse", "--json"])
    nothing = json.loads(capsys.readouterr().out)

    assert (answered, hidden) == (0, 0)
    assert (found["total"], found["capped"], found["suggestion"]) == (1, False, None)
    assert found["facets"]["year"] == {"2026": 1}
    (hit,) = found["hits"]
    assert (hit["uuid"], hit["title"], hit["date"]) == (str(item.pk), item.title, "2026-04-14")
    assert hit["url"] == f"/punkter/{item.pk}/{item.slug}/"
    assert (nothing["total"], nothing["hits"]) == (0, [])


@pytest.mark.parametrize(
    "words", [["search", "og"], ["search", "vej", "--body", "Intet"], ["search", "vej", "--page", "0"]]
)
def test_what_cannot_be_asked_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err
