"""The composite item of one Direktionen meeting: six matters under one heading, like the source document's.

They are ordinary cases with texts in `texts/rul/`; three of them travel on to real meetings of the plan.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from sagsgang.site.demo.cases import Case, Writer
from sagsgang.site.demo.docket import Dealt
from sagsgang.site.demo.matters import MatterKind, read_kinds
from sagsgang.site.demo.plan import Plan, Planned
from sagsgang.site.demo.shapes import Attachment, Item

TEXTS = Path(__file__).parent / "texts" / "rul"
COMPOSITE = "rul-samlet"


def deal_mirror(plan: Plan) -> list[Dealt]:
    """The six matters with their steps: the next meeting of each body on the route."""
    kinds = [kind for path in sorted(TEXTS.glob("*.txt")) for kind in read_kinds(path.read_text("utf-8"))]
    return [Dealt(kind, _steps(kind, plan), is_whole=True) for kind in kinds]


def taken_places(dealt: list[Dealt]) -> Counter[Planned]:
    """How many places the travelling matters take on the agendas after the mirrored one."""
    return Counter(step for matter in dealt for step in matter.steps[1:])


def _steps(kind: MatterKind, plan: Plan) -> tuple[Planned, ...]:
    steps = [plan.mirror]
    for code in kind.routes[0][1:]:
        steps.append(next(m for m in plan.of(code) if m.held_on > steps[-1].held_on))
    return tuple(steps)


def write_mirror(dealt: list[Dealt], writer: Writer) -> tuple[Case, list[Case]]:
    """The composite case, and the six in order; their attachments are numbered through."""
    composite, *parts = [writer.write(matter) for matter in dealt]
    return composite, parts


def gather(composite: Item, parts: list[Item]) -> Item:
    """Number the sub-items, and the attachments through all of them."""
    attachments: list[Attachment] = []
    subitems = []
    for number, part in enumerate(parts, 1):
        own = tuple(replace(a, number=len(attachments) + n) for n, a in enumerate(part.attachments, 1))
        attachments += own
        decisions = tuple(replace(decision, number=composite.number) for decision in part.decisions)
        subitems.append(replace(part, number=number, attachments=own, decisions=decisions))
    return replace(composite, attachments=tuple(attachments), subitems=tuple(subitems))
