"""Saving a section: cleaned at the door, counted, kept; two at once lose nothing."""

from decimal import Decimal

import pytest

from sagsgang.cases.actions.editing import save_economy, save_section
from sagsgang.cases.models import ApprovalEvent, Case, Presentation, Section, SectionRevision
from sagsgang.cases.queries.editor import lines_of
from sagsgang.cases.queries.versions import draft_of
from sagsgang.cases.rules.economy import Line, imprint
from sagsgang.cases.rules.editing import PointWords, StaleTextError, merged
from sagsgang.cases.tests.factories import Town, make_case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry, subject_of


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


def the_draft(case: Case) -> Presentation:
    draft = draft_of(case)
    assert draft is not None
    return draft


@pytest.fixture
def section(case: Case) -> Section:
    return the_draft(case).sections.get(kind="presentation")


@pytest.fixture
def recommendation(case: Case) -> Section:
    return the_draft(case).sections.get(kind="recommendation")


def revisions(section: Section) -> list[tuple[int, str, bool, str]]:
    rows = SectionRevision.objects.filter(section=section).order_by("at")
    return [(row.number, row.html, row.set_aside, row.author.username) for row in rows]


def test_a_save_is_cleaned_counted_and_recorded(section: Section, case: Case, town: Town) -> None:
    html = '<p onclick="x()">Ny <b>sti</b><script>alert(1)</script></p>'

    saved = save_section(section, html=html, seen=1, actor=town.writer)

    assert (saved.html, saved.revision) == ("<p>Ny <strong>sti</strong></p>", 2)
    assert revisions(section) == [(2, "<p>Ny <strong>sti</strong></p>", False, "writer")]
    entry = AuditEntry.objects.get(verb="save_section")
    assert (entry.subject, entry.data) == (subject_of(case), {"section": str(section.pk), "revision": 2})


def test_the_same_words_change_nothing(section: Section, town: Town) -> None:
    saved = save_section(section, html=f" {section.html} ", seen=1, actor=town.writer)

    assert saved.revision == 1
    assert revisions(section) == []
    assert AuditEntry.objects.filter(verb="save_section").count() == 0


def test_points_are_kept_in_their_order_and_markers_at_their_place(recommendation: Section, town: Town) -> None:
    recommendation.points.update(marker="1.")
    points = [PointWords("note", "  at det  tages "), PointWords("", " "), PointWords("approve", "at stien godkendes")]

    save_section(recommendation, html=recommendation.html, points=points, seen=1, actor=town.writer)

    assert list(recommendation.points.values_list("position", "marker", "verb", "text")) == [
        (1, "1.", "note", "at det tages"),
        (2, "", "approve", "at stien godkendes"),
    ]
    assert SectionRevision.objects.get().points == [
        {"verb": "note", "text": "at det tages"},
        {"verb": "approve", "text": "at stien godkendes"},
    ]

    save_section(recommendation, html=recommendation.html, points=points[2:], seen=2, actor=town.writer)

    assert list(recommendation.points.values_list("position", "marker", "text")) == [(1, "1.", "at stien godkendes")]


def test_of_two_at_once_the_second_is_refused_and_kept(section: Section, town: Town) -> None:
    save_section(section, html="<p>Stien bliver 500 m.</p>", seen=1, actor=town.colleague)

    with pytest.raises(StaleTextError) as refusal:
        save_section(section, html="<p>Stien bliver 300 m.</p>", seen=1, actor=town.writer)

    section.refresh_from_db()
    assert section.html == "<p>Stien bliver 500 m.</p>"
    assert refusal.value.revision == 2
    assert "Colleague Prøve" in str(refusal.value)
    assert revisions(section) == [
        (2, "<p>Stien bliver 500 m.</p>", False, "colleague"),
        (2, "<p>Stien bliver 300 m.</p>", True, "writer"),
    ]
    assert AuditEntry.objects.filter(verb="set_aside_words").count() == 1


def test_what_was_refused_twice_is_kept_once(section: Section, town: Town) -> None:
    save_section(section, html="<p>A</p>", seen=1, actor=town.colleague)

    for _time in range(2):
        with pytest.raises(StaleTextError):
            save_section(section, html="<p>B</p>", seen=1, actor=town.writer)

    assert SectionRevision.objects.filter(set_aside=True).count() == 1


def test_different_paragraphs_are_laid_together(section: Section, town: Town) -> None:
    save_section(section, html="<p>En.</p><p>To.</p><p>Tre.</p>", seen=1, actor=town.writer)
    save_section(section, html="<p>En, rettet.</p><p>To.</p><p>Tre.</p>", seen=2, actor=town.colleague)

    saved = save_section(section, html="<p>En.</p><p>To.</p><p>Tre.</p><p>Fire.</p>", seen=2, actor=town.writer)

    assert saved.html == "<p>En, rettet.</p><p>To.</p><p>Tre.</p><p>Fire.</p>"
    assert saved.revision == 4
    assert SectionRevision.objects.filter(set_aside=True).count() == 0


