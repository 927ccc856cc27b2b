"""Who of the org chart is at level 2: the managers whose nearest superior sits in the directorate. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Post:
    """A unit: who manages it (None: nobody), the unit above it, and whether it stood like that on the day that is asked."""

    manager: UUID | None
    parent: UUID | None
    is_certain: bool = True


def second_level(posts: Mapping[UUID, Post], directorate: Collection[UUID]) -> dict[UUID, bool]:
    """The managers at level 2, each with whether all on the way from her unit up to the directorate is certain.

    Up from each unit to the next manager who is another person: she is one of the directorate, or there is nobody. Units
    without a manager are passed over. Who manages several units has level 2 if one of them gives it.
    """
    found: dict[UUID, bool] = {}
    for key, post in posts.items():
        if post.manager is None or post.manager in directorate:
            continue
        above, is_certain = _superior(posts, key)
        if above is None or above in directorate:
            found[post.manager] = found.get(post.manager, False) or is_certain
    return found


def _superior(posts: Mapping[UUID, Post], key: UUID) -> tuple[UUID | None, bool]:
    own, is_certain, seen, at = posts[key].manager, True, set[UUID](), key
    while at in posts and at not in seen:  # a chart that goes in a circle has no top
        seen.add(at)
        post = posts[at]
        is_certain = is_certain and post.is_certain
        if post.manager is not None and post.manager != own:
            return post.manager, is_certain
        if post.parent is None:
            break
        at = post.parent
    return None, is_certain
