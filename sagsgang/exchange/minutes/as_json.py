"""A parsed document in the shape of an entry of the samples' facts: UNKNOWN leaves the key out, None is null."""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

from sagsgang.exchange.minutes.parsed import (
    UNKNOWN,
    ParsedAttachment,
    ParsedDecision,
    ParsedDocument,
    ParsedItem,
    ParsedPerson,
    ParsedSubItem,
    ParsedVote,
)

type Json = dict[str, Any]


def to_json(document: ParsedDocument) -> dict[str, object]:
    """The whole document as plain values, dates in ISO and times as HH:MM."""
    known = {
        "kind": document.kind,
        "authority": document.authority,
        "body": document.body,
        "date": _day(document.date),
        "place": document.place,
        "start": _clock(document.start),
        "end": _clock(document.end),
        "access": document.access,
        "meeting": document.meeting,
        "members": _list(document.members, _person),
        "absent": _list(document.absent, _person),
        "substitutes": [{"name": one.name, "for_": one.for_} for one in document.substitutes],
    }
    return {
        "family": document.family,
        "channel": document.channel,
        "document": _said(known),
        "toc": [{"no": entry.no, "title": entry.title, "access": entry.access} for entry in document.toc],
        "items": [_item(item) for item in document.items],
        "unread": [{"line": one.line, "text": one.text} for one in document.unread],
    }


def _said(values: Json) -> Json:
    """Without the keys whose value cannot be told."""
    return {key: value for key, value in values.items() if value is not UNKNOWN}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _clock(value: time | None) -> str | None:
    return value.strftime("%H:%M") if value else None


def _list[T](values: Sequence[T] | object | None, one: Callable[[T], object]) -> object:
    if values is None or values is UNKNOWN or not isinstance(values, Sequence):
        return values
    return [one(value) for value in values]


def _person(person: ParsedPerson) -> object:
    """A bare name as printed; with title or role an object."""
    if person.title is None and person.role is None:
        return person.printed or person.name
    return {
        key: value for key in ("name", "title", "role", "party", "note") if (value := getattr(person, key)) is not None
    }


def _item(item: ParsedItem) -> Json:
    return _said(
        {
            "no": item.no,
            "title": item.title,
            "raw_title": item.raw_title,
            "access": item.access,
            "path": _list(item.path, str),
            "case_no": item.case_no,
            "doc_no": item.doc_no,
            "case_officer": item.case_officer,
            "initials": item.initials,
            "decided_by": item.decided_by,
            "headings": [section.heading for section in item.sections if section.heading],
            "sections": [{"kind": one.kind, "heading": one.heading, "text": one.text} for one in item.sections],
            "recommendation": item.recommendation,
            "decisions": [_decision(one) for one in item.decisions],
            "absent": _list(item.absent, _person),
            "attachments": _list(item.attachments, _attachment),
            "subitems": [_subitem(one) for one in item.subitems],
            "votes": [_vote(one) for one in item.votes],
            "line": item.line,
        }
    )


def _decision(decision: ParsedDecision) -> Json:
    return {
        "body": decision.body,
        "date": _day(decision.date),
        "text": decision.text,
        "item_no": decision.item_no,
        "absent": _list(decision.absent, _person),
    }


def _attachment(row: ParsedAttachment) -> Json:
    return {
        "no": row.no,
        "id": row.id,
        "access": row.access,
        "title": row.title,
        "doc_no": row.doc_no,
        "type": row.type,
        "file": row.file,
    }


def _subitem(one: ParsedSubItem) -> Json:
    planned = [{"body": plan.body, "date": _day(plan.date)} for plan in one.planned]
    return {"no": one.no, "title": one.title, "text": one.text, "planned": planned, "decision": one.decision}


def _vote(vote: ParsedVote) -> Json:
    return {
        name: list(value) if isinstance(value := getattr(vote, name), tuple) else value for name in ParsedVote.__slots__
    }
