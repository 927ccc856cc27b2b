"""What the first page of a case shows: its path with what is wrong with it, and what waits on its other pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as When
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models import When as Where
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import WHOLE_HOUSE, Appointment, BodyKind, Role
from sagsgang.cases.models import (
    Case,
    CaseAttachment,
    CaseHold,
    CaseRelation,
    ChangeTask,
    Hearing,
    Lifting,
    Reference,
    Remark,
)
from sagsgang.cases.plans import Finding
from sagsgang.cases.queries.journey import Stop
from sagsgang.cases.queries.plan import meeting_plan, path_plan, plan_step
from sagsgang.cases.rules.path import check_path
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.core.sorting import DanishKey

_DIRECTORATE = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)


@dataclass(frozen=True, slots=True)
class Link:
    """A row that the page leads to: its id, its words, and what is said of it."""

    pk: UUID
    title: str
    note: str = ""
    tie: UUID | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """An entry of the library that the case leans on."""

    title: str
    year: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Held:
    """An error that holds the case, or held it (`lifting`: how it ended, "" = it stands); `on` is the day of that.

    `count` is the headcount in which it was found, where it was found in one and she may see it; `is_by_hand`: it was found in none.
    """

    pk: UUID
    words: str
    lifted_words: str
    lifting: str
    on: date
    is_by_hand: bool = True
    count: UUID | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits on the other pages (counts), and the rows that the page lists."""

    remarks: int
    tasks: int
    overdue: int
    hearings: int
    attachments: int
    submatters: list[Link]
    related: list[Link]
    references: list[Cited]
    holds: list[Held]

    @property
    def is_quiet(self) -> bool:
        """Does nothing wait?"""
        return not (self.remarks or self.tasks or self.hearings or self.is_held)

    @property
    def is_held(self) -> bool:
        """Does an error stop it?"""
        return any(not hold.lifting for hold in self.holds)


def overview_of(case: Case, user: User) -> Overview:
    """All of it in one query, each part by itself: joined, sixty remarks and sixty files would be 3,600 rows."""
    tasks = ChangeTask.objects.filter(remark__case=OuterRef("pk"), done_at=None)
    own = {"case": OuterRef("pk")}
    remarks = Remark.objects.filter(answered_at=None, task=None, **own)
    hearings = Hearing.objects.filter(withdrawn_at=None, answered_on=None, waived_reason="", **own)
    files = CaseAttachment.objects.filter(withdrawn_at=None, replaced_by=None, **own)
    row = (
        Case.objects.filter(pk=case.pk)
        .annotate(
            n_remarks=_number(remarks, "case"),
            n_tasks=_number(tasks, "remark__case"),
            n_overdue=_number(tasks.filter(due_on__lt=localdate()), "remark__case"),
            n_hearings=_number(hearings, "case"),
            n_files=_number(files, "case"),
            below=ArraySubquery(_submatters()),
            tied=ArraySubquery(_related(user)),
            cited=ArraySubquery(_references()),
            held=ArraySubquery(_holds()),
            sees_figures=_sees_figures(user),
        )
        .values(
            "n_remarks",
            "n_tasks",
            "n_overdue",
            "n_hearings",
            "n_files",
            "below",
            "tied",
            "cited",
            "held",
            "sees_figures",
        )
        .get()
    )
    return Overview(
        remarks=row["n_remarks"],
        tasks=row["n_tasks"],
        overdue=row["n_overdue"],
        hearings=row["n_hearings"],
        attachments=row["n_files"],
        submatters=[Link(UUID(link["pk"]), link["title"]) for link in row["below"]],
        related=[Link(UUID(tie["pk"]), tie["title"], tie["note"], UUID(tie["tie"])) for tie in row["tied"]],
        references=[Cited(**entry) for entry in row["cited"]],
        holds=[_held(**hold, sees_figures=row["sees_figures"]) for hold in row["held"]],
    )


def _holds() -> QuerySet[Any]:
    rows = CaseHold.objects.filter(case=OuterRef("pk")).order_by("created_at")
    at = Coalesce("lifted_at", "created_at")
    return rows.values(
        hold=JSONObject(
            pk="pk",
            count="data_issue__count",
            words="words",
            lifted_words="lifted_words",
            lifting="lifting",
            at=Cast(at, TextField()),
        )
    )


def _held(
    pk: str, count: str | None, words: str, lifted_words: str, lifting: str, at: str, *, sees_figures: bool
) -> Held:
    said = str(Lifting(lifting).label) if lifting else ""
    day = localdate(datetime.fromisoformat(at))
    return Held(
        UUID(pk), words, lifted_words, said, day, count is None, UUID(count) if count and sees_figures else None
    )


def _sees_figures(user: User) -> Exists:
    """Whether she sees the headcounts of the case's authority: human resources, the directorate, the whole house."""
    led = Q(body__kind=BodyKind.DIRECTORATE, role__in=_DIRECTORATE) | Q(role=Role.HR)
    here = led & Q(body__authority=OuterRef("authority"))
    return Exists(Appointment.objects.filter(here | Q(body=None, role__in=WHOLE_HOUSE), user=user))


def _number(rows: QuerySet[Any], group: str) -> Coalesce:
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _submatters() -> QuerySet[Any]:
    rows = Case.objects.filter(parent=OuterRef("pk")).order_by("created_at")
    return rows.values(link=JSONObject(pk="pk", title="title"))


def _related(user: User) -> QuerySet[Any]:
    """The standing ties to cases that the user sees, from either side."""
    seen = Case.objects.visible_to(user).values("pk")
    other_title = When(Where(case=OuterRef("pk"), then=F("other__title")), default=F("case__title"))
    other = When(Where(case=OuterRef("pk"), then=F("other")), default=F("case"))
    rows = CaseRelation.objects.filter(Q(case=OuterRef("pk")) | Q(other=OuterRef("pk")), withdrawn_at=None)
    rows = rows.filter(case__in=seen, other__in=seen).order_by("created_at")
    return rows.values(link=JSONObject(tie="pk", note="note", pk=other, title=other_title))


def _references() -> QuerySet[Any]:
    rows = Reference.objects.filter(cases=OuterRef("pk")).order_by(DanishKey("title"), "year")
    return rows.values(link=JSONObject(title="title", year="year", url="url"))


def findings_of(case: Case, stops: tuple[Stop, ...]) -> list[tuple[Stop | None, Finding]]:
    """What is wrong with the path as it stands, each finding beside its stop; two queries.

    What a body has treated is past: nothing is found at a step that is done.
    """
    planned = [stop for stop in stops if stop.step is not None]
    if not planned:
        return []
    steps = [plan_step(stop.step) for stop in planned if stop.step]
    plan = meeting_plan(case.authority, around=[step.on for step in steps if step.on])
    found = check_path(path_plan(case, steps, plan, case.hearings.filter(withdrawn_at=None)))
    pairs = [(planned[finding.step] if finding.step < len(planned) else None, finding) for finding in found]
    return [(stop, finding) for stop, finding in pairs if stop is None or stop.state != "done"]


def history_of(case: Case) -> QuerySet[AuditEntry]:
    """What was done to the case, the newest first; who read what is the auditor's to see."""
    return (
        AuditEntry.objects.filter(subject=subject_of(case))
        .exclude(verb="read_closed")
        .select_related("actor")
        .order_by("-at", "-number")
    )
