"""Writes the protocol from what happened. Pure: facts in, a tree of sentences out."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sagsgang.bodies.models import SeatRole
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings.models import AgendaItem, AttendanceState, own_decision
from sagsgang.meetings.queries.attending import Roll, RollLine, line_words
from sagsgang.meetings.queries.room import ChairingFact
from sagsgang.meetings.rendering import safe_html
from sagsgang.meetings.rendering.decided import decision_facts, outcome_words, points_of, report_line
from sagsgang.protocols.document import SCHEMA, ItemProtocol, PointLine, ProtocolDocument, VoteLine
from sagsgang.protocols.models import Place
from sagsgang.protocols.queries.facts import ProtocolFacts
from sagsgang.protocols.rendering.sentences import (
    conflict_sentences,
    follow_up_sentence,
    proposal_sentence,
    substitute_sentences,
    treated_words,
    vote_line,
)


def compose_protocol(facts: ProtocolFacts) -> ProtocolDocument:
    """The protocol as the facts say it now, with the secretary's words around them."""
    meeting, roll = facts.meeting, facts.roll
    lines = roll.lines(None)
    return ProtocolDocument(
        schema=SCHEMA,
        meeting=meeting.pk,
        authority=meeting.body.authority.name,
        body=meeting.body.name,
        held_on=meeting.held_on,
        head=_head(facts),
        present=tuple(_person_words(row) for row in lines if row.state == AttendanceState.PRESENT),
        absent=tuple(line_words(row) for row in lines if row.state == AttendanceState.ABSENT),
        chairing=chairing_sentences(facts),
        substitutes=substitute_sentences(roll),
        before=_note(facts, None, Place.BEFORE),
        after=_note(facts, None, Place.AFTER),
        items=tuple(compose_item(row, facts) for row in meeting.items.all() if row.parent_id is None),
    )


def _head(facts: ProtocolFacts) -> tuple[str, ...]:
    meeting = facts.meeting
    words = [date_format(meeting.held_on, "l j. F Y").capitalize()]
    if meeting.opened_at:
        words.append(_("The meeting was opened at {time}.").format(time=_clock(meeting.opened_at)))
    elif meeting.starts:
        words.append(_("The meeting began at {time}.").format(time=time_format(meeting.starts, "H.i")))
    if meeting.adjourned_at:
        words.append(_("The meeting was adjourned at {time}.").format(time=_clock(meeting.adjourned_at)))
    elif meeting.ends and not meeting.opened_at:
        words.append(_("The meeting ended at {time}.").format(time=time_format(meeting.ends, "H.i")))
    if meeting.place:
        words.append(_("Place: {place}.").format(place=meeting.place))
    return tuple(words)


def _clock(moment: object) -> str:
    return time_format(localtime(moment), "H.i")  # type: ignore[arg-type]


def _person_words(line: RollLine) -> str:
    words = line_words(line)
    if line.substitute_for:
        words = _("{person}, substitute for {absent}").format(person=words, absent=line.substitute_for)
    return _("{person}, remotely").format(person=words) if line.is_remote else words


def _titled(row: ChairingFact, roll: Roll) -> str:
    member = roll.member(row.person)
    return f"{member.title} {member.name}".strip() if member else row.name


def chairing_sentences(facts: ProtocolFacts) -> tuple[str, ...]:
    """Who presided when the chair did not (R29)."""
    roll = facts.roll
    absent = {row.person for row in roll.absent_at(None)}
    chair = next((row for row in roll.members if row.role == SeatRole.CHAIR), None)
    if roll.facts.chairings:
        first, *others = roll.facts.chairings
        if chair is not None and chair.person in absent:
            sentence = _("The chair, {chair}, was absent. {name} presided over the meeting.")
            told = sentence.format(chair=chair.name, name=_titled(first, roll))
        else:
            told = _("{name} presided while the chair was away.").format(name=_titled(first, roll))
        then = _("From {time} {name} presided.")
        return (told, *(then.format(time=_clock(row.since), name=_titled(row, roll)) for row in others))
    if chair is not None and chair.person in absent:
        return (_("The chair, {chair}, was absent. It is not known who presided.").format(chair=chair.name),)
    return ()


