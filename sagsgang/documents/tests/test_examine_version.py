import tempfile
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries, Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.documents import storage, tasks
from sagsgang.documents.actions import add_document, add_version, examine_again
from sagsgang.documents.due import unexamined_versions_due
from sagsgang.documents.intake import TakenFile
from sagsgang.documents.kinds import DOCX, PDF, PNG
from sagsgang.documents.models import Document, DocumentVersion, Examination, Scan
from sagsgang.documents.queries import EXAMINE, examinations_of, queue_positions, version_is_refused
from sagsgang.documents.tests.clamd import EICAR, clamd_at
from sagsgang.documents.tests.files import docx_bytes, locked_pdf, long_pdf, pdf_bytes, picture_bytes


def taken(content: bytes, media_type: str = PDF) -> TakenFile:
    return TakenFile(storage.house().put(content), "bilag", len(content), media_type)


def jobs() -> list[tuple[str, int, int]]:
    rows = ProcrastinateJob.objects.filter(task_name=EXAMINE, status="todo").order_by("id")
    return [(row.args["version_id"], row.priority, row.attempts) for row in rows]


@pytest.fixture
def version(authority: Authority, writer: User) -> DocumentVersion:
    return add_document(authority, title="Budget", taken=taken(long_pdf("Forside", "Budget")), actor=writer)


def examined(version: DocumentVersion) -> Examination:
    tasks.examine(str(version.pk))
    return Examination.objects.get(version=version)


def facts(examination: Examination) -> tuple[str, str, str, int | None, str]:
    words = storage.house().get(examination.text_sha256).decode() if examination.text_sha256 else ""
    return examination.scan, examination.pdf_sha256, words, examination.pages, examination.error


def test_a_document_waits_to_be_examined_from_its_first_moment(version: DocumentVersion, writer: User) -> None:
    assert (version.number, version.name, version.document.title) == (1, "bilag", "Budget")
    assert list(Examination.objects.waiting()) == [version.examination]
    assert jobs() == [(str(version.pk), tasks.WAITED_FOR, 0)]
    [entry] = AuditEntry.objects.all()
    assert (entry.verb, entry.actor, entry.data) == ("add_document", writer, {"version": str(version.pk)})
    assert entry.subject == f"documents.Document:{version.document_id}"


def test_a_new_version_has_the_next_number_and_the_same_bytes_are_no_new_version(
    version: DocumentVersion, writer: User
) -> None:
    second = add_version(version.document, taken=taken(pdf_bytes("Nyt")), actor=writer)
    again = add_version(version.document, taken=taken(pdf_bytes("Nyt")), actor=writer)
    back = add_version(version.document, taken=taken(long_pdf("Forside", "Budget")), actor=writer)

    assert (second.number, again.pk, back.number) == (2, second.pk, 3)
    assert [job[0] for job in jobs()] == [str(version.pk), str(second.pk), str(back.pk)]
    assert AuditEntry.objects.filter(verb="add_version").count() == 2


def test_a_pdf_is_its_own_pdf_and_its_words_are_kept_page_by_page(version: DocumentVersion) -> None:
    assert facts(examined(version)) == ("", version.sha256, "Forside\fBudget", 2, "")
    assert list(Examination.objects.waiting()) == []


def test_what_has_been_examined_is_not_examined_again(version: DocumentVersion) -> None:
    first = examined(version)
    storage.house().drop(version.sha256)

    assert examined(version).modified_at == first.modified_at


def test_without_libreoffice_an_office_file_stays_as_it_is_and_its_words_are_read(
    authority: Authority, writer: User, without_office: None
) -> None:
    version = add_document(authority, title="Notat", taken=taken(docx_bytes("Hej"), DOCX), actor=writer)

    assert facts(examined(version)) == ("", "", "Hej", None, "")


def test_a_picture_has_no_words(authority: Authority, writer: User) -> None:
    version = add_document(authority, title="Kort", taken=taken(picture_bytes(), PNG), actor=writer)

    assert facts(examined(version)) == ("", "", "", None, "")


@pytest.mark.parametrize(
    ("content", "media_type", "error"),
    [
        (locked_pdf(), PDF, "Filen er beskyttet med adgangskode. Fjern adgangskoden, og læg filen op igen."),
        (b"%PDF-1.7", PDF, "Filen er beskadiget og kan ikke læses. Gem den på ny, og læg den op igen."),
        (b"PK", DOCX, "Filen er beskadiget og kan ikke læses. Gem den på ny, og læg den op igen."),
    ],
)
def test_what_is_wrong_with_a_file_becomes_a_sentence(
    authority: Authority, writer: User, without_office: None, content: bytes, media_type: str, error: str
) -> None:
    version = add_document(authority, title="Fil", taken=taken(content, media_type), actor=writer)

    examination = examined(version)

    assert (examination.error, bool(examination.finished_at)) == (error, True)


def test_bytes_that_are_gone_become_a_sentence(version: DocumentVersion) -> None:
    storage.house().drop(version.sha256)

    examination = examined(version)

    assert (bool(examination.error), examination.pdf_sha256, bool(examination.finished_at)) == (True, "", True)


