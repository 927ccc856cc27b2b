"""The secretary of the council that is heard lays the files of its answer on the case herself, and writes no more of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Person
from sagsgang.cases.actions.attachments import upload_attachment
from sagsgang.cases.actions.hearings import ask_hearing, record_answer, withdraw_hearing
from sagsgang.cases.models import Case, Hearing
from sagsgang.cases.queries.hearings import may_answer_hearing
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.models import AuditEntry
from sagsgang.documents.intake import take_file
from sagsgang.documents.tests.files import locked_pdf, pdf_bytes


@pytest.fixture
def elder(town: Town) -> User:
    """The secretary of the elders' council: nothing else of the house is hers."""
    user = User.objects.create_user("ældreråd")
    Appointment.objects.create(user=user, body=town.elders, role="secretary")
    return user


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town, concerns_elderly=True)


@pytest.fixture
def hearing(case: Case, town: Town) -> Hearing:
    return ask(case, town)


def ask(case: Case, town: Town) -> Hearing:
    return ask_hearing(case, body=town.elders, concern="elderly", question="", answer_by=localdate(), actor=town.writer)


def a_file(name: str = "Svar.pdf", words: str = "Rådet er enigt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(words), "application/pdf")


def send(user: User, hearing: Hearing, *files: SimpleUploadedFile) -> tuple[int, str]:
    answer = signed_in_as(user).post(reverse("cases:upload-answer", args=[hearing.pk]), {"uploads": list(files)})
    return answer.status_code, answer.content.decode()


def page(user: User, case: Case, query: str = "") -> str:
    return signed_in_as(user).get(reverse("cases:hearings", args=[case.pk]) + query).content.decode()


def test_she_lays_the_files_of_the_answer_on_the_case(elder: User, town: Town, case: Case, hearing: Hearing) -> None:
    listed = page(elder, case)
    form = page(elder, case, f"?files={hearing.pk}")

    status, _ = send(elder, hearing, a_file(), a_file("Bilag.pdf", "Underskrifter"))

    assert f'href="?files={hearing.pk}#hearing-{hearing.pk}"' in listed
    assert reverse("cases:upload-answer", args=[hearing.pk]) in form
    assert status == 302
    rows = case.attachments.values_list("title", "access", "hearing", "position")
    assert list(rows) == [("Svar", "open", hearing.pk, 1), ("Bilag", "open", hearing.pk, 2)]
    assert AuditEntry.objects.filter(verb="upload_attachment", actor_id=elder.pk).count() == 2
    shown = page(elder, case)
    assert ("Svar</li>" in shown, reverse("cases:attachments", args=[case.pk]) in shown) == (True, False)


def test_in_a_closed_case_they_are_closed(elder: User, town: Town) -> None:
    closed = make_case(town, "Lukket", access="closed", ground="tender")

    send(elder, ask(closed, town), a_file())

    assert list(closed.attachments.values_list("access", "ground")) == [("closed", "tender")]


def test_the_good_files_are_kept_and_each_bad_one_has_its_sentence(elder: User, case: Case, hearing: Hearing) -> None:
    status, words = send(
        elder, hearing, SimpleUploadedFile("tom.pdf", b""), SimpleUploadedFile("laast.pdf", locked_pdf()), a_file()
    )

    assert status == 422
    assert (words.count("<strong>tom.pdf</strong>: "), words.count("<strong>laast.pdf</strong>: ")) == (1, 1)
    assert list(case.attachments.values_list("title", flat=True)) == ["Svar"]


def test_no_file_is_a_sentence(elder: User, hearing: Hearing) -> None:
    status, words = send(elder, hearing)

    assert (status, gettext("Choose at least one file.") in words) == (422, True)


def test_after_the_answer_is_recorded_files_still_come(elder: User, case: Case, hearing: Hearing) -> None:
    record_answer(hearing, answer="Ja", answered_on=localdate(), actor=elder)

    assert send(elder, hearing, a_file())[0] == 302


def test_a_hearing_that_was_taken_back_takes_no_files(town: Town, case: Case, hearing: Hearing) -> None:
    withdraw_hearing(hearing, actor=town.writer)

    assert send(town.writer, hearing, a_file())[0] == 422
    assert not case.attachments.exists()


def test_nothing_else_of_the_case_becomes_hers(elder: User, town: Town, case: Case, hearing: Hearing) -> None:
    paper = upload_attachment(case, taken=take_file(a_file("Notat.pdf", "Internt")), actor=town.writer)
    send(elder, hearing, a_file())
    own = case.attachments.get(hearing=hearing)
    client = signed_in_as(elder)

    out = [
        client.post(reverse(f"cases:{name}", args=[row.pk]), {"uploads": [a_file("Nyt.pdf", "Nyt")]}).status_code
        for name, row in (
            ("upload-attachments", case), ("withdraw-attachment", own), ("edit-attachment", own),
            ("replace-attachment", own), ("withdraw-attachment", paper), ("edit-case", case),
        )
    ]  # fmt: skip
    read = [client.get(reverse("cases:open-attachment", args=[row.pk])).status_code for row in (paper, own)]

    assert (out, read) == ([403] * 6, [403, 403])
    assert "Notat" not in page(elder, case)


def test_others_send_nothing(town: Town, case: Case, hearing: Hearing) -> None:
    assert [send(user, hearing, a_file())[0] for user in (town.manager, town.auditor, town.stranger)] == [403, 403, 404]
    assert send(town.colleague, hearing, a_file())[0] == 302


def test_a_conflict_of_interest_shuts_her_out_of_the_answer_too(elder: User, town: Town) -> None:
    closed = make_case(town, "Lukket", access="closed", ground="tender")
    hearing = ask(closed, town)
    meeting = town.mtu.meetings.create(held_on=localdate())
    item = closed.agenda_items.create(meeting=meeting, position=1, access="closed", ground="tender")
    person = Person.objects.create(authority=town.authority, name="Eva Elm", user=elder)
    item.conflicts.create(person=person, noted_by=town.secretary)

    assert not may_answer_hearing(elder, hearing)
    assert send(elder, hearing, a_file())[0] == 403
