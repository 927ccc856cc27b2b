"""The demo municipality, loaded whole: its size is an honest one, and none of its closed words is let out."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as house
from django.test import Client
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Seat
from sagsgang.cases.models import Case
from sagsgang.documents.extract import text_of
from sagsgang.equality.models import DataIssue, RawRow
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.publication.figures.tree import FiguresDocument
from sagsgang.publication.models import (
    PublicFigures,
    PublicFile,
    PublicItem,
    PublicMeeting,
    Release,
    ReleaseRecord,
    ReleaseState,
)
from sagsgang.site.demo import generate, shapes
from sagsgang.site.demo_loading import Loader

pytestmark = pytest.mark.long
TODAY = date(2026, 11, 22)
MORNING = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))


def markers(town: shapes.Municipality) -> set[str]:
    """A word of each closed text that stands in no open one."""

    def of(item: shapes.Item) -> Iterator[str]:
        yield item.marker
        yield from (row.marker for row in item.attachments)
        for sub in item.subitems:
            yield from of(sub)

    return {word for meeting in town.meetings for item in meeting.items for word in of(item)} - {""}


def test_the_demo_is_loaded_and_lets_no_closed_word_out(wall: None) -> None:
    town = generate(TODAY)
    with time_machine.travel(MORNING):
        Loader(town, password="en-lang-adgangskode", tell=lambda line: None).load()

    assert Body.objects.count() == 10  # with the two councils that are heard
    assert Seat.objects.filter(body__code="KB").on(TODAY).count() == 27
    assert 45 <= Meeting.objects.filter(items__isnull=False).distinct().count() <= 60
    assert 380 <= AgendaItem.objects.top().count() <= 480
    assert Attachment.objects.filter(version__media_type="application/pdf").count() > 100
    assert Attachment.objects.filter(version__name__endswith=".docx").count() > 50
    assert Release.objects.count() > PublicMeeting.objects.count() >= 25  # one corrected, one taken back

    words = markers(town)
    assert len(words) > 20
    documents = Release.objects.exclude(document=None).values_list("document", flat=True)  # withdrawn ones have none
    released = "\n".join(documents)  # type: ignore[arg-type]
    assert sorted(word for word in words if word.casefold() in released.casefold()) == []
    for row in PublicFile.objects.order_by("sha256").distinct("sha256"):
        content = (house.RELEASED_FILES / row.sha256[:2] / row.sha256).read_bytes()
        text = text_of(content, row.media_type).casefold()
        assert sorted(word for word in words if word.casefold() in text) == []
    assert PublicItem.objects.filter(access="closed").count() > 10

    in_preparation = Case.objects.filter(unit__isnull=False)
    assert in_preparation.count() == 19
    out = ReleaseRecord.objects.values("meeting_id")
    hidden = in_preparation.exclude(agenda_items__meeting_id__in=out)
    assert hidden.count() >= 16
    assert [case.title for case in hidden if case.title in released] == []
    figures_are_out()


def figures_are_out() -> None:
    """Two days of equality, one of them corrected with its reason, a year of goals, and one of a committee."""
    out = PublicFigures.objects.filter(state=ReleaseState.CURRENT).order_by("number")
    assert [row.kind for row in out] == ["equality", "goals", "body-year", "equality"]
    assert PublicFigures.objects.get(state=ReleaseState.SUPERSEDED).figures_id == out[3].figures_id
    for row in out:
        document = FiguresDocument.from_text(row.document or "")
        assert any(section.plot for section in document.report.sections), row.title
        assert bool(document.reason) == (row == out[3])
    issue = DataIssue.objects.select_related("mended_in", "hold").get()
    assert issue.mended_in is not None and issue.mended_in.version == 2
    assert issue.hold.lifting == "mended"
    assert RawRow.objects.count() == 0


def test_demo_users_are_refused_outside_the_demo(wall: None, settings: Settings) -> None:
    User.objects.create_user("sekretær", password="en-lang-adgangskode", is_demo=True)
    words = {"username": "sekretær", "password": "en-lang-adgangskode"}

    settings.DEMO = False
    assert Client().login(**words) is False
    settings.DEMO = True
    assert Client().login(**words) is True
