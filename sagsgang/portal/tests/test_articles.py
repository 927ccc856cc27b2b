"""The items of a meeting as pieces that are kept, the addresses in them, and that every word of a document is escaped."""

from datetime import date
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse, set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import override

from sagsgang.core.pieces import KeptPieces, pieces
from sagsgang.portal.addresses import file_address, page_address
from sagsgang.portal.pages import forget_pages
from sagsgang.portal.templatetags import parts
from sagsgang.portal.tests.factories import make_body, make_draft, make_full_item, make_item, release
from sagsgang.publication.document import (
    AttachmentLine,
    DecisionText,
    FileFacts,
    ItemDocument,
    PersonLine,
    Point,
    Section,
    VoteText,
    Withheld,
)
from sagsgang.publication.models import PublicItem
from sagsgang.publication.rendering.order import decisions_of

PK = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
EVIL = "<b onclick='x'>&\"Å%7B"
SAFE = "&lt;b onclick=&#x27;x&#x27;&gt;&amp;&quot;Å%7B"


def piece(words: str) -> SafeString:
    return SafeString(words)


def test_pieces_take_no_more_room_than_they_have_and_the_oldest_goes_first() -> None:
    kept = KeptPieces(room=5_000)
    for name in "abcdefgh":
        kept.get(name, lambda: piece("x" * 1_000))
        kept.get("a", lambda: piece("made again"))

    assert len(kept) == 4
    assert [kept.get(name, lambda: piece("new")) == "new" for name in "agh"] == [False, False, False]
    assert kept.get("b", lambda: piece("new")) == "new"


@pytest.mark.parametrize("name", ["Kort over Åvej.pdf", "a b'c%20(1)&;=+,@:.txt", "æ/ø?#.png"])
@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_a_filled_address_is_that_of_reverse(name: str, prefix: str) -> None:
    set_script_prefix(prefix)
    try:
        found = page_address("item", PK, "en-sag"), page_address("read-file", PK)
        expected = reverse("portal:item", args=[PK, "en-sag"]), reverse("portal:read-file", args=[PK])
    finally:
        set_script_prefix("/")

    assert found == expected
    if "/" not in name:  # which `reverse` refuses, and no name of ours holds
        assert file_address(PK, name) == reverse("portal:attachment", args=[PK, name])
    assert unquote(file_address(PK, name)) == f"/bilag/{PK}/{name}"


def test_every_word_of_a_document_is_escaped() -> None:
    document = ItemDocument(
        str(PK), EVIL, EVIL, "open", case_number=EVIL, late_reason=EVIL, record=(EVIL,), after=(EVIL,),
        decisions=(DecisionText(EVIL, date(2026, 4, 14), "<p>Ja</p>"),), votes=(VoteText(EVIL, (EVIL,)),),
        absent=(PersonLine(EVIL, EVIL, EVIL, EVIL, EVIL),), withheld=Withheld(EVIL, reason=EVIL),
        attachments=(
            AttachmentLine(1, "open", EVIL, EVIL, EVIL, "", str(PK), FileFacts(EVIL, "", 9, "application/pdf")),
            AttachmentLine(2, "open", EVIL), AttachmentLine(3, "closed", EVIL),
        ),
        subitems=(ItemDocument(str(PK), EVIL, EVIL, "open", decisions=(DecisionText("", None, "<p>Nej</p>"),)),),
    )  # fmt: skip
    extract = ItemDocument(str(PK), "", "", "closed", withheld=Withheld("", extract=EVIL))

    shown = "".join([
        parts.facts(document), parts.late(document), parts.withheld(document), parts.withheld(extract),
        parts.section(Section("economy", EVIL, "<p>Tal</p>", (Point(EVIL, EVIL),)), 2), parts.record(document, 2),
        parts.after(document), parts.decisions(decisions_of(document), 2), parts.absent(document),
        parts.attachments(document, 2),
    ])  # fmt: skip

    assert "<b" not in shown and "onclick='" not in shown
    assert shown.count(SAFE) == 26
    assert "<p>Ja</p>" in shown and "<p>Nej</p>" in shown and "<p>Tal</p>" in shown


def test_what_is_made_once_is_made_of_the_words_it_is_given_and_of_nothing_else() -> None:
    template = Template(
        '{% load i18n once %}{% once what=word %}{% translate "Search" %} {{ what }}{{ word }}{% endonce %}'
    )

    shown = [template.render(Context({"word": word})) for word in ("én", "to", "én", SafeString("<i>"), "<i>", None)]
    made = len(pieces)
    with override("da"):
        danish = template.render(Context({"word": "én"}))

    assert shown == ["Search én", "Search to", "Search én", "Search <i>", "Search &lt;i&gt;", "Search None"]
    assert (danish, made) == ("Søg én", 5)
    with pytest.raises(TypeError):  # a row is the same row when its words are others
        template.render(Context({"word": PublicItem(title="én")}))


@pytest.mark.usefixtures("wall")
@pytest.mark.django_db(transaction=True, databases=["default", "public"])
def test_a_new_release_makes_those_items_anew_whose_words_are_others(client: Client) -> None:
    body = make_body()
    others = [make_item(str(number), f"Sag {number}") for number in range(2, 6)]
    meeting = release(body, make_draft(make_full_item(), *others))
    address = f"/moeder/{meeting.pk}/{meeting.slug}/"
    forget_pages()
    before = client.get(address).text
    first = len(pieces)

    meeting = release(
        body, make_draft(make_full_item(), *others[:3], make_item("5", "Sag 5, ny titel"), place="Aulaen")
    )
    after = client.get(address).text

    assert len(pieces) == first + 4  # the item; and around the items place, number of the release, and last change
    assert ("Aulaen" in after, "Sag 5, ny titel" in after, "Sag 5, ny titel" in before) == (True, True, False)
    client.get(f"/en{address}")
    assert len(pieces) == 2 * first + 4
