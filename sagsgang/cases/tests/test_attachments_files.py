"""Who comes to a case's files, how they are handed out, how far they have come, and where words stand in them."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import User
from sagsgang.cases.actions import attachments as acts
from sagsgang.cases.models import Case, CaseAttachment, ReviewCopy
from sagsgang.cases.queries.attachments import attachments_of
from sagsgang.cases.queries.pages import FoundPage
from sagsgang.cases.rules.attachments import Placed, place_for, successor_of
from sagsgang.cases.tests.factories import Town, htmx, make_case, signed_in_as
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.documents.intake import take_file
from sagsgang.documents.models import DocumentVersion, Examination, Scan
from sagsgang.documents.tasks import examine
from sagsgang.documents.tests.files import docx_bytes, long_pdf, pdf_bytes, picture_bytes

A, B = UUID(int=1), UUID(int=2)
ON_CASE = ("attachments", "attachment-states", "upload-attachments", "flag-attachments", "link-draft")
READ = ("attachments", "attachment-states", "attachment", "open-attachment", "download-attachment")
WRITE = (
    "upload-attachments", "flag-attachments", "link-draft", "edit-attachment", "move-attachment",
    "replace-attachment", "supersede-attachment", "reinstate-attachment", "withdraw-attachment",
    "restore-attachment", "examine-attachment-again",
)  # fmt: skip


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


def lay_on(case: Case, town: Town, name: str, content: bytes) -> CaseAttachment:
    taken = take_file(SimpleUploadedFile(name, content))
    return acts.upload_attachment(case, taken=taken, actor=town.writer)


def close(attachment: CaseAttachment) -> None:
    CaseAttachment.objects.filter(pk=attachment.pk).update(access="closed", ground="personal")


def version_of(attachment: CaseAttachment) -> DocumentVersion:
    return DocumentVersion.objects.get(document=attachment.file)


def address(name: str, attachment: CaseAttachment) -> str:
    return reverse(f"cases:{name}", args=[attachment.case_id if name in ON_CASE else attachment.pk])


def body_of(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def readings(case: Case) -> list[tuple[User, object]]:
    entries = AuditEntry.objects.filter(subject=subject_of(case), verb="read_closed").select_related("actor")
    return [(entry.actor, entry.data) for entry in entries]


@pytest.mark.parametrize("name", READ + WRITE)
def test_who_is_not_logged_in_comes_to_the_login(name: str, case: Case, town: Town) -> None:
    url = address(name, lay_on(case, town, "Notat.pdf", pdf_bytes()))

    answer = Client().get(url)

    assert answer["Location"] == f"{reverse('accounts:login')}?next={url}"


@pytest.mark.parametrize("name", READ + WRITE)
def test_a_stranger_does_not_see_that_it_is_there(name: str, case: Case, town: Town) -> None:
    url = address(name, lay_on(case, town, "Notat.pdf", pdf_bytes()))
    client = signed_in_as(town.stranger)

    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


@pytest.mark.parametrize("name", READ + WRITE)
@pytest.mark.parametrize("who", ["auditor", "admin"])
def test_who_oversees_the_house_reads_no_files(who: str, name: str, case: Case, town: Town) -> None:
    url = address(name, lay_on(case, town, "Notat.pdf", pdf_bytes()))

    assert signed_in_as(getattr(town, who)).get(url).status_code == 403


@pytest.mark.parametrize("name", WRITE)
def test_who_reads_a_copy_changes_nothing(name: str, case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", pdf_bytes())
    ReviewCopy.objects.create(case=case, reader=town.stranger, asked_by=town.writer)

    assert signed_in_as(town.stranger).post(address(name, attachment)).status_code == 403


def test_who_reads_a_copy_sees_the_list_and_opens_the_files(case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", pdf_bytes())
    ReviewCopy.objects.create(case=case, reader=town.stranger, asked_by=town.writer)
    client = signed_in_as(town.stranger)

    page = client.get(address("attachments", attachment)).content.decode()

    assert (address("open-attachment", attachment) in page, "<form id=" in page, 'type="file"' in page) == (
        True, False, False,
    )  # fmt: skip
    assert body_of(client.get(address("open-attachment", attachment))) == pdf_bytes()


@pytest.mark.parametrize("name", [name for name in WRITE if name != "link-draft"])
def test_a_get_of_an_act_changes_nothing(name: str, case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", pdf_bytes())
    before = AuditEntry.objects.count()

    answer = signed_in_as(town.writer).get(address(name, attachment))

    assert (answer.status_code, AuditEntry.objects.count()) == (302, before)


def test_a_pdf_is_shown_and_can_do_nothing(case: Case, town: Town) -> None:
    attachment = lay_on(case, town, 'Møde "3" æøå.pdf', pdf_bytes())
    client = signed_in_as(town.writer)

    shown = client.get(address("open-attachment", attachment))
    saved = client.get(address("download-attachment", attachment))

    assert (body_of(shown), body_of(saved)) == (pdf_bytes(), pdf_bytes())
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert (shown["Content-Disposition"][:7], saved["Content-Disposition"][:11]) == ("inline;", "attachment;")
    assert readings(case) == []


@pytest.mark.parametrize(
    ("name", "content", "shown", "kind"),
    [
        ("Kort.png", picture_bytes(), "inline", "image/png"),
        ("Liste.txt", "Først. Så.".encode(), "inline", "text/plain"),
        ("Tal.csv", b"navn;tal\nsti;4\n", "attachment", "text/csv"),
        ("Notat.docx", docx_bytes("Kort"), "attachment", "application/vnd.openxmlformats-officedocument."),
    ],
)
def test_what_may_run_is_saved_and_not_shown(
    name: str, content: bytes, shown: str, kind: str, case: Case, town: Town
) -> None:
    attachment = lay_on(case, town, name, content)

    answer = signed_in_as(town.writer).get(address("open-attachment", attachment))

    assert body_of(answer) == content
    assert (answer["Content-Disposition"].partition(";")[0], answer["Content-Type"][: len(kind)]) == (shown, kind)


def test_the_pdf_of_an_office_file_is_opened_and_the_file_itself_downloaded(case: Case, town: Town) -> None:
    original = docx_bytes("Kort")
    attachment = lay_on(case, town, "Notat.docx", original)
    made = take_file(SimpleUploadedFile("made.pdf", pdf_bytes("Lavet")))
    Examination.objects.update(pdf_sha256=made.sha256, pages=1, finished_at=now())
    client = signed_in_as(town.writer)

    opened = client.get(address("open-attachment", attachment))
    saved = client.get(address("download-attachment", attachment))

    assert (body_of(opened), body_of(saved)) == (pdf_bytes("Lavet"), original)
    assert opened["Content-Disposition"] == 'inline; filename="Notat.pdf"'
    assert saved["Content-Disposition"] == 'attachment; filename="Notat.docx"'


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("?side=16", "#page=16"), ("?side=2&version=1", "?version=1#page=2"),
        ("?side=0", None), ("?side=x", None), ("?side=999999", None), ("?version=7", "404"),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_page(query: str, place: str | None, case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", pdf_bytes())
    url = address("open-attachment", attachment)

    answer = signed_in_as(town.writer).get(f"{url}{query}")

    if place is None:
        assert body_of(answer) == pdf_bytes()
    elif place == "404":
        assert answer.status_code == 404
    else:
        assert (answer.status_code, answer["Location"]) == (302, f"{url}{place}")


def test_an_earlier_version_can_be_read(case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", pdf_bytes("Et"))
    acts.replace_attachment(
        attachment, taken=take_file(SimpleUploadedFile("Nyt.pdf", pdf_bytes("To"))), actor=town.writer
    )
    client = signed_in_as(town.writer)
    url = address("open-attachment", attachment)

    assert body_of(client.get(url)) == pdf_bytes("To")
    assert body_of(client.get(f"{url}?version=1")) == pdf_bytes("Et")


@pytest.mark.parametrize("name", ["open-attachment", "download-attachment"])
@pytest.mark.parametrize("what", ["attachment", "case"])
def test_every_reading_of_closed_material_is_logged(what: str, name: str, case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", pdf_bytes())
    if what == "case":
        Case.objects.filter(pk=case.pk).update(access="closed", ground="property")
    else:
        close(attachment)

    answer = signed_in_as(town.manager).get(address(name, attachment))

    assert (body_of(answer), answer["Cache-Control"]) == (pdf_bytes(), "private, no-store")
    assert readings(case) == [(town.manager, {"attachment": str(attachment.pk)})]


@pytest.mark.parametrize("name", ["open-attachment", "download-attachment"])
def test_an_infected_file_stays_where_it_is(name: str, case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", pdf_bytes())
    Examination.objects.update(scan=Scan.INFECTED, error="Der er virus i filen.", finished_at=now())
    client = signed_in_as(town.writer)

    answer = client.get(address(name, attachment))
    page = client.get(address("attachments", attachment)).content.decode()

    assert (answer.status_code, "Virusscanneren fandt virus" in answer.content.decode()) == (403, True)
    assert ("Der er virus i filen." in page, address("examine-attachment-again", attachment) in page) == (True, False)


def test_an_error_is_said_and_can_be_tried_again(case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.docx", docx_bytes("Kort"))
    Examination.objects.update(error="Der kunne ikke laves en PDF af filen.", finished_at=now())
    client = signed_in_as(town.writer)
    page = client.get(address("attachments", attachment)).content.decode()

    client.post(address("examine-attachment-again", attachment))
    twice = client.post(address("examine-attachment-again", attachment), follow=True).content.decode()

    assert ("Der kunne ikke laves en PDF af filen." in page, "Prøv igen" in page) == (True, True)
    assert Examination.objects.get().finished_at is None
    assert "Filen er i køen igen." in twice
    assert AuditEntry.objects.filter(subject=subject_of(case), verb="examine_attachment_again").count() == 1


def test_the_page_asks_again_only_while_something_waits(case: Case, town: Town) -> None:
    first = lay_on(case, town, "Et.pdf", pdf_bytes("Et"))
    second = lay_on(case, town, "To.pdf", pdf_bytes("To"))
    client = htmx(town.writer)
    before = client.get(address("attachments", first)).content.decode()
    asked_at = now() - timedelta(seconds=1)

    examine(str(version_of(first).pk))
    half = client.get(address("attachment-states", first), {"since": asked_at.isoformat()}).content.decode()
    examine(str(version_of(second).pk))
    whole = client.get(address("attachment-states", first), {"since": asked_at.isoformat()}).content.decode()
    later = (now() + timedelta(seconds=1)).isoformat()
    done = client.get(address("attachment-states", first), {"since": later}).content.decode()
    odd = client.get(address("attachment-states", first), {"since": "i går"})

    assert ("i kø nr. 1" in before, "i kø nr. 2" in before, "every 2s" in before) == (True, True, True)
    assert ("1 af 2 bilag er behandlet" in half, "i kø nr. 1" in half, "1 side" in half) == (True, True, True)
    assert ("every 2s" in whole, f'id="state-{second.pk}" hx-swap-oob="true"' in whole) == (False, True)
    assert ("state-" in done, odd.status_code) == (False, 200)


def test_words_are_found_on_their_pages(case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", long_pdf("Stien er ny", "Overslag og plan", "Plan for stien"))
    examine(str(version_of(attachment).pk))
    client = signed_in_as(town.writer)
    url = address("attachment", attachment)

    one = client.get(url, {"q": "PLAN"})
    both = client.get(url, {"q": "stien plan"})
    none = client.get(url, {"q": "bro"})

    assert one.context["found"] == [FoundPage(2, "Overslag og ", "plan", ""), FoundPage(3, "", "Plan", " for stien")]
    assert [page.number for page in both.context["found"]] == [3]
    assert f"{address('open-attachment', attachment)}?side=3" in both.content.decode()
    assert (none.context["found"], "Ordene står på 0 sider." in none.content.decode()) == ([], True)
    assert client.get(url).context["found"] is None
    assert readings(case) == []


def test_words_found_in_a_closed_attachment_are_logged_as_a_reading(case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", long_pdf("Stien er ny"))
    examine(str(version_of(attachment).pk))
    close(attachment)
    client = signed_in_as(town.writer)

    client.get(address("attachment", attachment))
    client.get(address("attachment", attachment), {"q": "bro"})
    client.get(address("attachment", attachment), {"q": "sti"})

    assert readings(case) == [(town.writer, {"attachment": str(attachment.pk)})]


@pytest.mark.parametrize("count", [3, 60])
def test_the_page_asks_the_database_as_often_for_three_as_for_sixty(
    count: int, case: Case, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [lay_on(case, town, f"{number}.pdf", pdf_bytes(str(number))) for number in range(count)]
    acts.supersede_attachment(rows[0], by=rows[1], actor=town.writer)
    client = signed_in_as(town.writer)
    page = reverse("cases:attachments", args=[case.pk])

    with django_assert_num_queries(11):
        client.get(page)
    with django_assert_num_queries(7):
        client.get(reverse("cases:attachment-states", args=[case.pk]))
    Examination.objects.update(finished_at=now())
    with django_assert_num_queries(9):
        client.get(page)
    with django_assert_num_queries(10):
        client.get(address("attachment", rows[0]))


def test_the_page_says_what_the_server_lacks(case: Case, town: Town, settings: Settings) -> None:
    settings.CLAMD = ""

    page = signed_in_as(town.writer).get(reverse("cases:attachments", args=[case.pk])).content.decode()

    assert page.count("Filerne er ikke virusscannet: Der er ingen scanner på serveren.") == 1


def test_a_file_of_a_lot_gets_the_place_that_it_wants() -> None:
    assert place_for(None, {1, 2, 5}) == 6
    assert place_for(3, {1, 2, 5}) == 3
    assert place_for(2, {1, 2, 5}) == 6
    assert place_for(500, {1, 2, 5}) == 500
    assert place_for(2_000_000_000, {1}) == 2
    assert place_for(1, set()) == 1


def test_a_ring_of_replacements_ends() -> None:
    ring = [Placed(A, B), Placed(B, A)]

    assert successor_of(A, ring) in (A, B)
    assert successor_of(A, [Placed(A, B), Placed(B)]) == B
    assert successor_of(A, [Placed(A)]) is None


def test_the_list_counts_pages_and_bytes(case: Case, town: Town) -> None:
    attachment = lay_on(case, town, "Notat.pdf", long_pdf("Et", "To"))
    examine(str(version_of(attachment).pk))

    listed = attachments_of(case)

    assert (listed.pages, listed.size, listed.waiting, listed.done) == (2, version_of(attachment).size, 0, 1)
