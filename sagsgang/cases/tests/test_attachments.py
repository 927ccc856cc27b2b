"""A case's attachments: laid on, refused, ordered, named, closed, replaced, withdrawn, linked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sagsgang.cases.actions import attachments as acts
from sagsgang.cases.models import Case, CaseAttachment, CaseRelation, Concern, Hearing, Presentation
from sagsgang.cases.queries.attachments import Stage, attachments_of
from sagsgang.cases.rules import attachments as rules
from sagsgang.cases.tests.factories import Town, htmx, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.documents.intake import take_file
from sagsgang.documents.models import DocumentVersion
from sagsgang.documents.tests.files import docx_bytes, locked_pdf, pdf_bytes, picture_bytes

AS_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


def a_file(name: str = "Notat.pdf", words: str = "Kort") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(words), "application/pdf")


def lay_on(case: Case, town: Town, *names: str) -> list[CaseAttachment]:
    """Attachments with these titles, each of its own words."""
    return [
        acts.upload_attachment(case, taken=take_file(a_file(f"{name}.pdf", name)), actor=town.writer) for name in names
    ]


def address(name: str, row: Case | CaseAttachment) -> str:
    return reverse(f"cases:{name}", args=[row.pk])


def verbs(case: Case) -> list[str]:
    return list(AuditEntry.objects.filter(subject=subject_of(case)).order_by("number").values_list("verb", flat=True))


def titles(case: Case) -> list[tuple[int | None, str]]:
    return [(row.number, row.attachment.title) for row in attachments_of(case).rows]


def facts_of(attachment: CaseAttachment, **changed: object) -> dict[str, object]:
    """What the form of an attachment sends when only these are changed; a box that is not ticked sends nothing."""
    attachment.refresh_from_db()
    names = ("title", "access", "ground", "public_title", "document_id", "document_number", "mark")
    facts: dict[str, object] = {name: getattr(attachment, name) for name in names}
    ticked = {name: "on" for name in ("title_is_public", "in_packet", "on_web") if getattr(attachment, name)}
    facts |= ticked | {"seen": acts.stamp(attachment)} | changed
    return {name: value for name, value in facts.items() if value is not None}


def test_several_files_are_laid_on_at_once(case: Case, town: Town) -> None:
    client = signed_in_as(town.writer)
    files = [
        a_file("Et_notat.pdf"),
        SimpleUploadedFile("Overslag.docx", docx_bytes("Stien koster 4 mio. kr.")),
        SimpleUploadedFile("Kort.png", picture_bytes()),
    ]

    answer = client.post(address("upload-attachments", case), {"uploads": files})

    assert (answer.status_code, answer["Location"]) == (302, address("attachments", case))
    rows = attachments_of(case).rows
    assert [(row.number, row.attachment.title, row.kind, row.state.stage) for row in rows] == [
        (1, "Et notat", "PDF", Stage.QUEUED),
        (2, "Overslag", "Word", Stage.QUEUED),
        (3, "Kort", "billede", Stage.QUEUED),
    ]
    assert [(row.attachment.access, row.attachment.in_packet, row.attachment.on_web) for row in rows] == [
        ("open", True, True)
    ] * 3
    assert verbs(case) == ["upload_attachment"] * 3


def test_of_several_files_the_good_ones_are_kept_and_each_refusal_is_said(case: Case, town: Town) -> None:
    lay_on(case, town, "Kort")
    client = signed_in_as(town.writer)
    files = [
        SimpleUploadedFile("program.pdf", b"MZ" + bytes(100)),
        SimpleUploadedFile("tom.pdf", b""),
        SimpleUploadedFile("laast.pdf", locked_pdf()),
        a_file("Igen.pdf", "Kort"),
        a_file("Nyt.pdf", "Nyt"),
    ]

    answer = client.post(address("upload-attachments", case), {"uploads": files})

    assert answer.status_code == 422
    assert [refusal.name for refusal in answer.context["refused"]] == [
        "program.pdf", "tom.pdf", "laast.pdf", "Igen.pdf",
    ]  # fmt: skip
    assert answer.context["refused"][-1].sentence == "Den samme fil er allerede bilag 1."
    assert all(refusal.sentence in answer.content.decode() for refusal in answer.context["refused"][-1:])
    assert "1 fil er lagt på sagen." in answer.content.decode()
    assert titles(case) == [(1, "Kort"), (2, "Nyt")]


def test_the_script_sends_one_file_and_gets_one_sentence(case: Case, town: Town) -> None:
    client = signed_in_as(town.writer)
    url = address("upload-attachments", case)

    taken = client.post(url, {"uploads": a_file("To.pdf", "To"), "wanted": "2"}, headers=AS_SCRIPT)
    again = client.post(url, {"uploads": a_file("To.pdf", "To"), "wanted": "3"}, headers=AS_SCRIPT)
    first = client.post(url, {"uploads": a_file("Et.pdf", "Et"), "wanted": "1"}, headers=AS_SCRIPT)
    nothing = client.post(url, {}, headers=AS_SCRIPT)

    assert (taken.status_code, taken.json()) == (201, {"sentence": ""})
    assert (again.status_code, again.json()) == (422, {"sentence": "Den samme fil er allerede bilag 1."})
    assert (first.status_code, titles(case)) == (201, [(1, "Et"), (2, "To")])
    assert (nothing.status_code, nothing.json()) == (422, {"sentence": "Filen nåede ikke frem."})


def test_no_file_at_all_is_said(case: Case, town: Town) -> None:
    answer = signed_in_as(town.writer).post(address("upload-attachments", case), {})

    assert (answer.status_code, "Vælg mindst én fil." in answer.content.decode()) == (422, True)


def test_a_case_holds_one_gigabyte(case: Case, town: Town) -> None:
    (attachment,) = lay_on(case, town, "Stor")
    DocumentVersion.objects.filter(document=attachment.file).update(size=rules.LARGEST_CASE - 100)

    answer = signed_in_as(town.writer).post(
        address("upload-attachments", case), {"uploads": a_file("En til.pdf", "En til")}, headers=AS_SCRIPT
    )

    assert answer.status_code == 422
    assert answer.json()["sentence"].startswith("Der er ikke plads til filen: Den fylder 6")
    assert answer.json()["sentence"].endswith("og sagens bilag fylder 1024,0\xa0MB af 1,0\xa0GB.")


def test_a_new_attachment_has_the_access_of_its_case(town: Town) -> None:
    case = make_case(town, access="closed", ground="property")

    (attachment,) = lay_on(case, town, "Køb af grund")

    assert (attachment.access, attachment.ground) == ("closed", "property")


def test_files_are_answers_to_a_hearing(case: Case, town: Town) -> None:
    hearing = Hearing.objects.create(
        case=case, body=town.elders, concern=Concern.ELDERLY, asked_on="2026-04-01", answer_by="2026-05-01",
        asked_by=town.writer,
    )  # fmt: skip
    client = signed_in_as(town.writer)
    page = client.get(address("attachments", case), {"hearing": str(hearing.pk)})

    client.post(address("upload-attachments", case), {"uploads": a_file("Svar.pdf"), "hearing": str(hearing.pk)})

    assert f'name="hearing" value="{hearing.pk}"' in page.content.decode()
    assert [answer.title for answer in hearing.answers.all()] == ["Svar"]
    assert "høringssvar: Ældrerådet" in client.get(address("attachments", case)).content.decode()


def test_another_case_s_hearing_is_refused(case: Case, town: Town) -> None:
    other = make_case(town, "En anden")
    hearing = Hearing.objects.create(
        case=other, body=town.elders, concern=Concern.ELDERLY, asked_on="2026-04-01", answer_by="2026-05-01",
        asked_by=town.writer,
    )  # fmt: skip

    answer = signed_in_as(town.writer).post(
        address("upload-attachments", case), {"uploads": a_file(), "hearing": str(hearing.pk)}
    )

    assert (answer.status_code, case.attachments.count()) == (422, 0)


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [
        (2, "up", ["Et", "Tre", "To"]), (0, "down", ["To", "Et", "Tre"]),
        (0, "up", ["Et", "To", "Tre"]), (2, "down", ["Et", "To", "Tre"]),
    ],
)  # fmt: skip
def test_attachments_are_moved(which: int, direction: str, order: list[str], case: Case, town: Town) -> None:
    rows = lay_on(case, town, "Et", "To", "Tre")

    answer = signed_in_as(town.writer).post(address("move-attachment", rows[which]), {"direction": direction})

    assert answer["Location"] == f"{address('attachments', case)}#row-{rows[which].pk}"
    assert [title for _number, title in titles(case)] == order


def test_a_move_by_htmx_answers_with_the_list_and_says_the_new_number(case: Case, town: Town) -> None:
    rows = lay_on(case, town, "Et", "To")

    answer = htmx(town.writer).post(address("move-attachment", rows[1]), {"direction": "up"})

    content = answer.content.decode()
    assert (answer.status_code, "<h1>" in content) == (200, False)
    assert "»To« er nu bilag 1." in content
    assert content.index(">To</a>") < content.index(">Et</a>")


def test_an_attachment_passes_over_withdrawn_ones(case: Case, town: Town) -> None:
    rows = lay_on(case, town, "Et", "To", "Tre")
    acts.withdraw_attachment(rows[1], actor=town.writer)

    acts.move_attachment(rows[2], direction="up", actor=town.writer)

    assert titles(case) == [(1, "Tre"), (2, "Et")]


def test_an_attachment_is_written(case: Case, town: Town) -> None:
    (attachment,) = lay_on(case, town, "Notat")
    changes = {
        "title": "Notat om køb", "access": "closed", "ground": "property", "title_is_public": "on",
        "public_title": "Notat", "on_web": None, "document_id": "3453832", "document_number": "41694/23", "mark": "H",
    }  # fmt: skip

    answer = signed_in_as(town.writer).post(address("edit-attachment", attachment), facts_of(attachment, **changes))

    attachment.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, address("attachment", attachment))
    assert (attachment.title, attachment.access, attachment.ground) == ("Notat om køb", "closed", "property")
    assert (attachment.public_title, attachment.title_is_public) == ("Notat", True)
    assert (attachment.in_packet, attachment.on_web) == (True, False)
    assert (attachment.document_id, attachment.document_number, attachment.mark) == ("3453832", "41694/23", "H")
    entry = AuditEntry.objects.filter(subject=subject_of(case), verb="edit_attachment").get()
    assert entry.data == {
        "attachment": str(attachment.pk),
        "parts": [
            "access", "document_id", "document_number", "ground", "mark", "on_web", "public_title", "title",
            "title_is_public",
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": "  "}, "Dette felt er påkrævet"),
        ({"access": "closed", "ground": ""}, "Vælg, hvorfor bilaget er lukket."),
        ({"access": "closed", "ground": "unknown"}, "Marker en gyldig valgmulighed"),
        (
            {"access": "closed", "ground": "personal", "title_is_public": "on"},
            "Skriv den titel, som offentligheden må se.",
        ),
        ({"access": "hemmelig"}, "Marker en gyldig valgmulighed"),
        ({"mark": "for langt et mærke"}, "højst have 8 tegn"),
        ({"seen": "2020-01-01"}, "En anden har ændret bilaget imens."),
    ],
)
def test_what_is_written_wrong_is_said_and_kept(wrong: dict[str, str], said: str, case: Case, town: Town) -> None:
    (attachment,) = lay_on(case, town, "Notat")
    sent = facts_of(attachment, document_id="99/123", **wrong)

    answer = signed_in_as(town.writer).post(address("edit-attachment", attachment), sent)

    content = answer.content.decode()
    assert answer.status_code == 422
    assert (said in content, 'value="99/123"' in content) == (True, True)
    attachment.refresh_from_db()
    assert (attachment.access, attachment.document_id, attachment.title) == ("open", "", "Notat")


def test_after_another_s_change_she_saves_what_she_typed_with_her_eyes_open(case: Case, town: Town) -> None:
    (attachment,) = lay_on(case, town, "Notat")
    hers = facts_of(attachment, title="Hendes")
    signed_in_as(town.colleague).post(address("edit-attachment", attachment), facts_of(attachment, title="Hans"))
    client = signed_in_as(town.writer)

    refused = client.post(address("edit-attachment", attachment), hers)
    seen = refused.context["edit"].data["seen"]
    saved = client.post(address("edit-attachment", attachment), hers | {"seen": seen})

    attachment.refresh_from_db()
    assert (refused.status_code, saved.status_code, attachment.title) == (422, 302, "Hendes")


def test_opening_an_attachment_takes_its_ground_away(town: Town) -> None:
    case = make_case(town, access="closed", ground="tender")
    (attachment,) = lay_on(case, town, "Tilbud")

    signed_in_as(town.writer).post(address("edit-attachment", attachment), facts_of(attachment, access="open"))

    attachment.refresh_from_db()
    assert (attachment.access, attachment.ground) == ("open", "")


def test_a_new_version_keeps_the_attachment(case: Case, town: Town) -> None:
    (attachment,) = lay_on(case, town, "Notat")
    client = signed_in_as(town.writer)

    answer = client.post(address("replace-attachment", attachment), {"file": a_file("Notat v2.pdf", "Nyt notat")})

    row = attachments_of(case).rows[0]
    assert row.version is not None
    assert (answer.status_code, row.number, row.attachment.title, row.version.number) == (302, 1, "Notat", 2)
    assert [version.name for version in row.earlier] == ["Notat.pdf"]
    page = client.get(address("attachment", attachment)).content.decode()
    assert ("Notat v2.pdf" in page, "?version=1" in page) == (True, True)
    assert "version 2" in client.get(address("attachments", case)).content.decode()


@pytest.mark.parametrize("name", ["Notat.pdf", "program.exe"])
def test_a_version_that_is_refused_changes_nothing(name: str, case: Case, town: Town) -> None:
    (attachment,) = lay_on(case, town, "Notat")
    upload = a_file(name, "Notat") if name == "Notat.pdf" else SimpleUploadedFile(name, b"MZ" + bytes(50))

    answer = signed_in_as(town.writer).post(address("replace-attachment", attachment), {"file": upload})

    assert answer.status_code == 422
    assert DocumentVersion.objects.filter(document=attachment.file).count() == 1


def test_a_replaced_attachment_stays_without_a_number(case: Case, town: Town) -> None:
    old, new, last = lay_on(case, town, "Gammelt", "Nyt", "Sidste")
    client = signed_in_as(town.writer)

    client.post(address("supersede-attachment", old), {"by": str(new.pk)})
    client.post(address("supersede-attachment", new), {"by": str(last.pk)})

    rows = attachments_of(case).rows
    assert [(row.number, row.replaced_by_number) for row in rows] == [(None, 1), (None, 1), (1, None)]
    assert "erstattet af 1" in client.get(address("attachments", case)).content.decode()

    client.post(address("reinstate-attachment", new))

    assert [(row.number, row.replaced_by_number) for row in attachments_of(case).rows] == [
        (None, 1),
        (1, None),
        (2, None),
    ]
    assert verbs(case)[-3:] == ["supersede_attachment", "supersede_attachment", "reinstate_attachment"]


def test_an_attachment_is_not_replaced_by_itself_nor_by_another_case_s(case: Case, town: Town) -> None:
    (attachment,) = lay_on(case, town, "Et")
    (foreign,) = lay_on(make_case(town, "En anden"), town, "Fremmed")
    client = signed_in_as(town.writer)

    for other in (attachment, foreign):
        assert client.post(address("supersede-attachment", attachment), {"by": str(other.pk)}).status_code == 422
        with pytest.raises(RuleBrokenError):
            acts.supersede_attachment(attachment, by=other, actor=town.writer)


def test_what_replaces_others_is_not_withdrawn(case: Case, town: Town) -> None:
    old, new = lay_on(case, town, "Gammelt", "Nyt")
    acts.supersede_attachment(old, by=new, actor=town.writer)

    answer = signed_in_as(town.writer).post(address("withdraw-attachment", new), follow=True)

    assert "Bilaget erstatter et andet bilag. Fortryd det først." in answer.content.decode()
    assert titles(case) == [(None, "Gammelt"), (1, "Nyt")]


def test_a_withdrawn_attachment_comes_back_to_its_place(case: Case, town: Town) -> None:
    rows = lay_on(case, town, "Et", "To", "Tre")
    client = signed_in_as(town.writer)

    client.post(address("withdraw-attachment", rows[1]))
    without = titles(case)
    page = client.get(address("attachments", case)).content.decode()
    client.post(address("restore-attachment", rows[1]))

    assert without == [(1, "Et"), (2, "Tre")]
    assert address("restore-attachment", rows[1]) in page
    assert titles(case) == [(1, "Et"), (2, "To"), (3, "Tre")]


def test_a_withdrawn_file_may_be_laid_on_again_and_is_then_not_restored(case: Case, town: Town) -> None:
    (attachment,) = lay_on(case, town, "Et")
    acts.withdraw_attachment(attachment, actor=town.writer)
    lay_on(case, town, "Et")

    answer = signed_in_as(town.writer).post(address("restore-attachment", attachment), follow=True)

    assert "Den samme fil er allerede bilag 1." in answer.content.decode()
    assert titles(case) == [(1, "Et")]


@pytest.mark.parametrize("name", ["edit", "move", "replace", "supersede", "withdraw"])
def test_nothing_is_done_to_a_withdrawn_attachment(name: str, case: Case, town: Town) -> None:
    attachment, other = lay_on(case, town, "Et", "To")
    acts.withdraw_attachment(attachment, actor=town.writer)
    before = verbs(case)
    sent = facts_of(attachment) | {"direction": "up", "by": str(other.pk), "file": a_file("Ny.pdf", "Ny")}

    signed_in_as(town.writer).post(address(f"{name}-attachment", attachment), sent)

    assert verbs(case) == before


def test_flags_are_set_on_several_at_once(case: Case, town: Town) -> None:
    rows = lay_on(case, town, "Et", "To", "Tre")
    client = signed_in_as(town.writer)
    ticked = [str(rows[0].pk), str(rows[2].pk)]

    answer = client.post(address("flag-attachments", case), {"attachment": ticked, "act": "web-off"}, follow=True)
    nothing = htmx(town.writer).post(address("flag-attachments", case), {"act": "web-off"})

    assert list(case.attachments.values_list("on_web", flat=True)) == [False, True, False]
    assert "2 bilag er ændret." in answer.content.decode()
    assert (nothing.status_code, "Markér mindst ét bilag" in nothing.content.decode()) == (422, True)
    assert verbs(case)[-1] == "flag_attachments"


def test_a_related_case_s_draft_is_linked_and_not_copied(case: Case, town: Town) -> None:
    other = make_case(town, "Ligestilling 2026", access="closed", ground="internal")
    make_case(town, "Ikke beslægtet")
    CaseRelation.objects.create(case=case, other=other)
    draft = Presentation.objects.get(case=other)
    client = signed_in_as(town.writer)

    page = client.get(address("link-draft", case))
    answer = client.post(address("link-draft", case), {"draft": str(draft.pk)})
    again = client.post(address("link-draft", case), {"draft": str(draft.pk)})

    attachment = case.attachments.get()
    content = page.content.decode()
    assert ("Ligestilling 2026" in content, "Ikke beslægtet" in content) == (True, False)
    assert (answer.status_code, again.status_code) == (302, 422)
    assert (attachment.presentation, attachment.file, attachment.access) == (draft, None, "closed")
    assert attachments_of(case).rows[0].state.stage == Stage.DRAFT
    opened = client.get(address("open-attachment", attachment))
    assert opened["Location"] == reverse("cases:presentation", args=[other.pk])
    assert client.get(address("download-attachment", attachment)).status_code == 404


def test_a_draft_that_she_does_not_see_cannot_be_linked(case: Case, town: Town) -> None:
    hidden = make_case(town, "Skjult", unit=town.other_unit, caseworker=town.stranger)
    CaseRelation.objects.create(case=case, other=hidden)
    draft = Presentation.objects.get(case=hidden)
    client = signed_in_as(town.writer)

    answer = client.post(address("link-draft", case), {"draft": str(draft.pk)})

    assert (answer.status_code, "Skjult" in answer.content.decode()) == (422, False)
