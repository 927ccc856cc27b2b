"""Release and withdraw: the two acts that move words over the wall, one way and back."""

from sagsgang.publication.actions.release import release_meeting
from sagsgang.publication.actions.withdraw import withdraw_release

__all__ = ["release_meeting", "withdraw_release"]
