"""When a hold is raised and lifted, and what it stops. Pure: values in, sentences out."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.core.errors import RuleBrokenError


def require_why(words: str) -> None:
    """A hold says what is wrong."""
    if not words.strip():
        raise RuleBrokenError(_("Write what is wrong."))


def require_own_attachment(*, is_own: bool) -> None:
    """What is held is an attachment that stands on the case."""
    if not is_own:
        raise RuleBrokenError(_("Choose an attachment that stands on the case."))


def require_standing_hold(*, is_lifted: bool) -> None:
    """A hold is lifted once."""
    if is_lifted:
        raise RuleBrokenError(_("The hold is lifted already."))


def require_lifting_words(words: str) -> None:
    """Whoever lifts a hold answers for it."""
    if not words.strip():
        raise RuleBrokenError(_("Write what was mended, or why the error is let be."))


def require_mended(*, is_mended: bool) -> None:
    """An error in a file is mended by a new version of it, or by another file in its place."""
    if not is_mended:
        raise RuleBrokenError(
            _(
                "The attachment is the one that was wrong. Give it a new version first, or accept the error with a reason."
            )
        )


def hold_sentence(words: Sequence[str]) -> str:
    """Why the case goes no further: the holds that stand, in their own words; "" where there are none."""
    if not words:
        return ""
    return ngettext(
        "The case is held and goes to no further body before the error is mended or accepted: %(words)s",
        "The case is held and goes to no further body before the errors are mended or accepted: %(words)s",
        len(words),
    ) % {"words": " ".join(words)}


def require_no_hold(words: Sequence[str]) -> None:
    """Nothing holds the case; `words` are those of the holds that stand."""
    if sentence := hold_sentence(words):
        raise RuleBrokenError(sentence)
