"""Reads the kinds of matter out of `texts/*.txt`: what a municipality treats, with its words.

A file is a sequence of kinds. Each line that begins with "@" opens a field; the lines after it belong to it:

    @kind cykelsti               a key, unique in all files
    @area Trafik                 policy area
    @by TMF, sag-vej             forvaltning (unit of the director) and the caseworker
    @type B                      B beslutning, D drøftelse, O orientering
    @routes MTU; MTU ØK KB       the paths that such a matter may take; the first is the common one
    @months 8 9                  the months of the council meeting that ends its rul (none = all)
    @title ..                    one variant each; likewise @economy, @decision, @remark, @file
    @secret ..                   the title of a closed attachment to an open matter
    @task ..                     what follows from the decision of the first body
    @text ..                     presentation, with blank lines between paragraphs
    @law / @hearing / @effect .. further sections
    @point ..                    recommendation, beginning with "at"; @later .. for the bodies after the first
    @closed property             the ground, then @public, @reason, and @extract or @withheld
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast

from sagsgang.site.demo.grammar import one_line
from sagsgang.site.demo.shapes import Ground, ItemKind, SectionKind

TEXTS = Path(__file__).parent / "texts"
FIELD = re.compile(r"^@(\w+)[ \t]*", re.MULTILINE)
RANGE = re.compile(r"\{(\w+:[^{}]+)\}")
EXTRA_SECTIONS: dict[str, tuple[SectionKind, str]] = {
    "law": ("law", "Retsgrundlag"),
    "effect": ("consequences", "Konsekvenser"),
    "hearing": ("hearing", "Høring"),
}


class TextError(ValueError):
    """A text file does not follow the form above."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Why a kind of matter is treated behind closed doors, and what the public is told."""

    ground: Ground
    public_title: str
    reason: str
    extract: str
    withheld: str


@dataclass(frozen=True, slots=True)
class MatterKind:
    """One kind of matter; every text is a template of `grammar.expand`."""

    key: str
    area: str
    office: str
    caseworker: str
    kind: ItemKind
    routes: tuple[tuple[str, ...], ...]
    months: tuple[int, ...]
    titles: tuple[str, ...]
    text: str
    sections: tuple[tuple[SectionKind, str, str], ...]
    economies: tuple[str, ...]
    points: tuple[str, ...]
    later_points: tuple[str, ...]
    decisions: tuple[str, ...]
    remarks: tuple[str, ...]
    files: tuple[str, ...]
    secrets: tuple[str, ...]
    tasks: tuple[str, ...]
    names_attachments: bool
    ranges: tuple[str, ...]
    closing: Closing | None


@cache
def matter_kinds() -> tuple[MatterKind, ...]:
    """All kinds, in the order of the files' names."""
    kinds = [kind for path in sorted(TEXTS.glob("*.txt")) for kind in read_kinds(path.read_text("utf-8"))]
    keys = [kind.key for kind in kinds]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise TextError(f"Twice: {sorted(twice)}")
    return tuple(kinds)


def read_kinds(source: str) -> list[MatterKind]:
    fields = read_fields(source)
    starts = [n for n, (name, _value) in enumerate(fields) if name == "kind"] + [len(fields)]
    return [_kind(_Fields(fields[a:b])) for a, b in pairwise(starts)]


def read_fields(source: str) -> list[tuple[str, str]]:
    parts = FIELD.split(source)
    return [(name, value.strip()) for name, value in zip(parts[1::2], parts[2::2], strict=True)]


class _Fields:
    """The fields of one kind, by name."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.fields = fields

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(one_line(value) for key, value in self.fields if key == name)

    def raw(self, name: str) -> str:
        return next((value for key, value in self.fields if key == name), "")

    def one(self, name: str) -> str:
        if not (value := one_line(self.raw(name))):
            raise TextError(f"{self.raw('kind')} lacks @{name}")
        return value


def _kind(fields: _Fields) -> MatterKind:
    office, caseworker = (part.strip() for part in fields.one("by").split(","))
    return MatterKind(
        key=fields.one("kind"),
        area=fields.one("area"),
        office=office,
        caseworker=caseworker,
        kind=cast(ItemKind, fields.one("type")),
        routes=tuple(tuple(route.split()) for route in fields.one("routes").split(";")),
        months=tuple(int(month) for month in fields.raw("months").split()),
        titles=fields.all("title"),
        text=fields.raw("text"),
        sections=tuple((*section, text) for key, section in EXTRA_SECTIONS.items() if (text := fields.raw(key))),
        economies=tuple(value for key, value in fields.fields if key == "economy"),
        points=fields.all("point"),
        later_points=fields.all("later"),
        decisions=fields.all("decision"),
        remarks=fields.all("remark"),
        files=fields.all("file"),
        secrets=fields.all("secret"),
        tasks=fields.all("task"),
        names_attachments=bool(re.search(r"\bbilag|vedlagt", fields.raw("text") + fields.raw("hearing"))),
        ranges=tuple(RANGE.findall("\n".join(value for _name, value in fields.fields))),
        closing=_closing(fields),
    )


def _closing(fields: _Fields) -> Closing | None:
    if not fields.raw("closed"):
        return None
    return Closing(
        ground=cast(Ground, fields.one("closed")),
        public_title=fields.one("public"),
        reason=fields.one("reason"),
        extract=one_line(fields.raw("extract")),
        withheld=one_line(fields.raw("withheld")),
    )
