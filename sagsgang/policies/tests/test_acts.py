"""What is written of policies: approvals from decisions, the review on the wheel, and what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sagsgang.bodies.models import Person
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import Decision, HaltRequest
from sagsgang.policies import actions
from sagsgang.policies.models import Policy, PolicyApproval, PolicyApprovalWithdrawal, PolicyPart, PolicyVersion
from sagsgang.policies.queries.evidence import evidence_on
from sagsgang.policies.queries.facts import facts_of
from sagsgang.policies.rules import in_force
from sagsgang.policies.tests.factories import FIRST, SECOND, Town, decided_item, enter, require, seed, write
from sagsgang.wheel.models import WheelEntry


def number(policy: Policy, on: date) -> int | None:
    found = in_force(facts_of([policy])[policy.pk].facts, on, policy.withdrawn_on)
    return found.version.number if found and found.version else None


def test_body_and_day_come_from_the_decision_and_follow_its_correction(town: Town) -> None:
    policy = seed(town)
    before = number(policy, SECOND)
    decision = town.second.decisions.get()
    Decision.objects.create(
        item=town.second, version=2, body=town.dir, stated_body="Direktionen", decided_on=SECOND,
        outcome="postponed", recorded_by=town.keeper, position=decision.position,
    )  # fmt: skip

    assert before == 2
    assert number(policy, SECOND) == 1


def test_a_halted_decision_approves_nothing(town: Town) -> None:
    policy = seed(town)
    person = Person.objects.create(authority=town.authority, name="Ulla Skov")
    HaltRequest.objects.create(item=town.second, person=person, power="member", entered_by=town.keeper)

    assert number(policy, SECOND) == 1
    version = policy.versions.get(number=2)
    part = version.parts.first()
    with pytest.raises(RuleBrokenError):
        actions.record_policy_approval(version, item=town.second, part=part, actor=town.keeper)


@pytest.mark.parametrize("outcome", ["recommended", "discussed", "noted", "postponed", "rejected"])
def test_a_decision_that_does_not_approve_is_refused(town: Town, outcome: str) -> None:
    version = write(town, enter(town), FIRST)
    item = decided_item(town.dir, date(2022, 2, 2), "1", "Et punkt", town.keeper, outcome=outcome)

    with pytest.raises(RuleBrokenError):
        actions.record_policy_approval(version, item=item, actor=town.keeper)


def test_what_is_approved_is_not_changed_nor_approved_twice(town: Town) -> None:
    version = seed(town).versions.get(number=2)
    written = actions.WrittenVersion(title="Ny", valid_from=SECOND, text="Ny")

    with pytest.raises(RuleBrokenError):
        actions.edit_policy_version(version, written, actor=town.keeper)
    with pytest.raises(RuleBrokenError):
        actions.record_policy_approval(version, item=town.second, actor=town.keeper)


def test_an_approval_taken_off_counts_no_more_and_can_be_entered_again(town: Town) -> None:
    policy = seed(town)
    version = policy.versions.get(number=2)
    actions.withdraw_policy_approval(version.approvals.get(), actor=town.keeper)
    without = number(policy, SECOND)
    actions.record_policy_approval(version, item=town.second, actor=town.keeper)

    assert (without, number(policy, SECOND)) == (1, 2)


def test_the_database_keeps_approvals_and_what_was_approved(town: Town) -> None:
    policy = seed(town)
    one, two = policy.versions.order_by("number")
    actions.withdraw_policy_approval(two.approvals.get(), actor=town.keeper)
    parts = PolicyPart.objects.filter(version=two)
    with pytest.raises(RuleBrokenError):
        actions.withdraw_policy_approval(PolicyApproval.history.get(version=two), actor=town.keeper)

    written = actions.WrittenVersion(title="Ny", valid_from=SECOND, text="Ny", parts=("Password",))
    actions.edit_policy_version(two, written, actor=town.keeper)  # nothing of it is approved any more
    actions.record_policy_approval(two, item=town.second, actor=town.keeper)

    for change in (
        lambda: PolicyApproval.history.update(stated_body="En anden"),
        lambda: PolicyApproval.history.all().delete(),
        lambda: PolicyApprovalWithdrawal.objects.update(withdrawn_by=town.users["owner"]),
        lambda: PolicyVersion.objects.filter(pk=one.pk).update(text="Andre ord"),
        lambda: parts.update(name="Andet"),
        lambda: PolicyPart.objects.create(version=two, position=9, name="Endnu en"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_was_approved_before_this_system_names_its_source(town: Town) -> None:
    policy = enter(town)
    version = write(town, policy, FIRST)
    with pytest.raises(RuleBrokenError):
        actions.state_policy_approval(version, body="Direktionen", on=FIRST, source=" ", actor=town.keeper)
    actions.state_policy_approval(version, body="Direktionen", on=FIRST, source="Protokol 2021", actor=town.keeper)
    with pytest.raises(RuleBrokenError):  # twice sent
        actions.state_policy_approval(version, body="direktionen", on=FIRST, source="Protokol", actor=town.keeper)

    (fact,) = facts_of([policy])[policy.pk].facts
    assert [(one.body, one.on, one.source, one.decision) for one in fact.approvals] == [
        ("Direktionen", FIRST, "Protokol 2021", None)
    ]


def test_the_review_stands_on_the_wheel_and_moves_with_the_next_approval(town: Town) -> None:
    policy = seed(town)
    entry = WheelEntry.objects.get()

    assert policy.review_on == date(2025, 4, 12)
    assert (entry.rule, entry.starts_on) == ("FREQ=YEARLY;INTERVAL=2;BYMONTH=4;BYMONTHDAY=12", policy.review_on)
    assert (entry.unit, policy.wheel_entry) == (town.unit, entry)
    assert (entry.opens_case, policy.name in entry.case_title) == (True, True)
    WheelEntry.objects.update(lead_days=90, note="Spørg sikkerhedsudvalget")  # on the wheel's own page
    entry.steps.create(position=1, body=town.dir, purpose="decision")
    facts = actions.PolicyFacts(
        name=policy.name, tier="guideline", unit=town.unit, review_years=2, review_on=date(2025, 6, 1),
        reach="closed", ground="security",
    )  # fmt: skip
    actions.edit_policy(policy, facts, actor=town.keeper)
    entry.refresh_from_db()
    assert (entry.starts_on, entry.lead_days, entry.note) == (date(2025, 6, 1), 90, "Spørg sikkerhedsudvalget")
    assert (policy.name in entry.title + entry.case_title, entry.steps.get().body) == (False, town.dir)
    policy.refresh_from_db()
    actions.withdraw_policy(policy, on=date(2024, 1, 1), actor=town.keeper)
    gone = WheelEntry.objects.count()
    actions.restore_policy(policy, actor=town.keeper)
    assert (gone, WheelEntry.objects.count()) == (0, 1)


def test_tiers_hold(town: Town) -> None:
    guideline = enter(town)
    with pytest.raises(RuleBrokenError):
        enter(town, "Anden retningslinje", parent=guideline)
    child = enter(town, "Instruks for password", tier="instruction", parent=guideline)
    with pytest.raises(RuleBrokenError):
        actions.edit_policy(guideline, actions.PolicyFacts(name=guideline.name, tier="policy"), actor=town.keeper)
    with pytest.raises(RuleBrokenError):
        enter(town, guideline.name.upper())
    assert child.parent == guideline


def test_versions_have_content_and_stand_in_order(town: Town) -> None:
    policy = enter(town)
    with pytest.raises(RuleBrokenError):
        write(town, policy, FIRST, text=" ")
    write(town, policy, SECOND)
    with pytest.raises(RuleBrokenError):
        write(town, policy, FIRST)
    with pytest.raises(RuleBrokenError):
        write(town, policy, SECOND, valid_to=FIRST)
    assert PolicyVersion.objects.count() == 1


def test_evidence_is_the_version_in_force_on_the_day_from_the_one_that_answers(town: Town) -> None:
    policy = seed(town)
    needed, lacking = require(town, "3.1"), require(town, "A.5.17", "iso27001")
    version = policy.versions.get(number=2)
    actions.give_evidence(needed, version=version, place="side 16", actor=town.keeper)

    after = {line.requirement: line for line in evidence_on(town.authority, SECOND, readable=Policy.objects.all())}
    before = {
        line.requirement: line for line in evidence_on(town.authority, date(2023, 4, 11), readable=Policy.objects.all())
    }

    (answer,) = after[needed].answers
    assert (answer.version, answer.since, answer.place) == (version, SECOND, "side 16")
    assert answer.approved is not None and answer.approved.body == "Direktionen"
    assert not before[needed].is_met
    assert (after[lacking].answers, after[lacking].is_met) == ((), False)


def test_every_act_leaves_its_trace(town: Town) -> None:
    seed(town)

    verbs = list(AuditEntry.objects.filter(actor=town.keeper).values_list("verb", flat=True))
    assert {"add_policy", "add_policy_version", "approve_policy_version"} <= set(verbs)
