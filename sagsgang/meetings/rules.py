"""When an act is possible. Pure: no queries, no writes, no user."""

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_seen(seen: int, current: int) -> None:
    """Refuse to write over words that the writer has not seen."""
    if seen != current:
        raise RuleBrokenError(
            _(
                "Somebody else has written the decision in the meantime. Your text stands below; compare, then save again."
            )
        )


def require_decision_text(text: str, outcome: str) -> None:
    """A decision has words or an outcome."""
    if not text.strip() and not outcome:
        raise RuleBrokenError(_("Write the decision, or choose an outcome."))


def require_known_to_body(name: str, *, is_known: bool) -> None:
    """Only who has a seat in the body, or is already in the protocol, can be absent from it."""
    if not is_known:
        raise RuleBrokenError(_("%(name)s has no seat in this body on the day of the meeting.") % {"name": name})
