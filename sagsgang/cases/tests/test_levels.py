"""Who approves for a unit: levels in, out and moved; and what becomes of the cases that wait."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Unit
from sagsgang.cases.actions.approval import approve_case, submit_for_approval
from sagsgang.cases.actions.levels import add_level, edit_level, move_level, remove_level
from sagsgang.cases.models import ApprovalEvent, ApprovalLevel, Case
from sagsgang.cases.queries.approval import content_digest, standing_of, whose_turn
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry, subject_of

QUERIES = 11
LIST_QUERIES = 8


@pytest.fixture
def case(town: Town) -> Case:
    case = make_case(town)
    submit_for_approval(case, actor=town.writer)
    return case


def names(unit: Unit) -> list[str]:
    return [level.name for level in unit.levels.all()]


def level(town: Town, name: str) -> ApprovalLevel:
    return town.unit.levels.get(name=name)


def approve(case: Case, actor: User) -> None:
    turn = whose_turn(case)
    approve_case(case, seen=content_digest(case.presentations.get()), level=turn.position if turn else 0, actor=actor)


def waits_for(case: Case) -> str:
    turn = whose_turn(case)
    return turn.name if turn else standing_of(case).state


def post(user: User, name: str, row: Unit | ApprovalLevel, **words: object) -> tuple[int, str]:
    response = signed_in_as(user).post(reverse(f"cases:{name}", args=[row.pk]), words)
    return response.status_code, response.content.decode()


def test_a_level_is_added_above_and_what_waits_is_asked_there_too(town: Town, case: Case) -> None:
    words = {"new-name": "Kommunaldirektør", "new-approver": town.stranger.pk, "new-deputy": ""}
    assert post(town.manager, "add-level", town.unit, **words)[0] == 302
    assert names(town.unit) == ["Leder", "Direktør", "Direktionen", "Kommunaldirektør"]
    for approver in (town.manager, town.director, town.chief):
        approve(case, approver)

    assert waits_for(case) == "Kommunaldirektør"
    entry = AuditEntry.objects.get(verb="add_level")
    assert entry.subject == subject_of(town.unit)


def test_a_new_level_is_not_asked_of_what_is_already_approved(town: Town, case: Case) -> None:
    for approver in (town.manager, town.director, town.chief):
        approve(case, approver)

    add_level(town.unit, name="Kommunaldirektør", approver=town.stranger, actor=town.admin)

    assert waits_for(case) == "approved"


def test_a_removed_level_is_passed_over_and_what_is_added_is_asked(town: Town, case: Case) -> None:
    approve(case, town.manager)
    remove_level(level(town, "Direktør"), actor=town.admin)
    assert waits_for(case) == "Direktionen"
    remove_level(level(town, "Direktionen"), actor=town.admin)
    assert waits_for(case) == "approved"

    add_level(town.unit, name="Ny direktør", approver=town.stranger, actor=town.admin)

    assert waits_for(case) == "Ny direktør"


def test_nobodys_approval_is_read_as_anothers_when_levels_change_places(town: Town, case: Case) -> None:
    approve(case, town.manager)

    move_level(level(town, "Direktør"), up=False, actor=town.admin)

    assert names(town.unit) == ["Direktør", "Leder", "Direktionen"]
    assert waits_for(case) == "Direktør"
    with pytest.raises(RuleBrokenError):
        approve(case, town.manager)
    assert list(ApprovalEvent.objects.filter(verdict="approved").values_list("level_name", flat=True)) == ["Leder"]


def test_a_move_beyond_the_ends_is_no_move(town: Town) -> None:
    move_level(level(town, "Leder"), up=False, actor=town.admin)
    move_level(level(town, "Direktionen"), up=True, actor=town.admin)

    assert names(town.unit) == ["Leder", "Direktør", "Direktionen"]
    assert AuditEntry.objects.count() == 0


def test_a_new_approver_speaks_from_now_and_what_was_said_keeps_its_names(town: Town, case: Case) -> None:
    approve(case, town.manager)
    row = level(town, "Leder")

    edit_level(row, name="Afdelingsleder", approver=town.stranger, deputy=None, actor=town.admin)

    assert waits_for(case) == "Direktør"
    event = ApprovalEvent.objects.get(verdict="approved")
    assert (event.level_name, event.by) == ("Leder", town.manager)


def test_a_unit_that_gets_levels_of_its_own_no_longer_uses_those_above(town: Town) -> None:
    below = Unit.objects.create(authority=town.authority, name="Vandløb", parent=town.unit)
    case = make_case(town, unit=below)
    submit_for_approval(case, actor=town.writer)
    approve(case, town.manager)

    add_level(below, name="Åmand", approver=town.stranger, actor=town.admin)

    case.refresh_from_db()
    assert waits_for(case) == "Åmand"  # the manager's word at another unit's level is not the new level's


def test_what_waits_is_said_before_a_level_is_removed(town: Town, case: Case) -> None:
    row = level(town, "Leder")
    page = signed_in_as(town.admin).get(reverse("cases:edit-levels", args=[town.unit.pk])).content.decode()
    assert ngettext("%(count)s case waits here", "%(count)s cases wait here", 1) % {"count": 1} in page
    assert post(town.admin, "remove-level", row)[0] == 422
    assert len(names(town.unit)) == 3

    assert post(town.admin, "remove-level", row, **{f"out{row.pk.hex}-sure": "on"})[0] == 302

    assert names(town.unit) == ["Direktør", "Direktionen"]


@pytest.mark.parametrize("wrong", [{"new-name": ""}, {"new-approver": "x"}, {"new-deputy": "same"}])
def test_what_was_typed_stays_when_something_is_wrong(town: Town, wrong: dict[str, str]) -> None:
    words = {"new-name": "Kommunaldirektør", "new-approver": str(town.chief.pk), "new-deputy": ""} | wrong
    if words["new-deputy"] == "same":
        words["new-deputy"] = str(town.chief.pk)

    status, page = post(town.admin, "add-level", town.unit, **words)

    assert (status, len(names(town.unit))) == (422, 3)
    assert "error-summary" in page


def test_a_level_is_changed_and_moved_through_its_page(town: Town) -> None:
    row = level(town, "Direktør")
    key = row.pk.hex
    words = {f"{key}-name": "Områdedirektør", f"{key}-approver": town.director.pk, f"{key}-deputy": town.chief.pk}

    assert post(town.manager, "edit-level", row, **words)[0] == 302
    assert post(town.manager, "move-level", row, to="up")[0] == 302

    assert names(town.unit) == ["Leder", "Direktionen", "Områdedirektør"]
    assert level(town, "Områdedirektør").deputy == town.chief


def test_only_the_units_manager_and_an_administrator_change_levels(town: Town) -> None:
    row = level(town, "Leder")

    assert post(town.writer, "add-level", town.unit)[0] == 403
    assert post(town.director, "remove-level", row)[0] == 403
    assert post(town.stranger, "edit-level", row)[0] == 404
    assert post(town.auditor, "edit-level", row)[0] == 403
    assert signed_in_as(town.manager).get(reverse("cases:edit-levels", args=[town.unit.pk])).status_code == 200


def test_the_list_says_whose_levels_hold(town: Town) -> None:
    Unit.objects.create(authority=town.authority, name="Vandløb", parent=town.unit)

    admin = signed_in_as(town.admin).get(reverse("cases:units")).content.decode()
    writer = signed_in_as(town.writer).get(reverse("cases:units")).content.decode()

    assert "Vandløb" in admin
    assert "<td>Natur og Miljø</td>" in admin
    assert "Natur og Miljø" in writer
    assert "Vandløb" not in writer
    assert reverse("cases:edit-levels", args=[town.unit.pk]) not in writer


def test_pages_ask_as_often_for_few_units_and_levels_as_for_many(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in_as(town.admin)
    for count in (1, 20):
        for number in range(count):
            Unit.objects.create(authority=town.authority, name=f"Enhed {count}-{number}", parent=town.unit)
            add_level(town.unit, name=f"Led {number}", approver=town.chief, actor=town.admin)
            submit_for_approval(make_case(town), actor=town.writer)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(reverse("cases:units"))
        with django_assert_num_queries(QUERIES):
            client.get(reverse("cases:edit-levels", args=[town.unit.pk]))


def test_a_level_that_is_gone_is_a_sentence(town: Town) -> None:
    row = level(town, "Leder")
    remove_level(row, actor=town.admin)
    row = ApprovalLevel(pk=row.pk, unit=town.unit, position=1, name="Leder", approver=town.manager)

    with pytest.raises(RuleBrokenError, match=gettext("The level has been removed in the meantime.")):
        edit_level(row, name="Leder", approver=town.chief, actor=town.admin)
