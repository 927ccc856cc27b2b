"""Sections are added, renamed, moved, opened and closed, taken out and brought back; a template loses no word."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.cases.actions.arranging import add_section, choose_template, move_section, remove_section
from sagsgang.cases.actions.templates import add_template_section, open_template, remove_template_section
from sagsgang.cases.models import Case, Presentation, Section
from sagsgang.cases.tests.factories import Town, make_case, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry, subject_of


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(town)


@pytest.fixture
def draft(case: Case) -> Presentation:
    return Presentation.objects.get(case=case)


def headings(draft: Presentation) -> list[str]:
    return list(draft.sections.values_list("heading", flat=True))


def act(client: Client, case: Case, act: str, section: Section | None = None, **words: str) -> int:
    sent = {"act": act, "section": str(section.pk) if section else "", **words}
    return client.post(reverse("cases:arrange-sections", args=[case.pk]), sent).status_code


def test_a_section_is_added_last_as_open_or_closed_as_the_case(draft: Presentation, case: Case, town: Town) -> None:
    Case.objects.filter(pk=case.pk).update(access="closed", ground="tender")

    section = add_section(draft, kind="law", heading=" Lovgrundlag ", actor=town.writer)

    assert headings(draft) == ["Sagsfremstilling", "Indstilling", "Lovgrundlag"]
    assert (section.access, section.ground) == ("closed", "tender")
    assert AuditEntry.objects.get(verb="add_section").subject == subject_of(case)
    draft.refresh_from_db()
    assert draft.revision == 2


@pytest.mark.parametrize(("by", "order"), [(-1, "IS"), (-9, "IS"), (1, "SI"), (9, "SI")])
def test_a_section_is_moved_and_stops_at_the_ends(by: int, order: str, draft: Presentation, town: Town) -> None:
    move_section(draft.sections.get(heading="Indstilling"), by=by, actor=town.writer)

    assert "".join(heading[0] for heading in headings(draft)) == order
    assert list(draft.sections.values_list("position", flat=True)) == [1, 2]


def test_what_is_taken_out_is_brought_back_with_its_words(draft: Presentation, case: Case, town: Town) -> None:
    client, section = signed_in_as(town.writer), draft.sections.get(heading="Sagsfremstilling")
    other = draft.sections.get(heading="Indstilling")

    assert act(client, case, "remove", section) == 302
    assert act(client, case, "remove", other) == 302
    assert headings(draft) == []
    assert act(client, case, "restore", section) == 302

    assert headings(draft) == ["Sagsfremstilling"]
    section.refresh_from_db()
    assert (section.position, section.html) == (1, "<p>Stien bliver 400 m lang.</p>")
    assert gettext("Bring back") in client.get(reverse("cases:presentation", args=[case.pk])).content.decode()


def test_what_was_taken_out_meanwhile_is_not_renamed(draft: Presentation, case: Case, town: Town) -> None:
    section = draft.sections.get(heading="Indstilling")
    remove_section(section, actor=town.colleague)

    assert act(signed_in_as(town.writer), case, "rename", section, heading="Ny") == 422


def test_heading_and_access_are_changed(draft: Presentation, case: Case, town: Town) -> None:
    client, section = signed_in_as(town.writer), draft.sections.get(heading="Sagsfremstilling")

    assert act(client, case, "rename", section, heading=" Sagen ") == 302
    assert act(client, case, "access", section, access="closed", ground="property") == 302
    section.refresh_from_db()
    assert (section.heading, section.access, section.ground) == ("Sagen", "closed", "property")

    assert act(client, case, "access", section, access="open", ground="property") == 302
    section.refresh_from_db()
    assert (section.access, section.ground) == ("open", "")


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("rename", {"heading": " "}),
        ("access", {"access": "closed", "ground": ""}),
        ("access", {"access": "ajar", "ground": ""}),
        ("add", {"kind": "law", "heading": ""}),
        ("add", {"kind": "nonsense", "heading": "X"}),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    verb: str, words: dict[str, str], draft: Presentation, case: Case, town: Town
) -> None:
    section = draft.sections.get(heading="Sagsfremstilling")

    assert act(signed_in_as(town.writer), case, verb, section, **words) == 422
    assert headings(draft) == ["Sagsfremstilling", "Indstilling"]
    section.refresh_from_db()
    assert section.access == "open"


def test_nonsense_is_no_fault_of_the_server(draft: Presentation, case: Case, town: Town) -> None:
    client = signed_in_as(town.writer)
    stranger = make_case(town, "En anden sag")

    assert act(client, case, "dance") == 400
    assert act(client, case, "up") == 404
    assert (
        client.post(reverse("cases:arrange-sections", args=[case.pk]), {"act": "up", "section": "x"}).status_code == 404
    )
    assert act(client, case, "up", Section.objects.filter(presentation__case=stranger).first()) == 404


def test_who_only_reads_arranges_nothing(draft: Presentation, case: Case, town: Town) -> None:
    case.path.create(body=town.mtu, position=1, purpose="decision")

    assert act(signed_in_as(town.secretary), case, "add", kind="law", heading="X") == 403


def test_a_frozen_version_is_not_arranged(draft: Presentation, town: Town) -> None:
    Presentation.objects.update(frozen_at="2026-01-01T00:00Z", frozen_by="sent")

    with pytest.raises(RuleBrokenError):
        add_section(draft, kind="law", heading="Lov", actor=town.writer)


def make_template(town: Town) -> None:
    template = open_template(town.mtu, item_kind="B", actor=town.secretary)
    for kind, heading, required in (
        ("summary", "Resumé", False), ("presentation", "Sagen", True), ("economy", "Økonomi", False),
        ("recommendation", "Indstilling", True),
    ):  # fmt: skip
        add_template_section(
            template, kind=kind, heading=heading, help_text="Hjælp", is_required=required, actor=town.secretary
        )


def test_a_template_takes_over_the_sections_and_no_word_is_lost(draft: Presentation, case: Case, town: Town) -> None:
    make_template(town)
    add_section(draft, kind="other", heading="Egne ord", actor=town.writer)
    Section.objects.filter(heading="Egne ord").update(html="<p>Bliver.</p>")
    add_section(draft, kind="law", heading="Tomt", actor=town.writer)

    choose_template(case, body=town.mtu, item_kind="B", actor=town.writer)

    assert headings(draft) == ["Resumé", "Sagen", "Økonomi", "Indstilling", "Egne ord"]
    assert list(draft.sections.values_list("html", flat=True)) == [
        "", "<p>Stien bliver 400 m lang.</p>", "", "<p>Natur og Miljø indstiller,</p>", "<p>Bliver.</p>",
    ]  # fmt: skip
    assert list(
        Section.history.filter(presentation=draft).exclude(withdrawn_at=None).values_list("heading", flat=True)
    ) == ["Tomt"]
    assert draft.sections.get(heading="Indstilling").points.get().text == "at stien godkendes"


def test_laying_it_twice_is_laying_it_once(draft: Presentation, case: Case, town: Town) -> None:
    make_template(town)

    for _time in range(2):
        choose_template(case, body=town.mtu, item_kind="B", actor=town.writer)

    assert headings(draft) == ["Resumé", "Sagen", "Økonomi", "Indstilling"]


def test_help_is_shown_beside_the_section_and_never_copied(draft: Presentation, case: Case, town: Town) -> None:
    make_template(town)
    choose_template(case, body=town.mtu, item_kind="B", actor=town.writer)
    page = signed_in_as(town.writer).get(reverse("cases:presentation", args=[case.pk])).content.decode()

    assert page.count("<p>Hjælp</p>") == 4
    assert not Section.objects.filter(html__contains="Hjælp").exists()


def test_a_section_keeps_its_help_when_the_template_lets_it_go(draft: Presentation, case: Case, town: Town) -> None:
    make_template(town)
    choose_template(case, body=town.mtu, item_kind="B", actor=town.writer)
    section = draft.sections.get(heading="Økonomi")
    assert section.template is not None
    remove_template_section(section.template, actor=town.secretary)

    page = signed_in_as(town.writer).get(reverse("cases:presentation", args=[case.pk])).content.decode()

    assert page.count("<p>Hjælp</p>") == 4


def test_a_case_without_words_is_begun_on_the_page(town: Town) -> None:
    case = Case.objects.create(authority=town.authority, title="Ny sag", unit=town.unit, caseworker=town.writer)
    make_template(town)
    client, url = signed_in_as(town.writer), reverse("cases:choose-template", args=[case.pk])
    assert url in client.get(reverse("cases:presentation", args=[case.pk])).content.decode()
    assert client.get(url).status_code == 200

    assert client.post(url, {"body": "nonsense", "item_kind": "B"}).status_code == 422
    assert client.post(url, {"body": str(town.mtu.pk), "item_kind": "B"}).status_code == 302

    draft = Presentation.objects.get(case=case)
    assert (draft.body, draft.item_kind) == (town.mtu, "B")
    assert headings(draft) == ["Resumé", "Sagen", "Økonomi", "Indstilling"]


def test_a_frozen_version_is_gone_on_with_as_a_new_one(draft: Presentation, case: Case, town: Town) -> None:
    Presentation.objects.update(frozen_at="2026-01-01T00:00Z", frozen_by="sent")

    signed_in_as(town.writer).post(
        reverse("cases:choose-template", args=[case.pk]), {"body": str(town.fin.pk), "item_kind": "B"}
    )

    newer = Presentation.objects.get(case=case, frozen_at=None)
    assert (newer.replaces, newer.body) == (draft, town.fin)
    assert headings(newer) == ["Sagsfremstilling", "Indstilling"]
