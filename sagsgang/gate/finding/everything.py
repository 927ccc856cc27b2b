"""All finders over one text, in one answer without overlaps."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sagsgang.gate.finding import account, address, cpr, email, name, phone, serial, template
from sagsgang.gate.finding.folded import Found, folded
from sagsgang.gate.finding.name import Names

_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"[0-9](?:[^0-9A-Za-z]{0,12}[0-9]){5}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for beside what everybody's texts may hold."""

    names: Names
    help_texts: tuple[str, ...]
    own_domains: tuple[str, ...]

    @classmethod
    def of(
        cls, names: Iterable[str] = (), help_texts: Iterable[str] = (), own_domains: Collection[str] = ()
    ) -> "Wanted":
        """Made once for many texts."""
        return cls(Names.of(names), tuple(help_texts), tuple(own_domains))


def find(text: str, wanted: Wanted, heading: str = "") -> list[Found]:
    """Everything found in a text, in order. Where two finders claim the same signs, the first in this order has them:
    e-mail, serial numbers, CPR, bank accounts, telephone numbers, addresses; names and template words stand for themselves.

    `heading` (`finding.heading`) stands before the text without being a part of it: figures that are nothing in
    themselves may be a number under it. It never makes a number be overlooked.
    """
    plain = folded(text)
    found = _in_plain(plain, wanted)
    if heading and _DIGIT.search(plain):
        _add(found, _numbers_under(heading, plain))
    return sorted(found, key=lambda one: (one.start, one.end))


def _numbers_under(heading: str, plain: str) -> list[Found]:
    """The numbers in a cell, read with its heading before it."""
    before = len(heading)
    return [
        Found(one.kind, max(0, one.start - before), one.end - before)
        for one in _numbers(heading + plain)
        if one.end > before
    ]


def _in_plain(plain: str, wanted: Wanted) -> list[Found]:
    found = email.find(plain, wanted.own_domains)
    if _DIGIT.search(plain):
        _add(found, serial.find(plain))
        if _NUMBER.search(plain):
            _add(found, _numbers(plain))
        _add(found, address.find_in(plain))
    found += name.find_in(plain, wanted.names)
    found += template.find(plain, wanted.help_texts)
    return found


def _numbers(plain: str) -> list[Found]:
    """CPR numbers, accounts and telephone numbers; an account that is said to be one is no CPR number besides."""
    accounts = account.find_in(plain)
    found = [
        one
        for one in cpr.find_in(plain)
        if not any(other.start < one.start and one.end <= other.end for other in accounts)
    ]
    _add(found, accounts)
    _add(found, phone.find_in(plain))
    return found


def _add(found: list[Found], more: Iterable[Found]) -> None:
    """Add what does not overlap with what is there."""
    found += [one for one in more if not any(one.start < other.end and other.start < one.end for other in found)]