def test_the_first_save_of_a_copy_is_laid_against_the_version_before(section: Section, case: Case, town: Town) -> None:
    Section.objects.filter(pk=section.pk).update(html="<p>En.</p><p>To.</p>")
    old = section.presentation
    Presentation.objects.filter(pk=old.pk).update(frozen_at="2026-01-01T00:00Z", frozen_by="sent")
    draft = Presentation.objects.create(case=case, replaces=old, number=2, body=old.body, item_kind="B")
    copy = Section.objects.create(
        presentation=draft, position=1, lineage=section.lineage, kind="presentation", html="<p>En.</p><p>To.</p>"
    )
    save_section(copy, html="<p>En!</p><p>To.</p>", seen=1, actor=town.colleague)

    saved = save_section(copy, html="<p>En.</p><p>To!</p>", seen=1, actor=town.writer)

    assert saved.html == "<p>En!</p><p>To!</p>"


def test_a_section_that_was_taken_out_keeps_the_words_that_came_too_late(section: Section, town: Town) -> None:
    Section.objects.filter(pk=section.pk).update(withdrawn_at="2026-01-01T00:00Z", position=10001)

    with pytest.raises(StaleTextError):
        save_section(section, html="<p>For sent.</p>", seen=1, actor=town.writer)

    assert revisions(section) == [(1, "<p>For sent.</p>", True, "writer")]


def approval(section: Section, *verdicts: tuple[str, int], by: Town) -> None:
    for number, (verdict, level) in enumerate(verdicts, start=1):
        ApprovalEvent.objects.create(
            presentation=section.presentation, verdict=verdict, level=level, by=by.writer, number=number
        )


def test_in_approval_only_the_approver_whose_turn_it_is_changes_words(section: Section, town: Town) -> None:
    approval(section, ("submitted", 0), ("approved", 1), by=town)

    for user in (town.writer, town.manager, town.chief):
        with pytest.raises(RuleBrokenError):
            save_section(section, html="<p>Rettet.</p>", seen=1, actor=user)
    saved = save_section(section, html="<p>Rettet af direktøren.</p>", seen=1, actor=town.director)

    assert saved.revision == 2


def test_a_deputy_may_correct_in_the_managers_place(section: Section, town: Town) -> None:
    approval(section, ("submitted", 0), by=town)

    assert save_section(section, html="<p>Rettet.</p>", seen=1, actor=town.deputy).revision == 2


def test_approved_and_frozen_words_do_not_change(section: Section, town: Town) -> None:
    approval(section, ("submitted", 0), ("approved", 1), ("approved", 2), ("approved", 3), by=town)

    with pytest.raises(RuleBrokenError):
        save_section(section, html="<p>For sent.</p>", seen=1, actor=town.writer)

    Presentation.objects.update(frozen_at="2026-01-01T00:00Z", frozen_by="sent")
    with pytest.raises(RuleBrokenError):
        save_section(section, html="<p>For sent.</p>", seen=1, actor=town.writer)
    assert revisions(section) == []


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "whole"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "xbc", "abc", "xbc"),
        ("abc", "xbc", "aby", "xby"),
        ("abc", "xbc", "xbc", "xbc"),
        ("abc", "bc", "abcd", "bcd"),
        ("abc", "xbc", "ybc", None),
        ("abc", "abxc", "abyc", None),
        ("abc", "axc", "ac", None),
        ("ab", "xb", "ay", "xy"),
        ("", "x", "y", None),
    ],
)
def test_two_texts_are_laid_together_where_they_do_not_meet(
    base: str, mine: str, theirs: str, whole: str | None
) -> None:
    assert merged(list(base), list(mine), list(theirs)) == (None if whole is None else list(whole))


LINES = [
    Line("coverage", "", "Kassen", 2026, Decimal("100.00")),
    Line("grant", "supplementary", "Sti", 2026, Decimal("100.00")),
]


def test_the_economy_is_saved_and_counted(case: Case, town: Town) -> None:
    draft = the_draft(case)

    save_economy(draft, lines=LINES, seen=imprint([]), actor=town.writer)

    draft = the_draft(case)
    assert lines_of(draft) == [LINES[1], LINES[0]]
    assert draft.revision == 2
    assert AuditEntry.objects.get(verb="save_economy").data == {"presentation": str(draft.pk), "lines": 2}


def test_the_same_economy_changes_nothing(case: Case, town: Town) -> None:
    draft = the_draft(case)
    save_economy(draft, lines=LINES, seen=imprint([]), actor=town.writer)

    save_economy(draft, lines=LINES, seen=imprint([LINES[1], LINES[0]]), actor=town.writer)

    assert AuditEntry.objects.filter(verb="save_economy").count() == 1


def test_the_economy_of_another_is_not_overwritten(case: Case, town: Town) -> None:
    draft = the_draft(case)
    save_economy(draft, lines=LINES, seen=imprint([]), actor=town.colleague)

    with pytest.raises(RuleBrokenError):
        save_economy(draft, lines=[], seen=imprint([]), actor=town.writer)

    assert len(lines_of(the_draft(case))) == 2
