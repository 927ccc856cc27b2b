"""The gate before a release: what it finds is masked, replaced or accepted by name, and nothing goes out before."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from reportlab.pdfgen.canvas import Canvas

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.documents import storage
from sagsgang.documents.kinds import PDF
from sagsgang.documents.models import DocumentVersion
from sagsgang.meetings.drafts import AttachmentDraft, FileDraft, ItemDraft, SectionDraft
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.meetings.tests.factories import House, closed_item, htmx, meeting_with, open_item, signed_in_as
from sagsgang.publication.actions import prepare_release, release_meeting, release_prepared
from sagsgang.publication.actions.gate import accept_findings
from sagsgang.publication.actions.masking import mask_findings, renew_preparation
from sagsgang.publication.due import unfinished_checks_due
from sagsgang.publication.gatekeeping import desk
from sagsgang.publication.gatekeeping.tasks import checked_file
from sagsgang.publication.models import (
    FileCheck,
    GateFinding,
    Preparation,
    PublicFile,
    Release,
    ReleaseCheck,
    ReleaseRecord,
)
from sagsgang.publication.tasks import look_through

CPR = "010190-1234"
REASON = "Det er et gammelt journalnummer"


def paged_pdf(*pages: str) -> bytes:
    """A PDF with these words, a page each."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for words in pages:
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def laid_on(content: bytes) -> AttachmentDraft:
    file = FileDraft(storage.house().put(content), "plan.pdf", len(content), PDF)
    return AttachmentDraft(1, "Plan", "open", file=file)


def item_with(*pages: str) -> ItemDraft:
    return replace(open_item(), attachments=(laid_on(paged_pdf(*pages)),), subitems=())


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, item_with("Stien er 400 m.", f"Borgeren {CPR} har klaget."))


def prepared(meeting: Meeting, house: House) -> Preparation:
    return prepare_release(meeting, kind="agenda", actor=house.secretary)


def found(preparation: Preparation) -> list[tuple[str, str, int | None, str]]:
    rows = preparation.findings.order_by().values_list("kind", "where", "page", "state")
    return sorted(rows, key=lambda row: (row[0], row[2] or 0))


def test_a_cpr_number_in_a_file_stops_the_release_until_it_is_masked(meeting: Meeting, house: House) -> None:
    preparation = prepared(meeting, house)

    assert found(preparation) == [("cpr", "text", 2, "open")]
    with pytest.raises(RuleBrokenError, match=r"gate|ontrol|gennemgået"):
        release_prepared(preparation, actor=house.director)
    report = mask_findings(preparation, pks=[preparation.findings.get().pk], only_here=False, actor=house.second)

    preparation.refresh_from_db()
    assert report
    assert (report.removed, report.left, found(preparation)) == (1, 0, [("cpr", "text", 2, "masked")])
    assert preparation.prepared_by == house.second
    with pytest.raises(RuleBrokenError, match="forskellige personer"):
        release_prepared(preparation, actor=house.second)
    release = release_prepared(preparation, actor=house.director)
    content = storage.released().get(PublicFile.objects.get().sha256)
    assert "010190" not in words_by_pdfium(content)
    assert b"010190" not in streams_of(content)
    assert ReleaseRecord.objects.get(release_id=release.pk).gate["findings"] == {"cpr": {"masked": 1}}


