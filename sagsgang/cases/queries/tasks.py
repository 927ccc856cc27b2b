"""What waits for one user: approvals, changes, cases sent back, drafts to read, hearings; and the levels of all units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role, Unit
from sagsgang.cases.models import (
    ApprovalEvent,
    ApprovalLevel,
    Case,
    ChangeTask,
    Hearing,
    Presentation,
    ReviewCopy,
    Verdict,
)
from sagsgang.cases.queries.approval import event_facts, is_hers, level_at, standing_by
from sagsgang.cases.rules.approval import CASEWORKER


@dataclass(frozen=True, slots=True)
class LevelBook:
    """The levels of every unit: its own, or those of the nearest unit above with any. Two queries for all of them."""

    own: dict[UUID, list[ApprovalLevel]]
    parents: dict[UUID, UUID | None]

    @classmethod
    def of_the_house(cls) -> "LevelBook":
        """Read once."""
        own: dict[UUID, list[ApprovalLevel]] = {}
        for level in ApprovalLevel.objects.select_related("approver", "deputy").order_by("position"):
            own.setdefault(level.unit_id, []).append(level)
        return cls(own, dict(Unit.objects.values_list("pk", "parent")))

    def source_of(self, unit_id: UUID | None) -> UUID | None:
        """The unit whose levels hold for this one; None if none of those above has any."""
        while unit_id is not None and unit_id not in self.own:
            unit_id = self.parents.get(unit_id)
        return unit_id

    def levels_of(self, unit_id: UUID | None) -> list[ApprovalLevel]:
        """The levels that hold for this unit, lowest first."""
        source = self.source_of(unit_id)
        return self.own[source] if source else []


def in_approval(book: LevelBook, cases: QuerySet[Case] | None = None) -> list[tuple[Presentation, ApprovalLevel, date]]:
    """The drafts that wait for somebody, each with the level and the day of the last word; two queries, oldest first."""
    last = ApprovalEvent.objects.filter(presentation=OuterRef("pk")).order_by("-number")
    drafts = (
        Presentation.objects.filter(frozen_at=None)
        .annotate(verdict=Subquery(last.values("verdict")[:1]), last_level=Subquery(last.values("level")[:1]))
        .filter(Q(verdict=Verdict.SUBMITTED) | Q(verdict=Verdict.APPROVED, last_level__gt=CASEWORKER))
        .select_related("case__caseworker", "case__unit")
        .prefetch_related("approval_events")
    )
    if cases is not None:
        drafts = drafts.filter(case__in=cases)
    found = []
    for draft in drafts:
        levels = book.levels_of(draft.case.unit_id)
        level = level_at(levels, standing_by(event_facts(draft.approval_events.all()), levels).level)
        if level is not None:
            found.append((draft, level, localdate([*draft.approval_events.all()][-1].at)))
    return sorted(found, key=lambda row: row[2])


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One thing that waits for her: what to do with which case, since or until when, and from whom.

    `is_late`: its day has passed. `note` says what a deputy stands in for, or what was asked.
    """

    kind: str
    what: str
    case: Case
    day: date | None
    is_due: bool
    is_late: bool
    who: str
    note: str
    address: str


def tasks_of(user: User) -> list[TaskLine]:
    """Everything that waits for the user: what is late first, then what has a day, then what came first."""
    today = localdate()
    lines = [
        *_approvals(user),
        *_changes(user, today),
        *_sent_back(user),
        *_readings(user),
        *_hearings(user, today),
    ]
    return sorted(lines, key=lambda line: (not line.is_late, not line.is_due, line.day or today, line.case.title))


def _approvals(user: User) -> Iterable[TaskLine]:
    hers = Case.objects.visible_to(user)
    for draft, level, since in in_approval(LevelBook.of_the_house(), hers):
        if is_hers(level, user):
            stands_in = level.deputy_id == user.pk
            yield TaskLine(
                kind="approval",
                what=pgettext("task", "Approve") if not stands_in else pgettext("task", "Approve as deputy"),
                case=draft.case,
                day=since,
                is_due=False,
                is_late=False,
                who=str(draft.case.caseworker or ""),
                note=_("for {name}").format(name=level.approver) if stands_in else level.name,
                address=_page("approval", draft.case),
            )


