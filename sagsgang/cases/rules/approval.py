"""Where a version stands on its way up, and when it may be sent on, approved, sent back or taken back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

type ApprovalState = Literal["draft", "in_approval", "approved"]

# The level of the caseworker's own acts. An approval at it says that the whole version is approved: what is changed
# in the unit's levels afterwards no longer touches it.
CASEWORKER = 0


@dataclass(frozen=True, slots=True)
class EventFact:
    """One event: `verdict` is a `Verdict` value, `level` the position of the level that spoke (0 = caseworker)."""

    verdict: str
    level: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version stands. `level` is the position that waits; `was_returned`: the last word was "sent back"."""

    state: ApprovalState
    level: int | None = None
    was_returned: bool = False
    approved_levels: tuple[int, ...] = ()


def standing(events: Sequence[EventFact], levels: Sequence[int]) -> Standing:
    """The standing that the events make, with the positions of the unit's levels as they are now, lowest first.

    No levels: approved when it is submitted. Approvals given before it was last submitted count no more.
    """
    submitted = was_returned = is_whole = False
    approved: list[int] = []
    for event in events:
        if event.verdict == "approved":
            is_whole = is_whole or event.level == CASEWORKER
            approved.append(event.level)
        else:
            submitted, was_returned = event.verdict == "submitted", event.verdict == "returned"
            approved, is_whole = [], False
    if not submitted:
        return Standing("draft", was_returned=was_returned)
    given = tuple(level for level in approved if level != CASEWORKER)
    waiting = next((level for level in levels if level not in given), None)
    if is_whole or waiting is None:
        return Standing("approved", approved_levels=given)
    return Standing("in_approval", level=waiting, approved_levels=given)


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing before a version can be sent for approval: a sentence, and its `place`.

    `place` names a page of the case (presentation, path, hearings, facts) or, of a section, ``section:<uuid>``.
    """

    message: str
    place: str


class LackingError(RuleBrokenError):
    """The version cannot be sent for approval; `lacks` says everything that is missing, each with its place."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(_("It cannot be sent for approval yet. What is missing stands below."))
        self.lacks = tuple(lacks)


@dataclass(frozen=True, slots=True)
class SectionFact:
    """One section as it is checked: its `place`, heading, whether it must be filled in, and whether it has words."""

    place: str
    heading: str
    is_required: bool
    has_words: bool


def lacks_of(
    sections: Sequence[SectionFact],
    facts: Sequence[tuple[str, str, bool]],
    *,
    points: int,
    hearings: Sequence[str] = (),
    economy: Sequence[str] = (),
) -> list[Lack]:
    """Everything that is missing: required sections, a point of a recommendation, facts, hearings, balance.

    `facts`: what the body demands to know (its name on the screen), where it is written, and whether it is there.
    `hearings` and `economy` are sentences of their own rules (R13, R14).
    """
    found = [
        Lack(_("“{heading}” is empty, and must be filled in.").format(heading=section.heading), section.place)
        for section in sections
        if section.is_required and not section.has_words
    ]
    if not points:
        found.append(Lack(_("The recommendation has no point yet."), "presentation"))
    found += [Lack(_("The case lacks: {fact}.").format(fact=name), place) for name, place, there in facts if not there]
    found += [Lack(sentence, "presentation") for sentence in economy]
    found += [Lack(sentence, "hearings") for sentence in hearings]
    return found


def require_nothing_lacks(lacks: Sequence[Lack]) -> None:
    """Raise `LackingError` with everything that is missing."""
    if lacks:
        raise LackingError(lacks)


def require_submittable(stands: Standing, *, is_draft: bool) -> None:
    """Only a draft that is being written can be sent for approval."""
    if not is_draft:
        raise RuleBrokenError(_("The words are frozen. Begin a new version first."))
    if stands.state == "in_approval":
        raise RuleBrokenError(_("The case has already been sent for approval."))
    if stands.state == "approved":
        raise RuleBrokenError(_("The case is already approved."))


def require_in_approval(stands: Standing) -> None:
    """Approving and sending back need a version that waits for somebody."""
    if stands.state == "approved":
        raise RuleBrokenError(_("The case is already approved."))
    if stands.state != "in_approval":
        raise RuleBrokenError(_("The case is being written, and waits for no approval."))


def require_turn(*, is_hers: bool, level_name: str, approver: str) -> None:
    """Only the level that waits may speak. `approver`: whose turn it is, by name."""
    if not is_hers:
        raise RuleBrokenError(
            _("It is not your turn: the case waits for {level}, {name}.").format(level=level_name, name=approver)
        )


def require_level_unchanged(seen: int, waiting: int | None) -> None:
    """She approves at the level that her page showed, even where she approves at several."""
    if seen != waiting:
        raise RuleBrokenError(
            _("Somebody else has acted on the case since you opened the page. Look at where it stands now.")
        )


def require_same_words(seen: str, digest: str) -> None:
    """Nobody approves words that she has not had before her."""
    if seen != digest:
        raise RuleBrokenError(
            _("The words have been changed since you opened the page. Read them as they are now, then approve.")
        )


def require_comment(comment: str) -> None:
    """Who sends back says why."""
    if not comment.strip():
        raise RuleBrokenError(_("Write what has to be changed, so that the caseworker can act on it."))


def require_reopenable(stands: Standing, *, is_draft: bool, reason: str) -> None:
    """A version that waits or is approved can be opened for writing, with a reason, until it is frozen."""
    if not is_draft:
        raise RuleBrokenError(_("The words are frozen. Begin a new version first."))
    if stands.state == "draft":
        raise RuleBrokenError(_("The case is already open for writing."))
    if not reason.strip():
        raise RuleBrokenError(_("Write why it is opened for writing again."))
