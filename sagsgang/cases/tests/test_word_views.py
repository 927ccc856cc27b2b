"""The pages of Word documents: fetching one, and the two steps of reading one in."""

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sagsgang.cases.actions.versions import freeze_presentation
from sagsgang.cases.models import Case, FrozenBy, Section
from sagsgang.cases.queries.versions import draft_of
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.models import AuditEntry

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(*lines: tuple[str, str], name: str = "sag.docx") -> SimpleUploadedFile:
    made = docx.Document()
    for style, words in lines:
        made.add_paragraph(words, style=style)
    stream = io.BytesIO()
    made.save(stream)
    return SimpleUploadedFile(name, stream.getvalue(), WORD)


def address(case: Case) -> str:
    return reverse("cases:read-word", args=[case.pk])


def show(client: Client, case: Case, file: SimpleUploadedFile) -> tuple[int, str]:
    response = client.post(address(case), {"file": file})
    return response.status_code, response.content.decode()


def fields(page: str) -> dict[str, str]:
    """What a browser would send back as it stands."""
    seal = re.search(r'name="seal" value="([^"]+)"', page)
    assert seal
    chosen = re.findall(r'<select name="(part-\d+)".*?<option value="([^"]+)" selected', page, re.DOTALL)
    return {"seal": seal[1], **dict(chosen)}


def words(case: Case) -> list[str]:
    return [section.html for section in Section.objects.filter(presentation__case=case)]


def test_a_document_is_shown_first_and_then_written(town: Town) -> None:
    case = make_case(town)
    client = signed_in_as(town.writer)
    file = word_file(
        ("Heading 1", "Sagsfremstilling"), ("Normal", "Ny tekst."), ("Heading 1", "Naboer"), ("Normal", "To.")
    )

    status, page = show(client, case, file)

    assert status == 200
    assert words(case) == ["<p>Stien bliver 400 m lang.</p>", "<p>Natur og Miljø indstiller,</p>"]
    assert fields(page)["part-2"] == "new"

    response = client.post(address(case), fields(page))

    assert response["Location"] == reverse("cases:presentation", args=[case.pk])
    assert words(case) == ["<p>Ny tekst.</p>", "<p>Natur og Miljø indstiller,</p>", "<p>To.</p>"]


def test_what_changed_in_between_is_told_and_the_choices_stay(town: Town) -> None:
    case = make_case(town)
    client = signed_in_as(town.writer)
    _status, page = show(client, case, word_file(("Heading 1", "Sagsfremstilling"), ("Normal", "Ny tekst.")))
    Section.objects.filter(presentation__case=case, position=2).update(revision=7)

    response = client.post(address(case), fields(page) | {"part-1": "new"})

    assert response.status_code == 422
    assert 'value="new" selected' in response.content.decode()
    assert words(case)[0] == "<p>Stien bliver 400 m lang.</p>"

    assert client.post(address(case), fields(response.content.decode())).status_code == 302


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("sag.docx", b"PK\x03\x04 i stykker"),
        SimpleUploadedFile("sag.docx", b""),
        SimpleUploadedFile("sag.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        SimpleUploadedFile("sag.txt", b"Kun ord."),
        word_file(),
    ],
)
def test_what_is_no_readable_document_is_refused_with_a_sentence(town: Town, file: SimpleUploadedFile) -> None:
    case = make_case(town)
    file.seek(0)

    status, page = show(signed_in_as(town.writer), case, file)

    assert status == 422
    assert "form-error-message" in page


def test_a_seal_of_another_user_or_draft_opens_nothing(town: Town) -> None:
    case, other = make_case(town), make_case(town, "Anden")
    _status, page = show(signed_in_as(town.writer), case, word_file(("Normal", "Ny tekst.")))

    for client, target in ((signed_in_as(town.colleague), case), (signed_in_as(town.writer), other)):
        response = client.post(address(target), fields(page))

        assert response.status_code == 422
    assert client.post(address(case), {"seal": "vrøvl"}).status_code == 422
    assert words(case)[0] == words(other)[0] == "<p>Stien bliver 400 m lang.</p>"


def test_a_place_that_is_none_is_refused(town: Town) -> None:
    case = make_case(town)
    client = signed_in_as(town.writer)
    _status, page = show(client, case, word_file(("Normal", "Ny tekst.")))

    response = client.post(address(case), fields(page) | {"part-1": "andetsteds"})

    assert response.status_code == 422
    assert words(case)[0] == "<p>Stien bliver 400 m lang.</p>"


def test_without_a_draft_there_is_nothing_to_read_into(town: Town) -> None:
    case = make_case(town)
    draft = draft_of(case)
    assert draft
    freeze_presentation(draft, why=FrozenBy.SENT, actor=town.secretary)

    page = signed_in_as(town.writer).get(address(case)).content.decode()

    assert reverse("cases:choose-template", args=[case.pk]) in page
    assert 'type="file"' not in page


def test_only_who_writes_the_case_reads_in(town: Town) -> None:
    case = make_case(town)

    assert signed_in_as(town.manager).get(address(case)).status_code == 403
    assert signed_in_as(town.stranger).get(address(case)).status_code == 404


def test_the_document_is_fetched_under_a_name_without_words(town: Town) -> None:
    case = make_case(town)

    response = signed_in_as(town.manager).get(reverse("cases:download-word", args=[case.pk]))

    made = docx.Document(io.BytesIO(response.content))
    assert response.headers["Content-Type"] == WORD
    assert re.fullmatch(r'attachment; filename="\w+-v1\.docx"', response.headers["Content-Disposition"])
    assert "Stien bliver 400 m lang." in [paragraph.text for paragraph in made.paragraphs]
    assert not AuditEntry.objects.filter(verb="read_closed").exists()


def test_fetching_what_is_closed_is_logged(town: Town) -> None:
    case = make_case(town, access="closed", ground="personal")

    signed_in_as(town.manager).get(reverse("cases:download-word", args=[case.pk]))

    assert list(AuditEntry.objects.filter(verb="read_closed").values_list("actor", flat=True)) == [town.manager.pk]


@pytest.mark.parametrize("query", ["?version=vrøvl", "?version=00000000-0000-0000-0000-000000000000"])
def test_a_version_that_is_not_there_is_not_found(town: Town, query: str) -> None:
    case = make_case(town)

    assert signed_in_as(town.writer).get(reverse("cases:download-word", args=[case.pk]) + query).status_code == 404


def test_another_cases_version_is_not_fetched_through_this_one(town: Town) -> None:
    case, other = make_case(town), make_case(town, "Anden")
    hers = draft_of(other)
    assert hers

    response = signed_in_as(town.writer).get(reverse("cases:download-word", args=[case.pk]) + f"?version={hers.pk}")

    assert response.status_code == 404
