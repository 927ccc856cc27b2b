"""The overview in words: sections by what is waiting, each line with what, why, and where to go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.calendar import deadline, is_known_year
from sagsgang.bodies.models import Body, PublishPolicy
from sagsgang.core.templatetags.look import short_date
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries.deadlines import countdown
from sagsgang.reports.queries.overview import Blocked, Overview, Waiting
from sagsgang.wheel.models import Occurrence

SOON = timedelta(days=21)
LONG_WAIT = 7  # days in approval after which it is told as late


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what, why it stands here, where it is dealt with. `tone` is that of its badge `words`: error (late),
    warning (near), info.
    """

    what: str
    why: str
    address: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Section:
    """What is waiting of one kind; without lines `empty` says what that means, and `way` leads to where one goes on."""

    key: str
    title: str
    lines: tuple[Line, ...]
    empty: str
    way: str
    way_words: str


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a section, as those of `Section`; `way` is the name of a page."""

    title: Promise
    empty: Promise
    way: str
    way_words: Promise


_SAID = {
    "approvals": _Said(
        _("Approvals that wait for you"), _("No case waits for your approval."),
        "cases:tasks", _("Everything that waits for you"),
    ),
    "agendas": _Said(
        _("Agendas to send"), _("No agenda has its deadline in the next three weeks."),
        "meetings:home", _("Next meetings"),
    ),
    "protocols": _Said(
        _("Protocols that are not final or not signed"),
        _("Every protocol of the meetings that were held here is final and signed."),
        "meetings:home", _("My bodies"),
    ),
    "releases": _Said(
        _("Not released yet"), _("Everything that your bodies let the public read has been released."),
        "publication:waiting", _("Releases that wait"),
    ),
    "extracts": _Said(
        _("Closed decisions without a public extract"),
        _("Every closed decision has its extract, or the reason why there is none."),
        "meetings:home", _("My bodies"),
    ),
    "paths": _Said(
        _("Cases that cannot go the way they are planned"),
        _("The paths of your cases can be followed as they are planned."),
        "cases:cases", _("My cases"),
    ),
    "follow-ups": _Said(
        _("Follow-up that is overdue"), _("Nothing that was given to you or your units is overdue."),
        "followups:follow-ups", _("All follow-up"),
    ),
    "wheel": _Said(
        _("Due on the annual wheel"), _("Work on nothing of yours on the wheel should have begun."),
        "wheel:duties", _("Statutory duties"),
    ),
}  # fmt: skip


def sections_of(found: Overview, today: date) -> list[Section]:
    """The sections of her roles, and those that have lines: first what waits for her own word."""
    shown: dict[str, Iterable[Line]] = {}
    if "director" in found.roles or found.approvals:
        shown["approvals"] = (_approval(waiting, today) for waiting in found.approvals)
    if "secretary" in found.roles:
        shown["agendas"] = _agenda_lines(found, today)
        shown["protocols"] = _protocol_lines(found, today)
        shown["releases"] = _release_lines(found, today)
        shown["extracts"] = map(_extract, found.bodies_without_extract)
    if found.roles or found.blocked:
        shown["paths"] = map(_path_line, found.blocked)
    shown["follow-ups"] = (_follow_up(row, today) for row in found.follow_ups)
    shown["wheel"] = (_round(row, today) for row in found.rounds)
    return [_section(key, lines) for key, lines in shown.items()]


def _section(key: str, lines: Iterable[Line]) -> Section:
    said = _SAID[key]
    return Section(key, str(said.title), tuple(lines), str(said.empty), reverse(said.way), str(said.way_words))


def _approval(waiting: Waiting, today: date) -> Line:
    days = (today - waiting.since).days
    why = gettext("as deputy for {name}").format(name=waiting.level.approver) if waiting.stands_in else ""
    return Line(
        what=waiting.case.title,
        why=why or waiting.level.name,
        address=reverse("cases:approval", args=[waiting.case.pk]),
        words=ngettext("{count} day", "{count} days", days).format(count=days),
        tone="error" if days > LONG_WAIT else "info",
    )


def _agenda_lines(found: Overview, today: date) -> Iterator[Line]:
    for meeting in found.meetings:
        if meeting.agenda_sent_at or meeting.held_on < today or not is_known_year(meeting.held_on):
            continue
        days = meeting.body.agenda_days
        if not days:
            continue
        closing_days = found.closing_days.get(meeting.body.authority_id, frozenset())
        last = countdown(deadline(meeting.held_on, days=days, closing_days=closing_days), today)
        if last.safe > today + SOON:
            continue
        items = ngettext("{count} item", "{count} items", meeting.item_count).format(count=meeting.item_count)
        why = gettext("last safe day {day}; {items}").format(day=short_date(last.safe), items=items)
        tone = "info" if last.tone == "success" else last.tone
        yield Line(_named(meeting), why, _at("meetings:meeting", meeting), last.words, tone)


def _protocol_lines(found: Overview, today: date) -> Iterator[Line]:
    for meeting in found.meetings:
        if meeting.opened_at is None or meeting.held_on >= today:
            continue
        if not meeting.is_final:
            missing = meeting.item_count - meeting.decided_count
            why = (
                ngettext("{count} item has no decision", "{count} items have no decision", missing).format(
                    count=missing
                )
                if missing > 0
                else gettext("every item has its decision")
            )
            yield Line(_named(meeting), why, _at("protocols:protocol", meeting), gettext("not final"), "error")
        elif meeting.signed < meeting.signers:
            why = gettext("{signed} of {signers} have signed").format(signed=meeting.signed, signers=meeting.signers)
            yield Line(_named(meeting), why, _at("protocols:protocol", meeting), gettext("not signed"), "warning")


def _release_lines(found: Overview, today: date) -> Iterator[Line]:
    """What the body's policy lets out and nobody has let out; how a body without any public is left alone (R22)."""
    for meeting in found.meetings:
        policy = meeting.body.publish_policy
        address = _at("publication:releases", meeting)
        if policy == PublishPolicy.MINUTES and meeting.is_final and not meeting.has_minutes_out:
            yield Line(_named(meeting), gettext("the protocol is final"), address, gettext("minutes"), "error")
        elif policy in (PublishPolicy.AGENDA, PublishPolicy.MINUTES) and _is_unreleased_agenda(meeting):
            sent = gettext("sent to the members {day}").format(day=short_date(localdate(meeting.agenda_sent_at)))
            tone = "error" if meeting.held_on <= today else "warning"
            yield Line(_named(meeting), sent, address, gettext("agenda"), tone)


