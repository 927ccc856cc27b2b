"""Who may do what to a case (domain 2.1: staff on the case, approvers, readers of a review copy; nobody else)."""

from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role, Unit, UnitStaff
from sagsgang.cases.models import (
    ApprovalLevel,
    Case,
    CaseHold,
    CaseRelation,
    PresentationTemplate,
    heard_by,
    worked_on_by,
)
from sagsgang.documents.access import Access


class CaseRows:
    """The cases that a user sees, with what every page of a case asks of them: one query for row and rights."""

    def visible_to(self, user: User, /) -> QuerySet[Case]:
        """Visible cases with authority, unit and caseworker; `rights` are this user's."""
        return _rows_of(user.pk).all()


@lru_cache(maxsize=256)
def _rows_of(user_id: UUID) -> QuerySet[Case]:
    """The question alone, which hangs on her id and on nothing else: it is large, and made once for each user.

    Every asking is of a copy (`.all()`), so that no answer stays here. Roles, seats and conflicts are asked for by the
    question itself, and so cannot go stale; language, clock and settings have no part in it. It may ask nothing of
    `user` but her id. (`meetings/tests/test_kept_questions.py`)
    """
    user = User(pk=user_id)
    return (
        Case.objects.visible_to(user)
        .select_related("authority", "unit__parent__parent__parent", "caseworker", "parent", "promoted_from")
        .annotate(rights=Value(user_id), may_read=_reads(user), may_hear=_hears(user), may_write=_writes(user))
    )


def _reads(user: User) -> Q:
    """Neither auditor nor administrator, nor shut out: with a conflict of interest at an item of a case of which
    something is closed, she reads none of it (leak rule 11).
    """
    return Q(pk__in=worked_on_by(user)) & _is_free(user)


def _hears(user: User) -> Q:
    """A body of hers is heard about it."""
    return Q(pk__in=heard_by(user)) & _is_free(user)


def _is_free(user: User) -> Q:
    whole_house = Exists(Appointment.objects.whole_house(user))
    return Q(~whole_house) & ~(_has_conflict(user) & _holds_closed())


def _has_conflict(user: User) -> Q:
    noted = {"conflicts__person__user": user, "conflicts__withdrawn_at": None}
    at_item = {f"agenda_items__{name}": value for name, value in noted.items()}
    above_it = {f"agenda_items__parent__{name}": value for name, value in noted.items()}
    return Q(_this_case(**at_item)) | Q(_this_case(**above_it))


def _holds_closed() -> Q:
    closed = Q(access=Access.CLOSED)
    for place in (
        "agenda_items", "agenda_items__parent", "agenda_items__attachments", "attachments", "presentations__sections",
    ):  # fmt: skip
        closed |= Q(_this_case(**{f"{place}__access": Access.CLOSED}))
    return closed


def _this_case(**facts: object) -> Exists:
    return Exists(Case.objects.filter(pk=OuterRef("pk"), **facts))


def _writes(user: User) -> Q:
    return Q(caseworker=user) | Q(Exists(UnitStaff.objects.filter(unit=OuterRef("unit"), user=user)))


def _right(user: User, case: Case, name: str) -> bool:
    """The right as the row brought it, if it was read for this user; else asked anew."""
    if getattr(case, "rights", None) != user.pk:
        case = CaseRows().visible_to(user).filter(pk=case.pk).first() or case
    return bool(getattr(case, name, False))


def may_see_case(user: User, case: Case) -> bool:
    """Who sees that it is there sees its head; its words are asked for apart."""
    return True


def may_read_case(user: User, case: Case) -> bool:
    """May she read the drafts, remarks and files? Everybody who works on it; not auditor and administrator."""
    return _right(user, case, "may_read")


def may_read_presentation(user: User, case: Case) -> bool:
    """May she read the presentation and the hearings? Who reads the case, and who is heard about it (R14)."""
    return may_read_case(user, case) or _right(user, case, "may_hear")


