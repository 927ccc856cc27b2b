"""The report of a headcount: its case, its errors, its versions with what changed; and the path that its duty lays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.equality.models import Count, DataIssue, Report, ReportPrint
from sagsgang.equality.queries.counts import values_of
from sagsgang.equality.rules.differences import Difference, differences
from sagsgang.equality.shapes import Headcount
from sagsgang.meetings.models import AgendaItem
from sagsgang.wheel.models import Occurrence, WheelEntry


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a day's figures, what changed since the one before, and whether it was printed for the case."""

    count: Count
    values: Headcount
    changes: tuple[Difference, ...]
    is_printed: bool


def report_of(count: Count) -> Report | None:
    """The report of the day, whatever version of it; one query."""
    rows = Report.objects.filter(authority=count.authority_id, snapshot_on=count.snapshot_on)
    return rows.select_related("case", "attachment", "scheme").first()


def issues_of(report: Report) -> QuerySet[DataIssue]:
    """Its errors, the oldest first, with hold, follow-up and version; one query."""
    return report.issues.select_related("hold__raised_by", "hold__lifted_by", "follow_up", "count", "mended_in")


def open_issues(report: Report) -> QuerySet[DataIssue]:
    """Those that hold the case."""
    return report.issues.filter(hold__lifting="").select_related("hold", "follow_up", "count")


def versions_of(count: Count) -> list[VersionLine]:
    """Every version of its day, the newest first, each with what changed; two queries."""
    rows = Count.objects.filter(authority=count.authority_id, snapshot_on=count.snapshot_on).order_by("version")
    lines, before = list[VersionLine](), None
    for one in rows.select_related("signed_off_by", "print").prefetch_related("figures"):
        values = values_of(one)
        changes = tuple(differences(before, values)) if before is not None else ()
        lines.append(VersionLine(one, values, changes, is_printed=hasattr(one, "print")))
        before = values
    return lines[::-1]


def signer_of_rows(versions: Iterable[Count]) -> User | None:
    """With whose signing off the payroll's rows were deleted: every version of the day loses them with the first."""
    signed = [one for one in versions if one.signed_off_at is not None]
    return min(signed, key=lambda one: one.version).signed_off_by if signed else None


def newest_print(report: Report) -> ReportPrint:
    """What the attachment says now."""
    return report.prints.select_related("count").latest("count__version")


def duties_with_path(authority: Authority) -> QuerySet[WheelEntry]:
    """The entries of the annual wheel whose matters take a path."""
    rows = WheelEntry.objects.filter(authority=authority, steps__withdrawn_at=None, steps__isnull=False)
    return rows.distinct().order_by("title")


def coming_occurrence(duty: WheelEntry, day: date) -> Occurrence | None:
    """The first return of the duty on the day or after it."""
    rows = Occurrence.objects.filter(entry=duty, day__gte=day, dropped_at=None, gone_at=None)
    return rows.select_related("entry", "case").order_by("day").first()


def seen_item(report: Report) -> AgendaItem | None:
    """The newest item of the case that went out to a body: where the error was, or could be, seen."""
    rows = AgendaItem.objects.filter(case=report.case_id, withdrawn_at=None, meeting__agenda_sent_at__isnull=False)
    rows = rows.exclude(first_sent_in=None).select_related("meeting__body").order_by("-meeting__held_on")
    return rows.first()
