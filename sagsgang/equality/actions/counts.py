"""Bring a headcount in, accept what a check found, and sign off; then the payroll's rows are deleted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.equality.models import Count, CountFinding, LevelFigure, RawRow, Scheme
from sagsgang.equality.queries.counts import last_report_before, members_on, values_of, version_before
from sagsgang.equality.queries.national import national_years
from sagsgang.equality.rules.checks import check_headcount
from sagsgang.equality.rules.national import national_at
from sagsgang.equality.rules.schemes import holds_on, scheme_on
from sagsgang.equality.shapes import Employee, Figures, Finding, Headcount


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFacts:
    """What is said of the figures as a whole; names as the columns of `Count`."""

    snapshot_on: date
    source_system: str = ""
    extracted_on: date | None = None
    scheme: Scheme | None = None
    is_typed: bool = False


@transaction.atomic
def keep_count(authority: Authority, facts: CountFacts, count: Headcount, *, actor: User) -> Count:
    """Keep the figures as the next version of their day, with their rows, and look them through.

    They are made under the scheme that holds on their day. Raises `RuleBrokenError`, and keeps nothing, where the same row
    is there twice or the chosen scheme does not hold.
    """
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    _require_no_copies(count)
    before = version_before(facts.snapshot_on, authority)
    scheme = _scheme(authority, facts)
    row = Count.objects.create(
        authority=authority,
        scheme=scheme,
        snapshot_on=facts.snapshot_on,
        version=before.version + 1 if before else 1,
        source_system=facts.source_system.strip(),
        extracted_on=facts.extracted_on,
        is_typed=facts.is_typed,
        made_by=actor,
    )
    _keep_figures(row, count)
    RawRow.objects.bulk_create([_raw(row, employee) for employee in count.employees], batch_size=1000)
    found = _findings(authority, facts.snapshot_on, count, before)
    CountFinding.objects.bulk_create([_kept(row, at, finding) for at, finding in enumerate(found, start=1)])
    record(actor, "keep_headcount", row, version=row.version, rows=len(count.employees), findings=len(found))
    return row


def _scheme(authority: Authority, facts: CountFacts) -> Scheme | None:
    """The chosen one if it holds on the day; without a choice the one that does, or none."""
    if facts.scheme is None:
        return scheme_on(Scheme.objects.filter(authority=authority), facts.snapshot_on)
    if not holds_on(facts.scheme, facts.snapshot_on):
        raise RuleBrokenError(_("The scheme does not hold on that day."))
    return facts.scheme


def _require_no_copies(count: Headcount) -> None:
    """A row of an employee that says the same as an earlier one: the file was put together twice."""
    seen: dict[tuple[object, ...], int] = {}
    for row in count.employees:
        same = (row.key.casefold(), row.name, row.unit, row.level, row.status)
        if row.key and same in seen:
            raise RuleBrokenError(
                _("Row %(row)s, column “%(column)s”: the same employee is already in row %(first)s.")
                % {"row": row.row, "column": count.heading("key"), "first": seen[same]}
            )
        seen[same] = row.row


def _keep_figures(row: Count, count: Headcount) -> None:
    rows: list[tuple[int, Figures | None]] = [*count.levels.items()]
    rows += [(LevelFigure.ALL_LEADERS, count.leaders), (LevelFigure.STAFF, count.staff)]
    LevelFigure.objects.bulk_create(
        LevelFigure(count=row, level=level, women=figures.women, men=figures.men, other=figures.other)
        for level, figures in rows
        if figures is not None
    )


def _raw(row: Count, employee: Employee) -> RawRow:
    return RawRow(
        count=row,
        row=employee.row,
        key_hash=hashed(row.authority, employee.key),
        name=employee.name,
        unit=employee.unit,
        level=employee.level,
        sex=employee.sex or "",
        status=employee.status,
    )


def hashed(authority: Authority, key: str) -> str:
    """The employee's number, as it is kept: an HMAC with the house's secret; "" for none."""
    if not key:
        return ""
    return salted_hmac("sagsgang.equality.key", f"{authority.pk} {key.casefold()}", algorithm="sha256").hexdigest()


def _findings(authority: Authority, day: date, count: Headcount, before: Count | None) -> list[Finding]:
    report = last_report_before(authority, day)
    return check_headcount(
        count,
        previous=values_of(report) if report else None,
        seen=values_of(before) if before and before.signed_off_at else None,
        members=members_on(authority, day),
        snapshot=day,
        national=national_at(national_years(), day.year),
        may_name=False,
    )


def _kept(row: Count, position: int, finding: Finding) -> CountFinding:
    return CountFinding(
        count=row,
        position=position,
        check_number=finding.check,
        level=finding.level,
        row=finding.row,
        column=finding.column[:200],
        message=finding.message,
        proposal=finding.proposal,
        is_error=finding.severity == "error",
    )


@transaction.atomic
def accept_finding(finding: CountFinding, *, reason: str, actor: User) -> CountFinding:
    """Let it stand, and say why. Raises `RuleBrokenError`."""
    count = Count.objects.select_for_update().get(pk=finding.count_id)
    _require_open(count)
    if not reason.strip():
        raise RuleBrokenError(_("Write why the figures are right as they are."))
    finding = CountFinding.objects.select_for_update().get(pk=finding.pk)
    finding.accepted_reason, finding.accepted_at, finding.accepted_by = reason.strip(), now(), actor
    finding.save()
    record(actor, "accept_headcount_finding", count, check=finding.check_number)
    return finding


@transaction.atomic
def sign_off(count: Count, *, actor: User) -> Count:
    """Vouch for the figures; the payroll's rows are deleted. Raises `RuleBrokenError` while an error is open."""
    count = Count.objects.select_for_update(of=("self",)).get(pk=count.pk)
    _require_open(count)
    if count.findings.filter(is_error=True, accepted_at=None).exists():
        raise RuleBrokenError(_("Errors are open. Bring in a new version without them, or accept each with a reason."))
    if Count.objects.filter(
        authority=count.authority_id, snapshot_on=count.snapshot_on, version__gt=count.version
    ).exists():
        raise RuleBrokenError(_("There is a newer version of these figures."))
    same_day = Count.objects.filter(authority=count.authority_id, snapshot_on=count.snapshot_on)
    gone, _by_table = RawRow.objects.filter(count__in=same_day).delete()
    moment = now()
    same_day.filter(rows_deleted_at=None).update(rows_deleted_at=moment)
    count.signed_off_at, count.signed_off_by, count.rows_deleted_at = moment, actor, moment
    count.save()
    record(actor, "sign_off_headcount", count, version=count.version, rows_deleted=gone)
    return count


def _require_open(count: Count) -> None:
    if count.signed_off_at is not None:
        raise RuleBrokenError(_("These figures are signed off. A correction is a new version."))
