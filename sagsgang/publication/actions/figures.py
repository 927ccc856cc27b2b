"""Prepare, release and withdraw figures: made by their maker, disclosed, looked through by the gate, chained and shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body
from sagsgang.core.faults import reached
from sagsgang.core.models import record, subject_of
from sagsgang.gate.finding.everything import Wanted
from sagsgang.publication import rules, tasks
from sagsgang.publication.actions.copy_rows import drop_unshown, taken_prints
from sagsgang.publication.actions.item_goals import drop_item_goals, put_item_goals
from sagsgang.publication.canonical import canonical_text, sha256
from sagsgang.publication.disclosure import disclose_figures
from sagsgang.publication.figures.asking import Asked
from sagsgang.publication.figures.makers import MAKERS
from sagsgang.publication.figures.tree import (
    SCHEMA,
    FiguresDocument,
    FiguresReport,
    plain_report,
    references_in,
)
from sagsgang.publication.gate import words_of
from sagsgang.publication.gatekeeping.closed_names import closed_names_in
from sagsgang.publication.gatekeeping.looking import help_texts
from sagsgang.publication.gatekeeping.plain_words import kinds_found
from sagsgang.publication.identity import known_public_id, named_public_id, new_public_id, new_salt, public_ids
from sagsgang.publication.models import (
    FiguresPreparation,
    FiguresRecord,
    FiguresWithdrawal,
    PublicBody,
    PublicFigures,
    ReleaseState,
)
from sagsgang.publication.queries.figures import rows_of
from sagsgang.publication.rules import figures as figures_rules
from sagsgang.publication.slugs import slug_of

_NEVER_RELEASED = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What would go out now, of whose, and the hash of its words."""

    authority: Authority
    body: Body | None
    name: str  # under which it has its public id
    report: FiguresReport
    current: PublicFigures | None

    @property
    def digest(self) -> str:
        """The same words give the same digest."""
        return sha256(canonical_text(plain_report(self.report)))

    @property
    def is_out(self) -> bool:
        """Does the public read exactly this?"""
        if self.current is None:
            return False
        return FiguresDocument.from_text(self.current.document or "").report == self.report


def outgoing_figures(authority: Authority, kind: str, start: date, end: date, body: Body | None = None) -> Outgoing:
    """Make them, and keep what may leave; writes nothing. Raises `RuleBrokenError` if they cannot be made, KeyError for no such kind."""
    name = f"figures:{subject_of(body or authority)}:{kind}:{start}:{end}"
    figures_id = known_public_id(name) or _NEVER_RELEASED
    earlier = FiguresRecord.objects.filter(figures_id=figures_id).order_by("at").values_list("document", flat=True)
    past = tuple(FiguresDocument.from_text(text).report for text in earlier)
    made = MAKERS[kind].make(Asked(authority, body, start, end, past))
    references = references_in(made)
    released = rows_of(references, "default") if references else {}
    of_body = known_public_id(subject_of(body)) if body else None
    report = replace(disclose_figures(made, released.keys()), body=str(of_body or ""))
    current = PublicFigures.objects.filter(figures_id=figures_id, state=ReleaseState.CURRENT).first()
    return Outgoing(authority, body, name, report, current)


@transaction.atomic
def prepare_figures(
    authority: Authority, kind: str, start: date, end: date, *, body: Body | None = None, public_reason: str = "",
    actor: User,
) -> FiguresPreparation:  # fmt: skip
    """The first person's part: the words are held fast until a second person releases them.

    Raises `RuleBrokenError` if they cannot be made, the gate finds something, exactly these are out, or a correction
    says nothing of why.
    """
    if body:
        public_ids([body])  # it has one from here on, and the words that are held fast name it
    outgoing = outgoing_figures(authority, kind, start, end, body)
    figures_rules.require_news(is_out=outgoing.is_out)
    figures_rules.require_figures_reason(is_correction=outgoing.current is not None, reason=public_reason)
    _require_gate(outgoing.report, public_reason, authority)
    named = {"authority_id": authority.pk, "kind": kind, "body_id": body.pk if body else None}
    period = {"period_start": start, "period_end": end}
    FiguresPreparation.objects.filter(**named, **period, ended_at=None).update(ended_at=now())
    prepared = FiguresPreparation.objects.create(
        **named, **period, title=outgoing.report.title, digest=outgoing.digest, public_reason=public_reason.strip(),
        prepared_by=actor,
    )  # fmt: skip
    record(actor, "prepare_figures", body or authority, kind=kind, preparation=str(prepared.pk))
    return prepared


@transaction.atomic
def cancel_figures(prepared: FiguresPreparation, *, actor: User) -> None:
    """What was prepared is not released."""
    prepared = _locked(prepared)
    prepared.ended_at = now()
    prepared.save(update_fields=["ended_at"])
    record(actor, "cancel_figures", _whose(prepared), kind=prepared.kind)


@transaction.atomic
def release_figures(prepared: FiguresPreparation, *, actor: User) -> PublicFigures:
    """The second person's part: made anew, the same as was prepared, through the gate, into the chain, and shown."""
    prepared = _locked(prepared)
    rules.require_two_persons("", same=prepared.prepared_by_id == actor.pk)
    outgoing = outgoing_as_prepared(prepared)
    _require_gate(outgoing.report, prepared.public_reason, outgoing.authority)
    at = now()
    row = _append(outgoing, prepared.public_reason, at)
    FiguresRecord.objects.create(
        release_id=row.pk, figures_id=row.figures_id, authority_id=outgoing.authority.pk,
        body_id=outgoing.body.pk if outgoing.body else None, prepared_by=prepared.prepared_by, released_by=actor,
        sha256=row.sha256, document=row.document or "",
    )  # fmt: skip
    prepared.ended_at = at
    prepared.save(update_fields=["ended_at"])
    record(
        actor, "release_figures", outgoing.body or outgoing.authority, release=str(row.pk), number=row.number,
        kind=row.kind,
    )  # fmt: skip
    tasks.order_figures_print(row.pk)
    reached("figures.before_commit")
    return row


