"""Assessments and projects as CSV that Danish Excel opens."""

from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext, override, pgettext

from sagsgang.core.spreadsheets import as_csv
from sagsgang.goals.models import GoalTag
from sagsgang.goals.queries.tags import goal_words, shown
from sagsgang.goals.queries.work import ShownProject

LANGUAGE = "da"  # a file is the house's own word, whatever language its reader chose


def tags_csv(tags: Iterable[GoalTag]) -> bytes:
    """A row for each assessment of something open; days are ISO. What is closed is in no file, which goes from hand to hand."""
    with override(LANGUAGE):
        heading = (
            gettext("Goal or target"), gettext("Goal in words"), gettext("Matter"), gettext("Kind of matter"),
            gettext("Where"), gettext("Relevance"), gettext("Direction"), gettext("Reason"), gettext("Assessed by"),
            gettext("Assessed on"),
        )  # fmt: skip
        kinds = {
            "case": pgettext("kind of matter", "case"),
            "item": pgettext("kind of matter", "sub-item"),
            "project": pgettext("kind of matter", "project"),
            "policy": pgettext("kind of matter", "policy"),
        }
        rows = [
            (one.goal, one.goal_words, one.matter, kinds[one.kind], one.place, one.relevance_words, one.direction_words,
             one.reason, one.author, localtime(one.at).date().isoformat())
            for one in shown(tags)
            if not one.is_closed
        ]  # fmt: skip
        return as_csv([heading, *rows])


def projects_csv(projects: Iterable[ShownProject]) -> bytes:
    """A row for each project; days are ISO."""
    with override(LANGUAGE):
        heading = (
            gettext("Project"), gettext("Purpose"), gettext("Policy areas"), gettext("Unit"), gettext("Owner, by role"),
            gettext("From"), gettext("To"), gettext("State"), gettext("State as of"), gettext("What is to say"),
            gettext("Expected long-term effect"), gettext("Goals"),
        )  # fmt: skip
        return as_csv([heading, *map(_project, projects)])


def _project(one: ShownProject) -> tuple[str, ...]:
    row, note = one.row, one.note
    return (
        row.name, row.purpose, ", ".join(one.areas), row.unit.name if row.unit else "", row.owner_role,
        row.starts_on.isoformat() if row.starts_on else "", row.ends_on.isoformat() if row.ends_on else "",
        one.state_words, note.on.isoformat() if note else "", note.words if note else "", row.expected_effect,
        "; ".join(f"{goal_words(tag)}: {tag.get_direction_display()}" for tag in one.tags),
    )  # fmt: skip
