"""What is remembered so that people are told: who wants reminders, and which meetings stood in a cycle."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.core.models import Row
from sagsgang.meetings.models import Meeting


class ReminderWish(Row):
    """Whether somebody wants a mail of what is due on the wheel; who has said nothing does.

    `told_on` is the last day on which it was looked up what she is to be told.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="reminder_wish")
    is_wanted = models.BooleanField(_("reminders by mail"), default=True)
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("wish for reminders")

    def __str__(self) -> str:
        return str(self.user_id)


class CyclePlace(Row):
    """A meeting that stands in a cycle, or stood in it: who follows the cycle is told when it leaves (`is_in` is False).

    `changed_at` is when it last came or left.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="cycle_places")
    cycle = models.CharField(_("cycle"), max_length=10)
    is_in = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("place in a cycle")
        constraints = [models.UniqueConstraint(fields=["meeting", "cycle"], name="cycle_place_once")]

    def __str__(self) -> str:
        return f"{self.cycle} {self.meeting_id}"
