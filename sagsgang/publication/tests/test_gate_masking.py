"""Masking: a large file by a job that everybody can follow, and never what somebody has accepted."""

import io
from dataclasses import replace

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from reportlab.pdfgen.canvas import Canvas

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import storage
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.meetings.tests.factories import House, htmx, meeting_with, signed_in_as
from sagsgang.publication.actions import prepare_release, release_prepared
from sagsgang.publication.actions.gate import accept_findings
from sagsgang.publication.actions.mask_orders import JOB, order_of, orders_of
from sagsgang.publication.actions.masking import mask_findings, renew_preparation
from sagsgang.publication.actions.masking_job import MOST_ATTEMPTS, mask_ordered
from sagsgang.publication.due import unfinished_checks_due
from sagsgang.publication.models import Preparation, PublicFile, ReleaseCheck
from sagsgang.publication.rules import examining as rules
from sagsgang.publication.tests.test_gate_release import (
    CPR,
    REASON,
    found,
    item_with,
    laid_on,
    prepared,
    streams_of,
    words_by_pdfium,
)

OTHER = "020290-1235"
MANY = rules.PAGES_AT_ONCE + 1


@pytest.fixture
def large(house: House) -> Meeting:
    pages = [f"Side {number}" for number in range(1, MANY)]
    return meeting_with(house, item_with(*pages, f"Borgeren {CPR} har klaget."))


def ordered(meeting: Meeting, house: House) -> Preparation:
    preparation = prepared(meeting, house)
    answer = mask_findings(preparation, pks=[preparation.findings.get().pk], only_here=False, actor=house.secretary)
    assert answer is None
    return preparation


def file_of(preparation: Preparation) -> Attachment:
    return Attachment.objects.select_related("version").get(item__meeting=preparation.meeting_id)


def run_job(preparation: Preparation) -> None:
    mask_ordered(preparation.pk, file_of(preparation).pk)


def page_of(preparation: Preparation, user: User) -> str:
    return signed_in_as(user).get(reverse("publication:gate", args=[preparation.pk])).content.decode()


@pytest.mark.parametrize(
    ("size", "pages", "has_pictures", "at_once"),
    [(1000, 30, False, True), (1000, 31, False, False), (1000, 1, True, True), (1000, 2, True, False)],
)
def test_what_is_masked_while_somebody_waits(size: int, pages: int, has_pictures: bool, at_once: bool) -> None:
    assert rules.masks_at_once(size=size, pages=pages, has_pictures=has_pictures) == at_once
    assert not rules.masks_at_once(size=rules.MASKED_AT_ONCE + 1, pages=1, has_pictures=False)


def test_a_large_file_is_masked_by_a_job_and_nothing_else_is_done_to_it_meanwhile(large: Meeting, house: House) -> None:
    preparation = ordered(large, house)
    pks = [preparation.findings.get().pk]
    job = ProcrastinateJob.objects.get(task_name=JOB)

    assert job.status == "todo"
    for act in (
        lambda: mask_findings(preparation, pks=pks, only_here=True, actor=house.secretary),
        lambda: accept_findings(preparation, pks=pks, reason=REASON, is_no_cpr=True, actor=house.secretary),
        lambda: renew_preparation(preparation, actor=house.secretary),
    ):
        with pytest.raises(RuleBrokenError, match="mask"):
            act()
    with pytest.raises(RuleBrokenError):
        release_prepared(preparation, actor=house.director)
    page = page_of(preparation, house.secretary)
    assert 'hx-trigger="every 2s"' in page
    assert 'name="finding"' not in page
    assert "HX-Refresh" not in htmx(house.secretary).get(reverse("publication:gate", args=[preparation.pk]))
    run_job(preparation)

    assert found(preparation) == [("cpr", "text", MANY, "masked")]
    assert 'hx-trigger="every 2s"' not in page_of(preparation, house.secretary)
    version = file_of(preparation).version
    assert version and version.number == 2
    release_prepared(Preparation.objects.get(), actor=house.director)
    assert CPR[:6].encode() not in streams_of(storage.released().get(PublicFile.objects.get().sha256))


