"""A member raises a matter for the next agenda; the secretary takes it up or answers; the member sees what became of it."""

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.actions import put_on_agenda, send_agenda
from sagsgang.meetings.actions.proposals import (
    ProposalFacts,
    answer_matter,
    raise_matter,
    set_cutoff,
    take_up_matter,
    withdraw_matter,
)
from sagsgang.meetings.models import MemberProposal
from sagsgang.meetings.queries.proposals import calendar_of, proposals_of, waiting_proposals
from sagsgang.meetings.tests.factories import signed_in_as
from sagsgang.members.tests.factories import KB_DAY, MTU_DAY, Hall, meeting_on, user_of

WRITTEN = {"title": "Lys på stien", "words": "Stien er mørk.\n\nJeg beder udvalget drøfte lys.", "meeting": ""}


def raised(hall: Hall, title: str = "Lys på stien") -> MemberProposal:
    facts = ProposalFacts(title, "Stien er mørk.")
    return raise_matter(hall.town.mtu, facts, person=hall.dina, actor=hall.member)


def test_the_whole_way_of_a_proposal(hall: Hall) -> None:
    meeting = meeting_on(hall)
    member, secretary = signed_in_as(hall.member), signed_in_as(hall.town.secretary)
    form = member.get(reverse("members:raise-matter", args=[hall.town.mtu.pk])).content.decode()
    for _twice in range(2):
        assert member.post(reverse("members:raise-matter", args=[hall.town.mtu.pk]), WRITTEN).status_code == 302
    proposal = MemberProposal.objects.get()
    page = reverse("meetings:member-proposal", args=[proposal.pk])

    assert "20. april 2026" in form  # eight days before
    assert page in secretary.get(reverse("meetings:waiting-cases", args=[hall.town.mtu.pk])).content.decode()
    assert "Jeg beder udvalget" in secretary.get(page).content.decode()
    response = secretary.post(reverse("meetings:take-up-matter", args=[proposal.pk]), {"access": "open", "ground": ""})
    assert response.status_code == 302
    case = Case.objects.get(title="Lys på stien")
    assert case.path.get().planned_on == MTU_DAY
    assert "Stien er mørk." in case.presentations.get().sections.order_by("position")[0].html
    assert waiting_proposals(hall.town.mtu, MTU_DAY) == []
    assert [line.state for line in proposals_of(hall.dina.pk, MTU_DAY)] == ["taken_up"]

    put_on_agenda(case, meeting=meeting, anyway=True, actor=hall.town.secretary)
    assert [line.state for line in proposals_of(hall.dina.pk, MTU_DAY)] == ["taken_up"]  # not sent yet
    send_agenda(meeting, anyway=True, actor=hall.town.secretary)
    assert [line.state for line in proposals_of(hall.dina.pk, MTU_DAY)] == ["on_agenda"]
    assert "28. april 2026" in member.get(reverse("members:my-proposals")).content.decode()


def test_the_log_holds_no_words(hall: Hall) -> None:
    proposal = raised(hall)
    answer_matter(proposal, answer="Sagen er afgjort i marts.", actor=hall.town.secretary)

    said = str(list(AuditEntry.objects.filter(verb__in=("raise_matter", "answer_matter")).values_list("data")))

    assert AuditEntry.objects.filter(verb="raise_matter").count() == 1
    assert "mørk" not in said
    assert "afgjort" not in said


def test_an_answer_with_its_reason_is_read_by_the_member(hall: Hall) -> None:
    proposal = raised(hall)
    secretary = signed_in_as(hall.town.secretary)
    address = reverse("meetings:answer-matter", args=[proposal.pk])

    assert secretary.post(address, {"answer": " "}).status_code == 422
    assert secretary.post(address, {"answer": "Det hører under regionen."}).status_code == 302
    assert (
        "Det hører under regionen." in signed_in_as(hall.member).get(reverse("members:my-proposals")).content.decode()
    )
    with pytest.raises(RuleBrokenError):
        take_up_matter(proposal, access="open", ground="", actor=hall.town.secretary)
    with pytest.raises(RuleBrokenError):
        withdraw_matter(proposal, actor=hall.member)


def test_taken_back_while_it_waits(hall: Hall) -> None:
    proposal = raised(hall)
    address = reverse("members:withdraw-matter", args=[proposal.pk])

    assert signed_in_as(hall.other).post(address).status_code == 404
    assert signed_in_as(hall.member).post(address).status_code == 302
    assert waiting_proposals(hall.town.mtu, MTU_DAY) == []
    with pytest.raises(RuleBrokenError):
        answer_matter(proposal, answer="For sent.", actor=hall.town.secretary)


def test_others_neither_raise_nor_read(hall: Hall) -> None:
    proposal = raised(hall)
    there, read = reverse("members:raise-matter", args=[hall.town.mtu.pk]), "meetings:member-proposal"

    assert signed_in_as(hall.outsider).post(there, WRITTEN).status_code == 404
    for user in (hall.other, hall.outsider, hall.member):
        assert signed_in_as(user).get(reverse(read, args=[proposal.pk])).status_code == 404
    with pytest.raises(RuleBrokenError):
        raise_matter(hall.town.mtu, ProposalFacts("Lys", "Mørkt."), person=hall.eva, actor=user_of(hall.eva))


def test_late_for_the_wished_meeting_and_where_it_gets_on(hall: Hall) -> None:
    wished, later = meeting_on(hall), meeting_on(hall, KB_DAY)
    with time_machine.travel("2026-04-21 09:00+02:00"):
        facts = ProposalFacts("Lys", "Mørkt.", wished)
        proposal = raise_matter(hall.town.mtu, facts, person=hall.dina, actor=hall.member)
        line = waiting_proposals(hall.town.mtu, wished.held_on)[0]
        late = line.is_in_time, line.wanted and line.wanted.held_on
        case = take_up_matter(proposal, access="closed", ground="property", actor=hall.town.secretary)

    assert late == (False, MTU_DAY)
    assert case.is_closed
    assert case.path.get().planned_on == later.held_on


def test_a_body_has_its_own_last_day(hall: Hall) -> None:
    meeting_on(hall)
    set_cutoff(hall.town.mtu, days=14, actor=hall.town.secretary)
    set_cutoff(hall.town.mtu, days=14, actor=hall.town.secretary)

    found = calendar_of(hall.town.mtu, MTU_DAY)

    assert (found.days, found.reached, found.nearest and found.nearest.last_day.isoformat()) == (14, None, "2026-04-14")
    assert AuditEntry.objects.filter(verb="change_body").count() == 1


def test_the_pages_ask_the_same_for_one_and_for_many(
    hall: Hall, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting_on(hall)
    for number in range(6):
        raised(hall, f"Sag {number}")
    member, secretary = signed_in_as(hall.member), signed_in_as(hall.town.secretary)

    with django_assert_max_num_queries(9):
        member.get(reverse("members:my-proposals"))
    with django_assert_max_num_queries(9):
        member.get(reverse("members:raise-matter", args=[hall.town.mtu.pk]))
    with django_assert_max_num_queries(12):
        secretary.get(reverse("meetings:waiting-cases", args=[hall.town.mtu.pk]))
