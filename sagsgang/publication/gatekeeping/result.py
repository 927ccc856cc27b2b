"""What the gate said of a release, as it is stored with it and shown later: counts, kinds, states and names of who
answered, and never where or what."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from sagsgang.publication.gatekeeping.kinds import word_of
from sagsgang.publication.models import FindingState, ReleaseRecord

type Answer = tuple[str, str, str]  # kind, state, who; "" = nobody


@dataclass(frozen=True, slots=True)
class GateResult:
    """The stored result in words. `lines` say of each kind what became of it, and `lacks` what nobody could look at:
    both are for those who may read the page of the gate.
    """

    checked_at: datetime | None
    summary: str
    lines: tuple[str, ...]
    lacks: tuple[str, ...]


def stored_result(
    answers: Iterable[Answer], *, rules: str, at: datetime, files: int, pages: int, lacks: Sequence[str]
) -> dict[str, Any]:
    """The result as it is kept with a release; `findings` counts states by kind, `answers` says by whom as well."""
    counts = Counter(answers)
    findings: dict[str, dict[str, int]] = {}
    for (kind, state, _who), count in sorted(counts.items()):
        findings.setdefault(kind, {}).setdefault(state, 0)
        findings[kind][state] += count
    return {
        "rules": rules,
        "at": at.isoformat(),
        "files": files,
        "pages": pages,
        "lacks": list(lacks),
        "findings": findings,
        "answers": [
            {"kind": kind, "state": state, "by": who, "count": count}
            for (kind, state, who), count in sorted(counts.items())
            if state != FindingState.OPEN
        ],
    }


def result_of(record: ReleaseRecord) -> GateResult | None:
    """The stored result of a release; None of one from before the gate looked at files."""
    kept = record.gate
    if not isinstance(kept, dict):
        return None
    at = parse_datetime(kept.get("at", ""))
    return GateResult(
        checked_at=localtime(at) if at else None,
        summary=_summary(kept),
        lines=tuple(_lines(kept)),
        lacks=tuple(kept.get("lacks", ())),
    )


def _summary(kept: dict[str, Any]) -> str:
    """How much was looked through and found: "3 files, 12 pages; 2 things found, all answered"."""
    files, pages = kept.get("files", 0), kept.get("pages", 0)
    said = [ngettext("%(count)s file looked through", "%(count)s files looked through", files) % {"count": files}]
    if pages:
        said.append(ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages})
    answered = sum(
        count
        for counts in kept.get("findings", {}).values()
        for state, count in counts.items()
        if state != FindingState.OPEN
    )
    found = (
        ngettext("%(count)s finding, answered", "%(count)s findings, all answered", answered) % {"count": answered}
        if answered
        else gettext("nothing had to be answered")
    )
    return f"{', '.join(said)}; {found}"


def _lines(kept: dict[str, Any]) -> Iterable[str]:
    """A line for each kind, state and person: "CPR number: 2 masked by Sanne Skov"."""
    told = kept.get("answers")
    if told is None:  # a result from before it said by whom
        told = [
            {"kind": kind, "state": state, "by": "", "count": count}
            for kind, counts in kept.get("findings", {}).items()
            for state, count in counts.items()
            if state != FindingState.OPEN
        ]
    for one in told:
        kind = word_of(one["kind"])
        words = (
            gettext("%(kind)s: %(count)s %(state)s by %(name)s")
            if one["by"]
            else gettext("%(kind)s: %(count)s %(state)s")
        )
        yield words % {
            "kind": f"{kind[:1].upper()}{kind[1:]}",
            "count": one["count"],
            "state": FindingState(one["state"]).label,
            "name": one["by"],
        }
