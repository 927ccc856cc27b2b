"""Why a link does not hold, as a code for programs and as a sentence for people."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Fault(StrEnum):
    """What was found at a link. The first four show in the chain itself, the next three against its kept head."""

    MISSING = "missing"
    EXTRA = "extra"
    PREVIOUS = "previous"
    CONTENT = "content"
    GONE = "gone"
    ALTERED = "altered"
    BACKDATED = "backdated"
    STATE = "state"
    ENDED = "ended"
    WORDS = "words"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Break:
    """The first link of a chain that does not hold: its number, and why. A missing link has the number it had."""

    number: int
    fault: Fault

    def sentence(self) -> str:
        """What is wrong, for who reads it on the screen."""
        return _sentences()[self.fault] % {"number": self.number}


def first_of(*found: Break | None) -> Break | None:
    """The break with the lowest number; of two at the same link the one that is named first."""
    return min((one for one in found if one is not None), key=lambda one: one.number, default=None)


def _sentences() -> dict[Fault, str]:
    return {
        Fault.MISSING: _("No. %(number)s is missing."),
        Fault.EXTRA: _("No. %(number)s does not belong where it stands."),
        Fault.PREVIOUS: _("No. %(number)s does not name the link before it."),
        Fault.CONTENT: _("No. %(number)s is not as it was when it was sealed."),
        Fault.GONE: _("No. %(number)s is missing: it was there when the head of the chain was last kept."),
        Fault.ALTERED: _("No. %(number)s is not the link whose head was kept outside the database."),
        Fault.BACKDATED: _(
            "No. %(number)s carries a time before the head of the chain was last kept, and was not there then."
        ),
        Fault.STATE: _("No. %(number)s has a state that does not follow from what happened to it."),
        Fault.ENDED: _("No. %(number)s ended at another time than it says."),
        Fault.WORDS: _("The words of no. %(number)s are not those that were released."),
        Fault.RECORD: _("The house's own record of no. %(number)s is missing, or says something else."),
    }
