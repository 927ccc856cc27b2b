"""An attachment that is wrong, or was: what its public title says, what masking makes of it, and what stops a release."""

import re

import pytest
from django.urls import reverse

from sagsgang.cases.actions.holds import lift_hold, raise_hold
from sagsgang.cases.models import CaseAttachment, CaseHold, Lifting
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import actions as documents
from sagsgang.documents import storage
from sagsgang.documents.intake import TakenFile
from sagsgang.documents.kinds import PDF
from sagsgang.meetings.models import Attachment
from sagsgang.meetings.queries import meeting_rows
from sagsgang.meetings.tests.factories import House, meeting_with, signed_in_as
from sagsgang.publication.actions import release_prepared
from sagsgang.publication.actions.gate import accept_findings
from sagsgang.publication.actions.masking import mask_findings, renew_preparation
from sagsgang.publication.disclosure import open_attachment
from sagsgang.publication.models import Preparation
from sagsgang.publication.tests.test_gate_release import CPR, found, item_with, paged_pdf, prepared


@pytest.mark.parametrize(("is_told", "title"), [(True, "Tal for 2023 ("), (False, "Tal for 2023")])
def test_what_is_replaced_openly_says_so(is_told: bool, title: str) -> None:
    row = Attachment(title="Tal med navne", public_title="Tal for 2023", access="open")
    row.is_replaced, row.is_replaced_openly = True, is_told  # type: ignore[attr-defined]  # as the query brings them
    shown = open_attachment(row, 1, {}, {}).title
    assert shown.startswith(title)
    assert shown.endswith(")") is is_told


def held(house: House, *pages: str) -> tuple[Attachment, CaseHold]:
    """An attachment on a meeting's agenda, and a hold on its file at the case."""
    meeting = meeting_with(house, item_with(*pages))
    row = Attachment.objects.select_related("version__document", "item__case").get(item__meeting=meeting)
    assert row.version
    kept = CaseAttachment.objects.create(
        case=row.item.case, file=row.version.document, position=1, title="Plan", access="open"
    )
    return row, raise_hold(row.item.case, words="Planen viser en forkert vej", attachment=kept, actor=house.second)


def corrected(row: Attachment, house: House) -> None:
    content = paged_pdf("Den rette plan")
    taken = TakenFile(storage.house().put(content), "plan.pdf", len(content), PDF)
    assert row.version
    documents.add_version(row.version.document, taken=taken, actor=house.second)


def test_the_masked_copy_of_an_old_version_is_an_old_one_and_erstattet_like_it(house: House) -> None:
    row, hold = held(house, f"Borgeren {CPR} har klaget.")
    corrected(row, house)
    hold = lift_hold(hold, lifting=Lifting.MENDED, words="Vejen er rettet", actor=house.second)
    assert row.version
    document, right = row.version.document, hold.mended_in
    preparation = prepared(row.item.meeting, house)

    mask_findings(preparation, pks=[preparation.findings.get().pk], only_here=False, actor=house.secretary)

    row.refresh_from_db()
    assert row.version
    assert document.versions.latest("number") == right
    assert [row.version.number, *document.versions.values_list("number", flat=True)] == [2, 1, 2, 3]
    [item] = meeting_rows(row.item.meeting_id).items.all()
    assert [getattr(one, "is_replaced_openly", None) for one in item.attachments.all()] == [True]


def test_a_file_with_an_error_goes_out_only_with_a_reason_and_is_told_to_the_releaser(house: House) -> None:
    row, first = held(house, "Stien er 400 m.")
    preparation = prepared(row.item.meeting, house)

    assert found(preparation) == [("held", "text", None, "open")]
    with pytest.raises(RuleBrokenError, match="venter på svar"):
        release_prepared(preparation, actor=house.director)
    pks = [preparation.findings.get().pk]
    with pytest.raises(RuleBrokenError):
        mask_findings(preparation, pks=pks, only_here=False, actor=house.secretary)
    client = signed_in_as(house.director)
    pages = [
        client.get(reverse(f"publication:{name}", args=[pk])).content.decode()
        for name, pk in (
            ("releases", row.item.meeting_id), ("gate-line", preparation.pk), ("gate", preparation.pk),
        )
    ]  # fmt: skip
    assert [bool(re.search(r"hverken (er )?rettet eller accepteret", page)) for page in pages] == [True] * 3
    assert not any("forkert vej" in page for page in pages)
    assert f'"{reverse("meetings:item", args=[row.item_id])}"' in pages[2]
    accept_findings(preparation, pks=pks, reason="Vejen er rettet for hånd", is_no_cpr=False, actor=house.secretary)
    second = raise_hold(first.case, words="Målet er forkert", attachment=first.attachment, actor=house.second)
    with pytest.raises(RuleBrokenError):
        release_prepared(preparation, actor=house.director)
    renew_preparation(preparation, actor=house.secretary)
    assert [state for *_rest, state in found(preparation)] == ["accepted", "open"]
    lift_hold(second, lifting=Lifting.ACCEPTED, words="Det er ubetydeligt", actor=house.second)
    renew_preparation(preparation, actor=house.secretary)

    assert [state for *_rest, state in found(preparation)] == ["accepted"]
    assert release_prepared(Preparation.objects.get(), actor=house.director).number == 1
