"""When something may be released. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication.gate import Finding
from sagsgang.publication.models import ReleaseKind, ReleaseState


def require_policy(body: str, *, allowed: bool) -> None:
    """The body's publish policy decides what it lets out; for most it is a duty, for some a choice (R17, R22)."""
    if not allowed:
        raise RuleBrokenError(
            _("%(body)s does not publish this: its publish policy says no. Change the policy first, if it is to.")
            % {"body": body}
        )


def require_no_drafts(places: Sequence[str]) -> None:
    """Words that can still change are no agenda: it is sent to the members first, and they stand fast with that."""
    if places:
        raise RuleBrokenError(
            _("The agenda is not sent yet, and the words of %(places)s can still change. Send the agenda first.")
            % {"places": ", ".join(places)}
        )


def require_two_persons(kind: str, *, same: bool) -> None:
    """One prepares, another releases (R42). What was already public elsewhere needs one only."""
    if same and kind != ReleaseKind.ARCHIVE:
        raise RuleBrokenError(
            _("Two different persons prepare and release. Choose somebody else as the second person.")
        )


def require_as_prepared(*, same: bool) -> None:
    """What goes out is what was looked at: a change after the preparation needs a new one."""
    if not same:
        raise RuleBrokenError(_("The meeting has been changed since the release was prepared. Prepare it again."))


def require_clean(findings: Sequence[Finding]) -> None:
    """A CPR number stops the release, wherever it stands."""
    if findings:
        places = "; ".join(dict.fromkeys(finding.place for finding in findings))
        raise RuleBrokenError(_("The release is stopped: a CPR number was found in %(places)s.") % {"places": places})


def require_current(state: str) -> None:
    """Only what is out can be taken back."""
    if state != ReleaseState.CURRENT:
        raise RuleBrokenError(_("This release is no longer current, so there is nothing to withdraw."))


def require_reason(reason: str) -> None:
    """A withdrawal says why."""
    if not reason.strip():
        raise RuleBrokenError(_("Write why the release is withdrawn."))
