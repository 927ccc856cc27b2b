"""Which version of a policy was in force on a day, and when none was. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from sagsgang.policies.shapes import Approved, Gap, InForce, PartInForce, VersionFacts

_DAY = timedelta(days=1)


def whole_approval(version: VersionFacts) -> Approved | None:
    """The first approval of the version as a whole. All parts together are no whole: that is a decision of its own."""
    found = [one for one in version.approvals if one.counts and not one.part]
    return min(found, key=lambda one: one.on, default=None)


def starts_on(version: VersionFacts) -> date | None:
    """The first day on which it is in force: approved and valid; None while it is not approved as a whole."""
    approved = whole_approval(version)
    return max(approved.on, version.valid_from) if approved else None


def in_force(versions: Sequence[VersionFacts], on: date, withdrawn_on: date | None = None) -> InForce | None:
    """What held on that day, or None.

    A version holds from the day on which it is both approved and valid, until a later one does; the earlier does not
    come back when the later ends. Newer parts that were approved for themselves hold beside it. From `withdrawn_on`
    nothing does.
    """
    if withdrawn_on is not None and on >= withdrawn_on:
        return None
    begun = [one for one in versions if (start := starts_on(one)) is not None and start <= on]
    newest = max(begun, key=lambda one: one.number, default=None)
    whole = newest if newest is not None and not _is_over(newest, on) else None
    parts = tuple(_parts(versions, on, after=newest.number if newest else 0))
    if whole is None and not parts:
        return None
    return InForce(whole, whole_approval(whole) if whole else None, parts)


def _is_over(version: VersionFacts, on: date) -> bool:
    return version.valid_to is not None and version.valid_to < on


def _parts(versions: Sequence[VersionFacts], on: date, *, after: int) -> list[PartInForce]:
    """Of each part that was approved for itself in a version newer than `after`, the newest."""
    newest: dict[str, PartInForce] = {}
    for version in sorted(versions, key=lambda one: one.number):
        if version.number <= after or version.valid_from > on:
            continue
        for approved in sorted(version.approvals, key=lambda one: one.on, reverse=True):
            if approved.counts and approved.part and approved.on <= on:
                newest[approved.part] = PartInForce(version, approved)
    return [part for part in newest.values() if not _is_over(part.version, on)]


def superseded_by(version: VersionFacts, versions: Sequence[VersionFacts], on: date) -> VersionFacts | None:
    """The next version that had taken over from this one by that day; None where it holds or has never held."""
    own = starts_on(version)
    later = [
        one for one in versions if one.number > version.number and (start := starts_on(one)) is not None and start <= on
    ]
    return min(later, key=lambda one: one.number, default=None) if own is not None and own <= on else None


def gaps(versions: Sequence[VersionFacts], until: date, withdrawn_on: date | None = None) -> tuple[Gap, ...]:
    """The stretches without any version as a whole, from the first approved day to `until` (included)."""
    begun = sorted(start for one in versions if (start := starts_on(one)) is not None and start <= until)
    if not begun or (withdrawn_on is not None and withdrawn_on <= begun[0]):
        return ()
    last = min(until, withdrawn_on - _DAY) if withdrawn_on else until
    turns = {*begun, *(one.valid_to + _DAY for one in versions if one.valid_to and one.valid_to < last)}
    days = sorted(day for day in turns if begun[0] <= day <= last)
    found: list[Gap] = []
    for place, day in enumerate(days):
        held = in_force(versions, day, withdrawn_on)
        if held is not None and held.version is not None:
            continue
        end = days[place + 1] - _DAY if place + 1 < len(days) else None
        if found and found[-1].until == day - _DAY:
            found[-1] = Gap(found[-1].since, end)
        else:
            found.append(Gap(day, end))
    if found and found[-1].until is None and last < until:
        found[-1] = Gap(found[-1].since, last)
    return tuple(found)
