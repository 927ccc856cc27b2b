"""Can the body decide now (R24, KSL § 11 stk. 2)?

At least half of the body's seats must be taken by somebody who may vote: of a council's 27 seats 14. A substitute counts
for the seat she sits in. A conflict of interest takes its member out of the count of those present, never out of the
seats [our reading of R24 with R32]. Who takes part remotely counts where the body allows it (R28).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sagsgang.meetings.rules.presence import is_quorate, needed_for_quorum


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many may vote, of how many seats, and how many it takes."""

    present: int
    seats: int

    @property
    def needed(self) -> int:
        """The fewest that can decide."""
        return needed_for_quorum(self.seats)

    @property
    def is_quorate(self) -> bool:
        """Can the body decide?"""
        return is_quorate(self.present, self.seats)

    @property
    def sentence(self) -> str:
        """The same in words."""
        counts = {"present": self.present, "seats": self.seats, "needed": self.needed}
        if self.is_quorate:
            return _("Quorate: {present} of {seats} seats are taken, {needed} are needed.").format(**counts)
        return _("Not quorate: {present} of {seats} seats are taken, {needed} are needed.").format(**counts)
