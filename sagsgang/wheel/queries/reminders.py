"""The returns on which work should have begun, whose they are, and who is to be reminded of them."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, BodyKind, Role, Unit, roles_of
from sagsgang.wheel.models import Occurrence, ReminderWish
from sagsgang.wheel.permissions import OccurrenceRows

LEADS = (Role.SECRETARY, Role.DIRECTOR)
FURTHEST = timedelta(days=400)
MOST_AT_ONCE = 200  # people looked up in one run


def begun(today: date) -> QuerySet[Occurrence]:
    """Those whose lead time has begun and that are neither done nor dropped, late ones too; by their day."""
    rows = Occurrence.objects.filter(
        entry__withdrawn_at=None, dropped_at=None, gone_at=None, done_on=None,
        day__range=(today - FURTHEST, today + FURTHEST),
    )  # fmt: skip
    begins = Q(day__lte=ExpressionWrapper(Value(today) + F("entry__lead_days"), output_field=DateField()))
    return rows.filter(begins).order_by("day", "created_at")


def hers(user: User, *, kept: Collection[UUID], led: Collection[UUID]) -> Q:
    """Those of her units, of the bodies that she leads, and of the organisation for a directorate's secretary.

    `kept`: the bodies that she is secretary of; `led`: those that she is secretary or director of.
    """
    whole = Exists(Body.objects.filter(pk__in=kept, kind=BodyKind.DIRECTORATE, authority=OuterRef("entry__authority")))
    units = Unit.objects.filter(Q(staff__user=user) | Q(manager__user=user)).order_by().values("pk")
    return Q(entry__unit__in=units) | Q(entry__body__in=led) | Q(whole, entry__body=None)


def begun_for(user: User, today: date) -> QuerySet[Occurrence]:
    """Hers of those that have begun, as far as she may see them; with entry and case."""
    held = roles_of(user)
    kept = [body for body, role in held if body and role == Role.SECRETARY]
    led = [body for body, role in held if body and role in LEADS]
    seen = OccurrenceRows().visible_to(user).order_by().values("pk")
    return begun(today).filter(hers(user, kept=kept, led=led), pk__in=seen).select_related("entry", "case")


def to_be_looked_up(today: date) -> list[User]:
    """Those with an address who want reminders, and for whom nothing was looked up today; at most `MOST_AT_ONCE`."""
    settled = ReminderWish.objects.filter(Q(is_wanted=False) | Q(told_on__gte=today), user=OuterRef("pk"))
    rows = User.objects.filter(~Exists(settled), is_active=True).exclude(email="")
    return list(rows.order_by("pk")[:MOST_AT_ONCE])


def wants_reminders(user: User) -> bool:
    """Does she want them? Who has said nothing does."""
    return not ReminderWish.objects.filter(user=user, is_wanted=False).exists()
