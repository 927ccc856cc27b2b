"""Prepare, release and withdraw, and publish a calendar: the acts that move words over the wall, one way and back."""

from sagsgang.publication.actions.breach import answer_breach, close_breach
from sagsgang.publication.actions.plan import publish_plan, withdraw_plan
from sagsgang.publication.actions.release import prepare_release, release_meeting, release_prepared
from sagsgang.publication.actions.timing import approve_release, cancel_release, refuse_release, release_at_its_hour
from sagsgang.publication.actions.withdraw import withdraw_release

__all__ = [
    "answer_breach",
    "approve_release",
    "cancel_release",
    "close_breach",
    "prepare_release",
    "publish_plan",
    "refuse_release",
    "release_at_its_hour",
    "release_meeting",
    "release_prepared",
    "withdraw_plan",
    "withdraw_release",
]
