"""The editor's page and its forms through the client: what is saved, what is kept, what is told, how many queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.cases.actions.arranging import remove_section
from sagsgang.cases.actions.editing import save_section
from sagsgang.cases.models import (
    AppropriationLine,
    ApprovalEvent,
    Case,
    Presentation,
    RecommendationPoint,
    Section,
    SectionRevision,
)
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.models import AuditEntry


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


def section_of(case: Case, kind: str = "presentation") -> Section:
    return Section.objects.get(presentation__case=case, kind=kind)


def page_of(client: Client, case: Case) -> str:
    response = client.get(reverse("cases:presentation", args=[case.pk]))
    assert response.status_code == 200
    return response.content.decode()


def save(client: Client, section: Section, **words: object) -> Any:
    headers = {"Accept": "application/json"} if words.pop("json", False) else {}
    return client.post(reverse("cases:save-section", args=[section.pk]), {"seen": 1, **words}, headers=headers)


def test_the_page_has_a_form_for_each_section_that_works_without_javascript(case: Case, town: Town) -> None:
    page = page_of(signed_in_as(town.writer), case)

    assert ">Stien bliver 400 m lang.</textarea>" in page
    assert ">at stien godkendes</textarea>" in page
    assert page.count('name="seen" value="1"') == 2


def test_who_only_reads_has_the_words_and_no_form(case: Case, town: Town) -> None:
    page = page_of(signed_in_as(town.manager), case)
    Presentation.objects.update(frozen_at="2026-01-01T00:00Z", frozen_by="sent")
    frozen = page_of(signed_in_as(town.writer), case)

    assert "<textarea" in page  # the manager approves, and may write while it is a draft
    assert "<textarea" not in frozen
    assert "<p>Stien bliver 400 m lang.</p>" in frozen
    assert "at stien godkendes" in frozen
    assert gettext("Begin a new version") in frozen


def test_auditor_and_stranger_do_not_come_in(case: Case, town: Town) -> None:
    url = reverse("cases:presentation", args=[case.pk])

    assert signed_in_as(town.auditor).get(url).status_code == 403
    assert signed_in_as(town.stranger).get(url).status_code == 404
    assert save(signed_in_as(town.stranger), section_of(case), text="X").status_code == 404


def test_plain_lines_are_saved_and_the_page_says_so(case: Case, town: Town) -> None:
    client, section = signed_in_as(town.writer), section_of(case)

    response = save(client, section, text="En linje.\r\n- et punkt")

    section.refresh_from_db()
    assert section.html == "<p>En linje.</p><ul><li>et punkt</li></ul>"
    assert response["Location"] == reverse("cases:presentation", args=[case.pk]) + f"#section-{section.pk}"
    assert gettext("The section is saved.") in page_of(client, case)


def test_plain_lines_that_say_the_same_keep_tables_and_emphasis(case: Case, town: Town) -> None:
    html = "<p>Se <strong>tabel</strong>:</p><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    section = section_of(case, "recommendation")
    Section.objects.filter(pk=section.pk).update(html=html)
    client = signed_in_as(town.writer)
    lost = (
        "This text has tables, links or emphasis. They are lost if you change it here; with JavaScript they are kept."
    )
    assert page_of(client, case).count(gettext(lost)) == 1

    save(client, section, text="Se tabel:\r\n1\t2", **{"verb-0": "note", "point-0": "at det tages til efterretning"})

    section.refresh_from_db()
    assert section.html == html
    assert [point.text for point in section.points.all()] == ["at det tages til efterretning"]


@pytest.mark.parametrize(
    ("act", "texts"),
    [("up-1", "bac"), ("down-1", "acb"), ("remove-0", "bc"), ("up-0", "abc"), ("up-x", "abc"), ("", "abc")],
)
def test_points_are_moved_and_removed_without_javascript(act: str, texts: str, case: Case, town: Town) -> None:
    section = section_of(case, "recommendation")
    words = {f"point-{n}": text for n, text in enumerate(["a", "b", "c", ""])}

    save(signed_in_as(town.writer), section, text="Natur og Miljø indstiller,", act=act, **words)

    assert "".join(section.points.values_list("text", flat=True)) == texts


def test_a_verb_that_is_none_is_left_out(case: Case, town: Town) -> None:
    section = section_of(case, "recommendation")

    save(signed_in_as(town.writer), section, text="x", **{"verb-0": "eat", "point-0": "at a"})

    assert section.points.get().verb == ""


def test_the_editor_saves_as_json(case: Case, town: Town) -> None:
    section = section_of(case)

    answer = save(signed_in_as(town.writer), section, json=True, is_rich="1", html="<p>Ny <i>sti</i></p>")

    assert (answer.status_code, answer.json()) == (200, {"state": "saved", "revision": 2})
    section.refresh_from_db()
    assert section.html == "<p>Ny <em>sti</em></p>"


def test_two_at_once_are_told_with_both_texts(case: Case, town: Town) -> None:
    section = section_of(case)
    save_section(section, html="<p>Stien bliver 500 m lang.</p>", seen=1, actor=town.colleague)

    answer = save(signed_in_as(town.writer), section, json=True, is_rich="1", html="<p>Stien bliver 300 m lang.</p>")

    told = answer.json()
    assert (answer.status_code, told["state"], told["revision"]) == (409, "stale", 2)
    assert told["mine"]["html"] == "<p>Stien bliver 300 m lang.</p>"
    assert told["theirs"]["html"] == "<p>Stien bliver 500 m lang.</p>"
    assert told["both"]["html"] == "<p>Stien bliver 500 m lang.</p><p>Stien bliver 300 m lang.</p>"
    assert "Colleague Prøve" in told["merge"]
    assert "300" in told["merge"].split("<ins>")[1]


def test_without_javascript_both_texts_stand_on_the_page_and_each_choice_is_a_button(case: Case, town: Town) -> None:
    section, client = section_of(case), signed_in_as(town.writer)
    save_section(section, html="<p>Stien bliver 500 m lang.</p>", seen=1, actor=town.colleague)

    refused = save(client, section, text="Stien bliver 300 m lang.")

    page = refused.content.decode()
    assert refused.status_code == 422
    assert ">Stien bliver 300 m lang.</textarea>" in page
    assert gettext("Keep mine") in page
    assert gettext("Take theirs") in page
    assert 'name="seen" value="2"' in page

    save(client, section, seen=2, is_rich="1", html="<p>Stien bliver 300 m lang.</p>")
    section.refresh_from_db()
    assert (section.html, section.revision) == ("<p>Stien bliver 300 m lang.</p>", 3)


def test_what_both_wrote_in_different_paragraphs_comes_back_as_one_text(case: Case, town: Town) -> None:
    section = section_of(case)
    save_section(section, html="<p>En.</p><p>To.</p>", seen=1, actor=town.writer)
    save_section(section, html="<p>En!</p><p>To.</p>", seen=2, actor=town.colleague)

    answer = save(signed_in_as(town.writer), section, json=True, seen=2, is_rich="1", html="<p>En.</p><p>To!</p>")

    assert answer.json() == {"state": "joined", "revision": 4, "html": "<p>En!</p><p>To!</p>", "points": []}


@pytest.mark.parametrize("as_json", [True, False])
def test_words_for_a_section_that_was_taken_out_are_kept_and_told(as_json: bool, case: Case, town: Town) -> None:
    section = section_of(case)
    remove_section(section, actor=town.colleague)

    answer = save(signed_in_as(town.writer), section, json=as_json, is_rich="1", html="<p>For sent.</p>")

    assert answer.status_code == 422
    assert SectionRevision.objects.get(set_aside=True).html == "<p>For sent.</p>"
    sentence = gettext("The section has been taken out in the meantime. Your words are kept beside it.")
    assert sentence in (answer.json()["sentence"] if as_json else answer.content.decode())


def test_a_text_that_is_too_long_is_told_as_that(case: Case, town: Town) -> None:
    answer = save(signed_in_as(town.writer), section_of(case), json=True, is_rich="1", html="x" * 500_001)

    assert answer.status_code == 413


def test_what_was_set_aside_stands_on_the_page_afterwards(case: Case, town: Town) -> None:
    section = section_of(case)
    SectionRevision.objects.create(section=section, number=1, html="<p>Glemt?</p>", set_aside=True, author=town.writer)

    assert "<p>Glemt?</p>" in page_of(signed_in_as(town.writer), case)


def test_words_in_approval_are_refused_with_a_sentence_and_stay(case: Case, town: Town) -> None:
    section = section_of(case)
    ApprovalEvent.objects.create(
        presentation=section.presentation, verdict="submitted", level=0, by=town.writer, number=1
    )
    client = signed_in_as(town.writer)

    answer = save(client, section, json=True, is_rich="1", html="<p>Sent.</p>")

    sentence = gettext("The text is in approval. Only the approver whose turn it is may change it.")
    assert (answer.status_code, answer.json()) == (422, {"state": "refused", "sentence": sentence})
    assert sentence in page_of(client, case)
    assert "<textarea" in page_of(signed_in_as(town.manager), case)


@pytest.mark.parametrize("words", [{"seen": "x"}, {"seen": ""}, {"seen": "0"}, {"seen": "-1"}])
def test_bad_input_is_no_fault_of_the_server(words: dict[str, str], case: Case, town: Town) -> None:
    assert save(signed_in_as(town.writer), section_of(case), **words).status_code == 400


def test_who_lost_her_session_is_told_so_by_the_login(case: Case) -> None:
    answer = Client(headers={"HX-Request": "true"}).post(
        reverse("cases:save-section", args=[section_of(case).pk]), follow=True
    )

    assert answer.status_code == 401


def test_reading_a_closed_section_is_logged(case: Case, town: Town) -> None:
    page_of(signed_in_as(town.writer), case)
    assert AuditEntry.objects.filter(verb="read_closed").count() == 0

    Section.objects.filter(pk=section_of(case).pk).update(access="closed", ground="property")
    page_of(signed_in_as(town.writer), case)

    assert AuditEntry.objects.filter(verb="read_closed").count() == 1


def economy(**cells: str) -> dict[str, str]:
    sent = {"seen": "4f53cda18c2baa0c"}
    for side in ("grant", "coverage"):
        for name in ("kind", "account", "year", "amount"):
            sent[f"{side}-0-{name}"] = ""
    return sent | {name.replace("_", "-"): value for name, value in cells.items()}


WHOLE = {
    "grant_0_kind": "supplementary", "grant_0_account": "Sti ved åen", "grant_0_year": "2026",
    "grant_0_amount": "1.250.000,00",
}  # fmt: skip


def test_an_economy_that_does_not_balance_is_saved_and_told(case: Case, town: Town) -> None:
    client = signed_in_as(town.writer)

    response = client.post(reverse("cases:save-economy", args=[case.pk]), economy(**WHOLE))

    assert response["Location"].endswith("#economy")
    line = AppropriationLine.objects.get()
    assert (line.side, line.kind, line.account, line.year, str(line.amount)) == (
        "grant", "supplementary", "Sti ved åen", 2026, "1250000.00",
    )  # fmt: skip
    page = page_of(client, case)
    assert 'value="1.250.000,00"' in page
    assert "kommunestyrelsesloven § 40, stk. 2" in page
    assert "1.250.000,00 kr." in page


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("grant_0_amount", "1250.50", "Write the amount in kroner as 1.250.000,00."),
        ("grant_0_amount", "", "Write the amount."),
        ("grant_0_year", "26", "Ensure this value is greater than or equal to 1970."),
        ("grant_0_kind", "", "Choose what is granted."),
        ("grant_0_account", "", "Write the account or purpose."),
    ],
)
def test_a_line_that_is_not_whole_is_shown_again_with_what_was_typed(
    cell: str, value: str, sentence: str, case: Case, town: Town
) -> None:
    client = signed_in_as(town.writer)

    response = client.post(reverse("cases:save-economy", args=[case.pk]), economy(**(WHOLE | {cell: value})))

    assert response.status_code == 422
    assert AppropriationLine.objects.count() == 0
    if "Ensure" not in sentence:
        assert gettext(sentence) in response.content.decode()
    assert "2026" in response.content.decode() or cell == "grant_0_year"


def test_a_line_is_removed_by_its_box_or_by_emptying_it(case: Case, town: Town) -> None:
    client, url = signed_in_as(town.writer), reverse("cases:save-economy", args=[case.pk])
    client.post(url, economy(**WHOLE))
    assert AppropriationLine.objects.count() == 1
    seen = page_of(client, case).split("data-economy novalidate>")[1].split('name="seen" value="')[1][:16]

    client.post(url, economy(**WHOLE) | {"seen": seen, "grant-0-remove": "on"})

    assert AppropriationLine.objects.count() == 0


def test_an_economy_that_another_changed_is_shown_beside_hers(case: Case, town: Town) -> None:
    client, url = signed_in_as(town.writer), reverse("cases:save-economy", args=[case.pk])
    client.post(url, economy(**WHOLE))

    response = client.post(url, economy(**(WHOLE | {"grant_0_amount": "900"})))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="900"' in page
    assert "1.250.000,00" in page


def fill(case: Case, writer: User, sections: int, points: int) -> None:
    draft = Presentation.objects.get(case=case)
    recommendation = section_of(case, "recommendation")
    for n in range(sections):
        section = Section.objects.create(
            presentation=draft, position=10 + n, kind="other", heading=f"Afsnit {n}", html="<p>x</p>"
        )
        SectionRevision.objects.create(section=section, number=1, html="<p>x</p>", author=writer, set_aside=n % 2 == 0)
    for n in range(points):
        RecommendationPoint.objects.create(section=recommendation, position=5 + n, text="at x")
        AppropriationLine.objects.create(
            presentation=draft, position=n, side="grant", kind="operation", account="x", year=2026, amount=1
        )


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_asks_as_much_of_the_database_for_many_sections_as_for_few(
    many: int, case: Case, town: Town, django_assert_num_queries: Callable[[int], Any]
) -> None:
    fill(case, town.writer, many, many)
    writer, manager = signed_in_as(town.writer), signed_in_as(town.manager)

    with django_assert_num_queries(10):
        page_of(writer, case)
    with django_assert_num_queries(11):
        page_of(manager, case)
