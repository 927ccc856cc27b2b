"""Check 2: level 1 is the directorate that the house itself knows, level 2 the chefs of its org chart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.names import is_same, name_key
from sagsgang.equality.shapes import Employee, Finding, Headcount, Member, Sex


@dataclass(frozen=True, slots=True)
class _Stand:
    """A member, and the rows in which the file has her; none where it lacks her."""

    member: Member
    rows: tuple[Employee, ...]


def check_members(count: Headcount, members: Sequence[Member], *, may_name: bool = True) -> list[Finding]:
    """2, by name where the file has names, else by number and sex. The members are named: that they sit is no secret."""
    has_names = any(row.name for row in count.employees)
    found = []
    swapped = _swapped(count, members)
    if swapped:
        found.append(swapped)
    for level in (1, 2):
        listed = [member for member in members if member.level == level]
        if level == 2 and not listed:
            continue  # the list is of the directorate alone
        if has_names:
            here = _by_name(count, listed, level, others=members, may_name=may_name)
        else:
            here = _by_number(count, listed, level)
        found += here if all(member.is_certain for member in listed) else _softened(here)
    return found


def _softened(found: Sequence[Finding]) -> list[Finding]:
    """As warnings: the list may have changed since the day of the count."""
    words = _("The list may have been changed since the day of the count.")
    return [replace(finding, severity="warning", message=f"{finding.message} {words}") for finding in found]


def _swapped(count: Headcount, members: Sequence[Member]) -> Finding | None:
    """Are the directorate's members at level 2, all or most, as if two rows had changed places?"""
    listed = [member for member in members if member.level == 1]
    first, second = count.levels.get(1), count.levels.get(2)
    if not listed or first is None or second is None:
        return None
    if any(row.name for row in count.employees):
        stands = _stands(count, listed)
        below = [stand for stand in stands if any(row.level == 2 for row in stand.rows)]
        is_swapped = len(below) > len(listed) / 2
    else:
        is_swapped = first.heads != len(listed) == second.heads
    if not is_swapped:
        return None
    message = _("Level 1 has %(first)s and level 2 has %(second)s, but the directorate’s %(members)s members are: %(names)s.") % {
        "first": first.heads, "second": second.heads, "members": len(listed),
        "names": ", ".join(member.words for member in listed),
    }  # fmt: skip
    return Finding(
        2, 1, first.row, count.heading("level"), message,
        _("Levels 1 and 2 look swapped: exchange them and count again."),
    )  # fmt: skip


def _stands(count: Headcount, listed: Sequence[Member]) -> list[_Stand]:
    keyed = [(name_key(row.name), row) for row in count.employees if row.name and row.is_head]
    exact: dict[tuple[str, ...], list[Employee]] = {}
    for key, row in keyed:
        exact.setdefault(key, []).append(row)
    stands = []
    for member in listed:
        key = name_key(member.name)
        # Among thousands of employees some share first and last name: near names count among leaders alone.
        near = exact.get(key) or [row for other, row in keyed if row.level is not None and is_same(key, other)]
        leading = [row for row in near if row.level is not None]
        stands.append(_Stand(member, tuple(leading or near)))
    return stands


def _by_name(
    count: Headcount, listed: Sequence[Member], level: int, *, others: Sequence[Member], may_name: bool
) -> list[Finding]:
    stands, column, found = _stands(count, listed), count.heading("level"), []
    for stand in stands:
        row = next((row for row in stand.rows if row.level == level), None)
        if row is not None:
            continue
        what = _("a member of the directorate") if level == 1 else _("a manager in the org chart")
        if stand.rows:
            at = stand.rows[0]
            message = _("%(name)s is %(what)s, but row %(row)s has level %(level)s.") % {
                "name": stand.member.words, "what": what, "row": at.row, "level": at.level or "–",
            }  # fmt: skip
            proposal = _("Set level %(level)s in row %(row)s.") % {"level": level, "row": at.row}
            found.append(Finding(2, level, at.row, column, message, proposal))
        else:
            message = _("%(name)s is %(what)s, but is not in the file.") % {"name": stand.member.words, "what": what}
            proposal = _("Add her or him at level %(level)s, or correct the name.") % {"level": level}
            found.append(Finding(2, level, None, count.heading("name"), message, proposal))
    at_home = {id(row) for stand in stands for row in stand.rows}
    strangers = [row for row in count.employees if row.level == level and row.is_head and id(row) not in at_home]
    if level == 1 or all(member.is_certain for member in listed):
        return found + [_stranger(count, row, others, may_name) for row in strangers]
    known = [row for row in strangers if any(is_same(name_key(one.name), name_key(row.name)) for one in others)]
    found += [_stranger(count, row, others, may_name) for row in known]
    rest = [row for row in strangers if row not in known]
    return [*found, _strangers(count, rest, len(listed))] if rest else found


