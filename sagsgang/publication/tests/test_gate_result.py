"""What the gate said of a release is kept with it and shown; and names of what is closed are found around a file too."""

import io
from dataclasses import replace

import pikepdf
import pytest
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.meetings.drafts import ItemDraft, SectionDraft
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.tests.factories import House, closed_item, meeting_with, open_item, signed_in_as
from sagsgang.publication.actions import prepare_release, release_prepared
from sagsgang.publication.actions.gate import accept_findings
from sagsgang.publication.gatekeeping.result import result_of, stored_result
from sagsgang.publication.models import Preparation, ReleaseRecord
from sagsgang.publication.tests.test_gate_release import CPR, REASON, found, item_with, laid_on, paged_pdf, prepared

NAME = "Karla Rosenvinge"


def closed_about(name: str) -> ItemDraft:
    words = (SectionDraft("presentation", "", f"<p>Ejeren {name} vil sælge.</p>"),)
    return replace(closed_item(), sections=words)


def releases_page(meeting: Meeting, user: User) -> str:
    return signed_in_as(user).get(reverse("publication:releases", args=[meeting.pk])).content.decode()


def accepted(preparation: Preparation, house: House) -> Preparation:
    pks = list(preparation.findings.values_list("pk", flat=True))
    accept_findings(preparation, pks=pks, reason=REASON, is_no_cpr=True, actor=house.secretary)
    return preparation


def test_the_result_is_shown_with_the_release_its_kinds_and_persons_to_who_may_release(house: House) -> None:
    meeting = meeting_with(house, item_with("Stien er 400 m.", f"Borgeren {CPR} har klaget."))
    release_prepared(accepted(prepared(meeting, house), house), actor=house.director)

    line = gettext("%(kind)s: %(count)s %(state)s by %(name)s") % {
        "kind": "CPR-nummer",
        "count": 1,
        "state": gettext("accepted"),
        "name": "Sanne Skov",
    }
    summary = result_of(ReleaseRecord.objects.get())
    assert summary
    for user, sees_more in ((house.secretary, True), (house.director, True), (house.hr, False), (house.member, False)):
        page = releases_page(meeting, user)
        assert summary.summary in page
        assert (line in page) == sees_more
        assert CPR not in page
        assert REASON not in page


def test_a_result_from_before_is_shown_as_far_as_it_goes() -> None:
    kept = {
        "rules": "1",
        "files": 1,
        "pages": 2,
        "lacks": [],
        "findings": {"cpr": {"masked": 2}, "metadata": {"open": 1}},
    }

    result = result_of(ReleaseRecord(gate=kept))

    assert result and (result.checked_at, len(result.lines)) == (None, 1)
    assert "2" in result.lines[0]
    assert result_of(ReleaseRecord(gate=[])) is None


def test_the_stored_result_counts_by_kind_state_and_person() -> None:
    at = ReleaseRecord._meta.get_field("at").to_python("2026-11-23T12:00:00+00:00")
    answers = [("cpr", "masked", "Ida"), ("cpr", "masked", "Bo"), ("metadata", "open", "")]

    kept = stored_result(answers, rules="2", at=at, files=1, pages=1, lacks=[])

    assert kept["findings"] == {"cpr": {"masked": 2}, "metadata": {"open": 1}}
    assert [(one["by"], one["count"]) for one in kept["answers"]] == [("Bo", 1), ("Ida", 1)]


def test_the_preview_warns_no_more_of_a_number_that_is_accepted(house: House) -> None:
    text = (SectionDraft("presentation", "Sagsfremstilling", f"<p>Sagen {CPR} er gammel.</p>"),)
    meeting = meeting_with(house, replace(open_item(), sections=text))
    preparation = prepared(meeting, house)
    warning = gettext("A CPR number stops the release")

    assert warning in releases_page(meeting, house.secretary)
    accepted(preparation, house)

    assert warning not in releases_page(meeting, house.secretary)
    assert CPR in releases_page(meeting_with(house, replace(open_item(), title=f"Klage {CPR}")), house.secretary)


@pytest.mark.parametrize("title", [f"Skøde {NAME}", "Skøde_Karla_Rosenvinge", "Skoede-Karla-Rosenvinge.pdf"])
def test_a_name_from_a_closed_item_is_found_in_the_title_of_an_attachment(title: str, house: House) -> None:
    attachment = replace(laid_on(paged_pdf("Kort")), title=title)
    meeting = meeting_with(house, replace(open_item(), attachments=(attachment,), subitems=()), closed_about(NAME))

    preparation = prepared(meeting, house)

    rows = preparation.findings.filter(kind="name")
    assert [(row.part, row.state) for row in rows] == [("attachments", "open")]
    page = signed_in_as(house.secretary).get(reverse("publication:gate", args=[preparation.pk])).content.decode()
    assert gettext("title of an attachment") in page


def test_a_name_from_a_closed_item_is_found_out_of_sight_in_a_file(house: House) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paged_pdf("Kort over stien"))) as pdf:
        pdf.attachments["skoede.txt"] = pikepdf.AttachedFileSpec(
            pdf,
            f"Om {NAME}".encode(),
            description="",
            filename="skoede.txt",
            mime_type="text/plain",
            creation_date="",
            mod_date="",
        )
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Text,
                    Rect=pikepdf.Array([10, 10, 30, 30]),
                    Contents=pikepdf.String(f"Spørg {NAME}"),
                )
            ]
        )
        pdf.save(out)
    item = replace(open_item(), attachments=(laid_on(out.getvalue()),), subitems=())

    preparation = prepared(meeting_with(house, item, closed_about(NAME)), house)

    assert sorted(row[1] for row in found(preparation) if row[0] == "name") == ["annotation", "embedded"]


def test_the_same_name_is_no_finding_where_nothing_closed_says_it(house: House) -> None:
    attachment = replace(laid_on(paged_pdf(f"Skøde, {NAME}")), title=f"Skøde {NAME}")
    meeting = meeting_with(house, replace(open_item(), attachments=(attachment,), subitems=()), closed_item())

    preparation = prepare_release(meeting, kind="agenda", actor=house.secretary)

    assert not preparation.findings.filter(kind="name").exists()
