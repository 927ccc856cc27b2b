"""Give a follow-up: at an item, of a remark, on the case; what is refused; what the log says."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sagsgang.cases.actions.remarks import make_remark
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.followups import actions
from sagsgang.followups.models import FollowUp
from sagsgang.followups.tests.factories import DUE, HEAD, dir_item, facts, give
from sagsgang.meetings.tests.agenda import approved_case, verbs_of


def test_at_an_item_it_belongs_to_the_body_and_both_histories(town: Town) -> None:
    item = dir_item(town)

    row = give(town, item, unit=town.unit, owner=town.manager, reports_to=town.dir)

    assert (row.case, row.item, row.body, row.reports_to) == (item.case, item, town.dir, town.dir)
    assert (row.words, row.owner_role, row.unit, row.owner) == ("Følger op på tallene", HEAD, town.unit, town.manager)
    assert (row.due_on, row.given_by) == (DUE, town.dir_secretary)
    assert verbs_of(item)[-1] == verbs_of(item.case)[-1] == "give_follow_up"


def test_no_word_of_it_is_in_the_log(town: Town) -> None:
    give(town, dir_item(town), "Hemmelige ord")

    assert [str(entry.data) for entry in AuditEntry.objects.all() if "Hemmelige" in str(entry.data)] == []


def test_given_twice_it_is_given_once_and_anew_when_it_is_over(town: Town) -> None:
    item = dir_item(town)
    first, again = give(town, item), give(town, item)
    actions.finish_follow_up(first, words="Gjort", actor=town.writer)

    third = give(town, item)

    assert first == again != third
    assert FollowUp.objects.count() == 2


def test_before_a_step_it_is_due_before_the_agenda_goes_out(town: Town) -> None:
    item = dir_item(town)
    step = item.case.path.get(body=town.mtu)

    row = give(town, item, before_step=step)

    assert (row.before_step, row.due_on) == (step, date(2026, 4, 13))  # MTU on Monday 20 April: safe 14 April


def test_of_a_remark_it_belongs_to_the_body_at_whose_meeting_it_was_made(town: Town) -> None:
    case = approved_case(town)
    remark = make_remark(case, text="Tallene skal ses efter", step=case.path.get(body=town.dir), actor=town.writer)

    row = actions.give_follow_up(case, facts(), remark=remark, actor=town.writer)

    assert (row.remark, row.item, row.body) == (remark, None, town.dir)


@pytest.mark.parametrize(
    "wrong", [{"words": " "}, {"owner_role": " "}, {"due_on": None}, {"due_on": date(2026, 3, 19)}]
)
def test_what_says_too_little_or_is_late_already_is_refused(town: Town, wrong: dict[str, object]) -> None:
    item = dir_item(town)

    with pytest.raises(RuleBrokenError):
        actions.give_follow_up(item.case, facts(**wrong), item=item, actor=town.dir_secretary)  # type: ignore[arg-type]

    assert FollowUp.objects.count() == 0


def test_item_step_and_remark_are_of_the_same_case(town: Town) -> None:
    item, other = dir_item(town), approved_case(town, "En anden sag")
    remark = make_remark(other, text="Nej", actor=town.writer)

    for more, of in (
        ({"before_step": other.path.get(body=town.mtu)}, {"item": item}),
        ({}, {"remark": remark}),
    ):
        with pytest.raises(RuleBrokenError):
            actions.give_follow_up(item.case, facts(**more), actor=town.dir_secretary, **of)  # type: ignore[arg-type]
    with pytest.raises(RuleBrokenError):
        actions.give_follow_up(other, facts(), item=item, actor=town.dir_secretary)


def test_the_database_holds_what_the_rules_say(town: Town) -> None:
    case = make_case(town)

    for said in ({"words": "", "owner_role": HEAD}, {"words": "Ord", "owner_role": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.create(case=case, given_by=town.writer, **said)


def test_the_page_proposes_and_gives(town: Town) -> None:
    item = dir_item(town)
    step = item.case.path.get(body=town.mtu)
    url = reverse("followups:give-follow-up", args=[item.pk])
    client = signed_in_as(town.dir_secretary)

    page = client.get(url).content.decode()
    answer = client.post(
        url, {"words": "Ret tallene", "owner_role": HEAD, "before_step": step.pk, "reports_to": town.dir.pk}
    )

    assert f'<option value="{step.pk}" selected>før Miljø- og Teknikudvalget, 20. april 2026: senest 13. april' in page
    assert '<option value="Chef for Natur og Miljø">' in page
    assert answer["Location"] == reverse("meetings:item", args=[item.pk])
    row = FollowUp.objects.get()
    assert (row.words, row.before_step, row.due_on, row.reports_to) == (
        "Ret tallene", step, date(2026, 4, 13), town.dir,
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""}, {"owner_role": ""}, {"owner_role": "x" * 201}, {"words": "x" * 4001}, {"due_on": "32-13-2026"},
        {"due_on": "2026-03-01"}, {"due_on": ""}, {"unit": "nej"}, {"owner": "00000000-0000-0000-0000-000000000000"},
        {"before_step": "nej"}, {"reports_to": "'"}, {"words": "\x00"},
    ],
)  # fmt: skip
def test_bad_input_is_answered_and_kept(town: Town, wrong: dict[str, str]) -> None:
    item = dir_item(town)
    said = {"words": "Ret tallene i tabel 2", "owner_role": "Chef for Tal", "due_on": "2026-04-15"} | wrong

    answer = signed_in_as(town.dir_secretary).post(reverse("followups:give-follow-up", args=[item.pk]), said)

    assert answer.status_code == 422
    assert ("Ret tallene i tabel 2" in answer.content.decode()) is ("words" not in wrong)
    assert FollowUp.objects.count() == 0


def test_a_step_and_a_day_are_one_too_many(town: Town) -> None:
    item = dir_item(town)
    step = item.case.path.get(body=town.mtu)
    said = {"words": "Ret", "owner_role": HEAD, "before_step": step.pk, "due_on": "2026-04-15"}

    answer = signed_in_as(town.dir_secretary).post(reverse("followups:give-follow-up", args=[item.pk]), said)

    assert answer.status_code == 422
    assert FollowUp.objects.count() == 0


def test_who_may_give(town: Town) -> None:
    item = dir_item(town)
    remark = make_remark(item.case, text="Se efter", actor=town.writer)
    users = (
        town.dir_secretary, town.writer, town.colleague, town.manager, town.secretary, town.member, town.auditor,
        town.stranger,
    )  # fmt: skip
    places = {
        "give-follow-up": (item.pk, [200, 200, 200, 404, 404, 404, 403, 404]),
        "give-follow-up-on-case": (item.case_id, [403, 200, 200, 403, 403, 404, 403, 404]),
        "give-follow-up-on-remark": (remark.pk, [200, 200, 200, 200, 200, 404, 403, 404]),
    }

    got = {
        name: [signed_in_as(user).get(reverse(f"followups:{name}", args=[pk])).status_code for user in users]
        for name, (pk, _codes) in places.items()
    }

    assert got == {name: codes for name, (_pk, codes) in places.items()}


def test_only_steps_to_come_are_offered(town: Town) -> None:
    item = dir_item(town)

    page = signed_in_as(town.dir_secretary).get(reverse("followups:give-follow-up", args=[item.pk])).content.decode()

    offered = [
        body
        for body in ("Direktionen, ", "Miljø- og Teknikudvalget, ", "Kommunalbestyrelsen, ")
        if f"før {body}" in page
    ]
    assert offered == ["Miljø- og Teknikudvalget, ", "Kommunalbestyrelsen, "]
