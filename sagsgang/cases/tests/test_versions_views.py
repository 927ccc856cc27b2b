"""The pages of versions and of the lint: what they show, to whom, in how many queries."""

import re
from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sagsgang.cases.actions.editing import save_section
from sagsgang.cases.actions.versions import begin_draft, freeze_presentation
from sagsgang.cases.models import AppropriationLine, Case, FrozenBy, Presentation, SectionRevision
from sagsgang.cases.queries.versions import draft_of
from sagsgang.cases.tests.factories import Town, add_step, htmx, make_case, signed_in_as
from sagsgang.core.models import AuditEntry


def next_version(case: Case, town: Town, words: str) -> Presentation:
    """Freeze the draft, begin the next, write in it."""
    draft = draft_of(case)
    assert draft
    freeze_presentation(draft, why=FrozenBy.SENT, actor=town.secretary)
    new = begin_draft(case, actor=town.writer)
    save_section(new.sections.get(position=1), html=words, seen=1, actor=town.colleague)
    return new


def compared(town: Town, old: Presentation, new: Presentation) -> str:
    address = reverse("cases:compare-versions", args=[new.pk]) + f"?with={old.pk}"
    return signed_in_as(town.writer).get(address).content.decode()


def test_the_list_shows_every_version_and_leads_to_the_difference(town: Town) -> None:
    case = make_case(town)
    first = draft_of(case)
    assert first
    second = next_version(case, town, "<p>Stien bliver 450 m lang.</p>")

    page = signed_in_as(town.manager).get(reverse("cases:versions", args=[case.pk])).content.decode()

    assert page.index(f"version-{second.pk}") < page.index(f"version-{first.pk}")
    assert reverse("cases:compare-versions", args=[second.pk]) + f"?with={first.pk}" in page
    assert "Colleague Prøve" in page


def test_any_two_can_be_chosen_and_the_older_stands_first(town: Town) -> None:
    case = make_case(town)
    first = draft_of(case)
    assert first
    next_version(case, town, "<p>To.</p>")
    third = next_version(case, town, "<p>Tre.</p>")
    client = signed_in_as(town.writer)

    for old, new in ((first, third), (third, first)):
        response = client.get(reverse("cases:versions", args=[case.pk]), {"old": str(old.pk), "new": str(new.pk)})

        assert response["Location"] == reverse("cases:compare-versions", args=[third.pk]) + f"?with={first.pk}"


@pytest.mark.parametrize("query", [{"old": "x", "new": "y"}, {"old": ""}])
def test_a_choice_that_is_none_is_told(town: Town, query: dict[str, str]) -> None:
    case = make_case(town)
    next_version(case, town, "<p>To.</p>")

    response = signed_in_as(town.writer).get(reverse("cases:versions", args=[case.pk]), query)

    assert response.status_code == 200
    assert "form-error-message" in response.content.decode()


def test_the_difference_shows_words_points_money_and_moved_sections(town: Town) -> None:
    case = make_case(town)
    first = draft_of(case)
    assert first
    AppropriationLine.objects.create(
        presentation=first, position=1, side="grant", account="Veje", year=2026, amount=400
    )
    second = next_version(case, town, "<p>Stien bliver 450 m lang.</p>")
    second.sections.filter(position=1).update(position=3, heading="Sagsfremstilling og tid")
    second.sections.get(position=2).points.update(text="at stien drøftes")
    second.appropriations.update(year=2027)
    second.sections.create(position=4, kind="law", heading="Retsgrundlag", html="<p>Vejloven.</p>")

    page = re.sub(r'<span class="sr-only">[^<]*</span>', "", compared(town, first, second))

    assert "Stien bliver <del>400 </del><ins>450 </ins>m lang." in page
    assert "at stien <del>godkendes</del><ins>drøftes</ins>" in page
    assert "Sagsfremstilling <ins>og tid</ins>" in page
    assert "<del>2026</del>" in page
    assert "<ins>Vejloven.</ins>" in page
    assert len(re.findall(r'<section class="compared"', page)) == 4


def test_versions_that_say_the_same_say_so(town: Town) -> None:
    case = make_case(town)
    first = draft_of(case)
    assert first
    second = next_version(case, town, "<p>Stien bliver 400 m lang.</p>")

    page = compared(town, first, second)

    assert page.count('class="details is-untouched"') == 2
    assert page.count("<ins>") == page.count("<del>") == 1  # in the line that explains the two


@pytest.mark.parametrize("other", ["", "vrøvl", "00000000-0000-0000-0000-000000000000"])
def test_a_version_that_is_not_there_is_not_found(town: Town, other: str) -> None:
    draft = draft_of(make_case(town))
    assert draft

    response = signed_in_as(town.writer).get(reverse("cases:compare-versions", args=[draft.pk]) + f"?with={other}")

    assert response.status_code == 404


