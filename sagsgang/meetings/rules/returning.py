"""By which step of its path a matter comes again to the same body. Pure: no queries, no writes, no user."""

from collections.abc import Iterable

from sagsgang.cases.models import PathStep


def is_return(own: PathStep, following: PathStep) -> bool:
    """Does a step that stands directly after another bring the same matter to the same body again?

    A second reading does not, and neither does a step behind another body's: those are steps of their own.
    """
    return (following.body_id, following.reading) == (own.body_id, own.reading)


def return_in(path: Iterable[PathStep], own: PathStep) -> PathStep | None:
    """The return of a step, in a path in its order; None if the step that follows is none."""
    following = next((step for step in path if step.position > own.position), None)
    return following if following is not None and is_return(own, following) else None