def _note(facts: ProtocolFacts, item: AgendaItem | None, place: str) -> str:
    row = facts.notes.get((item.pk if item else None, place))
    return str(safe_html(row.html)) if row else ""


def compose_item(item: AgendaItem, facts: ProtocolFacts, *, under: str = "") -> ItemProtocol:
    """What the facts say of an item and its sub-items; `under` is the ground of a closed item above it."""
    meeting, roll = facts.meeting, facts.roll
    ground = under or (item.get_ground_display() if item.is_closed else "")
    own = own_decision(item.decisions.all(), meeting)
    hangs = decision_facts(item, meeting, own, held_back=False)
    points = points_of(own) if own else ()
    return ItemProtocol(
        item=item.pk,
        number=item.number,
        title=item.title or _("(without title)"),
        ground=ground,
        treated=treated_words(roll, item.pk),
        late_reason=item.late_reason,
        attendance=_attendance(item, roll),
        conflicts=tuple(conflict_sentences(item.pk, roll)),
        speakers=(*urgent_sentences(item, facts), *_speakers(item, facts)),
        proposals=tuple(proposal_sentence(row) for row in facts.proposals.get(item.pk, ())),
        votes=tuple(_votes(item, facts)),
        decision=_("Decision in {body} on {day}").format(
            body=meeting.body.name, day=date_format(meeting.held_on, "DATE_FORMAT")
        ),
        outcome=outcome_words(own, points, is_halted=bool(hangs.halts)) if own else "",
        points=tuple(PointLine(row.marker, row.outcome, row.words) for row in points),
        html=str(safe_html(own.html)) if own else "",
        remarks=_remarks(own is not None and own.all_agreed, hangs.returns),
        dissents=tuple(
            _("Dissent by {name}: {words}").format(
                name=f"{row.name} ({row.about})" if row.about else row.name, words=row.words
            )
            for row in hangs.dissents
        ),
        halts=tuple(_halt(row.name, row.about, row.words) for row in hangs.halts),
        follow_ups=(
            *(report_line(row.words, row.owner, row.said) for row in facts.reported.get(item.pk, ())),
            *(follow_up_sentence(*row) for row in facts.given.get(item.pk, ())),
        ),
        before=_note(facts, item, Place.BEFORE),
        after=_note(facts, item, Place.AFTER),
        subitems=tuple(compose_item(row, facts, under=ground) for row in _subitems(item)),
    )


def _subitems(item: AgendaItem) -> Iterable[AgendaItem]:
    return item.subitems.all() if item.parent_id is None else ()


def _attendance(item: AgendaItem, roll: Roll) -> tuple[str, ...]:
    """Who was not there at the item though at the meeting, who came and who left; nothing that the head says."""
    away = (away_sentence(row, is_run_here=roll.is_run_here) for row in away_lines(item, roll))
    return (*away, *partly_sentences(item, roll))


def away_sentence(line: RollLine, *, is_run_here: bool) -> str:
    """That she was not there at the item, and what is known of it; of a protocol from outside no more than it says."""
    person = line_words(replace(line, note=""))
    if not line.note:
        return _("{person} took no part in the item.").format(person=person)
    if is_run_here:
        return _("{person} took no part in the item ({note}).").format(person=person, note=line.note)
    return _("Absent at the item: {person} ({note}).").format(person=person, note=line.note)


def away_lines(item: AgendaItem, roll: Roll) -> tuple[RollLine, ...]:
    """Those who were at the meeting and not at the item, but for those with a conflict of interest."""
    if _is_said_above(item, roll):
        return ()
    known = {row.person for row in roll.absent_at(None)} | roll.conflicted_at(item.pk)
    return tuple(row for row in roll.absent_at(item.pk) if row.person not in known)


def partly_sentences(item: AgendaItem, roll: Roll) -> tuple[str, ...]:
    """Who came while the item was treated, and who left; not who was called in for it, of whom more is said."""
    if _is_said_above(item, roll):
        return ()
    called = {row.substitute for row in roll.facts.substitutions if row.is_for_conflict}
    rows = (row for row in roll.present_at(item.pk) if row.is_partly and row.note and row.person not in called)
    return tuple(f"{line_words(row)}." for row in rows)


