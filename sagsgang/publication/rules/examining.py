"""What the gate's findings mean for a release: each of them stops it until somebody answers. Pure.

The copies that would leave are looked through, with their makers taken out: a name that is still found would leave.
"""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.gate.pieces import Kind

EDITION = "3"  # moved when the gate finds other things than before: every file is examined again
UNREAD = "unread"  # a file that the gate cannot examine
HELD = "held"  # a file with an error that is neither mended nor accepted at its case
LONGEST_REASON = 1000
# Files up to this size are masked while somebody waits: bytes; pages, each with pictures counted as so many.
MASKED_AT_ONCE = 512 * 1024
PAGES_AT_ONCE = 30
PICTURE_PAGE = 20
_WHOLE = frozenset((Kind.COMMENT, Kind.REVISION, Kind.METADATA))  # masked all together: each has no words of its own


def can_be_accepted(kind: str) -> bool:
    """A file that nobody can look into is not accepted: it is replaced."""
    return kind != UNREAD


def needs_tick(kind: str) -> bool:
    """Must who accepts it say besides that it is not what it looks like?"""
    return kind == Kind.CPR


def require_acceptable(kinds: Collection[str], reason: str, *, is_no_cpr: bool) -> None:
    """Who accepts a finding says why; and of a CPR number, that it is none."""
    if not kinds:
        raise RuleBrokenError(_("Tick at least one finding."))
    if not all(can_be_accepted(kind) for kind in kinds):
        raise RuleBrokenError(_("A file that cannot be examined cannot be accepted. Replace it."))
    if not reason.strip():
        raise RuleBrokenError(_("Write why it may go out as it is."))
    if len(reason) > LONGEST_REASON:
        raise RuleBrokenError(_("The reason is too long. Write at most %(count)s signs.") % {"count": LONGEST_REASON})
    if any(needs_tick(kind) for kind in kinds) and not is_no_cpr:
        raise RuleBrokenError(
            _(
                "A CPR number never goes out. If it is something else, such as a case number, tick so and write what it is."
            )
        )


def can_be_masked(kind: str) -> bool:
    """What is wrong with the file as a whole is not masked away."""
    return kind not in (UNREAD, HELD)


def require_holds_told(*, is_told: bool) -> None:
    """An error that was found in a file after the gate looked is answered before the file goes out, too."""
    if not is_told:
        raise RuleBrokenError(
            _(
                "An error was found in an attachment after the gate looked through it. Take up the changes on the page of "
                "the gate, and answer what it says there."
            )
        )


def require_maskable(*, has_file: bool, is_open: bool) -> None:
    """Words of an item are changed in the item; a finding is answered once."""
    if not has_file:
        raise RuleBrokenError(_("Words of an item cannot be masked. Correct them in the item, and prepare again."))
    if not is_open:
        raise RuleBrokenError(_("Tick at least one finding that waits for an answer."))


def masks_at_once(*, size: int, pages: int, has_pictures: bool) -> bool:
    """Is a file of this size (bytes, pages) masked while somebody waits? Pictures take seconds each to read."""
    return size <= MASKED_AT_ONCE and pages * (PICTURE_PAGE if has_pictures else 1) <= PAGES_AT_ONCE


def require_not_masking(*, is_masking: bool) -> None:
    """While a file is being masked nothing else is done to it."""
    if is_masking:
        raise RuleBrokenError(_("The file is being masked. Wait until that is done."))


def require_parted(accepted: Collection[str]) -> None:
    """Remarks and tracked changes are masked all together, and then none of them can have been accepted."""
    if _WHOLE & set(accepted):
        raise RuleBrokenError(
            _("Some of this kind is accepted, and the kind can only be taken out as a whole. Replace the file instead.")
        )


def require_checked(*, is_finished: bool) -> None:
    """Nothing goes out before the gate has looked at all of it."""
    if not is_finished:
        raise RuleBrokenError(_("The gate has not finished looking through the files. Wait a little, and try again."))


def require_same_gate(*, is_same: bool) -> None:
    """What was looked for is still what must be looked for."""
    if not is_same:
        raise RuleBrokenError(
            _("The gate must look through everything again: its rules or the closed items have changed. Prepare again.")
        )


def require_answered(open_kinds: Mapping[str, int]) -> None:
    """Every finding that stops a release has been masked, replaced or accepted."""
    count = sum(open_kinds.values())
    if count:
        raise RuleBrokenError(
            _("The gate found something that waits for an answer (%(count)s). Answer it on the page of the gate.")
            % {"count": count}
        )