def _is_unreleased_agenda(meeting: Any) -> bool:
    return meeting.agenda_sent_at is not None and not meeting.has_agenda_out


def _extract(pair: tuple[Body, int]) -> Line:
    body, count = pair
    return Line(
        body.name,
        gettext("the public has neither an extract nor the reason why there is none"),
        reverse("publication:closed-decisions", args=[body.pk]),
        ngettext("{count} decision", "{count} decisions", count).format(count=count),
        "error",
    )


def _path_line(one: Blocked) -> Line:
    more = ngettext("and {count} more", "and {count} more", one.more).format(count=one.more) if one.more else ""
    is_error = one.finding.severity == "error"
    return Line(
        what=one.case.title,
        why=" ".join(part for part in (one.finding.message, more) if part),
        address=reverse("cases:path", args=[one.case.pk]),
        words=gettext("blocked") if is_error else gettext("at risk"),
        tone="error" if is_error else "warning",
    )


def _follow_up(row: Any, today: date) -> Line:
    """Without the right to its words it is told by its day alone."""
    days = (today - row.due_on).days
    return Line(
        what=row.words if row.may_read else gettext("A follow-up of a closed case"),
        why=gettext("was due on {day}").format(day=short_date(row.due_on)),
        address=reverse("followups:follow-up", args=[row.pk]),
        words=ngettext("{count} day late", "{count} days late", days).format(count=days),
        tone="error",
    )


def _round(row: Occurrence, today: date) -> Line:
    entry, days = row.entry, (row.day - today).days
    if days < 0:
        words, tone = ngettext("{count} day late", "{count} days late", -days).format(count=-days), "error"
    else:
        words, tone = ngettext("{count} day left", "{count} days left", days).format(count=days), "warning"
    said = gettext("its case is open") if row.case_id else gettext("no case is open")
    parts = [gettext("{day}: {words}").format(day=short_date(row.day), words=said), entry.law if entry.is_duty else ""]
    name = "wheel:duty" if entry.is_duty else "wheel:entry"
    return Line(
        what=entry.title,
        why=" · ".join(part for part in parts if part),
        address=reverse(name, args=[entry.pk]),
        words=words,
        tone="info" if row.case_id and days >= 0 else tone,
    )


def _named(meeting: Meeting) -> str:
    return gettext("{body}, {day}").format(body=meeting.body.name, day=short_date(meeting.held_on))


def _at(name: str, meeting: Meeting) -> str:
    return reverse(name, args=[meeting.pk])


def lines_of(sections: Iterable[Section]) -> int:
    """How many things stand in all."""
    return sum(len(section.lines) for section in sections)