def _is_said_above(item: AgendaItem, roll: Roll) -> bool:
    """Was a sub-item treated with its item, so that what is said there holds for it too?"""
    return item.parent_id is not None and roll.spans_of(item.pk) == roll.spans_of(item.parent_id)


def urgent_sentences(item: AgendaItem, facts: ProtocolFacts) -> tuple[str, ...]:
    """What the chair decided between meetings, where the item tells the body of it (R35)."""
    urgent = decision_facts(item, facts.meeting, None, held_back=False).urgent
    return (urgent.line,) if urgent else ()


def _speakers(item: AgendaItem, facts: ProtocolFacts) -> tuple[str, ...]:
    hangs = decision_facts(item, facts.meeting, None, held_back=False)
    planned = [
        _("{who} gave a talk of {minutes} minutes.").format(who=row.line, minutes=row.minutes)
        if row.minutes
        else _("{who} informed the body.").format(who=row.line)
        for row in hangs.speakers
    ]
    held = [turn.name or str(turn.person) for turn in facts.talks.get(item.pk, ())]
    named = {row.name for row in hangs.speakers}
    return (*planned, *(_("{who} gave a talk.").format(who=name) for name in held if name not in named))


def _votes(item: AgendaItem, facts: ProtocolFacts) -> Iterable[VoteLine]:
    proposals = {row.pk: row for row in facts.proposals.get(item.pk, ())}
    for poll in facts.polls.get(item.pk, ()):
        yield vote_line(poll, proposals.get(poll.proposal) if poll.proposal else None, facts.roll)


def _remarks(all_agreed: bool, returns: str) -> tuple[str, ...]:
    words = []
    if all_agreed:
        words.append(_("All present agreed to decide the matter outside the agenda."))
    if returns:
        words.append(_("The matter comes again: {day}.").format(day=returns))
    return tuple(words)


def _halt(name: str, power: str, order: str) -> str:
    sentence = _("{name} halted the decision, by {power}. The matter goes to the council.").format(
        name=name, power=power
    )
    return f"{sentence} {order}".strip()


def as_text(document: ProtocolDocument) -> str:
    """The protocol as plain lines: what tests compare, and what is read aloud."""
    lines = [document.authority, document.body, *document.head, *_plain(document.before)]
    lines += [_("Present: {names}").format(names="; ".join(document.present))] if document.present else []
    lines += [_("Absent: {names}").format(names="; ".join(document.absent))] if document.absent else []
    lines += [*document.chairing, *document.substitutes]
    for item in document.items:
        lines += ["", *_item_lines(item)]
    return "\n".join([*lines, *_plain(document.after)])


def _item_lines(item: ItemProtocol) -> list[str]:
    title = f"{item.number}. {item.title}" if item.number else item.title
    lines = [_("{title} (closed)").format(title=title) if item.is_closed else title]
    late = _("Came after the deadline")
    lines += [f"{late}: {item.late_reason}"] if item.late_reason else []
    lines += [*_plain(item.before), *item.conflicts, *item.attendance, *item.speakers, *item.proposals]
    lines += [vote.sentence for vote in item.votes]
    if item.is_decided and not item.subitems:
        lines.append(f"{item.decision}:")
    lines += [_point_words(point) for point in item.points]
    lines += _plain(item.html) or ([item.outcome.capitalize() + "."] if item.outcome and not item.points else [])
    lines += [*item.remarks, *item.dissents, *item.halts, *item.follow_ups, *_plain(item.after)]
    for sub in item.subitems:
        lines += _item_lines(sub)
    return lines


def _point_words(point: PointLine) -> str:
    outcome = f"{point.outcome.capitalize()}." if point.outcome else ""
    return " ".join(word for word in (point.marker, outcome, point.words) if word)


def _plain(html: str) -> list[str]:
    return [line for line in to_plain(html).splitlines() if line.strip()]
