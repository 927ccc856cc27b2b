import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as lxml_html

from sagsgang.publication.document import ItemDocument, MeetingDocument, Section
from sagsgang.publication.rendering.html import meeting_html
from sagsgang.publication.tests.printed import item_alone, meeting

BASE = "https://dagsorden.eksempel.dk"


def parsed(source: str) -> Any:
    return lxml_html.document_fromstring(source)


@pytest.mark.parametrize("document", [item_alone(), meeting(), meeting(200), replace(meeting(), items=())])
def test_headings_begin_at_one_and_skip_no_level(document: MeetingDocument) -> None:
    page = parsed(meeting_html(document))

    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_is_danish_stands_alone_and_its_contents_lead_to_its_items() -> None:
    source = meeting_html(meeting())
    page = parsed(source)

    assert page.get("lang") == "da"
    assert page.findtext(".//title") == "Byrådet, 8. maj 2024"
    assert page.xpath("//nav//a/@href") == ["#punkt-1", "#punkt-2", "#punkt-3", "#punkt-4"]
    assert page.xpath("//article/@id") == ["punkt-1", "punkt-2", "punkt-3", "punkt-4"]
    assert re.findall(r"<(?:script|link|img|iframe)", source) == []


def test_open_attachments_are_linked_and_closed_ones_show_their_title_only() -> None:
    source = meeting_html(meeting(1), base_url=BASE)
    page = parsed(source)

    rows = [[cell.text_content() for cell in row] for row in page.xpath("//article/div[last()]//tbody/tr")]

    assert page.xpath("//a[starts-with(@href, 'http')]/@href") == [f"{BASE}/bilag/f0f0"]
    assert [row[2:] for row in rows][:2] == [
        ["Notat", "41", "5/24", "H"],
        ["Udkast til lejekontrakt", "", "", ""],
    ]
    assert [row[3:] for row in rows][2] == ["", "", ""]
    assert not {"7654321", "99999/24", "5ec2e7"} & set(re.findall(r"[\w/]+", source))


def test_words_are_escaped_and_stored_text_is_cleaned_again() -> None:
    item = ItemDocument("", "1", "<script>a</script>", "", sections=(Section("other", "<b>", "<p onclick='x'>b</p>"),))

    source = meeting_html(replace(item_alone(), items=(item,)))

    assert "<h2>1. &lt;script&gt;a&lt;/script&gt;</h2>" in source
    assert "<h3>&lt;b&gt;</h3>" in source
    assert "onclick" not in source


def test_the_decisions_on_sub_items_stand_in_the_decision() -> None:
    page = parsed(meeting_html(item_alone()))

    [decision] = page.xpath("//section[@class='decision']")

    assert [element.text_content() for element in decision.xpath("./p")] == [
        "Gruppen drøftede:",
        "1. Ny mødeplan",
        "Godkendt med tilføjelser:",
        "2. Hvad koster det?",
        "Udsat.",
    ]
