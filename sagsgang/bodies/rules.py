"""What law and practice lay down for each kind of body. Pure tables; a body may differ by its own settings."""

from dataclasses import dataclass

from sagsgang.bodies.models import BodyKind, PublishPolicy


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