def outgoing_as_prepared(prepared: FiguresPreparation) -> Outgoing:
    """What would go out now. Raises `RuleBrokenError` if it is not what was prepared."""
    authority = Authority.objects.get(pk=prepared.authority_id)
    body = Body.objects.get(pk=prepared.body_id) if prepared.body_id else None
    outgoing = outgoing_figures(authority, prepared.kind, prepared.period_start, prepared.period_end, body)
    figures_rules.require_figures_as_prepared(same=outgoing.digest == prepared.digest)
    return outgoing


@transaction.atomic
def withdraw_figures(release_id: UUID, *, reason: str, actor: User) -> PublicFigures:
    """Take current figures back: words and print leave `pub`, number and hash stay, and the page says so."""
    rules.require_reason(reason)
    row = PublicFigures.objects.select_for_update().get(pk=release_id)
    rules.require_current(row.state)
    known = FiguresRecord.objects.get(pk=release_id)
    waiting = FiguresPreparation.objects.filter(authority_id=known.authority_id, body_id=known.body_id, kind=row.kind)
    waiting.filter(period_start=row.period_start, period_end=row.period_end, ended_at=None).update(ended_at=now())
    withdrawal = FiguresWithdrawal.objects.create(release_id=row.pk, reason=reason, withdrawn_by=actor)
    _end(row, ReleaseState.WITHDRAWN, withdrawal.at)
    record(actor, "withdraw_figures", _whose(known), release=str(row.pk))
    reached("figures.before_commit")
    return row


def _require_gate(report: FiguresReport, said: str, authority: Authority) -> None:
    words = list(_words(report, said))
    names = closed_names_in("\n".join(told for _place, told in words), authority.pk)
    wanted = Wanted.of(names, help_texts(), settings.OWN_DOMAINS)
    figures_rules.require_nothing_found(kinds_found(words, wanted=wanted))


def _words(report: FiguresReport, said: str) -> Iterator[tuple[str, str]]:
    yield gettext("the reason for the public"), said
    for words in (report.title, report.standfirst):
        yield report.title, words
    for section in report.sections:
        yield from ((section.heading, words) for words in words_of(plain_report(section)))


def _locked(prepared: FiguresPreparation) -> FiguresPreparation:
    found = FiguresPreparation.objects.select_for_update().filter(pk=prepared.pk, ended_at=None).first()
    figures_rules.require_not_ended(is_open=found is not None)
    assert found
    return found


def _whose(row: FiguresPreparation | FiguresRecord) -> Authority | Body:
    return Body.objects.get(pk=row.body_id) if row.body_id else Authority.objects.get(pk=row.authority_id)


def _append(outgoing: Outgoing, reason: str, at: datetime) -> PublicFigures:
    """The next link of the authority's chain; the current release of the same report is ended."""
    report = outgoing.report
    with connection.cursor() as cursor:  # the chain has one writer at a time
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('figures ' || %s, 0))", [report.authority])
    last = PublicFigures.objects.filter(authority=report.authority).order_by("-number").first()
    body = _public_body(outgoing.body, at) if outgoing.body else None
    figures_id = named_public_id(outgoing.name)
    content = FiguresDocument(
        schema=SCHEMA,
        salt=new_salt(),
        figures_id=str(figures_id),
        number=last.number + 1 if last else 1,
        previous=last.sha256 if last else "",
        released_at=at,
        report=report,
        reason=reason if outgoing.current else "",
    )
    text = content.to_text()
    if outgoing.current:
        _end(outgoing.current, ReleaseState.SUPERSEDED, at)
    row = PublicFigures.objects.create(
        authority=report.authority, figures_id=figures_id, kind=report.kind, body=body,
        period_start=report.period_start, period_end=report.period_end, number=content.number, title=report.title,
        slug=slug_of(report.title), links=sorted(references_in(report)), sha256=sha256(text),
        previous=content.previous, document=text, released_at=at,
    )  # fmt: skip
    put_item_goals(row, report)
    return row


def _public_body(body: Body, at: datetime) -> PublicBody:
    """The body's public row, made if it has released nothing yet."""
    fresh = PublicBody(
        id=UUID(public_ids([body])[body.pk]), authority=body.authority.name, name=body.name, code=body.code,
        slug=slug_of(body.name), changed_at=at,
    )  # fmt: skip
    PublicBody.objects.bulk_create([fresh], ignore_conflicts=True)
    return _touched(fresh.pk, at)


def _touched(body_id: UUID, at: datetime) -> PublicBody:
    """The body's page lists its figures, and moves with them."""
    body = PublicBody.objects.select_for_update().get(pk=body_id)
    body.version, body.changed_at = new_public_id(), at
    body.save(update_fields=["version", "changed_at"])
    return body


def _end(row: PublicFigures, state: ReleaseState, at: datetime) -> None:
    names = taken_prints([row.pk])
    drop_item_goals(row)
    if row.body_id:
        _touched(row.body_id, at)
    row.state, row.document, row.ended_at = state, None, at
    row.title, row.slug, row.links = "", "", []
    row.save(update_fields=["state", "document", "ended_at", "title", "slug", "links"])
    transaction.on_commit(partial(drop_unshown, names))
