"""`tally`: a vote counted by the rules of the house, asked from outside. No database.

Who may vote at the moment of the vote: a member who is there and has no conflict of interest; else her substitute who
is. Everybody else who is present, with a seat or without, counts for nothing. `present` is the number of those who may
vote, and the quorum is counted on it: at least half of `seats` (`needed`), so that a conflict leaves those present and
not the seats.

The moment is `item.vote_at`. Where the file does not say it, the vote is taken when the item ends; but a member who was
there for a part of the item and whose vote is in the file was there when it was taken.
"""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.rules.presence import Place, Share, holders, in_utc, present_during, share_of
from sagsgang.site.commands.output import answer
from sagsgang.site.commands.tally_file import TallyFile, read_tally
from sagsgang.sittings.models import Method
from sagsgang.sittings.rules.quorum import Quorum
from sagsgang.sittings.rules.sentences import NamedVote, sentence_of
from sagsgang.sittings.rules.voting import Counts, count_choices, counts_of, require_groups_within, result_of_counts


@dataclass(frozen=True, slots=True)
class Tallied:
    """A vote with its result."""

    counts: Counts
    quorum: Quorum
    outcome: str
    sentence: str


def tally(arguments: Namespace) -> int:
    """Count the vote in a file. Raises RuleBrokenError for what is wrong in it."""
    try:
        found = count_file(read_tally(arguments.file))
    except RuleBrokenError as refusal:
        raise RuleBrokenError(f"{arguments.file}: {refusal}") from refusal
    facts = {
        "present": found.quorum.present,
        "quorate": found.quorum.is_quorate,
        "needed": found.quorum.needed,
        "for": found.counts.in_favour,
        "against": found.counts.against,
        "abstained": found.counts.abstained,
        "blank": found.counts.blank,
        "outcome": str(found.outcome),
        "sentence": found.sentence,
    }
    answer(facts, as_json=arguments.json, lines=lambda: [found.sentence])
    return 0


def count_file(file: TallyFile) -> Tallied:
    """What the vote in the file comes to. Raises RuleBrokenError, naming the id, for a vote that may not stand."""
    _require_known_conflicts(file)
    voters = _voters(file)
    by_group: dict[str, int] = {}
    for member in voters.values():
        group = file.groups_of[member]
        by_group[group] = by_group.get(group, 0) + 1
    if file.groups is not None:
        require_groups_within(file.groups, by_group)
        groups = {group: counts_of(counts) for group, counts in file.groups.items()}
        counts = sum(groups.values(), Counts())
    else:
        ballots = file.ballots or {}
        _require_entitled(file, ballots, voters)
        groups = {}
        counts = count_choices(ballots.values())
    quorum = Quorum(len(voters), file.seats)
    names = [
        NamedVote(person, file.groups_of[voters[person]], choice) for person, choice in (file.ballots or {}).items()
    ]
    return Tallied(
        counts=counts,
        quorum=quorum,
        outcome=result_of_counts(counts, is_quorate=quorum.is_quorate),
        sentence=sentence_of(
            counts,
            quorum,
            method=Method.SECRET if file.is_secret else Method.ROLL_CALL,
            names=names,
            groups=groups,
        ),
    )


def _voters(file: TallyFile) -> dict[str, str]:
    """Who may vote: {voter: the member whose seat it is}."""
    sitting_in = {member: substitute for substitute, member in file.substitutes.items()}
    places = [Place(member, (sitting_in[member],) if member in sitting_in else ()) for member in file.groups_of]
    return holders(places, _there(file), set(file.conflicts))


def _there(file: TallyFile) -> set[str]:
    """Who is there when the vote is taken."""
    if file.vote_at is not None:
        moment = in_utc(file.vote_at)
        return {
            row.person for row in file.stretches if row.since <= moment and (row.until is None or moment <= row.until)
        }
    ended = file.item.ended
    assert ended is not None
    at_the_end = {
        row.person
        for row in file.stretches
        if share_of([row], [file.item]) != Share.NONE and (row.until is None or ended <= row.until)
    }
    voted = set(file.ballots or {}) & present_during(file.stretches, [file.item]).keys()
    return at_the_end | voted


def _require_known_conflicts(file: TallyFile) -> None:
    for person in file.conflicts:
        if person not in file.groups_of and person not in file.substitutes:
            raise RuleBrokenError(_("conflicts: {what}").format(what=_("“{name}” holds no seat.").format(name=person)))


def _require_entitled(file: TallyFile, ballots: Mapping[str, str], voters: Mapping[str, str]) -> None:
    """Each vote comes from somebody who may vote; else the sentence says why she may not."""
    during = present_during(file.stretches, [file.item])
    for person in ballots:
        if person in voters:
            continue
        member = file.substitutes.get(person)
        if person not in file.groups_of and member is None:
            why = _("“{name}” holds no seat.")
        elif person in file.conflicts:
            why = _("“{name}” has a conflict of interest and cannot vote.")
        elif person not in during:
            why = _("“{name}” is not present at the item and cannot vote.")
        elif member is not None and member in voters:
            why = _("“{name}” cannot vote, since the member she sits in for votes herself.")
        else:
            why = _("“{name}” is not present when the vote is taken.")
        raise RuleBrokenError(f"ballots: {why.format(name=person)}")
