"""An analysis: its facts with Danish kroner, two who write at once, the mark after a meeting, and the list."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.cases.actions.analysis import AnalysisFacts, analysis_stamp, save_analysis
from sagsgang.cases.forms.analysis import signed_amount
from sagsgang.cases.models import Analysis, Case, CaseKind, Presentation, Remark, Section
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry

QUERIES = 10
LIST_QUERIES = 4


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town, "Analyse af tomgangsstrøm", kind=CaseKind.ANALYSIS)


def address(case: Case, name: str = "analysis") -> str:
    return reverse(f"cases:{name}", args=[case.pk])


def test_what_is_written_stands_on_the_page(town: Town, case: Case) -> None:
    words = {
        "purpose": "Find spildet.", "expected_amount": "1.250.000", "expected_benefit": "Ingen.", "budget_year": "2027",
        "owner": town.colleague.pk, "themes": "Lys\n\nVentilation\nLys\n", "seen": "",
    }  # fmt: skip

    response = signed_in_as(town.writer).post(address(case, "save-analysis"), words)

    assert response.status_code == 302
    analysis = Analysis.objects.get()
    assert (analysis.expected_amount, analysis.budget_year, analysis.owner) == (Decimal(1250000), 2027, town.colleague)
    assert analysis.themes == ["Lys", "Ventilation"]
    page = signed_in_as(town.manager).get(address(case)).content.decode()
    assert "1.250.000" in page
    assert "Find spildet." in page
    assert "<form" not in page.split("</header>")[2]  # she reads, and does not write
    entry = AuditEntry.objects.get(verb="save_analysis")
    assert entry.data == {"parts": ["purpose", "expected_amount", "expected_benefit", "budget_year", "owner", "themes"]}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", None), ("0", Decimal("0.00")), ("-40.000", Decimal(-40000)), ("−40.000,50", Decimal("-40000.50")),
        ("1 250 000 kr.", Decimal(1250000)),
    ],
)  # fmt: skip
def test_kroner_as_they_are_written_in_denmark(town: Town, case: Case, typed: str, amount: Decimal | None) -> None:
    signed_in_as(town.writer).post(address(case, "save-analysis"), {"expected_amount": typed})

    assert Analysis.objects.get().expected_amount == amount


def test_kroner_are_shown_as_they_are_written() -> None:
    amounts = [None, Decimal(0), Decimal(1250000), Decimal("-40000.50")]

    assert [signed_amount(amount) for amount in amounts] == ["", "0", "1.250.000", "−40.000,50"]


@pytest.mark.parametrize(
    "words",
    [
        {"expected_amount": "mange"}, {"expected_amount": "1250.50"}, {"expected_amount": "9" * 20},
        {"budget_year": "27"}, {"budget_year": "næste år"}, {"owner": "x"}, {"themes": "x" * 121},
    ],
)  # fmt: skip
def test_what_was_typed_stays_when_something_is_wrong(town: Town, case: Case, words: dict[str, str]) -> None:
    response = signed_in_as(town.writer).post(address(case, "save-analysis"), {"purpose": "Spar strøm", **words})

    assert response.status_code == 422
    assert "Spar strøm</textarea>" in response.content.decode()
    assert Analysis.objects.count() == 0


def test_of_two_who_write_the_second_is_told_and_keeps_her_words(town: Town, case: Case) -> None:
    client = signed_in_as(town.colleague)
    save_analysis(case, AnalysisFacts(purpose="Den første"), seen="", actor=town.writer)

    response = client.post(address(case, "save-analysis"), {"purpose": "Den anden", "seen": ""})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Den anden</textarea>" in page
    assert "Den første" in page
    again = re.search(r'name="seen" value="([^"]+)"', page)
    assert again is not None
    client.post(address(case, "save-analysis"), {"purpose": "Den anden", "seen": again[1]})
    assert Analysis.objects.get().purpose == "Den anden"


def test_saving_the_same_again_leaves_no_trace(town: Town, case: Case) -> None:
    facts = AnalysisFacts(purpose="Spar", themes=("Lys",))
    analysis = save_analysis(case, facts, seen="", actor=town.writer)

    save_analysis(case, facts, seen=analysis_stamp(Analysis.objects.get(pk=analysis.pk)), actor=town.writer)

    assert AuditEntry.objects.count() == 1


def test_a_matter_has_no_analysis(town: Town) -> None:
    matter = make_case(town)

    assert signed_in_as(town.writer).get(address(matter)).status_code == 404
    assert signed_in_as(town.writer).post(address(matter, "save-analysis"), {}).status_code == 404
    with pytest.raises(RuleBrokenError):
        save_analysis(matter, AnalysisFacts(), seen="", actor=town.writer)


def test_only_writers_write(town: Town, case: Case) -> None:
    assert signed_in_as(town.manager).post(address(case, "save-analysis"), {}).status_code == 403
    assert signed_in_as(town.auditor).get(address(case)).status_code == 403


def titles(page: str) -> list[str]:
    return re.findall(r"/analysis/\">([^<]+)</a>", page)


def test_the_list_is_sorted_by_every_column_and_unknown_comes_last(town: Town) -> None:
    for title, year, amount, remarks in (("Ål", 2027, "50", 0), ("Bo", 2026, "9000", 2), ("Cykel", None, None, 1)):
        case = make_case(town, title, kind=CaseKind.ANALYSIS)
        amount_of = Decimal(amount) if amount else None
        save_analysis(case, AnalysisFacts(budget_year=year, expected_amount=amount_of), seen="", actor=town.writer)
        for _number in range(remarks):
            Remark.objects.create(case=case, text="Se her", author=town.manager)
    make_case(town, "En sag, der ikke er en analyse")
    client = signed_in_as(town.writer)

    def ordered(query: str) -> list[str]:
        return titles(client.get(f"{reverse('cases:analyses')}?{query}").content.decode())

    assert ordered("") == ["Bo", "Ål", "Cykel"]
    assert ordered("sort=title") == ["Bo", "Cykel", "Ål"]
    assert ordered("sort=effect&order=desc") == ["Bo", "Ål", "Cykel"]
    assert ordered("sort=remarks&order=desc") == ["Bo", "Cykel", "Ål"]
    assert ordered("sort=nonsense&order=1") == ["Bo", "Ål", "Cykel"]


def test_an_auditor_sees_that_it_is_there_and_not_what_it_says(town: Town, case: Case) -> None:
    save_analysis(case, AnalysisFacts(expected_amount=Decimal(1250000)), seen="", actor=town.writer)

    page = signed_in_as(town.auditor).get(reverse("cases:analyses")).content.decode()

    assert "Analyse af tomgangsstrøm" in page
    assert "1.250.000" not in page


def test_the_mark_says_after_which_meeting_the_words_were_changed(town: Town, case: Case) -> None:
    seen = case.presentations.get()
    meeting = town.dir.meetings.create(held_on="2023-04-12")
    item = case.agenda_items.create(meeting=meeting, presentation=seen, position=1, title="Tomgang", access="open")
    item.decisions.create(
        position=1, version=1, stated_body="DIR", body=town.dir, decided_on="2023-04-12", html="<p>Drøftet.</p>",
        outcome="discussed", recorded_by=town.dir_secretary,
    )  # fmt: skip
    Presentation.objects.filter(pk=seen.pk).update(frozen_at="2023-04-03T10:00Z", frozen_by="sent")
    new = Presentation.objects.create(case=case, replaces=seen, number=2, body=town.mtu)
    for section in seen.sections.all():
        points = list(section.points.all())
        copy = Section.objects.create(
            presentation=new, position=section.position, lineage=section.lineage, kind=section.kind,
            heading=section.heading, html=section.html,
        )  # fmt: skip
        for point in points:
            copy.points.create(position=point.position, verb=point.verb, text=point.text)
    client = signed_in_as(town.writer)
    same = client.get(address(case)).content.decode()
    new.sections.filter(position=1).update(html="<p>Nu med svømmehallen.</p>")

    changed = client.get(address(case)).content.decode()

    mark = gettext("Changed after the meeting of %(body)s %(day)s") % {"body": "DIR", "day": "12-04-2023"}
    assert (mark in same, mark in changed) == (False, True)


def test_pages_ask_as_often_for_three_as_for_sixty(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in_as(town.writer)
    for count in (3, 57):
        for number in range(count):
            case = make_case(town, f"Analyse {number}", kind=CaseKind.ANALYSIS)
            save_analysis(case, AnalysisFacts(owner=town.writer), seen="", actor=town.writer)
            Remark.objects.bulk_create(
                Remark(case=case, text="Se her", author=town.manager) for _number in range(count // 3)
            )
        with django_assert_num_queries(LIST_QUERIES):
            client.get(reverse("cases:analyses"))
        with django_assert_num_queries(QUERIES):
            client.get(address(case))