def test_what_fails_is_said_in_a_sentence_and_nothing_is_changed(large: Meeting, house: House) -> None:
    preparation = ordered(large, house)
    AgendaItem.objects.update(title="Ny sti")
    run_job(preparation)

    version = file_of(preparation).version
    assert version and version.number == 1
    assert found(preparation) == [("cpr", "text", MANY, "open")]
    page = page_of(preparation, house.secretary)
    assert "Mødet er ændret" in page
    assert 'name="finding"' in page
    renew_preparation(preparation, actor=house.secretary)

    assert "Mødet er ændret" not in page_of(preparation, house.secretary)
    assert ordered_again(preparation, house)


def ordered_again(preparation: Preparation, house: House) -> bool:
    pks = list(preparation.findings.filter(state="open").values_list("pk", flat=True))
    mask_findings(preparation, pks=pks, only_here=False, actor=house.secretary)
    run_job(preparation)
    return found(preparation) == [("cpr", "text", MANY, "masked")]


def test_a_file_that_brings_the_worker_down_is_given_up(large: Meeting, house: House) -> None:
    preparation = ordered(large, house)
    check = ReleaseCheck.objects.get()
    check.files[0]["masking"]["attempts"] = MOST_ATTEMPTS
    check.save()

    run_job(preparation)

    assert order_of(preparation.pk, file_of(preparation).pk) is None
    assert ReleaseCheck.objects.get().files[0]["masking"]["refused"].endswith(".")


def test_a_lost_job_is_ordered_again_and_one_of_a_preparation_that_is_over_does_nothing(
    large: Meeting, house: House
) -> None:
    preparation = ordered(large, house)

    assert unfinished_checks_due() == 0  # its job is there
    for row in list(orders_of(preparation.pk)):
        assert row[0] == file_of(preparation).pk
    prepare_release(large, kind="agenda", actor=house.secretary)
    run_job(preparation)

    version = file_of(preparation).version
    assert version and version.number == 1
    assert unfinished_checks_due() == 0


def test_what_is_accepted_is_left_when_all_of_its_kind_is_masked(house: House) -> None:
    meeting = meeting_with(house, item_with(f"Sag {CPR}", f"Borgeren {OTHER} har klaget over støj."))
    preparation = prepared(meeting, house)
    first, second = preparation.findings.order_by("page")
    accept_findings(preparation, pks=[first.pk], reason=REASON, is_no_cpr=True, actor=house.secretary)

    report = mask_findings(preparation, pks=[second.pk], only_here=False, actor=house.secretary)

    assert report and report.removed == 1
    assert found(preparation) == [("cpr", "text", 1, "accepted"), ("cpr", "text", 2, "masked")]
    release_prepared(Preparation.objects.get(), actor=house.director)
    words = words_by_pdfium(storage.released().get(PublicFile.objects.get().sha256))
    assert (CPR in words, OTHER in words) == (True, False)


def test_of_two_alike_the_one_that_is_not_accepted_goes_by_its_place(house: House) -> None:
    meeting = meeting_with(house, item_with(f"Sag {CPR}", f"Borgeren {CPR} har klaget over støj."))
    preparation = prepared(meeting, house)
    first, second = preparation.findings.order_by("page")
    accept_findings(preparation, pks=[first.pk], reason=REASON, is_no_cpr=True, actor=house.secretary)

    mask_findings(preparation, pks=[second.pk], only_here=False, actor=house.secretary)

    assert found(preparation) == [("cpr", "text", 1, "accepted"), ("cpr", "text", 2, "masked")]
    release_prepared(Preparation.objects.get(), actor=house.director)
    assert words_by_pdfium(storage.released().get(PublicFile.objects.get().sha256)).count(CPR) == 1


def test_remarks_are_not_taken_out_as_a_whole_when_one_is_accepted(house: House) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.drawString(72, 700, "Stien er 400 m.")
    canvas.textAnnotation("Skal med", Rect=(300, 480, 320, 500))
    canvas.textAnnotation("Spørg Karla", Rect=(300, 580, 320, 600))
    canvas.save()
    item = replace(item_with("x"), attachments=(laid_on(out.getvalue()),))
    preparation = prepared(meeting_with(house, item), house)
    first, second = preparation.findings.filter(kind="comment")
    accept_findings(preparation, pks=[first.pk], reason="Den er til alle", is_no_cpr=False, actor=house.secretary)

    with pytest.raises(RuleBrokenError):
        mask_findings(preparation, pks=[second.pk], only_here=False, actor=house.secretary)

    assert [row.state for row in preparation.findings.filter(kind="comment")] == ["accepted", "open"]
