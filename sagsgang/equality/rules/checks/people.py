"""Check 3: an employee counts at one level alone; posts that are acting, vacant or on leave are marked."""

from django.utils.translation import gettext as _

from sagsgang.equality.shapes import Employee, Finding, Headcount, Status


def check_people(count: Headcount, *, may_name: bool = True) -> list[Finding]:
    """3, by the employee's number."""
    by_key: dict[str, list[Employee]] = {}
    for row in count.employees:
        if row.key and row.is_head:
            by_key.setdefault(row.key.casefold(), []).append(row)
    found = []
    for rows in by_key.values():
        if len(rows) > 1:
            found += _twice(count, rows, may_name)
    found += [_vacant(count, row) for row in count.employees if not row.is_head and row.sex is not None]
    return sorted(found, key=lambda finding: finding.row or 0)


def _twice(count: Headcount, rows: list[Employee], may_name: bool) -> list[Finding]:
    """One finding for each row after the one that is to stay: that of an acting post, else the highest level."""
    stays = min(rows, key=lambda row: (row.status != Status.ACTING, row.level or 9, row.row))
    found = []
    for row in rows:
        if row is stays or (row.level is None and stays.level is None and not _is_copy(row, stays)):
            continue
        who = (row.name or row.key) if may_name else _("One and the same employee")
        message = _("%(name)s is counted twice: row %(first)s (level %(one)s, %(one_status)s) and row %(second)s (level %(other)s, %(other_status)s).") % {
            "name": who, "first": stays.row, "one": stays.level or "–", "one_status": stays.status,
            "second": row.row, "other": row.level or "–", "other_status": row.status,
        }  # fmt: skip
        proposal = _("Keep row %(stays)s and leave row %(goes)s out.") % {"stays": stays.row, "goes": row.row}
        found.append(Finding(3, row.level, row.row, count.heading("key"), message, proposal))
    return found


def _is_copy(one: Employee, other: Employee) -> bool:
    """Do two rows of somebody who leads nobody say the same? Two part-time posts are no error."""
    return (one.unit, one.status) == (other.unit, other.status)


def _vacant(count: Headcount, row: Employee) -> Finding:
    message = _("Row %(row)s is a vacant post and has a sex. It is not counted.") % {"row": row.row}
    proposal = _("Empty the sex in row %(row)s, or correct its status.") % {"row": row.row}
    return Finding(3, row.level, row.row, count.heading("status"), message, proposal, "warning")