def _strangers(count: Headcount, rows: Sequence[Employee], managers: int) -> Finding:
    """All in one: an org chart that lacks many managers is not to drown the other findings."""
    most = 20
    named = ", ".join(str(row.row) for row in rows[:most]) + (" …" if len(rows) > most else "")
    message = ngettext(
        "The org chart has %(managers)s managers, and %(count)s person at level 2 is none of them: row %(rows)s.",
        "The org chart has %(managers)s managers, and %(count)s people at level 2 are none of them: rows %(rows)s.",
        len(rows),
    ) % {"managers": managers, "count": len(rows), "rows": named}
    proposal = _("Set the right level in these rows, or correct the org chart.")
    return Finding(2, 2, rows[0].row, count.heading("level"), message, proposal)


def _stranger(count: Headcount, row: Employee, members: Sequence[Member], may_name: bool) -> Finding:
    """Somebody at level 1 (2) whom the directorate (the org chart) does not have."""
    level = row.level or 0
    key = name_key(row.name)
    known = next((member for member in members if is_same(name_key(member.name), key)), None)
    who = row.name if may_name and row.name else _("The person in row %(row)s") % {"row": row.row}
    sentence = (
        _("%(name)s has level 1 in row %(row)s, but is no member of the directorate.")
        if level == 1
        else _("%(name)s has level 2 in row %(row)s, but is no manager in the org chart.")
    )
    if known is not None:
        proposal = _("Set level %(level)s in row %(row)s.") % {"level": known.level, "row": row.row}
    elif level == 1:
        proposal = _("Set level 2 in row %(row)s, or correct the list of the directorate.") % {"row": row.row}
    else:
        proposal = _("Set the right level in row %(row)s, or correct the org chart.") % {"row": row.row}
    return Finding(2, level, row.row, count.heading("level"), sentence % {"name": who, "row": row.row}, proposal)


def _by_number(count: Headcount, listed: Sequence[Member], level: int) -> list[Finding]:
    figures = count.levels.get(level)
    if figures is None:
        return []
    names = ", ".join(member.words for member in listed)
    if figures.heads != len(listed):
        message = ngettext(
            "%(level)s has %(heads)s, but the house knows %(count)s: %(names)s.",
            "%(level)s has %(heads)s, but the house knows %(count)s: %(names)s.",
            len(listed),
        ) % {"level": _capital(level_name(level)), "heads": figures.heads, "count": len(listed), "names": names}
        proposal = _("Count level %(level)s again: these are to be in it, and nobody else.") % {"level": level}
        return [Finding(2, level, figures.row, count.heading("level"), message, proposal)]
    if listed and all(member.sex for member in listed):
        women = sum(member.sex == Sex.WOMAN for member in listed)
        if women != figures.women:
            message = _("Row %(row)s: level %(level)s has %(stated)s women, but %(women)s of these are: %(names)s.") % {
                "row": figures.row, "level": level, "stated": figures.women, "women": women, "names": names,
            }  # fmt: skip
            proposal = _("Correct the women of level %(level)s to %(women)s.") % {"level": level, "women": women}
            return [Finding(2, level, figures.row, count.heading("women"), message, proposal)]
    return []


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
