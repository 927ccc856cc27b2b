"""The page of a case: its whole path through the bodies, as far as released documents name it, and what was decided."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.portal import editions
from sagsgang.portal.feeds import ATOM, LARGEST_SITEMAP, XML
from sagsgang.portal.pages import moved, page
from sagsgang.portal.paths import PathLine, is_ahead, outcome_words, own_decision, path_of, purpose_words, reading_words
from sagsgang.portal.shown import ShownItem, shown_item
from sagsgang.publication import queries
from sagsgang.publication.models import PublicCase, PublicItem
from sagsgang.publication.rendering.order import DecisionBlock


@dataclass(frozen=True, slots=True)
class Treatment:
    """One released item of the case, with its words."""

    row: PublicItem  # with meeting, body and release
    item: ShownItem

    @property
    def decision(self) -> DecisionBlock | None:
        """The meeting's own decision with its sub-decisions; None where there is none."""
        own = own_decision(self.item, self.row.meeting.held_on)
        blocks = [block for block in self.item.decisions if own and (block.body, block.decided_on) == _named(own)]
        return next(reversed(blocks or self.item.decisions), None)

    @property
    def papers(self) -> list[ShownItem]:
        """The item and its sub-items, those that have attachments."""
        return [part for part in (self.item, *self.item.subitems) if part.document.attachments]


def _named(decision: Any) -> tuple[object, object]:
    return decision.body, decision.decided_on


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step as it is drawn: the line of the path, and what its item says of it."""

    line: PathLine
    outcome: str = ""
    purpose: str = ""
    reading: str = ""
    is_newest: bool = False
    is_ahead: bool = False  # on an agenda, and not treated yet as far as is released


@public
@require_safe
def case(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """A case: where it has been, what was decided, what is to come, and its documents."""
    row = case_or_404(pk)
    if slug != row.slug:
        return moved("portal:case", row.pk, row.slug)

    def load() -> dict[str, Any]:
        now = case_or_404(pk)
        treatments = treatments_of(pk)
        newest = treatments[-1]
        return {
            "authority": now.authority,
            "case": now,
            "numbers": _numbers(treatments),
            "steps": _steps(treatments),
            "newest": newest,
            "about": _about(newest.item),
            "decided": next((found for found in reversed(treatments) if found.decision), None),
            "with_papers": [found for found in treatments if found.papers],
            "address": settings.BASE_URL + reverse("portal:case-by-id", args=[pk]),
        }

    return page(request, editions.of_case(row), "portal/case.html", load)


@public
@require_safe
def case_feed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was released of one case, the newest first. The address holds no title, so that a subscription lasts."""
    row = case_or_404(pk)

    def load() -> dict[str, Any]:
        by_meeting = groupby(treatments_of(pk)[::-1], key=lambda treated: treated.row.meeting)
        entries = [(meeting, [treated.item for treated in found]) for meeting, found in by_meeting]
        return {"base": settings.BASE_URL, "case": case_or_404(pk), "entries": entries}

    return page(request, editions.of_case(row), "portal/case_feed.xml", load, content_type=ATOM)


@public
@require_safe
def cases_sitemap(request: HttpRequest, number: int) -> HttpResponse:
    """The addresses of cases, in sheets of as many as a sitemap may hold."""
    edition = editions.of_all(queries.bodies())
    if number < 1 or (number - 1) * LARGEST_SITEMAP >= queries.cases_counted():
        raise Http404

    def load() -> dict[str, Any]:
        rows = queries.case_addresses((number - 1) * LARGEST_SITEMAP, LARGEST_SITEMAP)
        return {"base": settings.BASE_URL, "cases": rows}

    return page(request, edition, "portal/cases_sitemap.xml", load, content_type=XML)


def case_or_404(pk: UUID) -> PublicCase:
    """The case of this public id."""
    row = queries.case(pk)
    if row is None:
        raise Http404
    return row


def treatments_of(case: UUID) -> list[Treatment]:
    """The released items of a case, the oldest first, each with its sub-items; one query. A sub-item may be one."""
    rows = queries.treatments_of(case)
    found = [row for row in rows if row.case_id == case]
    if not found:
        raise Http404  # its last release ended between two questions
    return [Treatment(row, shown_item(row, [sub for sub in rows if sub.parent_id == row.pk])) for row in found]


def _steps(treatments: list[Treatment]) -> list[CaseStep]:
    """The path that the newest item with a stated one names, with what has happened on it."""
    by_row = {treated.row.pk: treated for treated in treatments}
    stated = next((one.item.document.path for one in reversed(treatments) if one.item.document.path), ())
    lines = path_of(stated or (), [treated.row for treated in treatments])
    return [_step(line, by_row, treatments[-1]) for line in lines]


def _step(line: PathLine, treatments: dict[UUID, Treatment], newest: Treatment) -> CaseStep:
    if line.row is None:
        return CaseStep(line)
    treated = treatments[line.row.pk]
    document = treated.item.document
    return CaseStep(
        line,
        outcome=outcome_words(treated.item, treated.row),
        purpose=purpose_words(document.purpose),
        reading=reading_words(document.reading),
        is_newest=treated is newest,
        is_ahead=is_ahead(treated.row),
    )


def _numbers(treatments: list[Treatment]) -> list[str]:
    """The case numbers that released items show, each once."""
    return list(dict.fromkeys(filter(None, (treated.item.document.case_number for treated in treatments))))


def _about(item: ShownItem) -> str:
    """What the matter is, in the words of its newest item: the summary, else the presentation, else what comes first."""
    sections = item.document.sections
    kinds = ("summary", "presentation")
    chosen = [section for kind in kinds for section in sections if section.kind == kind] or list(sections)
    return chosen[0].html if chosen else ""