def test_a_file_that_brought_the_worker_down_three_times_is_given_up(version: DocumentVersion) -> None:
    tasks.examine(str(version.pk), attempts=tasks.MOST_ATTEMPTS)

    examination = Examination.objects.get(version=version)
    assert (bool(examination.error), examination.pages, bool(examination.finished_at)) == (True, None, True)


def test_a_scanned_file_is_clean_or_goes_no_further(authority: Authority, writer: User, settings: Settings) -> None:
    clean = add_document(authority, title="Ren", taken=taken(pdf_bytes("Ren")), actor=writer)
    ill = add_document(authority, title="Syg", taken=taken(EICAR, "text/plain"), actor=writer)

    with clamd_at(None) as (clamd, settings.CLAMD):
        found = [facts(examined(version)) for version in (clean, ill)]

    assert clamd.heard == [pdf_bytes("Ren"), EICAR]
    assert found[0] == (Scan.CLEAN, clean.sha256, "Ren", 1, "")
    told = "Der blev fundet virus i filen. Den kan hverken åbnes eller sendes videre; fjern den."
    assert found[1] == (Scan.INFECTED, "", "", None, told)
    assert [version_is_refused(version) for version in (clean, ill)] == [False, True]


def test_a_scanner_that_does_not_answer_is_told_and_the_file_can_be_tried_again(
    version: DocumentVersion, writer: User, settings: Settings
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with clamd_at(Path(folder) / "s") as (_, settings.CLAMD):
            pass
        assert Path(settings.CLAMD).is_socket()
        failed = examined(version)

        assert facts(failed) == ("", "", "", None, "Virusscanneren svarede ikke. Prøv igen senere.")

    examine_again(version, actor=writer)

    assert jobs()[-1] == (str(version.pk), tasks.WAITED_FOR, 0)
    assert facts(examined(version)) == ("", version.sha256, "Forside\fBudget", 2, "")
    assert AuditEntry.objects.filter(verb="examine_again").count() == 1


def test_only_what_has_failed_is_examined_again(version: DocumentVersion, writer: User) -> None:
    with pytest.raises(RuleBrokenError):
        examine_again(version, actor=writer)

    examined(version)

    with pytest.raises(RuleBrokenError):
        examine_again(version, actor=writer)
    assert AuditEntry.objects.filter(verb="examine_again").count() == 0


def many(authority: Authority, writer: User, count: int) -> list[DocumentVersion]:
    return [
        add_document(authority, title=f"{number}", taken=taken(pdf_bytes(str(number))), actor=writer)
        for number in range(count)
    ]


def empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_queue_is_told_in_the_order_of_the_worker(
    authority: Authority, writer: User, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    versions = many(authority, writer, count)

    with django_assert_max_num_queries(2):
        positions = queue_positions()

    assert positions == {version.pk: place for place, version in enumerate(versions, start=1)}


def test_what_is_tried_again_stands_first_and_what_lost_its_job_stands_last(authority: Authority, writer: User) -> None:
    lost, failed, waiting = many(authority, writer, 3)
    empty_queue()
    tasks.order_examination(str(waiting.pk))
    Examination.objects.filter(version=failed).update(finished_at=timezone.now(), error="Fejl")

    examine_again(failed, actor=writer)

    assert queue_positions() == {failed.pk: 1, waiting.pk: 2, lost.pk: 3}


def test_examinations_are_asked_for_many_at_once(
    authority: Authority, writer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    versions = many(authority, writer, 3)

    with django_assert_num_queries(1):
        found = examinations_of([*(version.pk for version in versions[1:]), uuid4()])

    assert found == {version.pk: version.examination for version in versions[1:]}


def imported(authority: Authority, number: int) -> UUID:
    document = Document.objects.create(authority=authority, title="Importeret")
    content = pdf_bytes(f"Fra før {number}")
    return DocumentVersion.objects.create(
        document=document, number=1, sha256=storage.house().put(content), name="a.pdf", size=9, media_type=PDF
    ).pk


@pytest.mark.parametrize("count", [1, 4])
def test_versions_that_nobody_examined_are_found_once(authority: Authority, writer: User, count: int) -> None:
    ids = [imported(authority, number) for number in range(count)]
    waiting = many(authority, writer, 1)

    ordered = [unexamined_versions_due(), unexamined_versions_due()]

    assert ordered == [count, 0]
    expected = [(str(waiting[0].pk), tasks.WAITED_FOR, 0), *((str(pk), tasks.FOUND_LATER, 0) for pk in ids)]
    assert jobs() == expected
    assert list(queue_positions()) == [waiting[0].pk, *ids]


def test_a_job_that_was_lost_is_found_and_a_finished_one_is_not(version: DocumentVersion) -> None:
    empty_queue()

    assert unexamined_versions_due() == 1
    empty_queue()
    examined(version)
    assert unexamined_versions_due() == 0