def _changes(user: User, today: date) -> Iterable[TaskLine]:
    tasks = ChangeTask.objects.filter(owner=user, done_at=None).select_related(
        "remark__case", "remark__step__body", "given_by"
    )
    for task in tasks:
        step = task.remark.step
        yield TaskLine(
            kind="change",
            what=pgettext("task", "Change"),
            case=task.remark.case,
            day=task.due_on,
            is_due=True,
            is_late=task.due_on < today,
            who=str(task.given_by),
            note=_("remark from {body}").format(body=step.body.name) if step else "",
            address=_page("approval", task.remark.case) + f"#remark-{task.remark_id}",
        )


def _sent_back(user: User) -> Iterable[TaskLine]:
    last = ApprovalEvent.objects.filter(presentation=OuterRef("pk")).order_by("-number").values("pk")[:1]
    events = (
        ApprovalEvent.objects.filter(
            pk__in=Presentation.objects.filter(frozen_at=None).annotate(last=Subquery(last)).values("last"),
            verdict=Verdict.RETURNED,
        )
        .filter(
            Q(presentation__case__caseworker=user)
            | Q(presentation__case__caseworker=None, presentation__case__unit__staff__user=user)
        )
        .select_related("presentation__case", "by")
        .distinct()
    )
    for event in events:
        case = event.presentation.case
        yield TaskLine(
            kind="returned",
            what=_("Correct what was sent back"),
            case=case,
            day=localdate(event.at),
            is_due=False,
            is_late=False,
            who=str(event.by),
            note=event.level_name,
            address=_page("approval", case),
        )


def _readings(user: User) -> Iterable[TaskLine]:
    copies = ReviewCopy.objects.filter(
        reader=user, withdrawn_at=None, case__presentations__frozen_at=None, case__presentations__isnull=False
    ).select_related("case", "asked_by")
    for copy in copies.distinct():
        yield TaskLine(
            kind="reading",
            what=_("Read and remark"),
            case=copy.case,
            day=localdate(copy.created_at),
            is_due=False,
            is_late=False,
            who=str(copy.asked_by),
            note="",
            address=_page("approval", copy.case),
        )


def _hearings(user: User, today: date) -> Iterable[TaskLine]:
    """The overdue ones of her own cases, and those that wait for the bodies whose papers she keeps."""
    kept = Appointment.objects.filter(user=user, role=Role.SECRETARY, body__isnull=False).values("body")
    hearings = Hearing.objects.filter(answered_on=None, waived_reason="", withdrawn_at=None).filter(
        Q(case__caseworker=user, answer_by__lt=today) | Q(body__in=kept, case__in=Case.objects.visible_to(user))
    )
    for hearing in hearings.select_related("case", "body", "asked_by"):
        own = hearing.case.caseworker_id == user.pk
        yield TaskLine(
            kind="hearing",
            what=_("Follow up a hearing") if own else _("Answer a hearing"),
            case=hearing.case,
            day=hearing.answer_by,
            is_due=True,
            is_late=hearing.answer_by < today,
            who=str(hearing.body or "") if own else str(hearing.asked_by),
            note="" if own else str(hearing.body or ""),
            address=_page("hearings", hearing.case),
        )


def _page(name: str, case: Case) -> str:
    return reverse(f"cases:{name}", args=[case.pk])


def kind_words(kind: str) -> str:
    """What sort of task it is, as its badge says it."""
    return {
        "approval": pgettext("kind of task", "approval"),
        "change": pgettext("kind of task", "change"),
        "returned": pgettext("kind of task", "sent back"),
        "reading": pgettext("kind of task", "review copy"),
        "hearing": pgettext("kind of task", "hearing"),
    }[kind]
