"""Who follows what by e-mail, and the letters to her. The portal's role sees none of it.

Everything hangs on the follower and goes with her: who follows nothing any more is not known here. Releases and what
is followed are named by their public ids, and are no relations. The functions that the portal calls are in the second
migration; they delete rows, and so the database itself clears away what hangs on them.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# One plain address: no name, no quotes, nothing that a header would read as more than one.
ADDRESS = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"


class Kind(models.TextChoices):
    """What can be followed."""

    BODY = "body", _("a body")
    CASE = "case", _("a case")
    PLACE = "place", _("a place")
    SEARCH = "search", _("a search")


class Pace(models.TextChoices):
    """When a letter comes."""

    AT_ONCE = "at_once", _("At once, each time something is released")
    DAILY = "daily", _("Once a day, at 7 in the morning")


class LetterKind(models.TextChoices):
    """Why a letter is written."""

    CONFIRM = "confirm", pgettext_lazy("letter", "please confirm")
    KNOWN = "known", pgettext_lazy("letter", "already followed")
    NEWS = "news", pgettext_lazy("letter", "news")


class LetterState(models.TextChoices):
    """Where a letter is. Dropped: nothing was left to tell when it was to be sent."""

    WAITING = "waiting", pgettext_lazy("letter", "waits")
    SENDING = "sending", pgettext_lazy("letter", "is being sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    FAILED = "failed", pgettext_lazy("letter", "not delivered")
    DROPPED = "dropped", pgettext_lazy("letter", "dropped")


UNDER_WAY = (LetterState.WAITING, LetterState.SENDING)


class Follower(models.Model):
    """An address that follows something. `language` is that of the page where she asked last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=5, default="da")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("address"), name="follower_one_an_address"),
            models.CheckConstraint(condition=Q(address__regex=ADDRESS), name="follower_plain_address"),
            models.CheckConstraint(condition=Q(language__in=["da", "en"]), name="follower_language"),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """As much of the address as anybody but its owner is shown."""
        name, _at, domain = self.address.partition("@")
        return f"{name[:1]}…@{domain}"


class Subscription(models.Model):
    """One thing that one follower follows; in force from `confirmed_at`, and deleted when it is ended.

    `target` is the public id of a body or a case; `words` are those of a place, or the query string of a search.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    follower = models.ForeignKey(Follower, on_delete=models.DB_CASCADE, related_name="subscriptions")
    kind = models.CharField(max_length=6, choices=Kind)
    target = models.UUIDField(null=True)
    words = models.CharField(max_length=300, blank=True)
    pace = models.CharField(max_length=7, choices=Pace, default=Pace.AT_ONCE)
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "kind", "target", "words"], nulls_distinct=False, name="subscription_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["body", "case"], target__isnull=False, words="")
                | (Q(kind__in=["place", "search"], target__isnull=True) & ~Q(words="")),
                name="subscription_names_its_target",
            ),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="subscription_pace"),
            models.CheckConstraint(condition=~Q(words__regex="[[:cntrl:]<>]"), name="subscription_plain_words"),
        ]
        indexes = [models.Index(fields=["kind", "target"], name="subscription_target")]

    def __str__(self) -> str:
        return str(self.pk)


class Token(models.Model):
    """The hash of a secret that one letter carried: who holds the letter may see, change and end.

    `subscription` is what the letter was about, until that is ended.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    follower = models.ForeignKey(Follower, on_delete=models.DB_CASCADE, related_name="tokens")
    subscription = models.ForeignKey(Subscription, on_delete=models.DB_SET_NULL, null=True, related_name="tokens")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="token_made_at")]

    def __str__(self) -> str:
        return self.sha256[:8]


class Letter(models.Model):
    """One letter. Its words are made when it is sent, and kept only where no mail server is set (the outbox).

    `error` is our own sentence: never what the mail server said, which may repeat the address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    follower = models.ForeignKey(Follower, on_delete=models.DB_CASCADE, related_name="letters")
    subscription = models.ForeignKey(Subscription, on_delete=models.DB_CASCADE, related_name="letters")
    kind = models.CharField(max_length=7, choices=LetterKind)
    state = models.CharField(max_length=7, choices=LetterState, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state__in=["waiting", "sending"]), name="letter_to_send"),
            models.Index(fields=["made_at"], name="letter_made_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Told(models.Model):
    """A release that a follower is told of, once. `fingerprint` is the hash of the public words that concern her.

    The next release of the same meeting is news only where those words are others than the last that were sent.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.DB_CASCADE, related_name="told")
    release_id = models.UUIDField()
    meeting_id = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    letter = models.ForeignKey(Letter, on_delete=models.DB_SET_NULL, null=True, related_name="told")
    found_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "release_id"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.release_id}"


class SeenRelease(models.Model):
    """A release for which everybody who should be told has been found."""

    release_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.release_id)
