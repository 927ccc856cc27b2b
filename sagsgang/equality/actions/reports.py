"""Make the case of a headcount's report with its path, and lay the printed figures on it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.html import escape
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, Unit
from sagsgang.cases.actions.attachments import upload_attachment
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.actions.path import StepFacts, compose_path, path_stamp
from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import SectionKind
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.documents.intake import TakenFile, clean_name
from sagsgang.documents.kinds import PDF
from sagsgang.documents.storage import house
from sagsgang.equality.models import Count, Report, ReportPrint, Scheme
from sagsgang.equality.queries.counts import values_of
from sagsgang.equality.queries.reports import coming_occurrence
from sagsgang.equality.rendering.report_pdf import LANGUAGE, Changes, report_pdf, report_title
from sagsgang.equality.rules.differences import differences
from sagsgang.wheel.actions.opening import path_of
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.queries.year import year_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What is said of a report; `duty` is the entry of the annual wheel whose path it takes (None: no path yet)."""

    title: str
    period_from: date
    period_to: date
    purposes: str
    unit: Unit
    duty: WheelEntry | None = None


@transaction.atomic
def make_report(count: Count, facts: ReportFacts, *, actor: User) -> Report:
    """Open the case of these figures, with path, draft and the printed figures as its attachment.

    The duty's next return in the annual wheel gets the case as its own, so that the wheel opens no other. Raises
    `RuleBrokenError` if the day has its report already, the wheel has opened the case, or the figures are not the newest.
    """
    Authority.objects.select_for_update(no_key=True).get(pk=count.authority_id)
    _require_makeable(count, facts)
    occurrence = _locked_occurrence(facts.duty, count.snapshot_on)
    case = open_case(
        count.authority,
        CaseFacts(
            title=facts.title.strip(),
            kle=facts.duty.kle if facts.duty else "",
            policy_area=facts.duty.policy_area if facts.duty else "",
            unit=facts.unit,
            caseworker=actor,
        ),
        actor=actor,
    )
    steps = _path(facts.duty, occurrence)
    if steps:
        compose_path(case, steps, seen=path_stamp([]), actor=actor)
    if occurrence is not None:
        occurrence.case = case
        occurrence.save(update_fields=["case", "modified_at"])
        record(actor, "open_case_of_entry", occurrence, case=str(case.pk))
    report = Report(
        authority=count.authority,
        scheme=count.scheme,
        snapshot_on=count.snapshot_on,
        period_from=facts.period_from,
        period_to=facts.period_to,
        purposes=facts.purposes.strip(),
        case=case,
        made_by=actor,
    )
    taken = printed(report, count, None)
    report.attachment = upload_attachment(case, taken=taken, actor=actor)
    report.save()
    assert report.attachment.file is not None
    ReportPrint.objects.create(report=report, count=count, version=report.attachment.file.versions.latest("number"))
    _begin_words(report, steps[0].body if steps else None, actor)
    _remember(count.scheme, facts.duty)
    record(actor, "make_equality_report", count, case=str(case.pk), version=count.version)
    return report


def _require_makeable(count: Count, facts: ReportFacts) -> None:
    same_day = {"authority": count.authority_id, "snapshot_on": count.snapshot_on}
    if Report.objects.filter(**same_day).exists():
        raise RuleBrokenError(_("The figures of this day have their case already."))
    if Count.objects.filter(version__gt=count.version, **same_day).exists():
        raise RuleBrokenError(_("There is a newer version of these figures."))
    if facts.period_from > facts.period_to:
        raise RuleBrokenError(_("The period ends before it begins."))


def _locked_occurrence(duty: WheelEntry | None, day: date) -> Occurrence | None:
    found = coming_occurrence(duty, day) if duty else None
    if found is None:
        return None
    row = Occurrence.objects.select_for_update(of=("self",)).select_related("entry__authority").get(pk=found.pk)
    if row.case_id is not None:
        raise RuleBrokenError(
            _("The annual wheel has opened a case for this already. Choose no entry, or another one.")
        )
    return row


def _path(duty: WheelEntry | None, occurrence: Occurrence | None) -> list[StepFacts]:
    """The duty's steps, with the meetings that lead to its day; without days where it does not return."""
    if duty is None:
        return []
    if occurrence is None:
        return [StepFacts(body=step.body, purpose=step.purpose) for step in duty.steps.select_related("body")]
    return path_of(year_of(duty.authority, occurrence.day.year), occurrence)


def _begin_words(report: Report, body: Body | None, actor: User) -> None:
    """The draft's presentation says what the report is for, over which period, counted when."""
    draft = begin_draft(report.case, body=body, actor=actor)
    section = draft.sections.filter(kind=SectionKind.PRESENTATION).order_by("position").first()
    if section is None:
        return
    with override(LANGUAGE):
        about = _("The report is about the period {since} to {until}. The leaders are counted on {day}.").format(
            since=f"{report.period_from:%d-%m-%Y}", until=f"{report.period_to:%d-%m-%Y}",
            day=f"{report.snapshot_on:%d-%m-%Y}",
        )  # fmt: skip
        purpose = _("The purpose of the report is to:")
    items = "".join(f"<li>{escape(line)}</li>" for line in report.purpose_lines)
    section.html = f"<p>{escape(about)}</p>" + (f"<p>{escape(purpose)}</p><ul>{items}</ul>" if items else "")
    section.save(update_fields=["html", "modified_at"])


def _remember(scheme: Scheme | None, duty: WheelEntry | None) -> None:
    """The scheme of the figures takes this duty's path the next time too."""
    if scheme is not None and duty is not None and scheme.duty_id is None:
        Scheme.objects.filter(pk=scheme.pk).update(duty=duty, modified_at=now())


def printed(report: Report, count: Count, before: Count | None) -> TakenFile:
    """A part of other acts: a version of the figures as a file that has been taken in; `before` is what was seen."""
    values = values_of(count)
    with override(LANGUAGE):
        changes = Changes(before.version, differences(values_of(before), values)) if before is not None else None
    content = report_pdf(report, count, values, changes, made_at=now()).content
    return TakenFile(
        house().put(content),
        clean_name(f"{report_title(report.period_to.year)}.pdf".replace(":", ",")),
        len(content),
        PDF,
    )