def may_write_case(user: User, case: Case) -> bool:
    """May she write the case? Its caseworker, and the staff of its unit."""
    return _right(user, case, "may_write")


def may_plan_path(user: User, case: Case) -> bool:
    """May she compose the path? Who writes the case, and the secretaries of the bodies on its path."""
    if may_write_case(user, case):
        return True
    kept = Appointment.objects.filter(user=user, role=Role.SECRETARY).values("body")
    return case.path.filter(body__in=kept).exists()


def levels_of(unit: Unit | None) -> list[ApprovalLevel]:
    """The levels that a unit's cases pass, lowest first: its own, else those of the nearest unit above with any.

    One query, where the units above are at hand (`CaseRows` brings three).
    """
    chain = []
    while unit is not None:
        chain.append(unit.pk)
        unit = unit.parent
    if not chain:
        return []
    rows = ApprovalLevel.objects.filter(unit__in=chain).select_related("approver", "deputy")
    nearest = min((chain.index(row.unit_id) for row in rows), default=0)
    return [row for row in rows if row.unit_id == chain[nearest]]


def may_approve_case(user: User, case: Case) -> bool:
    """Is she an approver or a deputy at any level of the case's unit? Whose turn it is, is a rule."""
    return any(user.pk in (level.approver_id, level.deputy_id) for level in levels_of(case.unit))


def may_remark(user: User, case: Case) -> bool:
    """May she write a remark? Everybody who reads the draft."""
    return may_read_case(user, case)


def is_secretary_of(user: User, body: Body) -> bool:
    """Does she keep this body's papers? She edits its templates."""
    return Appointment.objects.in_body(user, body.pk, Role.SECRETARY).exists()


def may_edit_template(user: User, template: PresentationTemplate) -> bool:
    """The secretary of the template's body."""
    return is_secretary_of(user, template.body)


def may_edit_levels(user: User, unit: Unit) -> bool:
    """May she say who approves for a unit? An administrator, and the unit's manager."""
    if Appointment.objects.filter(user=user, role=Role.ADMIN, body=None).exists():
        return True
    return unit.manager is not None and unit.manager.user_id == user.pk


class UnitRows:
    """The units whose levels a user may look at: her own, those she manages, all for an administrator."""

    def visible_to(self, user: User, /) -> QuerySet[Unit]:
        """Units with their managers."""
        rows = Unit.objects.select_related("manager", "parent")
        if Appointment.objects.whole_house(user).exists():
            return rows
        mine = Q(staff__user=user) | Q(manager__user=user) | Q(levels__approver=user) | Q(levels__deputy=user)
        return rows.filter(pk__in=Unit.objects.filter(mine).values("pk"))


def may_hold_case(user: User, case: Case) -> bool:
    """May she say that something in it is wrong, so that it goes no further? Everybody who works on it."""
    return may_read_case(user, case)


class HoldRows:
    """The holds that stand on cases that the user sees, and that were raised by hand: others end where they were raised."""

    def visible_to(self, user: User, /) -> QuerySet[CaseHold]:
        """Holds with their case."""
        seen = Case.objects.visible_to(user).values("pk")
        return CaseHold.objects.filter(case__in=seen, lifting="", data_issue=None).select_related("case__unit")


def may_lift_hold(user: User, hold: CaseHold) -> bool:
    """May she answer for it that the case goes on? Who writes it, and the secretaries of the bodies on its path."""
    return may_read_case(user, hold.case) and may_plan_path(user, hold.case)


class RelationRows:
    """The standing ties between cases of which the user sees both."""

    def visible_to(self, user: User, /) -> QuerySet[CaseRelation]:
        """Ties with their cases."""
        seen = Case.objects.visible_to(user)
        return CaseRelation.objects.filter(case__in=seen, other__in=seen, withdrawn_at=None).select_related(
            "case", "other"
        )


def may_write_relation(user: User, relation: CaseRelation) -> bool:
    """Who writes one of the two cases may take the tie off."""
    return may_write_case(user, relation.case) or may_write_case(user, relation.other)
