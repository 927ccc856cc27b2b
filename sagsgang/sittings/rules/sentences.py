"""The result of a vote as a sentence of the protocol, with groups and names where they are known (R27)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.sittings.models import Choice, Method
from sagsgang.sittings.rules.quorum import Quorum
from sagsgang.sittings.rules.voting import Counts, Result, result_of_counts

# Up to so many votes all are named; beyond, whole groups are, and only who left her group is named.
MOST_NAMES = 9


@dataclass(frozen=True, slots=True)
class NamedVote:
    """One member's vote; `party` is her group, "" = none."""

    name: str
    party: str
    choice: str


def sentence_of(
    counts: Counts,
    quorum: Quorum,
    *,
    method: str = Method.SHOW,
    declared: bool | None = None,
    names: Iterable[NamedVote] = (),
    groups: Mapping[str, Counts] | None = None,
) -> str:
    """What is printed of a vote. `declared`: the chair's conclusion without a vote; a secret vote names nobody."""
    if not quorum.is_quorate:
        return quorum.sentence
    if method == Method.NONE and counts.against:  # a demand that falls where enough object (KSL § 14)
        words = _("Refused: {against} of {present} present objected.")
        return words.format(against=counts.against, present=quorum.present)
    if method == Method.NONE:
        return _("Adopted without a vote.") if declared else _("Rejected without a vote.")
    result = result_of_counts(counts, is_quorate=True)
    parts = [_head(counts, result, method)]
    if method != Method.SECRET and not _is_unanimous(counts):
        parts += _who(list(names), groups or {})
    return " ".join(parts)


def _is_unanimous(counts: Counts) -> bool:
    """Everybody who voted did so in the same way, for or against: then it is enough to say how many."""
    return counts.entered > 0 and counts.entered in (counts.in_favour, counts.against)


def _head(counts: Counts, result: Result, method: str) -> str:
    if counts.in_favour and counts.entered == counts.in_favour:
        head = _("Adopted unanimously with {votes}.").format(votes=_votes(counts.in_favour))
    else:
        most, fewest = (
            (counts.against, counts.in_favour) if result == Result.REJECTED else (counts.in_favour, counts.against)
        )
        heads = {
            Result.ADOPTED: _("Adopted with {votes} in favour and {fewer} against"),
            Result.REJECTED: _("Rejected with {votes} against and {fewer} in favour"),
            Result.LAPSED: _("Lapsed in a tie, with {votes} in favour and {fewer} against"),
        }
        head = heads[result].format(votes=_votes(most), fewer=fewest)
        head += "".join(f"; {words}" for words in _not_cast(counts)) + "."
    return " ".join([head, _("The vote was secret.")]) if method == Method.SECRET else head


def _votes(count: int) -> str:
    return ngettext("{count} vote", "{count} votes", count).format(count=count)


def _not_cast(counts: Counts) -> list[str]:
    words = []
    if counts.abstained:
        words.append(_("{count} abstained").format(count=counts.abstained))
    if counts.blank:
        words.append(_("{count} voted blank").format(count=counts.blank))
    return words


def _who(names: list[NamedVote], groups: Mapping[str, Counts]) -> list[str]:
    """A sentence for each choice that somebody made: "For stemte: A (8), V (6)."."""
    heads = {
        Choice.FOR: _("In favour: {who}."),
        Choice.AGAINST: _("Against: {who}."),
        Choice.ABSTAINED: _("Abstained: {who}."),
        Choice.BLANK: _("Blank: {who}."),
    }
    found = []
    for choice, head in heads.items():
        who = _names_of(names, choice) if names else _groups_of(groups, choice)
        if who:
            found.append(head.format(who=", ".join(who)))
    return found


def _groups_of(groups: Mapping[str, Counts], choice: Choice) -> list[str]:
    fields = {
        Choice.FOR: "in_favour",
        Choice.AGAINST: "against",
        Choice.ABSTAINED: "abstained",
        Choice.BLANK: "blank",
    }
    counted = ((group, int(getattr(counts, fields[choice]))) for group, counts in groups.items())
    return [f"{group} ({count})" for group, count in counted if count]


def _names_of(names: list[NamedVote], choice: str) -> list[str]:
    """Whole groups with their number; of a group that split, or of few voters, the names."""
    mine = [vote for vote in names if vote.choice == choice]
    if len(names) <= MOST_NAMES:
        return [f"{vote.name} ({vote.party})" if vote.party else vote.name for vote in mine]
    split = {
        vote.party
        for vote in names
        if any(one.party == vote.party != "" and one.choice != vote.choice for one in names)
    }
    words: dict[str, str] = {}
    for vote in mine:
        members = [one.name for one in mine if one.party == vote.party]
        if not vote.party:
            words[vote.name] = vote.name
        elif vote.party in split:
            words[vote.party] = f"{vote.party} ({', '.join(members)})"
        else:
            words[vote.party] = f"{vote.party} ({len(members)})"
    return list(words.values())