def words_by_pdfium(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    assert len(pdf) == 2
    return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def streams_of(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return b"".join(
            one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Subtype" not in one
        )


def test_the_unmasked_file_stays_in_the_house_as_an_earlier_version(meeting: Meeting, house: House) -> None:
    preparation = prepared(meeting, house)
    was = Attachment.objects.get().version

    mask_findings(preparation, pks=[preparation.findings.get().pk], only_here=True, actor=house.secretary)

    assert was is not None
    attachment = Attachment.objects.select_related("version").get()
    assert attachment.version and attachment.version.number == 2
    assert list(DocumentVersion.objects.values_list("number", flat=True)) == [1, 2]
    assert storage.house().holds(was.sha256)
    entry = AuditEntry.objects.get(verb="mask_findings")
    assert sorted(entry.data) == ["attachment", "left", "removed", "version"]


def test_a_cpr_number_is_accepted_by_who_says_what_it_is_instead(meeting: Meeting, house: House) -> None:
    preparation = prepared(meeting, house)
    pks = [preparation.findings.get().pk]

    for reason, is_no_cpr in (("", True), (REASON, False)):
        with pytest.raises(RuleBrokenError):
            accept_findings(preparation, pks=pks, reason=reason, is_no_cpr=is_no_cpr, actor=house.secretary)
    accept_findings(preparation, pks=pks, reason=REASON, is_no_cpr=True, actor=house.secretary)
    release = release_prepared(preparation, actor=house.director)

    record = ReleaseRecord.objects.get(release_id=release.pk)
    assert record.gate["findings"] == {"cpr": {"accepted": 1}}
    assert (record.gate["files"], record.gate["pages"]) == (1, 2)
    assert REASON not in str(AuditEntry.objects.filter(verb="accept_findings").get().data)


def test_an_answer_follows_to_the_next_preparation(meeting: Meeting, house: House) -> None:
    first = prepared(meeting, house)
    accept_findings(first, pks=[first.findings.get().pk], reason=REASON, is_no_cpr=True, actor=house.secretary)
    AgendaItem.objects.update(title="Ny sti")

    second = prepared(meeting, house)

    row = second.findings.get()
    assert (row.state, row.reason, row.by) == ("accepted", REASON, house.secretary)


def test_what_was_changed_after_the_check_is_looked_through_again(meeting: Meeting, house: House) -> None:
    preparation = prepared(meeting, house)
    accept_findings(
        preparation, pks=[preparation.findings.get().pk], reason=REASON, is_no_cpr=True, actor=house.secretary
    )
    AgendaItem.objects.update(title=f"Klage fra {CPR[:6]} 4321")

    with pytest.raises(RuleBrokenError, match="ændret"):
        release_prepared(preparation, actor=house.director)
    renew_preparation(preparation, actor=house.secretary)

    assert found(preparation) == [("cpr", "text", None, "open"), ("cpr", "text", 2, "accepted")]
    assert Release.objects.count() == 0


def test_an_item_s_words_are_looked_through_and_cannot_be_masked(house: House) -> None:
    text = (SectionDraft("presentation", "Sagsfremstilling", f"<p>Borgeren {CPR} har klaget.</p>"),)
    meeting = meeting_with(house, replace(open_item(), sections=text))
    preparation = prepared(meeting, house)

    row = preparation.findings.get()

    assert (row.kind, row.part, row.attachment_id, row.sha256) == ("cpr", "sections", None, "")
    with pytest.raises(RuleBrokenError):
        mask_findings(preparation, pks=[row.pk], only_here=False, actor=house.secretary)
    with pytest.raises(RuleBrokenError, match="punkt 1"):
        release_meeting(meeting, kind="agenda", prepared_by=house.secretary, released_by=house.second)


def test_a_name_from_a_closed_item_is_found_in_open_words_and_files(house: House) -> None:
    secret = (SectionDraft("presentation", "", "<p>Ejeren Karla Rosenvinge og Bo Friis vil sælge.</p>"),)
    told = (SectionDraft("presentation", "", "<p>Stien går forbi Karla Rosenvinges mark. Bo Friis spurgte.</p>"),)
    meeting = meeting_with(
        house,
        replace(item_with("Mark", "Ejer: Karla Rosenvinge"), sections=told),
        replace(closed_item(), sections=secret),
    )

    preparation = prepared(meeting, house)

    assert found(preparation) == [("name", "text", None, "open"), ("name", "text", 2, "open")]
    assert preparation.findings.get(page=2).box is not None


def test_nothing_of_what_was_found_is_kept(meeting: Meeting, house: House) -> None:
    prepared(meeting, house)

    rows = [*FileCheck.objects.values(), *GateFinding.objects.values(), *AuditEntry.objects.values("data")]

    assert [row for row in rows if "010190" in str(row)] == []


def test_large_files_wait_for_the_job_and_nothing_goes_out_before(house: House) -> None:
    pages = [f"Side {number}" for number in range(9)]
    attachments = tuple(replace(laid_on(paged_pdf(page)), position=no) for no, page in enumerate(pages, start=1))
    meeting = meeting_with(house, replace(open_item(), attachments=attachments, subitems=()))
    preparation = prepared(meeting, house)

    assert ReleaseCheck.objects.get().finished_at is None
    with pytest.raises(RuleBrokenError, match=r"gate|ontrol|gennemgået"):
        release_prepared(preparation, actor=house.director)
    page = htmx(house.secretary).get(reverse("publication:gate", args=[preparation.pk]))
    assert "hx-trigger" in page.content.decode()
    assert unfinished_checks_due() == 0  # its job is there
    look_through(preparation.pk)

    check = ReleaseCheck.objects.get()
    assert (check.done, check.total, check.pages, check.finished_at is None) == (9, 9, 9, False)
    assert htmx(house.secretary).get(reverse("publication:gate", args=[preparation.pk]))["HX-Refresh"] == "true"
    assert release_prepared(preparation, actor=house.director).number == 1


def test_a_new_name_in_a_closed_item_makes_the_gate_look_again(house: House) -> None:
    meeting = meeting_with(house, open_item(), closed_item())
    preparation = prepared(meeting, house)
    AgendaItem.objects.filter(access="closed").update(closing_reason="Sælger Karla Rosenvinge er presset.")

    with pytest.raises(RuleBrokenError):
        release_prepared(preparation, actor=house.director)
    renew_preparation(preparation, actor=house.secretary)

    assert release_prepared(preparation, actor=house.director).number == 1


def test_the_page_of_the_gate_shows_where_and_takes_answers(
    meeting: Meeting, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    preparation = prepared(meeting, house)
    finding = preparation.findings.get()
    client = signed_in_as(house.secretary)
    address = reverse("publication:gate", args=[preparation.pk])
    picture = reverse("publication:finding-picture", args=[finding.pk])

    with django_assert_num_queries(11):
        page = client.get(address).content.decode()
    image = client.get(picture)
    refused = client.post(reverse("publication:accept-findings", args=[preparation.pk]), {"finding": [finding.pk]})
    done = client.post(reverse("publication:mask-findings", args=[preparation.pk]), {"finding": [finding.pk]})

    assert picture in page and CPR not in page
    assert (image["Content-Type"], image["Cache-Control"]) == ("image/png", "private, no-store")
    assert image.content.startswith(b"\x89PNG")
    assert (refused.status_code, done.status_code) == (422, 302)
    assert signed_in_as(house.stranger).get(picture).status_code == 404
    assert signed_in_as(house.member).get(address).status_code == 403


def test_the_uploader_is_told_what_was_found(meeting: Meeting, house: House) -> None:
    prepared(meeting, house)
    sha256 = FileCheck.objects.get().sha256

    words = desk.file_words(sha256)

    assert (words.is_checked, words.error, len(words.found), len(words.warnings)) == (True, "", 1, 1)
    assert "2" in words.found[0]


def test_the_secretary_alone_is_told_of_an_item_s_files(meeting: Meeting, house: House) -> None:
    version = Attachment.objects.select_related("version").get().version
    assert version
    checked_file(version.sha256)
    address = reverse("publication:item-files-gate", args=[AgendaItem.objects.get().pk])

    told, untold = (htmx(user).get(address).content.decode() for user in (house.secretary, house.member))

    assert "CPR" in told
    assert untold.strip() == ""


def test_a_user_without_a_part_in_it_answers_nothing(meeting: Meeting, house: House) -> None:
    preparation = prepared(meeting, house)
    address = reverse("publication:accept-findings", args=[preparation.pk])

    def status(user: User) -> int:
        return signed_in_as(user).post(address, {"finding": [preparation.findings.get().pk]}).status_code

    assert [status(user) for user in (house.director, house.member, house.stranger)] == [403, 403, 404]
