"""Entries of the log as frozen values for the templates and for a file. Pure; no query, no write."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Role
from sagsgang.core.models import AuditEntry
from sagsgang.core.spreadsheets import harmless
from sagsgang.reports.queries.subjects import Subject
from sagsgang.reports.rendering import acts
from sagsgang.reports.rendering.verbs import verbs

type Column = tuple[str, Callable[["ShownEntry"], str]]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One line of the log. `roles` are what she is in the house today, her units among them."""

    at: datetime
    moment: str
    username: str
    who: str
    roles: str
    verb: str
    act: str
    subject: Subject
    subject_id: str
    parts: str
    data: str
    chain: str  # address of the subject's chain
    number: int
    sha256: str


def shown_entries(entries: Iterable[AuditEntry], subjects: Mapping[UUID, Subject]) -> list[ShownEntry]:
    """The entries of `queries.entries.log_entries` as lines, in their order."""
    words = verbs()
    return [_shown(entry, subjects[entry.pk], words) for entry in entries]


def _shown(entry: AuditEntry, subject: Subject, words: Mapping[str, str]) -> ShownEntry:
    label, _colon, pk = entry.subject.partition(":")
    return ShownEntry(
        at=entry.at,
        moment=acts.moment(entry),
        username=entry.actor.username,
        who=str(entry.actor),
        roles=_roles(entry),
        verb=entry.verb,
        act=words.get(entry.verb, entry.verb),
        subject=subject,
        subject_id=entry.subject,
        parts=acts.parts_words(entry),
        data=json.dumps(entry.data, ensure_ascii=False, sort_keys=True) if entry.data else "",
        chain=reverse("reports:subject-chain", args=[label, pk]),
        number=entry.number,
        sha256=entry.sha256,
    )


def _roles(entry: AuditEntry) -> str:
    """As in "sekretær (MTU), Natur og Miljø"; nothing where the entries were fetched without roles."""
    return ", ".join([*map(_role, getattr(entry, "roles", ())), *getattr(entry, "units", ())])


def _role(said: Mapping[str, str]) -> str:
    place = said["code"] or said["name"]
    name = str(Role(said["role"]).label)
    return f"{name} ({place})" if place else name


def reading_columns() -> list[Column]:
    """The columns of the file of who read closed material."""
    return [
        *_who_columns(),
        (_("What"), lambda line: line.subject.words),
        (_("Body"), lambda line: line.subject.body),
        (_("Date of the meeting"), lambda line: line.subject.held_on.isoformat() if line.subject.held_on else ""),
        (_("Item"), lambda line: line.subject.item),
        (_("Title"), lambda line: line.subject.title),
        (_("Attachment"), lambda line: line.subject.attachment),
        (_("Case numbers"), lambda line: line.subject.case_numbers),
        *_chain_columns(),
    ]


def log_columns() -> list[Column]:
    """The columns of the file of the whole log."""
    return [
        *_who_columns(),
        (_("Act"), lambda line: line.act),
        (_("Act, code"), lambda line: line.verb),
        (_("What"), lambda line: line.subject.words),
        (_("Parts"), lambda line: line.parts),
        (_("Particulars"), lambda line: line.data),
        *_chain_columns(),
    ]


def _who_columns() -> list[Column]:
    return [
        (_("Time"), lambda line: localtime(line.at).isoformat(sep=" ", timespec="seconds")),
        (_("User name"), lambda line: line.username),
        (_("Name"), lambda line: line.who),
        (_("Roles today"), lambda line: line.roles),
    ]


def _chain_columns() -> list[Column]:
    return [
        (_("Subject"), lambda line: line.subject_id),
        (_("Number in the chain"), lambda line: str(line.number)),
        (_("SHA-256"), lambda line: line.sha256),
    ]


def as_csv(columns: list[Column], batches: Iterable[list[ShownEntry]]) -> Iterator[bytes]:
    """A file for a spreadsheet (RFC 4180, with a byte order mark), a piece for each batch."""
    yield b"\xef\xbb\xbf" + _csv_rows([[name for name, _value in columns]])
    for batch in batches:
        yield _csv_rows([[harmless(value(line)) for _name, value in columns] for line in batch])


def _csv_rows(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
