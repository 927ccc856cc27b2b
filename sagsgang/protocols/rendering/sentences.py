"""The sentences of the protocol, one for each kind of thing that happens. Pure."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sagsgang.meetings.models import SubstitutionKind
from sagsgang.meetings.queries.attending import Roll
from sagsgang.meetings.queries.room import SubstitutionFact
from sagsgang.protocols.document import VoteLine
from sagsgang.sittings.models import Choice, Method, Proposal
from sagsgang.sittings.queries.results import PollResult


def treated_words(roll: Roll, item: UUID) -> str:
    """When the item was treated: "17.05–17.20", more than once with commas; "" where it was not taken up here."""
    rows = [row for row in roll.facts.treatments if row.item == item]
    return ", ".join(f"{_clock(row.began)}–{_clock(row.ended) if row.ended else ''}" for row in rows)


def _clock(moment: object) -> str:
    return time_format(localtime(moment), "H.i")  # type: ignore[arg-type]


def conflict_sentences(item: UUID, roll: Roll) -> Iterable[str]:
    """Who left for the item (R32), and who sat in for her; the conflict of the item above holds too, and is said there."""
    for row in roll.facts.conflicts:
        if row.item != item:
            continue
        has_left = row.left is not None or not roll.is_run_here  # of one who never came, nobody saw her leave
        if row.by_self and not has_left:
            sentence = _("{name} declared a conflict of interest and took no part in the item.")
        elif row.by_self:
            sentence = _("{name} declared a conflict of interest, left the room and took no part in the item.")
        elif not has_left:
            sentence = _("The body found that {name} has a conflict of interest. {name} took no part in the item.")
        else:
            sentence = _(
                "The body found that {name} has a conflict of interest. {name} left the room and took no part in the item."
            )
        yield sentence.format(name=row.name)
        for called in roll.facts.substitutions:
            if called.is_for_conflict and called.item == item and called.absent == row.person:
                yield _("{substitute} took part in the item as substitute for {name}.").format(
                    substitute=called.name, name=row.name
                )


def substitute_sentences(roll: Roll) -> tuple[str, ...]:
    """Who sat in for whom at the meeting; not for one item alone, and not whose call was taken back before it began."""
    opened = roll.facts.opened_at
    return tuple(
        substitute_sentence(row, roll)
        for row in roll.facts.substitutions
        if not row.is_for_conflict and (row.until is None or (opened is not None and row.until >= opened))
    )


def substitute_sentence(row: SubstitutionFact, roll: Roll) -> str:
    """Who sat in for whom, by which rule, and from when."""
    absent = roll.member(row.absent)
    names = {"substitute": row.name, "absent": absent.name if absent else ""}
    if roll.facts.opened_at and not any(one.person == row.substitute for one in roll.facts.presences):
        return _("{substitute} was called as substitute for {absent}, and did not come.").format(**names)
    if row.kind == SubstitutionKind.COUNCIL and row.approved:
        sentence = _("{substitute} sat in as substitute for {absent}; the call was approved at {time} (KSL § 15).")
        return sentence.format(**names, time=_clock(row.approved))
    if row.kind == SubstitutionKind.COUNCIL:
        return _("{substitute} was called as substitute for {absent}; the call was not approved.").format(**names)
    return _("{substitute} sat in as substitute for {absent}, chosen by the group (KSL § 28, subsection 2).").format(
        **names
    )


def proposal_sentence(row: Proposal) -> str:
    """What was moved, and by whom."""
    mover = row.moved_by.name if row.moved_by else ""
    who = f"{mover} ({row.party})" if mover and row.party else mover or row.party
    kind = str(row.get_kind_display()).capitalize()
    if who:
        return _("{kind} by {who}: {words}").format(kind=kind, who=who, words=row.words)
    return f"{kind}: {row.words}"


def vote_line(poll: PollResult, proposal: Proposal | None, roll: Roll) -> VoteLine:
    """What was voted on, and what came of it; with names where they are known."""
    about = str(proposal.get_kind_display()).capitalize() if proposal else _("The recommendation")
    sentence = f"{about}: {_lowered(poll.sentence)}" if poll.method != Method.NONE or proposal else poll.sentence
    named = [(member, poll.ballots[member.person]) for member in roll.members if member.person in poll.ballots]
    votes = tuple(
        (f"{member.name} ({member.party})" if member.party else member.name, str(Choice(choice).label))
        for member, choice in named
    )
    return VoteLine(sentence, votes)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def follow_up_sentence(words: str, owner: str, due: object) -> str:
    """What somebody shall do."""
    if isinstance(due, date):
        day = date_format(due, "DATE_FORMAT")
        return _("Follow-up: {words} Owner: {owner}. Due {day}.").format(words=words, owner=owner, day=day)
    return _("Follow-up: {words} Owner: {owner}.").format(words=words, owner=owner)
