"""A case on its way up: sent, approved level by level, sent back, taken back; deputies; and two who click at once."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.cases.actions.approval import approve_case, reopen_case, send_back, submit_for_approval
from sagsgang.cases.models import (
    AppropriationKind,
    AppropriationLine,
    Case,
    Fact,
    Hearing,
    PresentationTemplate,
    Section,
    SectionKind,
    Side,
    TemplateSection,
)
from sagsgang.cases.permissions import levels_of
from sagsgang.cases.queries.approval import content_digest, corrects_now, standing_of, whose_turn
from sagsgang.cases.queries.journey import newest_version
from sagsgang.cases.rules.approval import LackingError
from sagsgang.cases.tests.factories import Town, make_case, make_town
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry, subject_of


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


def digest(case: Case) -> str:
    version = newest_version(case)
    assert version is not None
    return content_digest(version)


def approve(case: Case, actor: User) -> None:
    level = whose_turn(case)
    approve_case(case, seen=digest(case), level=level.position if level else 0, actor=actor)


def events(case: Case) -> list[tuple[str, int, str, str]]:
    rows = case.presentations.get().approval_events.all()
    return [(e.verdict, e.level, str(e.by.username), e.for_user.username if e.for_user else "") for e in rows]


def places(refusal: pytest.ExceptionInfo[LackingError]) -> list[str]:
    return [lack.place for lack in refusal.value.lacks]


def test_it_goes_up_level_by_level_and_leaves_its_trace(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)
    turns = []
    for approver in (town.manager, town.director, town.chief):
        level = whose_turn(case)
        turns.append(level.name if level else "")
        approve(case, approver)

    assert turns == ["Leder", "Direktør", "Direktionen"]
    assert standing_of(case).state == "approved"
    assert whose_turn(case) is None
    assert events(case) == [
        ("submitted", 0, "writer", ""),
        ("approved", 1, "manager", ""),
        ("approved", 2, "director", ""),
        ("approved", 3, "chief", ""),
        ("approved", 0, "chief", ""),
    ]
    trace = AuditEntry.objects.filter(subject=subject_of(case)).order_by("number")
    assert [entry.verb for entry in trace] == ["submit_for_approval", *["approve_case"] * 3]


def test_a_deputy_approves_and_the_event_says_for_whom(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)

    approve(case, town.deputy)

    assert events(case)[1] == ("approved", 1, "deputy", "manager")


def test_nobody_speaks_out_of_turn(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)

    for who in (town.director, town.chief, town.writer, town.stranger):
        with pytest.raises(RuleBrokenError, match="Leder"):
            approve(case, who)
        with pytest.raises(RuleBrokenError, match="Leder"):
            send_back(case, comment="Nej", level=1, actor=who)

    assert len(events(case)) == 1


def test_words_that_were_changed_since_the_page_was_opened_are_not_approved(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)
    seen = digest(case)
    Section.objects.filter(presentation__case=case, position=1).update(html="<p>Stien bliver 900 m lang.</p>")

    refused = gettext("The words have been changed since you opened the page. Read them as they are now, then approve.")
    with pytest.raises(RuleBrokenError, match=refused):
        approve_case(case, seen=seen, level=1, actor=town.manager)

    approve(case, town.manager)
    assert [e.digest == seen for e in case.presentations.get().approval_events.all()] == [True, False]


def test_sent_back_goes_to_the_caseworker_and_every_level_is_asked_again(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)
    approve(case, town.manager)
    with pytest.raises(RuleBrokenError):
        send_back(case, comment="  ", level=2, actor=town.director)

    send_back(case, comment="Længden mangler en kilde.", level=2, actor=town.director)

    assert (standing_of(case).state, standing_of(case).was_returned) == ("draft", True)
    submit_for_approval(case, actor=town.writer)
    assert standing_of(case).level == 1


def test_the_writer_takes_it_back_and_opens_what_is_approved(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)
    reopen_case(case, reason="Et nyt tal", actor=town.colleague)
    assert (standing_of(case).state, standing_of(case).was_returned) == ("draft", False)
    submit_for_approval(case, actor=town.writer)
    for approver in (town.manager, town.director, town.chief):
        approve(case, approver)

    reopen_case(case, reason="Endnu et tal", actor=town.writer)

    assert standing_of(case).state == "draft"


def test_a_unit_without_levels_uses_those_above_and_without_any_it_is_approved_at_once(town: Town, case: Case) -> None:
    for level in levels_of(town.unit):
        level.unit = town.unit.parent  # type: ignore[assignment]
        level.save()
    case.refresh_from_db()
    assert [level.name for level in levels_of(case.unit)] == ["Leder", "Direktør", "Direktionen"]
    town.unit.parent.levels.all().delete()  # type: ignore[union-attr]

    submit_for_approval(case, actor=town.writer)

    assert standing_of(case).state == "approved"
    assert events(case) == [("submitted", 0, "writer", ""), ("approved", 0, "writer", "")]


def test_one_person_at_two_levels_approves_each_with_a_click_of_its_own(town: Town, case: Case) -> None:
    town.unit.levels.filter(position=2).update(approver=town.manager)
    submit_for_approval(case, actor=town.writer)
    seen = digest(case)

    approve_case(case, seen=seen, level=1, actor=town.manager)
    with pytest.raises(RuleBrokenError):  # the same button once more
        approve_case(case, seen=seen, level=1, actor=town.manager)
    approve_case(case, seen=seen, level=2, actor=town.manager)

    assert standing_of(case).level == 3


def test_who_corrects_follows_the_turn(town: Town, case: Case) -> None:
    def correctors() -> list[str]:
        case.refresh_from_db()
        users = (town.writer, town.colleague, town.manager, town.deputy, town.director, town.secretary)
        return [user.username for user in users if corrects_now(user, case)]

    before = correctors()
    submit_for_approval(case, actor=town.writer)
    at_the_manager = correctors()
    approve(case, town.manager)
    at_the_director = correctors()
    for approver in (town.director, town.chief):
        approve(case, approver)

    assert before == ["writer", "colleague"]
    assert at_the_manager == ["manager", "deputy"]
    assert at_the_director == ["director"]
    assert correctors() == []


def test_what_is_missing_is_listed_with_its_place_and_nothing_is_sent(town: Town, case: Case) -> None:
    template = PresentationTemplate.objects.create(
        body=town.mtu, item_kind="", required_facts=[Fact.NUMBER, Fact.KLE, Fact.PATH, Fact.POLICY_AREA]
    )
    for position, (kind, is_required) in enumerate(
        ((SectionKind.PRESENTATION, True), (SectionKind.LAW, True), (SectionKind.GOALS, False)), start=1
    ):
        TemplateSection.objects.create(
            template=template, position=position, kind=kind, heading=f"Afsnit {position}", is_required=is_required
        )
    draft = case.presentations.get()
    first, recommendation = draft.sections.all()
    Section.objects.filter(pk=first.pk).update(html="<p> </p>")
    recommendation.points.all().delete()
    AppropriationLine.objects.create(
        presentation=draft, position=1, side=Side.GRANT, kind=AppropriationKind.SUPPLEMENTARY,
        account="Stier", year=2027, amount="250000.00",
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(concerns_elderly=True, concerns_staff=True)

    with pytest.raises(LackingError) as refusal:
        submit_for_approval(case, actor=town.writer)

    assert places(refusal) == [
        f"section:{first.pk}", "presentation", "presentation", "facts", "path", "facts", "presentation", "hearings",
    ]  # fmt: skip
    assert events(case) == []


@pytest.mark.parametrize("is_over", ["answered", "waived"])
def test_a_hearing_that_was_answered_or_waived_lets_the_case_go_on(town: Town, case: Case, is_over: str) -> None:
    Case.objects.filter(pk=case.pk).update(concerns_elderly=True)
    hearing = Hearing.objects.create(
        case=case,
        body=town.elders,
        concern="elderly",
        asked_on="2026-03-01",
        answer_by="2099-04-01",
        asked_by=town.writer,
    )
    with pytest.raises(LackingError) as refusal:
        submit_for_approval(case, actor=town.writer)
    assert places(refusal) == ["hearings"]
    hearing.answered_on = "2026-03-12" if is_over == "answered" else None
    hearing.waived_reason = "Rådet er ikke valgt endnu." if is_over == "waived" else ""
    hearing.save()

    submit_for_approval(case, actor=town.writer)

    assert standing_of(case).state == "in_approval"


def test_a_case_without_a_presentation_cannot_be_sent(town: Town) -> None:
    empty = Case.objects.create(authority=town.authority, title="Uden ord", unit=town.unit, caseworker=town.writer)

    with pytest.raises(RuleBrokenError):
        submit_for_approval(empty, actor=town.writer)

    assert standing_of(empty).state == "draft"


def test_a_frozen_version_is_neither_sent_nor_opened(town: Town, case: Case) -> None:
    case.presentations.update(frozen_at="2026-04-01T10:00Z", frozen_by="sent")

    acts: list[Callable[[], object]] = [
        lambda: submit_for_approval(case, actor=town.writer),
        lambda: reopen_case(case, reason="x", actor=town.writer),
    ]
    for act in acts:
        with pytest.raises(RuleBrokenError):
            act()


def test_the_digest_is_of_words_points_money_access_and_files(town: Town, case: Case) -> None:
    seen = [digest(case)]
    draft = case.presentations.get()
    first = draft.sections.first()
    assert first is not None
    for change in (
        lambda: Section.objects.filter(pk=first.pk).update(html="<p>Nyt.</p>"),
        lambda: Section.objects.filter(pk=first.pk).update(access="closed", ground="personal"),
        lambda: draft.sections.last().points.update(text="at stien afvises"),  # type: ignore[union-attr]
        lambda: AppropriationLine.objects.create(
            presentation=draft, position=1, side="grant", account="Stier", year=2027, amount="1.00"
        ),
        lambda: case.attachments.create(presentation=draft, position=1, title="HU's udkast", access="open"),
    ):
        change()
        seen.append(digest(case))

    assert len(set(seen)) == 6
    assert digest(case) == seen[-1]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_click_at_once_one_gets_a_sentence() -> None:
    town = make_town()
    case = make_case(town)
    submit_for_approval(case, actor=town.writer)
    seen = digest(case)
    said: list[str] = []

    def click(actor: User) -> None:
        try:
            approve_case(case, seen=seen, level=1, actor=actor)
            said.append("")
        except RuleBrokenError as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=click, args=(actor,)) for actor in (town.manager, town.deputy)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    refused = gettext("Somebody else has acted on the case since you opened the page. Look at where it stands now.")
    assert sorted(said) == ["", refused]
    assert [verdict for verdict, *_ in events(case)] == ["submitted", "approved"]
