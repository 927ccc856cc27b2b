"""Prepare, release and withdraw, and publish a calendar: the acts that move words over the wall, one way and back."""

from sagsgang.publication.actions.plan import publish_plan, withdraw_plan
from sagsgang.publication.actions.release import prepare_release, release_meeting, release_prepared
from sagsgang.publication.actions.withdraw import withdraw_release

__all__ = [
    "prepare_release",
    "publish_plan",
    "release_meeting",
    "release_prepared",
    "withdraw_plan",
    "withdraw_release",
]
