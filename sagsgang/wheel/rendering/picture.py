"""The picture of a shown wheel: its marks, its words, and a legend of the signs that occur."""

from collections.abc import Callable
from datetime import date

from django.utils.dates import MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import gettext

from sagsgang.wheel.rendering.drawing import Mark, MarkState, Picture, Ring, Tick, sign_of
from sagsgang.wheel.rendering.shown import ShownLine, ShownWheel, state_words

_STATES: tuple[MarkState, ...] = ("planned", "case", "done", "expected", "dropped")


def picture_of(
    shown: ShownWheel, *, today: date | None = None, address: Callable[[ShownLine], str] | None = None
) -> Picture:
    """The picture; `address` gives the page of a line, `today` the day of the hand."""
    marks = [
        Mark(line.number, line.on, line.ring, line.name, line.state, line.is_duty, address(line) if address else "")
        for line in shown.lines
    ]
    ticks = [
        Tick(meeting.on, meeting.ring, f"{meeting.body}, {date_format(meeting.on, 'MONTH_DAY_FORMAT')}")
        for meeting in shown.meetings
    ]
    return Picture(
        title=shown.title,
        description=_description(shown),
        year=shown.year,
        months=[str(MONTHS_3[number]).strip(".") for number in range(1, 13)],
        rings=[Ring(key, words) for key, words in shown.rings],
        marks=marks,
        ticks=ticks,
        legend=_legend(marks, has_meetings=bool(ticks)),
        today=today,
        today_words=gettext("today {day}").format(day=date_format(today, "j. b")) if today else "",
    )


def _description(shown: ShownWheel) -> str:
    rings = ", ".join(words for _key, words in shown.rings)
    how = gettext("The year runs clockwise from the top. From the rim inwards: {rings}.").format(rings=rings)
    return f"{shown.summary} {how}" if rings else shown.summary


def _legend(marks: list[Mark], *, has_meetings: bool) -> dict[str, str]:
    used = {sign_of(mark) for mark in marks}
    words: dict[str, str] = {}
    for state in _STATES:
        said = state_words(state)
        if state in used:
            words[state] = said[:1].upper() + said[1:]
        if f"{state}-duty" in used:
            words[f"{state}-duty"] = gettext("Statutory, {state}").format(state=said)
    if has_meetings:
        words["meeting"] = gettext("Meeting")
    return words
