"""What a change note is made of: which part of which item differs, and how. Never words. Imports nothing."""

from dataclasses import dataclass

MEETING, ITEM = "meeting", "item"
WHOLE = "whole"  # the item itself came, went, was opened or was closed
CAME, ADDED, CHANGED, WENT, OPENED, CLOSED = "came", "added", "changed", "went", "opened", "closed"


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs. `place` is "meeting" or "item"; `public_id` of the item, "" where it is gone.

    `number` is the printed one, of a sub-item under its item ("3.1"); of an item that went, as it was. `how`: came
    (there was nothing), added (all that was there still is), changed, went; of a whole item also opened and closed.
    """

    place: str
    part: str
    how: str
    public_id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What a release says of itself beside its words: which parts differ from release no. `since`, and why."""

    changes: tuple[Change, ...] = ()
    since: int | None = None
    public_reason: str = ""


NO_NEWS = News()
