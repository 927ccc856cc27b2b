"""An error in printed figures: raised with its follow-up and its hold, accepted, or mended by a new version."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from sagsgang.accounts.models import User
from sagsgang.cases.actions.attachments import replace_attachment
from sagsgang.cases.actions.holds import lift_hold, raise_hold
from sagsgang.cases.models import CaseHold, Lifting
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.equality.actions.reports import printed
from sagsgang.equality.models import Count, CountFinding, DataIssue, Report, ReportPrint
from sagsgang.equality.queries.counts import values_of
from sagsgang.equality.queries.reports import newest_print, open_issues, seen_item
from sagsgang.equality.rendering.report_pdf import LANGUAGE
from sagsgang.equality.rules.differences import Difference, differences
from sagsgang.followups.actions import FollowUpFacts, finish_follow_up, give_follow_up
from sagsgang.followups.actions.progress import standing_of
from sagsgang.followups.models import FollowUp
from sagsgang.followups.rules import OVER


@transaction.atomic
def raise_issue(
    report: Report,
    *,
    wrong: str,
    facts: FollowUpFacts,
    finding: CountFinding | None = None,
    level: int | None = None,
    actor: User,
) -> DataIssue:
    """Say that the printed figures are wrong: the case is held, and somebody, by role, gets it to mend.

    The error is in the figures that the attachment says now. A `finding` is raised once. Raises `RuleBrokenError`.
    """
    report = _locked(report)
    count = newest_print(report).count
    if finding is not None:
        _require_finding_of(finding, count)
        known = report.issues.filter(finding=finding, hold__lifting="").first()
        if known is not None:
            return known
    hold = raise_hold(report.case, words=wrong, attachment=report.attachment, actor=actor)
    if DataIssue.objects.filter(hold=hold).exists():
        raise RuleBrokenError(_("This error is raised already."))
    follow_up = give_follow_up(report.case, facts, item=seen_item(report), actor=actor)
    issue = DataIssue.objects.create(
        report=report,
        count=count,
        finding=finding,
        level=finding.level if finding else level,
        words=hold.words,
        hold=hold,
        follow_up=follow_up,
        raised_by=actor,
    )
    record(actor, "raise_data_issue", count, issue=str(issue.pk), case=str(report.case_id))
    return issue


def _require_finding_of(finding: CountFinding, count: Count) -> None:
    if finding.count_id != count.pk:
        raise RuleBrokenError(_("The finding is not about the figures that lie in the case."))
    if finding.accepted_at is not None:
        raise RuleBrokenError(_("The finding is accepted already."))


@transaction.atomic
def accept_issue(issue: DataIssue, *, reason: str, actor: User) -> DataIssue:
    """Let the error be, and say why: the case goes on. Its follow-up stands. Raises `RuleBrokenError`."""
    issue = DataIssue.objects.select_for_update(of=("self",)).select_related("hold", "count").get(pk=issue.pk)
    lift_hold(issue.hold, lifting=Lifting.ACCEPTED, words=reason, actor=actor)
    record(actor, "accept_data_issue", issue.count, issue=str(issue.pk))
    return issue


@transaction.atomic
def renew_report(count: Count, *, mends: Collection[UUID], actor: User) -> Report:
    """Lay a newer, signed-off version of the figures in the report's place: the attachment gets a new version.

    The errors `mends` (ids) are mended by it, their follow-ups done, and what was printed before is *erstattet* wherever
    a body has it; what changed stands with the hold, in the print, and so at the next body. Where no error was raised and a
    body has the figures already, the act says itself that they were wrong. Raises `RuleBrokenError`.
    """
    report = _locked(Report.objects.get(authority=count.authority_id, snapshot_on=count.snapshot_on))
    count = Count.objects.select_related("authority", "made_by", "signed_off_by").get(pk=count.pk)
    before = newest_print(report)
    if count.version <= before.count.version:
        raise RuleBrokenError(_("These figures lie in the case already."))
    if count.signed_off_at is None:
        raise RuleBrokenError(_("Sign the figures off first: what replaces wrong figures is vouched for."))
    with override(LANGUAGE):  # read by the bodies, whatever language the owner works in
        said = _said(count, differences(values_of(before.count), values_of(count)))
        mended = list(open_issues(report).filter(pk__in=mends).select_for_update(of=("self",)))
        holds = [issue.hold for issue in mended] or _own_hold(report, before.count, actor)
    version = replace_attachment(report.attachment, taken=printed(report, count, before.count), actor=actor)
    ReportPrint.objects.create(report=report, count=count, version=version)
    for hold in holds:
        lift_hold(hold, lifting=Lifting.MENDED, words=said, actor=actor)
    for issue in mended:
        issue.mended_in = count
        issue.save(update_fields=["mended_in", "modified_at"])
        _finish(issue.follow_up, said, actor)
    record(actor, "renew_equality_report", count, case=str(report.case_id), version=count.version, mends=len(mends))
    return report


def _own_hold(report: Report, wrong: Count, actor: User) -> list[CaseHold]:
    """What says that a body has other figures than the right ones; none where no body has any."""
    if seen_item(report) is None:
        return []
    words = _("Version {number} of the figures has been corrected.").format(number=wrong.version)
    return [raise_hold(report.case, words=words, attachment=report.attachment, actor=actor)]


def _said(count: Count, changes: list[Difference]) -> str:
    lines = [_("Version {number} of the figures is right.").format(number=count.version)]
    if not changes:
        return " ".join([*lines, _("No figure is another one.")])
    return "\n".join([*lines, *(f"{change.words}." for change in changes)])


def _finish(follow_up: FollowUp, said: str, actor: User) -> None:
    """Report it done, unless its owner, or an issue beside this one, has."""
    if standing_of(follow_up) in OVER:
        return
    finish_follow_up(follow_up, words=said, actor=actor)


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("case", "attachment", "authority")
    return rows.get(pk=report.pk)
