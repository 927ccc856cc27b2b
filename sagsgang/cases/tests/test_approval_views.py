"""The page of approval: what it shows to whom, what it refuses with a sentence, and how often it asks the database."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.cases.actions.approval import approve_case, give_review_copy, send_back, submit_for_approval
from sagsgang.cases.models import ApprovalEvent, Case, Remark, ReviewCopy, Section, SectionRevision
from sagsgang.cases.queries.approval import content_digest, standing_of
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.models import AuditEntry
from sagsgang.documents.models import Document, DocumentVersion

QUERIES = 11


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


def address(case: Case, name: str = "approval") -> str:
    return reverse(f"cases:{name}", args=[case.pk])


def page(case: Case, user: User) -> str:
    return signed_in_as(user).get(address(case)).content.decode()


def post(case: Case, name: str, user: User, **words: object) -> tuple[int, str]:
    response = signed_in_as(user).post(address(case, name), words)
    return response.status_code, response.content.decode()


def digest(case: Case) -> str:
    return content_digest(case.presentations.get())


def test_it_is_sent_approved_and_the_page_says_so(town: Town, case: Case) -> None:
    assert post(case, "submit-for-approval", town.writer)[0] == 302
    for position, user in enumerate((town.deputy, town.director, town.chief), start=1):
        words = {"approve-seen": digest(case), "approve-level": position, "approve-comment": "Fint."}
        assert post(case, "approve-case", user, **words)[0] == 302

    shown = page(case, town.writer)

    assert gettext("The case is approved, and can be put on an agenda.") in shown
    assert "Deputy Prøve" in shown
    assert shown.count("Fint.") == 3


def test_the_read_words_stand_on_the_page_with_numbers_and_without_markup_from_outside(town: Town, case: Case) -> None:
    first = case.presentations.get().sections.get(position=1)
    Section.objects.filter(pk=first.pk).update(html="<p>Stien</p><script>alert(1)</script>")

    shown = page(case, town.manager)

    assert f'id="section-{first.pk}"' in shown
    assert "<p>Stien</p>" in shown
    assert "alert(1)" not in shown
    assert "at stien godkendes" in shown


def test_each_sees_the_forms_that_are_hers_now(town: Town, case: Case) -> None:
    def forms(user: User) -> list[str]:
        shown = page(case, user)
        names = ("submit-for-approval", "approve-case", "send-back", "reopen-case", "give-review-copy", "make-remark")
        return [name for name in names if f'action="{address(case, name)}"' in shown]

    in_writing = {user.username: forms(user) for user in (town.writer, town.manager)}
    submit_for_approval(case, actor=town.writer)
    at_the_manager = {user.username: forms(user) for user in (town.writer, town.manager, town.deputy, town.director)}

    assert in_writing == {
        "writer": ["submit-for-approval", "give-review-copy", "make-remark"],
        "manager": ["give-review-copy", "make-remark"],
    }
    speaks = ["approve-case", "send-back", "give-review-copy", "make-remark"]
    assert at_the_manager == {
        "writer": ["reopen-case", "give-review-copy", "make-remark"],
        "manager": speaks,
        "deputy": speaks,
        "director": ["give-review-copy", "make-remark"],
    }


def test_what_is_missing_is_a_list_of_links(town: Town, case: Case) -> None:
    case.presentations.get().sections.last().points.all().delete()  # type: ignore[union-attr]
    Case.objects.filter(pk=case.pk).update(concerns_elderly=True)

    status, shown = post(case, "submit-for-approval", town.writer, **{"submit-comment": "Haster"})

    assert status == 422
    assert f'<a href="{address(case, "presentation")}">{gettext("The recommendation has no point yet.")}</a>' in shown
    assert f'<li><a href="{address(case, "hearings")}">' in shown
    assert "Haster</textarea>" in shown
    assert ApprovalEvent.objects.count() == 0


def test_words_changed_meanwhile_are_refused_and_her_comment_stays(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)
    old = digest(case)
    Section.objects.filter(presentation__case=case, position=1).update(html="<p>Andre ord.</p>")

    status, shown = post(
        case, "approve-case", town.manager, **{"approve-seen": old, "approve-level": 1, "approve-comment": "Godt nok"}
    )

    assert status == 422
    assert "Godt nok</textarea>" in shown
    assert f'value="{digest(case)}"' in shown  # she has the new words before her now
    assert standing_of(case).level == 1


def test_nonsense_in_the_hidden_fields_is_a_sentence_and_no_fault(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)

    for words in ({}, {"approve-level": "x", "approve-seen": "y"}, {"approve-level": "-1"}):
        assert post(case, "approve-case", town.manager, **words)[0] == 422
    assert post(case, "send-back", town.manager)[0] == 422
    assert post(case, "send-back", town.director, **{"return-comment": "Nej", "return-level": 1})[0] == 422
    assert standing_of(case).level == 1


def test_what_an_approver_corrects_is_seen_by_the_next(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)
    section = case.presentations.get().sections.get(position=1)
    Section.objects.filter(pk=section.pk).update(html="<p>400 m.</p>", revision=2)
    SectionRevision.objects.create(section=section, number=2, html="<p>400 m.</p>", author=town.manager)
    since = page(case, town.manager)
    approve_case(case, seen=digest(case), level=1, actor=town.manager)

    corrected = gettext("Corrected by %(names)s") % {"names": "Manager Prøve"}
    assert since.count('class="corrected"') == 1
    shown = page(case, town.director)
    assert shown.count('class="corrected"') == 1
    assert corrected in shown


def test_sent_back_is_seen_by_the_caseworker(town: Town, case: Case) -> None:
    submit_for_approval(case, actor=town.writer)
    send_back(case, comment="Skriv prisen.", level=1, actor=town.manager)

    shown = page(case, town.writer)

    assert "Skriv prisen." in shown
    assert gettext("The case has been sent back. Change what was asked for, then send it for approval again.") in shown


def test_only_writers_send_and_only_approvers_approve(town: Town, case: Case) -> None:
    assert post(case, "submit-for-approval", town.manager)[0] == 403
    assert post(case, "approve-case", town.writer)[0] == 403
    assert post(case, "send-back", town.writer)[0] == 403
    assert post(case, "reopen-case", town.manager)[0] == 403
    assert post(case, "submit-for-approval", town.stranger)[0] == 404
    assert signed_in_as(town.auditor).get(address(case)).status_code == 403
    assert signed_in_as(town.stranger).get(reverse("cases:approval", args=[uuid4()])).status_code == 404


def test_who_came_by_way_of_the_login_is_led_to_the_page(town: Town, case: Case) -> None:
    response = signed_in_as(town.writer).get(address(case, "submit-for-approval"))

    assert response["Location"] == address(case) + "#stand"
    assert ApprovalEvent.objects.count() == 0


def test_a_review_copy_lets_her_read_and_remark_until_it_is_taken_back(town: Town, case: Case) -> None:
    words = {"copy-reader": town.stranger.pk, "copy-message": "Se afsnit 1"}
    assert post(case, "give-review-copy", town.writer, **words)[0] == 302
    shown = page(case, town.stranger)
    assert "at stien godkendes" in shown
    assert f'action="{address(case, "make-remark")}"' in shown
    assert f'action="{address(case, "give-review-copy")}"' not in shown
    assert post(case, "submit-for-approval", town.stranger)[0] == 403
    copy = ReviewCopy.objects.get()

    assert signed_in_as(town.stranger).post(reverse("cases:withdraw-review-copy", args=[copy.pk])).status_code == 403
    assert signed_in_as(town.manager).post(reverse("cases:withdraw-review-copy", args=[copy.pk])).status_code == 302

    assert signed_in_as(town.stranger).get(address(case)).status_code == 404


def test_a_copy_is_given_once_and_to_somebody_of_the_staff(town: Town, case: Case) -> None:
    first = give_review_copy(case, reader=town.stranger, actor=town.writer)
    assert give_review_copy(case, reader=town.stranger, actor=town.manager) == first

    status, _shown = post(case, "give-review-copy", town.writer, **{"copy-reader": town.member.pk})

    assert status == 422
    assert ReviewCopy.objects.count() == 1


def test_reading_a_closed_case_here_is_logged(town: Town, case: Case) -> None:
    page(case, town.manager)
    assert AuditEntry.objects.filter(verb="read_closed").count() == 0
    Section.objects.filter(presentation__case=case, position=1).update(access="closed", ground="personal")

    page(case, town.manager)

    assert AuditEntry.objects.filter(verb="read_closed", actor=town.manager).count() == 1


def test_the_page_asks_as_often_for_three_remarks_and_files_as_for_sixty(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = make_case(town, "Få"), make_case(town, "Mange")
    for case, count in ((few, 3), (many, 60)):
        section = case.presentations.get().sections.get(position=1)
        for number in range(count):
            file = Document.objects.create(authority=town.authority, title=f"Bilag {number}")
            DocumentVersion.objects.create(
                document=file, number=1, sha256="a" * 64, name="a.pdf", size=1, media_type="application/pdf"
            )
            case.attachments.create(file=file, position=number, title=f"Bilag {number}", access="open")
            Remark.objects.create(case=case, text=f"Nr. {number}", author=town.manager, section=section, quote="400 m")
        submit_for_approval(case, actor=town.writer)
    client = signed_in_as(town.manager)

    for case in (few, many):
        with django_assert_num_queries(QUERIES):
            client.get(address(case))
