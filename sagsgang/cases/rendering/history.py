"""What happened to a case, in sentences: the audit log's verbs as a secretary reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.core.models import AuditEntry, Plain


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that somebody did."""

    at: datetime
    who: str
    what: str
    detail: str


def verbs() -> dict[str, str]:
    """Every act on a case as a sentence. An act without one fails a test of the architecture."""
    return {
        "open_case": _("opened the case"),
        "edit_case": _("changed the facts of the case"),
        "relate_cases": _("tied the case to another"),
        "unrelate_cases": _("took the tie to another case off"),
        "compose_path": _("composed the path"),
        "read_closed": _("read closed material"),
    }


def history_lines(entries: Iterable[AuditEntry]) -> list[HistoryLine]:
    """The entries as lines, in their order."""
    words = verbs()
    return [
        HistoryLine(
            at=entry.at, who=str(entry.actor), what=words.get(entry.verb, entry.verb), detail=_detail(entry.data)
        )
        for entry in entries
    ]


def _detail(data: dict[str, Plain]) -> str:
    parts = data.get("parts")
    if not isinstance(parts, list):
        return ""
    names = {
        "title": _("title"), "kind": _("kind"), "external_numbers": _("case numbers"), "kle": _("KLE number"),
        "policy_area": _("policy area"), "unit": _("unit"), "caseworker": _("caseworker"), "access": _("access"),
        "ground": _("ground"), "concerns_economy": pgettext("fact", "economy"),
        "is_budget": pgettext("fact", "the annual budget"),
        "concerns_elderly": pgettext("fact", "the elderly"), "concerns_disability": pgettext("fact", "disability"),
        "concerns_staff": pgettext("fact", "staff"), "long_term_effect": _("long-term effect"),
        "references": _("what it leans on"),
    }  # fmt: skip
    return ", ".join(names.get(str(part), str(part)) for part in parts)
