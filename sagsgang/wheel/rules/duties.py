"""Where a statutory duty stands, and whether its interval is settled. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel.rules.language import DayRule, parse_rule
from sagsgang.wheel.rules.words import words_of_entry_rule

type DutyState = Literal["overdue", "preparation", "coming", "done", "abolished"]

STATES: tuple[DutyState, ...] = ("overdue", "preparation", "coming", "done", "abolished")
"""What asks for somebody first."""
UNSETTLED_RULE = "FREQ=YEARLY;UNTIL=19991231"
"""Of a duty whose interval is not known: a rule that gives no day, until somebody writes another."""


@dataclass(frozen=True, slots=True)
class Round:
    """One return of a duty that neither was dropped nor is gone."""

    on: date
    is_done: bool
    has_case: bool


def is_settled(rule: str) -> bool:
    """Does the rule say when the duty returns? One that ended before the calendar begins does not."""
    try:
        parsed = parse_rule(rule)
    except RuleBrokenError:
        return False
    return not (isinstance(parsed, DayRule) and parsed.until and parsed.until <= date(1999, 12, 31))


def interval_words(rule: str, event: str = "") -> str:
    """When the duty returns, in words; said as not settled where it is not."""
    return words_of_entry_rule(rule, event) if is_settled(rule) else _("not settled")


def state_of(
    rounds: Sequence[Round], *, next_on: date | None, lead_days: int, valid_to: date | None, today: date
) -> DutyState:
    """Where it stands: abolished, overdue, in preparation (a case is open), done, or coming.

    A round that was not done is overdue after its day, also when the duty was abolished since: what was due then is not
    undone by it. "done": the newest round is done and work on the next has not begun (its lead date lies ahead).
    """
    if any(not one.is_done and one.on < today for one in rounds):
        return "overdue"
    if valid_to is not None and valid_to < today:
        return "abolished"
    if any(one.has_case and not one.is_done for one in rounds):
        return "preparation"
    has_done = any(one.is_done for one in rounds)
    begins = next_on - timedelta(days=lead_days) if next_on else None
    return "done" if has_done and (begins is None or today < begins) else "coming"
