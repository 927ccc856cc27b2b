"""Reads the texts of the desks: cases in preparation, templates, and the library of references.

A case is a sequence of fields, as in `demo.matters`:

    @case midtby                  a key
    @title .. @unit NAT @by sagsbehandler @number .. @kle .. @area .. @for MTU B
    @parent øvrige                the collective case that it is a part of
    @kind analysis                nothing = a matter
    @concerns economy elderly     likewise disability, staff
    @closed property              the ground
    @path DIR discussion, KB decision
    @cite ..                      a title of the library
    @section Resumé               the heading on the first line, its text below
    @point approve at ..          a verb of the house ("-" = none), then the words
    @grant kind | account | year | kroner, and @coverage | account | year | kroner
    @file pdf Title               its text below, as in `demo.shapes.Attachment`
    @question ..                  what a council is asked
    @long ..                      the long-term effect

`{y+1}` is a year counted from today's, `{yy}` its last two digits, `{MTU}` the day of that body's meeting on the
case's path, `{MTU+1}` the day after.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from sagsgang.site.demo.facts import danish_date
from sagsgang.site.demo.grammar import blocks, one_line, to_paragraphs
from sagsgang.site.demo.matters import TextError, read_fields

TEXTS = Path(__file__).parents[1] / "demo" / "texts" / "desk"
SLOT = re.compile(r"\{([^{}]+)\}")
_COUNTED = re.compile(r"(\w+?)([+-]\d+)?")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of a case: `format` is pdf or docx; `rows` a table at its end."""

    format: str
    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Money:
    """A line of the economy block, its year still to be counted; `amount` in whole kroner."""

    side: str
    kind: str
    account: str
    year: str
    amount: int


@dataclass(frozen=True, slots=True)
class Script:
    """One case as it is written down, with its slots still open."""

    key: str
    title: str
    kind: str
    parent: str
    unit: str
    caseworker: str
    numbers: tuple[str, ...]
    kle: str
    area: str
    concerns: frozenset[str]
    ground: str
    body: str
    item_kind: str
    path: tuple[tuple[str, str], ...]
    cites: tuple[str, ...]
    sections: dict[str, str]
    points: tuple[tuple[str, str], ...]
    money: tuple[Money, ...]
    papers: tuple[Paper, ...]
    question: str
    long_term: str


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One section that a template wants."""

    kind: str
    heading: str
    help_text: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Template:
    """What some bodies (by code) want of one kind of item."""

    bodies: tuple[str, ...]
    item_kind: str
    facts: tuple[str, ...]
    sections: tuple[TemplateSection, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """An entry of the library; `year` is "-" where it has none."""

    kind: str
    year: str
    title: str


@cache
def scripts() -> dict[str, Script]:
    """Every case in preparation by its key, in the order of the files."""
    return read_scripts(TEXTS)


def read_scripts(folder: Path) -> dict[str, Script]:
    """Every case of a folder by its key, in the order of the files."""
    found = [_script(part) for path in sorted(folder.glob("*.txt")) for part in _parts(path, "case")]
    if len({script.key for script in found}) < len(found):
        raise TextError("A case stands twice")
    return {script.key: script for script in found}


def templates() -> list[Template]:
    """What the secretaries want of presentations."""
    return [_template(part) for part in _parts(TEXTS / "house" / "skabeloner.txt", "template")]


def citations() -> list[Citation]:
    """The library of references."""
    fields = read_fields((TEXTS / "house" / "henvisninger.txt").read_text("utf-8"))
    return [Citation(kind, *value.split(maxsplit=1)) for kind, value in fields]


def fill(text: str, today: date, days: dict[str, date]) -> str:
    """Count the years and days of the slots; `days` are those of the bodies on the path, by code."""
    return SLOT.sub(lambda found: _counted(found[1], today, days), text)


def _counted(slot: str, today: date, days: dict[str, date]) -> str:
    found = _COUNTED.fullmatch(slot)
    if found is None:
        raise TextError(f"What is {{{slot}}}?")
    name, more = found[1], int(found[2] or 0)
    if name in ("y", "yy"):
        year = today.year + more
        return str(year) if name == "y" else f"{year % 100:02}"
    return danish_date(days[name] + timedelta(days=more))


type _Fields = list[tuple[str, str]]


def _parts(path: Path, first: str) -> Iterator[_Fields]:
    """The fields of each part of a file; a part begins with the field `first`."""
    fields = read_fields(path.read_text("utf-8"))
    starts = [n for n, (name, _value) in enumerate(fields) if name == first] + [len(fields)]
    for start, end in pairwise(starts):
        yield fields[start:end]


def _script(fields: _Fields) -> Script:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in fields if key == name)

    def one(name: str) -> str:
        return one_line(next(iter(all_of(name)), ""))

    body, item_kind = one("for").split()
    return Script(
        key=one("case"), title=one("title"), kind=one("kind") or "matter", parent=one("parent"), unit=one("unit"),
        caseworker=one("by"), numbers=all_of("number"), kle=one("kle"), area=one("area"),
        concerns=frozenset(one("concerns").split()), ground=one("closed"), body=body, item_kind=item_kind,
        path=tuple(_step(step) for step in one("path").split(", ")), cites=all_of("cite"),
        sections=dict(_headed(value) for value in all_of("section")),
        points=tuple(_point(value) for value in all_of("point")), money=tuple(_money(fields)),
        papers=tuple(_paper(value) for value in all_of("file")), question=one("question"), long_term=one("long"),
    )  # fmt: skip


def _step(step: str) -> tuple[str, str]:
    code, purpose = step.split()
    return code, purpose


def _headed(value: str) -> tuple[str, str]:
    heading, _line, text = value.partition("\n")
    return heading.strip(), text.strip()


def _point(value: str) -> tuple[str, str]:
    verb, text = one_line(value).split(" ", 1)
    return ("" if verb == "-" else verb), text


def _money(fields: _Fields) -> Iterator[Money]:
    for side, value in fields:
        if side in ("grant", "coverage"):
            kind, account, year, amount = (part.strip() for part in value.split("|"))
            yield Money(side, kind, account, year, int(amount))


def _paper(value: str) -> Paper:
    first, text = _headed(value)
    file_format, title = first.split(" ", 1)
    rows = [line for block in blocks(text) if block.startswith("| ") for line in block.splitlines()]
    cells = (tuple(cell.strip() for cell in row.strip().strip("|").split("|")) for row in rows)
    return Paper(file_format, title, to_paragraphs(text), tuple(cells))


def _template(fields: _Fields) -> Template:
    def named(name: str) -> list[str]:
        return next(value for key, value in fields if key == name).split()

    return Template(
        bodies=tuple(named("template")),
        item_kind=named("kind")[0],
        facts=tuple(named("fact")),
        sections=tuple(_template_section(key, value) for key, value in fields if key in ("must", "may")),
    )


def _template_section(duty: str, value: str) -> TemplateSection:
    first, help_text = _headed(value)
    kind, heading = first.split(" ", 1)
    return TemplateSection(kind, heading, one_line(help_text), is_required=duty == "must")
