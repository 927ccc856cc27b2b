"""The letter of what is due on the wheel: titles and days, and of a closed case nothing but that there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, override

from sagsgang.wheel.models import Occurrence

LANGUAGE = "da"
MOST = 30  # lines of a letter


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line: what is due, where it stands, and where it is dealt with."""

    what: str
    words: str
    address: str
    is_late: bool


def reminder_of(row: Occurrence, today: date) -> Reminder:
    """A return in words that may leave the house: where a closed case was opened for it, its title is not said."""
    entry, days = row.entry, (row.day - today).days
    what = gettext("a closed case") if row.case and row.case.is_closed else entry.title
    if days < 0:
        when = ngettext("{count} day late", "{count} days late", -days).format(count=-days)
    else:
        when = ngettext("{count} day left", "{count} days left", days).format(count=days)
    case = gettext("its case is open") if row.case_id else gettext("no case is open")
    parts = [gettext("statutory")] if entry.is_duty else []
    day = date_format(row.day, "DATE_FORMAT")
    address = settings.BASE_URL + reverse("wheel:entry", args=[entry.pk, row.day.year]) + f"#day-{row.day.isoformat()}"
    return Reminder(f"{day}: {what}", ", ".join([*parts, when, case]), address, days < 0)


def reminder_letter(rows: Sequence[Occurrence], today: date) -> tuple[str, str]:
    """Subject and text, in Danish; at most `MOST` lines, and how many more there are."""
    with override(LANGUAGE):
        lines = [reminder_of(row, today) for row in rows[:MOST]]
        count = len(rows)
        subject = ngettext(
            "{count} thing is due on the annual wheel", "{count} things are due on the annual wheel", count
        )
        blocks = [gettext("This waits for you, your unit or your bodies on the annual wheel:")]
        blocks += [f"- {line.what}\n  {line.words}\n  {line.address}" for line in lines]
        if more := count - len(lines):
            blocks.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        page = settings.BASE_URL + reverse("wheel:reminders")
        blocks.append("--\n" + gettext("See everything, or ask for no more of these letters:") + f"\n{page}")
        return subject.format(count=count), "\n\n".join(blocks) + "\n"
