"""Versions: begun as a copy, frozen once, listed with who wrote what, and marked when changed after a meeting."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from sagsgang.bodies.models import Body
from sagsgang.cases.actions.versions import begin_draft, freeze_presentation
from sagsgang.cases.models import (
    AppropriationLine,
    Case,
    FrozenBy,
    Presentation,
    PresentationTemplate,
    Section,
    SectionRevision,
    TemplateSection,
)
from sagsgang.cases.queries.versions import draft_of, newest_of, versions_of, written_of
from sagsgang.cases.tests.factories import Town, make_case
from sagsgang.core.models import AuditEntry


def draft(case: Case) -> Presentation:
    found = draft_of(case)
    assert found
    return found


def words(version: Presentation) -> list[tuple[str, str, list[str]]]:
    return [(s.heading, s.html, [p.text for p in s.points.all()]) for s in version.sections.all()]


def verbs(case: Case) -> list[str]:
    rows = AuditEntry.objects.filter(subject=f"cases.Case:{case.pk}").order_by("number")
    return list(rows.values_list("verb", flat=True))


def bare_case(town: Town, **facts: object) -> Case:
    values = {"authority": town.authority, "title": "Tom", "unit": town.unit, "caseworker": town.writer} | facts
    return Case.objects.create(**values)


def add_template(body: Body, kind: str, *sections: tuple[str, str]) -> PresentationTemplate:
    template = PresentationTemplate.objects.create(body=body, item_kind=kind)
    for position, (section, heading) in enumerate(sections, start=1):
        TemplateSection.objects.create(template=template, position=position, kind=section, heading=heading)
    return template


def decide(case: Case, version: Presentation, body: Body, on: date) -> None:
    """The body treats the version on that day."""
    meeting = body.meetings.create(body=body, held_on=on)
    item = case.agenda_items.create(meeting=meeting, position=1, access="open", title="Sti", presentation=version)
    assert case.caseworker
    item.decisions.create(stated_body=body.name, body=body, decided_on=on, recorded_by=case.caseworker)


def test_the_draft_that_is_there_is_the_draft(town: Town) -> None:
    case = make_case(town)

    assert begin_draft(case, body=town.kb, actor=town.writer) == draft(case)
    assert verbs(case) == []


def test_a_new_version_is_a_copy_of_the_newest_with_its_lineage(town: Town) -> None:
    case = make_case(town)
    first = draft(case)
    AppropriationLine.objects.create(
        presentation=first, position=1, side="grant", account="Veje", year=2026, amount=400
    )
    freeze_presentation(first, why=FrozenBy.SENT, actor=town.secretary)

    second = begin_draft(case, actor=town.writer)

    assert (second.number, second.replaces, second.body, second.item_kind) == (2, first, town.mtu, "B")
    assert second.created_by == town.writer
    assert words(second) == words(first)
    assert [s.lineage for s in second.sections.all()] == [s.lineage for s in first.sections.all()]
    assert [(m.account, m.year, m.amount) for m in second.appropriations.all()] == [("Veje", 2026, Decimal(400))]
    assert [p.verb for s in second.sections.all() for p in s.points.all()] == ["approve"]
    assert verbs(case) == ["freeze_presentation", "begin_draft"]


def test_a_section_that_was_taken_out_is_not_copied(town: Town) -> None:
    case = make_case(town)
    first = draft(case)
    Section.objects.filter(presentation=first, position=1).update(withdrawn_at="2026-01-01T00:00Z", position=10_001)
    freeze_presentation(first, why=FrozenBy.SENT, actor=town.secretary)

    second = begin_draft(case, actor=town.writer)

    assert [section.heading for section in second.sections.all()] == ["Indstilling"]


def test_for_another_body_the_copy_takes_that_bodys_template(town: Town) -> None:
    case = make_case(town)
    freeze_presentation(draft(case), why=FrozenBy.SENT, actor=town.secretary)
    template = add_template(town.fin, "", ("presentation", "Redegørelse"), ("economy", "Økonomi"))

    second = begin_draft(case, body=town.fin, actor=town.writer)

    assert [(s.heading, s.template) for s in second.sections.all()] == [
        ("Sagsfremstilling", template.sections.get(position=1)),
        ("Indstilling", None),
        ("Økonomi", template.sections.get(position=2)),
    ]


@pytest.mark.parametrize(("kind", "headings"), [("D", ["Drøftelse"]), ("B", ["Sag"])])
def test_a_first_version_is_made_of_the_bodys_template_for_the_kind(town: Town, kind: str, headings: list[str]) -> None:
    add_template(town.mtu, "", ("presentation", "Sag"))
    add_template(town.mtu, "D", ("presentation", "Drøftelse"))
    case = bare_case(town, access="closed", ground="personal")

    first = begin_draft(case, body=town.mtu, item_kind=kind, actor=town.writer)

    assert [section.heading for section in first.sections.all()] == headings
    assert [(s.access, s.ground) for s in first.sections.all()] == [("closed", "personal")]


def test_without_a_template_there_are_the_two_that_every_presentation_has(town: Town) -> None:
    first = begin_draft(bare_case(town), actor=town.writer)

    assert [section.kind for section in first.sections.all()] == ["presentation", "recommendation"]
    assert (first.body, first.number) == (None, 1)


def test_a_case_without_words_has_no_newest_version(town: Town) -> None:
    case = bare_case(town)

    assert (draft_of(case), newest_of(case), versions_of(case)) == (None, None, [])


def test_freezing_twice_is_freezing_once(town: Town) -> None:
    case = make_case(town)
    first = draft(case)
    freeze_presentation(first, why=FrozenBy.SENT, actor=town.secretary)
    at = first.frozen_at

    freeze_presentation(Presentation.objects.get(pk=first.pk), why=FrozenBy.REPLACED, actor=town.secretary)

    first.refresh_from_db()
    assert (first.frozen_at, first.frozen_by) == (at, "sent")
    assert verbs(case) == ["freeze_presentation"]


def test_the_database_refuses_to_change_what_is_frozen(town: Town) -> None:
    case = make_case(town)
    first = draft(case)
    freeze_presentation(first, why=FrozenBy.SENT, actor=town.secretary)

    with pytest.raises(DatabaseError, match="frozen presentation"), transaction.atomic():
        Section.objects.filter(presentation=first).update(html="<p>Andet.</p>")
    with pytest.raises(DatabaseError, match="frozen presentation"), transaction.atomic():
        Presentation.objects.filter(pk=first.pk).update(frozen_by="", frozen_at=None)


def test_a_sub_item_that_lies_in_its_items_case_is_not_the_cases_own(town: Town) -> None:
    case = make_case(town)
    own = draft(case)
    freeze_presentation(own, why=FrozenBy.SENT, actor=town.secretary)
    sub = Presentation.objects.create(case=case, frozen_at="2030-01-01T00:00Z", frozen_by="imported")
    meeting = town.dir.meetings.create(body=town.dir, held_on=date(2026, 3, 4))
    item = case.agenda_items.create(meeting=meeting, position=1, access="open", presentation=own)
    case.agenda_items.create(meeting=meeting, parent=item, position=1, access="open", presentation=sub)

    assert newest_of(case) == own
    assert [line.pk for line in versions_of(case)] == [own.pk]
    assert begin_draft(case, actor=town.writer).replaces == own


def test_of_a_case_with_a_parent_its_own_version_is_found(town: Town) -> None:
    parent, case = make_case(town), make_case(town, "Delsag")
    own = draft(case)
    meeting = town.dir.meetings.create(body=town.dir, held_on=date(2026, 3, 4))
    item = parent.agenda_items.create(meeting=meeting, position=1, access="open")
    case.agenda_items.create(meeting=meeting, parent=item, position=1, access="open", presentation=own)

    assert newest_of(case) == own


def test_a_version_changed_after_the_meeting_says_so(town: Town) -> None:
    case = make_case(town)
    first = draft(case)
    freeze_presentation(first, why=FrozenBy.SENT, actor=town.secretary)
    decide(case, first, town.dir, date(2023, 4, 12))
    second = begin_draft(case, actor=town.writer)

    assert [line.is_changed_after_meeting for line in versions_of(case)] == [False, False]

    Section.objects.filter(presentation=second, position=1).update(html="<p>Stien bliver 450 m lang.</p>")
    newest, oldest = versions_of(case)

    assert newest.changed_after is not None
    assert (newest.changed_after.body, newest.changed_after.on) == ("DIR", date(2023, 4, 12))
    assert oldest.changed_after is None
    assert [(place.body, place.on) for place in oldest.treated] == [("DIR", date(2023, 4, 12))]


def test_an_earlier_bodys_decision_on_the_item_does_not_make_it_treated(town: Town) -> None:
    case = make_case(town)
    meeting = town.mtu.meetings.create(body=town.mtu, held_on=date(2023, 4, 24))
    item = case.agenda_items.create(meeting=meeting, position=1, access="open", presentation=draft(case))
    item.decisions.create(stated_body="DIR", body=town.dir, decided_on=date(2023, 4, 12), recorded_by=town.writer)

    assert versions_of(case)[0].treated == ()


def test_the_list_names_who_wrote(town: Town) -> None:
    case = make_case(town)
    section = draft(case).sections.get(position=1)
    for number, author in enumerate((town.writer, town.colleague), start=2):
        SectionRevision.objects.create(section=section, number=number, html="<p>x</p>", author=author)
    SectionRevision.objects.create(section=section, number=3, html="<p>y</p>", author=town.manager, set_aside=True)

    (line,) = versions_of(case)

    assert line.authors == ("Colleague Prøve", "Writer Prøve")
    assert (line.is_draft, line.begun_by, line.body) == (True, "Writer Prøve", "Miljø- og Teknikudvalget")


def test_who_wrote_a_section_is_known_through_the_versions(town: Town) -> None:
    case = make_case(town)
    first = draft(case)
    section = first.sections.get(position=1)
    SectionRevision.objects.create(section=section, number=2, html="<p>x</p>", author=town.writer)
    freeze_presentation(first, why=FrozenBy.SENT, actor=town.secretary)
    second = begin_draft(case, actor=town.colleague)
    later = second.sections.get(position=1)
    SectionRevision.objects.create(section=later, number=2, html="<p>y</p>", author=town.colleague)

    assert [w.authors for w in written_of(second)] == [("Colleague Prøve", "Writer Prøve"), ()]
    assert [w.authors for w in written_of(first)] == [("Writer Prøve",), ()]


def test_words_that_were_set_aside_can_be_looked_at(town: Town) -> None:
    case = make_case(town)
    section = draft(case).sections.get(position=2)
    SectionRevision.objects.create(
        section=section, number=1, html="<p>Mit.</p>", points=[{"verb": "approve", "text": "at <b> godkendes"}],
        author=town.colleague, set_aside=True,
    )  # fmt: skip

    first, second = written_of(draft(case))

    (words,) = second.set_aside
    assert (first.set_aside, second.saves) == ((), ())
    assert (words.author, words.html) == ("Colleague Prøve", "<p>Mit.</p><ul><li>at &lt;b&gt; godkendes</li></ul>")


def test_two_versions_can_be_begun_one_after_the_other(town: Town) -> None:
    case = make_case(town)
    for _turn in range(3):
        freeze_presentation(begin_draft(case, actor=town.writer), why=FrozenBy.SENT, actor=town.secretary)

    assert [line.number for line in versions_of(case)] == [3, 2, 1]
