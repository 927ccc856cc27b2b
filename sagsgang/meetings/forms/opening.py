"""What is asked when a closed item is opened: which of the attachments become open with it."""

from collections.abc import Iterable

from django.utils.translation import gettext

from sagsgang.meetings.models import Attachment


def opening_choices(attachments: Iterable[Attachment]) -> list[tuple[str, str]]:
    """The attachments (`queries.reviewing.would_open`) by id and in words; those of a sub-item say so."""
    return [(str(row.pk), _named(row)) for row in attachments]


def _named(row: Attachment) -> str:
    words = f"{row.position}. {row.title}"
    if row.item.parent_id is None:
        return words
    return gettext("Sub-item {number}: {attachment}").format(number=row.item.number, attachment=words)
