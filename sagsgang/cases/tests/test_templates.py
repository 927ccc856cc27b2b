"""The secretary edits what her body wants of a presentation, and nobody else does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.cases.actions.templates import add_template_section, open_template
from sagsgang.cases.models import PresentationTemplate, TemplateSection
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.models import AuditEntry, subject_of


@pytest.fixture
def template(town: Town) -> PresentationTemplate:
    made = open_template(town.mtu, item_kind="B", actor=town.secretary)
    for heading in ("Et", "To", "Tre"):
        add_template_section(made, kind="other", heading=heading, actor=town.secretary)
    return made


def headings(template: PresentationTemplate) -> list[str]:
    return list(template.sections.values_list("heading", flat=True))


def act(client: Client, template: PresentationTemplate, act: str, on: str = "", /, **words: object) -> int:
    section = TemplateSection.history.filter(template=template, heading=on).first()
    sent = {"act": act, "section": str(section.pk) if section else "", **words}
    return client.post(reverse("cases:edit-template", args=[template.pk]), sent).status_code


def test_the_list_has_every_kind_and_makes_the_template_that_is_missing(town: Town) -> None:
    client, url = signed_in_as(town.secretary), reverse("cases:templates", args=[town.mtu.pk])
    assert client.get(url).content.decode().count(gettext("Make a template")) == 4

    for _time in range(2):
        answer = client.post(url, {"item_kind": "D"})

    made = PresentationTemplate.objects.get()
    assert (made.body, made.item_kind) == (town.mtu, "D")
    assert answer["Location"] == reverse("cases:edit-template", args=[made.pk])
    assert AuditEntry.objects.filter(verb="open_template").count() == 1
    assert client.post(url, {"item_kind": "X"}).status_code == 400


def test_only_the_bodys_secretary_comes_in(template: PresentationTemplate, town: Town) -> None:
    addresses = [
        reverse("cases:templates", args=[town.mtu.pk]),
        reverse("cases:edit-template", args=[template.pk]),
    ]

    for user in (town.writer, town.dir_secretary, town.member, town.auditor, town.admin, town.stranger):
        assert [signed_in_as(user).get(address).status_code for address in addresses] == [403, 403], user
    assert [signed_in_as(town.secretary).get(address).status_code for address in addresses] == [200, 200]


@pytest.mark.parametrize(
    ("verb", "heading", "order"),
    [
        ("up", "To", ["To", "Et", "Tre"]),
        ("down", "To", ["Et", "Tre", "To"]),
        ("up", "Et", ["Et", "To", "Tre"]),
        ("down", "Tre", ["Et", "To", "Tre"]),
        ("remove", "To", ["Et", "Tre"]),
    ],
)
def test_sections_are_moved_and_taken_out(
    verb: str, heading: str, order: list[str], template: PresentationTemplate, town: Town
) -> None:
    assert act(signed_in_as(town.secretary), template, verb, heading) == 302

    assert headings(template) == order


def test_what_is_taken_out_is_brought_back(template: PresentationTemplate, town: Town) -> None:
    client = signed_in_as(town.secretary)
    act(client, template, "remove", "Et")
    assert gettext("Bring back") in client.get(reverse("cases:edit-template", args=[template.pk])).content.decode()

    act(client, template, "restore", "Et")
    act(client, template, "restore", "Et")

    assert headings(template) == ["To", "Tre", "Et"]


def test_a_section_is_added_and_changed(template: PresentationTemplate, town: Town) -> None:
    client = signed_in_as(town.secretary)

    act(client, template, "add", kind="law", heading=" Lov ", help_text="Nævn paragraffen.", is_required="on")
    act(client, template, "change", "Et", kind="summary", heading="Resumé", help_text="")

    assert list(template.sections.values_list("kind", "heading", "help_text", "is_required")) == [
        ("summary", "Resumé", "", False), ("other", "To", "", False), ("other", "Tre", "", False),
        ("law", "Lov", "Nævn paragraffen.", True),
    ]  # fmt: skip
    entry = AuditEntry.objects.get(verb="change_template_section")
    assert entry.subject == subject_of(template)
    assert "Resumé" not in str(entry.data)


@pytest.mark.parametrize(
    ("verb", "heading", "words"),
    [
        ("add", "", {"kind": "law", "heading": ""}),
        ("add", "", {"kind": "none", "heading": "Skrevet"}),
        ("change", "Et", {"kind": "law", "heading": "", "help_text": "Skrevet"}),
    ],
)
def test_what_is_wrong_is_told_and_stays_typed(
    verb: str, heading: str, words: dict[str, str], template: PresentationTemplate, town: Town
) -> None:
    client = signed_in_as(town.secretary)
    section = TemplateSection.objects.filter(heading=heading).first()
    sent = {"act": verb, "section": str(section.pk) if section else "", **words}

    answer = client.post(reverse("cases:edit-template", args=[template.pk]), sent)

    assert answer.status_code == 422
    assert headings(template) == ["Et", "To", "Tre"]
    assert ("Skrevet" in answer.content.decode()) == ("Skrevet" in words.values())


def test_nonsense_is_no_fault_of_the_server(template: PresentationTemplate, town: Town) -> None:
    client = signed_in_as(town.secretary)
    other = open_template(town.mtu, item_kind="", actor=town.secretary)
    foreign = add_template_section(other, kind="other", heading="Fremmed", actor=town.secretary)

    assert act(client, template, "dance") == 400
    assert act(client, template, "up") == 404
    url = reverse("cases:edit-template", args=[template.pk])
    assert client.post(url, {"act": "remove", "section": str(foreign.pk)}).status_code == 404


def test_what_must_be_known_is_chosen(template: PresentationTemplate, town: Town) -> None:
    client = signed_in_as(town.secretary)

    assert act(client, template, "facts", facts=["kle", "path"]) == 302
    template.refresh_from_db()
    assert template.required_facts == ["kle", "path"]
    page = client.get(reverse("cases:edit-template", args=[template.pk])).content.decode()
    assert page.count(" checked") == 2

    assert act(client, template, "facts", facts=["weather"]) == 422
    assert act(client, template, "facts") == 302
    template.refresh_from_db()
    assert template.required_facts == []


@pytest.mark.parametrize("many", [1, 30])
def test_the_pages_ask_as_much_for_many_sections_as_for_few(
    many: int, template: PresentationTemplate, town: Town, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for n in range(many):
        add_template_section(template, kind="other", heading=f"Afsnit {n}", actor=town.secretary)
    client = signed_in_as(town.secretary)

    with django_assert_num_queries(6):
        client.get(reverse("cases:edit-template", args=[template.pk]))
    with django_assert_num_queries(6):
        client.get(reverse("cases:templates", args=[town.mtu.pk]))
