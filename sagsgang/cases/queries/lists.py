"""The lists of cases: which ones a user sees, found by words, sorted; and what a form of a case may choose among."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Unit, UnitStaff
from sagsgang.cases.models import Case, Reference
from sagsgang.core.sorting import DanishKey

SORTS: dict[str, tuple[str | Combinable, ...]] = {
    "title": (DanishKey("title"),),
    "unit": (DanishKey("unit__name"), DanishKey("title")),
    "changed": ("-modified_at",),
}


def cases_of(user: User, *, words: str = "", mine: bool = False, sort: str = "changed") -> QuerySet[Case]:
    """The cases that the user sees and works on in the house; a sub-matter stands under its parent where she sees that.

    `words` are looked for in title and numbers; `mine` = those of which she is the caseworker. Cases that came only
    by an import have no unit and no caseworker: they are found by words.
    """
    seen = Case.objects.visible_to(user)
    rows = seen.filter(Q(parent=None) | ~Q(parent__in=seen)).select_related("unit", "caseworker")
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(external_numbers__icontains=words))
    else:
        rows = rows.filter(Q(unit__isnull=False) | Q(caseworker__isnull=False))
    if mine:
        rows = rows.filter(caseworker=user)
    return rows.order_by(*SORTS.get(sort, SORTS["changed"]))


def units_with_work(user: User) -> QuerySet[Unit]:
    """The units in which the user may open a case."""
    return Unit.objects.filter(staff__user=user).select_related("authority")


def colleagues(authority: Authority) -> QuerySet[User]:
    """Who may be a caseworker or an owner: the staff of the authority's units, and who approves there."""
    works = UnitStaff.objects.filter(user=OuterRef("pk"), unit__authority=authority)
    approves = Unit.objects.filter(
        Q(levels__approver=OuterRef("pk")) | Q(levels__deputy=OuterRef("pk")), authority=authority
    )
    leads = Appointment.objects.filter(user=OuterRef("pk"), body__authority=authority).exclude(
        role__in=("member", "hr")
    )
    return User.objects.filter(Exists(works) | Exists(approves) | Exists(leads), is_active=True).order_by(
        DanishKey("first_name"), DanishKey("last_name")
    )


def policy_areas(authority: Authority) -> list[str]:
    """The policy areas that the authority's cases name already, for suggestions."""
    rows = Case.objects.filter(authority=authority).exclude(policy_area="").values_list("policy_area", flat=True)
    return sorted(set(rows))


def library(authority: Authority) -> QuerySet[Reference]:
    """The agreements, plans and laws that cases may cite."""
    return Reference.objects.filter(authority=authority)