def test_two_cases_are_not_compared(town: Town) -> None:
    mine, other = draft_of(make_case(town)), draft_of(make_case(town, "Anden"))
    assert mine
    assert other

    response = signed_in_as(town.writer).get(reverse("cases:compare-versions", args=[mine.pk]) + f"?with={other.pk}")

    assert response.status_code == 404


def test_a_version_shows_who_wrote_and_what_was_set_aside(town: Town) -> None:
    case = make_case(town)
    draft = draft_of(case)
    assert draft
    section = draft.sections.get(position=1)
    save_section(section, html="<p>Stien bliver 450 m lang.</p>", seen=1, actor=town.colleague)
    SectionRevision.objects.create(
        section=section, number=1, html="<p>Stien bliver 500 m lang.</p>", author=town.manager, set_aside=True
    )

    page = signed_in_as(town.writer).get(reverse("cases:version", args=[draft.pk])).content.decode()

    assert "Colleague Prøve" in page
    assert "Manager Prøve" in page
    assert re.sub(r'<span class="sr-only">[^<]*</span>', "", page).count("<del>450 </del><ins>500 </ins>") == 1


@pytest.mark.parametrize("name", ["versions", "lint"])
def test_auditor_and_stranger_read_none_of_it(town: Town, name: str) -> None:
    case = make_case(town)
    draft = draft_of(case)
    assert draft

    for address in (reverse(f"cases:{name}", args=[case.pk]), reverse("cases:version", args=[draft.pk])):
        assert signed_in_as(town.auditor).get(address).status_code == 403
        assert signed_in_as(town.stranger).get(address).status_code == 404


def test_reading_what_is_closed_is_logged(town: Town) -> None:
    case = make_case(town)
    draft = draft_of(case)
    assert draft
    draft.sections.filter(position=1).update(access="closed", ground="personal")

    signed_in_as(town.manager).get(reverse("cases:version", args=[draft.pk]))

    assert AuditEntry.objects.filter(verb="read_closed", actor=town.manager).count() == 1


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_the_same_for_many_versions(
    town: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = make_case(town)
    for number in range(count):
        version = next_version(case, town, f"<p>{number}</p>")
        meeting = town.dir.meetings.create(body=town.dir, held_on=date(2026, 3, 1 + number))
        case.agenda_items.create(meeting=meeting, position=1, access="open", presentation=version)
    client = signed_in_as(town.writer)

    with django_assert_num_queries(11):
        client.get(reverse("cases:versions", args=[case.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_lint_asks_the_same_for_many_sections(
    town: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = make_case(town)
    draft = draft_of(case)
    assert draft
    for number in range(count):
        draft.sections.create(position=3 + number, kind="other", heading=f"Nr. {number}", html="<p>Ord.</p>")
        town.mtu.meetings.create(body=town.mtu, held_on=date(2026, 3, 1 + number))
    client = htmx(town.writer)

    with django_assert_num_queries(11):
        client.get(reverse("cases:lint", args=[case.pk]))


def test_the_lint_holds_the_draft_against_the_plan_and_the_attachments(town: Town) -> None:
    case = make_case(town)
    draft = draft_of(case)
    assert draft
    add_step(case, town.mtu, date(2026, 4, 24))
    for body, day in ((town.mtu, date(2026, 4, 24)), (town.fin, date(2026, 5, 19))):
        body.meetings.create(body=body, held_on=day)
    draft.sections.filter(position=1).update(
        html="<p>Udvalget godkendte stien. Sagen behandles i ØK den 16. maj 2026. Se bilag 3.</p>"
    )

    page = htmx(town.writer).get(reverse("cases:lint", args=[case.pk])).content.decode()

    assert "<h1" not in page
    assert page.count('class="lint lint-warning"') == 3
    assert "Økonomiudvalget" in page


def test_the_lint_is_a_page_of_its_own_without_htmx(town: Town) -> None:
    case = make_case(town)

    page = signed_in_as(town.writer).get(reverse("cases:lint", args=[case.pk])).content.decode()

    assert "<h1" in page


def test_a_case_without_words_has_nothing_to_be_linted(town: Town) -> None:
    case = Case.objects.create(authority=town.authority, title="Tom", unit=town.unit, caseworker=town.writer)

    assert htmx(town.writer).get(reverse("cases:lint", args=[case.pk])).status_code == 200


@pytest.mark.parametrize("count", [1, 4])
def test_reading_and_comparing_ask_the_same_for_many_sections(
    town: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = make_case(town)
    first = draft_of(case)
    assert first
    for number in range(count):
        first.sections.create(position=3 + number, kind="other", heading=f"Nr. {number}", html="<p>Ord.</p>")
    second = next_version(case, town, "<p>To.</p>")
    for section in second.sections.all():
        save_section(section, html="<p>Tre.</p>", seen=section.revision, actor=town.colleague)
    client = signed_in_as(town.writer)

    with django_assert_num_queries(11):
        client.get(reverse("cases:version", args=[second.pk]))
    with django_assert_num_queries(11):
        client.get(reverse("cases:compare-versions", args=[second.pk]) + f"?with={first.pk}")
