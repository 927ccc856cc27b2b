"""Remind those whose work on the wheel should have begun: one letter a day and person at most, and none without news."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from sagsgang.accounts.actions import state_own_address, write_staff_letter
from sagsgang.accounts.models import LetterKind, User
from sagsgang.core.models import record
from sagsgang.wheel.models import Occurrence, ReminderWish
from sagsgang.wheel.queries.reminders import begun, begun_for, to_be_looked_up
from sagsgang.wheel.rendering.reminders import reminder_letter
from sagsgang.wheel.rules.reminders import has_news, is_time


def remind(moment: datetime) -> int:
    """Look everybody up once on each working day; answers how many letters were written. May run twice, or late."""
    today = moment.date()
    if not is_time(moment) or not begun(today).exists():
        return 0
    return sum(_look_up(user, today) for user in to_be_looked_up(today))


@transaction.atomic
def _look_up(user: User, today: date) -> bool:
    wish = _wish_of(user)
    if not wish.is_wanted or (wish.told_on and wish.told_on >= today):
        return False
    rows = list(begun_for(user, today))
    news = any(_is_news(row, wish.told_on, today) for row in rows)
    wish.told_on = today
    wish.save(update_fields=["told_on", "modified_at"])
    if not news:
        return False
    subject, text = reminder_letter(rows, today)
    return write_staff_letter(user, LetterKind.REMINDERS, today, subject=subject, text=text)


def _is_news(row: Occurrence, told_on: date | None, today: date) -> bool:
    return has_news(row.day, begins=row.begins, known=localdate(row.created_at), told_on=told_on, today=today)


@transaction.atomic
def wish_reminders(*, is_wanted: bool, address: str, actor: User) -> None:
    """The actor's own wish, and the address to write to. Raises `RuleBrokenError` for what is no address."""
    state_own_address(address, actor=actor)
    wish = _wish_of(actor)
    if wish.is_wanted != is_wanted:
        wish.is_wanted = is_wanted
        wish.save(update_fields=["is_wanted", "modified_at"])
        record(actor, "wish_reminders", actor, wanted=is_wanted)


def _wish_of(user: User) -> ReminderWish:
    """Her wish, held; made where she has said nothing."""
    ReminderWish.objects.get_or_create(user=user)
    return ReminderWish.objects.select_for_update().get(user=user)
