"""The list of cases, a new case, its overview, its facts and ties, its history."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from sagsgang.cases.models import Case, CaseRelation, Reference, Remark
from sagsgang.cases.tests.factories import Town, add_step, make_case, signed_in_as
from sagsgang.core.models import AuditEntry, subject_of

FACTS = {
    "title": "Vådområde ved Ryå", "kind": "matter", "external_numbers": "09.20.00-P20-3-26, 26/4711",
    "kle": "09.20.00 p20", "policy_area": "Natur", "access": "open", "ground": "", "concerns_economy": "on",
}  # fmt: skip


def verbs(case: Case) -> list[str]:
    return list(AuditEntry.objects.filter(subject=subject_of(case)).order_by("number").values_list("verb", flat=True))


def test_a_case_is_opened_with_its_facts(town: Town) -> None:
    client = signed_in_as(town.writer)

    answer = client.post(reverse("cases:open-case"), FACTS | {"unit": town.unit.pk, "caseworker": town.writer.pk})

    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("cases:case", args=[case.pk]))
    assert (case.title, case.external_numbers, case.kle) == (
        "Vådområde ved Ryå", ["09.20.00-P20-3-26", "26/4711"], "09.20.00-P20",
    )  # fmt: skip
    assert (case.unit, case.caseworker, case.concerns_economy) == (town.unit, town.writer, True)
    assert verbs(case) == ["open_case"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kle": "12"}, "Skriv KLE-nummeret som 00.22.00"),
        ({"access": "closed"}, "Vælg, hvorfor sagen er lukket"),
        ({"external_numbers": "x" * 61}, "er længere end et sagsnummer kan være"),
        ({"unit": ""}, "Dette felt er påkrævet"),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(wrong: dict[str, str], said: str, town: Town) -> None:
    client = signed_in_as(town.writer)

    answer = client.post(reverse("cases:open-case"), FACTS | {"unit": town.unit.pk} | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Vådområde ved Ryå" in answer.content.decode()
    assert Case.objects.count() == 0


def test_only_the_staff_of_a_unit_opens_cases(town: Town) -> None:
    assert signed_in_as(town.secretary).get(reverse("cases:open-case")).status_code == 403
    assert signed_in_as(town.writer).get(reverse("cases:open-case")).status_code == 200


def test_facts_are_changed_and_the_log_names_the_parts_alone(town: Town) -> None:
    case = make_case(town)
    client = signed_in_as(town.colleague)
    seen = client.get(reverse("cases:edit-case", args=[case.pk])).context["form"]["seen"].value()

    client.post(reverse("cases:edit-case", args=[case.pk]), FACTS | {"unit": town.unit.pk, "seen": seen})

    case.refresh_from_db()
    entry = AuditEntry.objects.get(subject=subject_of(case))
    assert case.title == "Vådområde ved Ryå"
    assert entry.verb == "edit_case"
    assert "title" in entry.data["parts"]
    assert "Ryå" not in str(entry.data)


def test_two_who_change_the_facts_at_once_are_told(town: Town) -> None:
    case = make_case(town)
    address = reverse("cases:edit-case", args=[case.pk])
    seen = signed_in_as(town.writer).get(address).context["form"]["seen"].value()
    values = FACTS | {"unit": town.unit.pk, "seen": seen}
    signed_in_as(town.colleague).post(address, values | {"title": "Først"})

    answer = signed_in_as(town.writer).post(address, values | {"title": "Sidst"})

    case.refresh_from_db()
    assert (answer.status_code, case.title) == (422, "Først")
    assert "Sidst" in answer.content.decode()
    again = answer.context["form"].data["seen"]
    signed_in_as(town.writer).post(address, values | {"title": "Sidst", "seen": again})
    case.refresh_from_db()
    assert case.title == "Sidst"


def test_the_overview_asks_as_often_for_three_steps_as_for_thirty(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = make_case(town, "Få"), make_case(town, "Mange")
    for case, count in ((few, 3), (many, 30)):
        for _number in range(count):
            add_step(case, town.mtu, localdate())
            Remark.objects.create(case=case, text="Se side 2", author=town.writer)
    client = signed_in_as(town.writer)

    for case in (few, many):
        with django_assert_num_queries(QUERIES):
            client.get(reverse("cases:case", args=[case.pk]))


QUERIES = 10


def test_the_list_finds_by_word_and_by_part_of_a_number(town: Town) -> None:
    one = make_case(town, "Vådområde", external_numbers=["09.20.00-P20-3-26"])
    make_case(town, "Skolevej", external_numbers=["17.01.00-P20-9-26"])
    client = signed_in_as(town.writer)

    for words in ("vådom", "09.20"):
        page = client.get(reverse("cases:cases"), {"words": words}).context["page"]
        assert list(page) == [one]


def test_a_stranger_finds_no_case(town: Town) -> None:
    case = make_case(town)
    client = signed_in_as(town.stranger)

    assert list(client.get(reverse("cases:cases"), {"words": "sti"}).context["page"]) == []
    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 404


def test_an_auditor_sees_the_head_and_no_words(town: Town) -> None:
    case = make_case(town, long_term_effect="Flere cykler")

    page = signed_in_as(town.auditor).get(reverse("cases:case", args=[case.pk])).content.decode()

    assert "Ny sti ved åen" in page
    assert "Flere cykler" not in page


def test_reading_a_closed_case_is_logged(town: Town) -> None:
    case = make_case(town, access="closed", ground="property")

    signed_in_as(town.writer).get(reverse("cases:case", args=[case.pk]))

    assert verbs(case) == ["read_closed"]


def test_cases_are_tied_together_and_loosened(town: Town) -> None:
    one, other = make_case(town, "Den ene"), make_case(town, "Den anden")
    client = signed_in_as(town.writer)

    client.post(reverse("cases:relate-cases", args=[one.pk]), {"other": other.pk, "note": "samme vandløb"})
    client.post(reverse("cases:relate-cases", args=[other.pk]), {"other": one.pk})

    tie = CaseRelation.objects.get()
    assert "samme vandløb" in client.get(reverse("cases:case", args=[other.pk])).content.decode()
    client.post(reverse("cases:unrelate-cases", args=[tie.pk]))
    assert "samme vandløb" not in client.get(reverse("cases:case", args=[other.pk])).content.decode()
    assert (verbs(one), verbs(other)) == (["relate_cases", "unrelate_cases"],) * 2


def test_an_agreement_is_written_once_and_cited_often(town: Town) -> None:
    case = make_case(town)
    client = signed_in_as(town.writer)
    entry = {"kind": "agreement", "title": "Økonomiaftalen for 2027", "year": "2026", "url": ""}

    for _time in range(2):
        client.post(reverse("cases:add-reference", args=[case.pk]), entry)

    assert Reference.objects.count() == 1
    assert "Økonomiaftalen for 2027 (2026)" in client.get(reverse("cases:edit-case", args=[case.pk])).content.decode()


def test_the_history_tells_who_did_what(town: Town) -> None:
    case = make_case(town)
    client = signed_in_as(town.writer)
    other = make_case(town, "Den anden")
    client.post(reverse("cases:relate-cases", args=[case.pk]), {"other": other.pk})

    page = client.get(reverse("cases:history", args=[case.pk])).content.decode()

    assert "Writer Prøve" in page
    assert "knyttede sagen til en anden" in page
