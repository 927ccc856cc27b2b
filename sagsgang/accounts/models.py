"""Who logs in, and the letters that the house sends to them."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.core.models import Row


class User(AbstractUser):
    """A person with a login. Roles in bodies are appointments, in `bodies`.

    `remembered` holds what was read of her while one request is answered (`accounts.doors`); None elsewhere.
    """

    remembered: dict[str, Any] | None = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    is_demo = models.BooleanField(_("demo user"), default=False, help_text=_("Is refused outside the demo."))

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class LetterKind(models.TextChoices):
    """Why a letter is written."""

    REMINDERS = "reminders", pgettext_lazy("letter", "reminders")


class LetterState(models.TextChoices):
    """Where a letter is."""

    WAITING = "waiting", pgettext_lazy("letter", "waits")
    SENDING = "sending", pgettext_lazy("letter", "is being sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    FAILED = "failed", pgettext_lazy("letter", "not delivered")


UNDER_WAY = (LetterState.WAITING, LetterState.SENDING)


class StaffLetter(Row):
    """A letter to somebody who works in the house: of each kind at most one a day. It leaves the house: nothing closed.

    Its words are kept only where no mail server is set (the outbox), and until it is sent. `error` is our own sentence.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind)
    day = models.DateField()
    state = models.CharField(max_length=7, choices=LetterState, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "day"], name="staff_letter_once_a_day")]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state__in=["waiting", "sending"]), name="staff_letter_to_send"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def masked(self) -> str:
        """As much of the address as anybody but its owner is shown."""
        name, _at, domain = self.user.email.partition("@")
        return f"{name[:1]}…@{domain}"
