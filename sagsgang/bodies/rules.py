"""What law and practice lay down for each kind of body. Pure tables; a body may differ by its own settings."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import MOST_DAYS
from sagsgang.bodies.models import BodyKind, PublishPolicy
from sagsgang.core.errors import RuleBrokenError

MOST_PROTOCOL_DAYS = 365


@dataclass(frozen=True, slots=True)
class BodyDefaults:
    """A new body's settings: hverdage before a meeting, calendar days until the protocol can go on."""

    agenda_days: int
    material_days: int
    protocol_days: int
    publish_policy: PublishPolicy


_ELECTED = BodyDefaults(agenda_days=4, material_days=4, protocol_days=1, publish_policy=PublishPolicy.MINUTES)
# No duty in law to publish for the directorate and the works council: a local choice, closed by default (R22).
_ADMINISTRATIVE = BodyDefaults(agenda_days=4, material_days=4, protocol_days=1, publish_policy=PublishPolicy.NONE)


def defaults_for(kind: str) -> BodyDefaults:
    """Answer what a new body of this kind begins with (kommunestyrelsesloven § 8 stk. 6, § 20 stk. 7)."""
    return _ADMINISTRATIVE if kind in (BodyKind.DIRECTORATE, BodyKind.WORKS_COUNCIL) else _ELECTED


@dataclass(frozen=True, slots=True)
class BodySettings:
    """What a body decides for itself, by the names of its columns."""

    publish_policy: str
    publish_draft: bool
    publish_figures: bool
    agenda_days: int  # hverdage before the meeting
    material_days: int
    protocol_days: int  # calendar days after it
    numbering: str
    signers: str
    remote_allowed: bool


def require_settings(kind: str, settings: BodySettings) -> None:
    """The duty to send an agenda may not be waived (R4); drafts of protocols go out where protocols do (R22).

    Raises `RuleBrokenError`.
    """
    if min(settings.agenda_days, settings.material_days) < (0 if kind == BodyKind.WORKS_COUNCIL else 1):
        raise RuleBrokenError(_("The agenda must be sent at least one working day before the meeting."))
    if max(settings.agenda_days, settings.material_days) > MOST_DAYS:
        raise RuleBrokenError(
            _("A deadline is between 1 and %(most)s working days before the meeting.") % {"most": MOST_DAYS}
        )
    if settings.protocol_days > MOST_PROTOCOL_DAYS:
        raise RuleBrokenError(
            _("The protocol can go on at the latest %(most)s days after.") % {"most": MOST_PROTOCOL_DAYS}
        )
    if settings.publish_draft and settings.publish_policy != PublishPolicy.MINUTES:
        raise RuleBrokenError(_("A body that does not publish its minutes cannot publish them before they are final."))
    if settings.publish_figures and settings.publish_policy != PublishPolicy.MINUTES:
        raise RuleBrokenError(
            _("The yearly figures count what is public: a body lets them out that publishes its minutes.")
        )
