"""Search: what is found and how, what is offered, and that nothing else is ever told."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sagsgang.documents.access import Access, Ground
from sagsgang.documents.tests.files import long_pdf, pdf_bytes
from sagsgang.meetings.drafts import AttachmentDraft, DecisionDraft, SectionDraft
from sagsgang.portal.pages import forget_pages
from sagsgang.portal.tests.factories import (
    DAY,
    make_body,
    make_closed_item,
    make_draft,
    make_file,
    make_item,
    release,
    withdraw,
)
from sagsgang.publication.actions.index_rows import index_unsearched
from sagsgang.publication.models import PublicMeeting, SearchEntry, SearchWord
from sagsgang.publication.tasks import index_released_files

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def section(words: str) -> SectionDraft:
    return SectionDraft("presentation", "Sagsfremstilling", f"<p>{words}</p>")


@pytest.fixture
def shown() -> PublicMeeting:
    """Three open items and a closed one; the first has a PDF."""
    first = make_item(
        "1",
        "Takster på dagtilbudsområdet",
        sections=(section("Forældrebetalingen i børnehaver stiger. Blåbærgrød ved Aagade og Ålborgvej."),),
        decisions=(DecisionDraft("Teknik- og Miljøudvalget", DAY, "<p>Kvalitetsredegørelsen blev godkendt.</p>"),),
        attachments=(
            AttachmentDraft(1, "Takstblad", Access.OPEN, file=make_file(pdf_bytes("Rotteudligning hver sommer"))),
            AttachmentDraft(
                2, "Lukket notat", Access.CLOSED, ground=Ground.TENDER, file=make_file(pdf_bytes("Zebrastriber"))
            ),
        ),
    )
    second = make_item("2", "Cykelsti langs skovvejen", sections=(section("Stien anlægges i 2027."),))
    third = make_item("3", "Spildevandsplan", sections=(section("Nye cykelstier og børn/unge indgår ikke."),))
    meeting = release(make_body(), make_draft(first, second, third, make_closed_item()))
    index_released_files(str(meeting.release_id))
    return meeting


def page(client: Client, query: str, **choices: object) -> str:
    forget_pages()
    answer: Any = client.get("/soeg/", {"q": query} | {name: str(value) for name, value in choices.items()})
    assert answer.status_code == 200
    return str(answer.content.decode())


def titles(client: Client, query: str, **choices: object) -> list[str]:
    found = re.findall(r'<h2><a href="[^"]*">(.*?)</a></h2>', page(client, query, **choices))
    return [re.sub("</?mark>", "", title) for title in found]


def offers(client: Client, typed: str) -> list[str]:
    answer: Any = client.get("/soeg/forslag", {"q": typed})
    return [option["text"] for option in answer.json()["options"]]


FIRST, SECOND, THIRD = "Takster på dagtilbudsområdet", "Cykelsti langs skovvejen", "Spildevandsplan"


FOUND = {
    "dagtilbud": [FIRST],
    "redegørelse": [FIRST],
    "betaling": [FIRST],
    "BLÅBÆRGRØD": [FIRST],
    "blabærgrød": [],
    "aagade": [FIRST],
    "ågade": [FIRST],
    "aalborgvej": [FIRST],
    "cykelsti": [SECOND, THIRD],
    "cykelstien": [SECOND, THIRD],
    '"langs skovvejen"': [SECOND],
    '"skovvejen langs"': [],
    "cykelsti -spildevandsplan": [SECOND],
    "spildevand OR skov": [SECOND, THIRD],
    "skovvejen ELLER spildevandsplan": [SECOND, THIRD],
    "unge": [THIRD],
    "vand": [THIRD],
    "rotteudligning": ["Takstblad"],
    "personalesag": ["Personalesag"],
}


def test_what_is_found(client: Client, shown: PublicMeeting) -> None:
    assert {query: titles(client, query) for query in FOUND} == FOUND


def test_an_attachment_is_shown_with_its_page_and_the_words_are_marked(client: Client, shown: PublicMeeting) -> None:
    text = page(client, "rotte")

    assert "<mark>Rotteudligning</mark> hver sommer" in text
    assert re.search(r'href="/bilag/[0-9a-f-]{36}/Takstblad\.pdf#page=1"', text)
    assert "Attachment, page 1" in text


def test_facets_narrow_and_lead_back(client: Client, shown: PublicMeeting) -> None:
    other = release(
        make_body("Byrådet", "BYR"), make_draft(make_item("1", "Cykelsti i midtbyen"), held_on=DAY.replace(2024))
    )

    assert titles(client, "cykelsti") == [SECOND, THIRD, "Cykelsti i midtbyen"]
    assert titles(client, "cykelsti", udvalg=other.body_id) == ["Cykelsti i midtbyen"]
    assert titles(client, "cykelsti", aar=2026) == [SECOND, THIRD]
    assert titles(client, "redegørelse", art="beslutninger") == [FIRST]
    assert titles(client, "cykelsti", art="bilag") == []
    narrowed = page(client, "cykelsti", aar=2026)
    assert 'href="/soeg/?q=cykelsti" aria-current="true"' in narrowed
    assert re.findall(r'<span class="quiet">(\d+)</span>', narrowed) == ["2", "1", "2", "2", "1"]


def test_best_first_puts_the_title_before_the_text(client: Client, shown: PublicMeeting) -> None:
    release(make_body("Byrådet", "BYR"), make_draft(make_item("1", "Spildevand"), held_on=DAY.replace(2020)))

    assert titles(client, "spildevand", orden="bedste") == ["Spildevand", THIRD]
    assert titles(client, "spildevand") == [THIRD, "Spildevand"]


def test_another_spelling_is_proposed(client: Client, shown: PublicMeeting) -> None:
    text = page(client, "cyklesti")

    assert "Nothing was found." in text
    assert '<a href="/soeg/?q=cykelsti">cykelsti</a>' in text


def test_words_and_titles_are_offered(client: Client, shown: PublicMeeting) -> None:
    assert offers(client, "cyk") == ["cykelsti", "cykelstier", SECOND]
    assert offers(client, "langs skovv") == ["langs skovvejen", SECOND]
    assert offers(client, "c") == []


def test_what_is_closed_is_never_found_offered_or_proposed(client: Client, shown: PublicMeeting) -> None:
    for word in ("zebrastriber", "afskedigelse", "hemmelig", "begrundelse", "advarsel", "hemmeligt-navn"):
        assert titles(client, word) == []
        assert offers(client, word[:5]) == []
        assert "Did you mean" not in page(client, word[:-1])
    assert not SearchWord.objects.filter(word__in=["zebrastriber", "afskedigelse", "hemmelig", "hansen"]).exists()


def test_a_withdrawn_meeting_is_gone_at_once_with_its_words(client: Client, shown: PublicMeeting) -> None:
    before = client.get("/soeg/", {"q": "dagtilbud"}).headers["ETag"]

    withdraw(shown)

    answer: Any = client.get("/soeg/", {"q": "dagtilbud"}, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert "Nothing was found." in answer.content.decode()
    assert offers(client, "cyk") == []
    assert not SearchEntry.objects.exists()
    assert not SearchWord.objects.exists()


def test_a_correction_keeps_the_words_that_stay_and_their_numbers(client: Client, shown: PublicMeeting) -> None:
    body = make_body("Byrådet", "BYR")
    release(body, make_draft(make_item("1", "Cykelsti i midtbyen", sections=(), decisions=())))

    withdraw(shown)

    words = dict(SearchWord.objects.values_list("word", "entries"))
    assert {word: words[word] for word in ("cykelsti", "midtbyen", "byrådet")} == {
        "cykelsti": 1, "midtbyen": 1, "byrådet": 1,
    }  # fmt: skip
    assert "dagtilbudsområdet" not in words


def test_a_file_that_is_read_is_searched_at_once_when_it_is_released_again(
    client: Client, shown: PublicMeeting
) -> None:
    withdraw(shown)
    again = make_item(
        "1", "Takster",
        attachments=(AttachmentDraft(1, "Takstblad", Access.OPEN, file=make_file(pdf_bytes("Rotteudligning hver sommer"))),),
    )  # fmt: skip
    release(make_body("Byrådet", "BYR"), make_draft(again))

    assert titles(client, "rotteudligning") == ["Takstblad"]


def test_what_is_said_of_a_meeting_as_a_whole_leads_to_its_page(client: Client, shown: PublicMeeting) -> None:
    body = make_body("Byrådet", "BYR")
    draft = replace(make_draft(make_item("1", "Havneplads")), place="Rådhushallen")
    meeting = release(body, draft)
    address = f'<h2><a href="/moeder/{meeting.pk}/{meeting.slug}/"'
    SearchEntry.objects.filter(meeting=meeting, kind="meeting").delete()
    assert titles(client, "rådhushallen") == []

    assert index_unsearched() == 1

    assert address in page(client, "rådhushallen")
    assert titles(client, "byrådet", art="moeder") == ["Byrådet, 14. april 2026"]
    assert "art%3Dmoeder" not in page(client, "byrådet", art="moeder"), "followed are items"
    assert index_unsearched() == 0
    withdraw(meeting)
    assert titles(client, "rådhushallen") == []


def test_a_file_whose_release_has_ended_is_not_indexed(shown: PublicMeeting) -> None:
    withdraw(shown)

    index_released_files(str(shown.release_id))

    assert not SearchEntry.objects.exists()


ANY_INPUT = (
    "", " ", "\0", "a\0b", "x" * 10_000, "ord " * 2_500, "og den det", '"', '"uden ende', "-", "-cykelsti", "- -", "!!",
    "&|()", "' OR 1=1 --", "%", "_%", "\\", "<script>", "cykelsti OR", "OR", '-"cykel sti"', "\U0001f600", "23/01234",
    "§ 10, stk. 2", "a:*", "\u202eitsleykc", "cykel*", "../../etc/passwd", "12.500,75", "\ufffe", "<->", "a<->b",
)  # fmt: skip
NO_CHOICES = (
    "udvalg=x", "aar=x", "aar=99999999999", "art=x", "side=-1", "side=0", "side=99999", "side=²", "orden=x", "q=%ff",
)  # fmt: skip


def test_any_input_gives_a_page(client: Client, shown: PublicMeeting) -> None:
    questions = [
        *(("/soeg/", {"q": query, "orden": order}) for query in ANY_INPUT for order in ("", "bedste")),
        *(("/soeg/forslag", {"q": query}) for query in ANY_INPUT),
        *((f"/soeg/?q=cykelsti&{choice}", None) for choice in NO_CHOICES),
    ]

    assert [ask for ask in questions if client.get(*ask).status_code != 200] == []


def test_only_what_is_left_out_is_no_question(client: Client, shown: PublicMeeting) -> None:
    assert "There is no word to search for." in page(client, "-cykelsti")
    assert "There is no word to search for." in page(client, "og den")


def test_the_page_asks_the_same_for_one_hit_as_for_thirty(
    client: Client, shown: PublicMeeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    items = (make_item(str(number), f"Havneplads {number}") for number in range(1, 31))
    release(make_body("Byrådet", "BYR"), make_draft(*items))

    # Bodies, goals, the mark; BEGIN, isolation, COMMIT; the meaning, the hits with their counts, marks; the rows of the hits where
    # there are any, and another spelling where there are few.
    for query, more in (("dagtilbud", 2), ("havneplads", 1), ("findesikke", 1)):
        forget_pages()
        with django_assert_num_queries(3 + 3 + 3 + more, connection=connections["public"], info=query):
            client.get("/soeg/", {"q": query})
    with django_assert_num_queries(1 + 3 + 2, connection=connections["public"]):
        client.get("/soeg/forslag", {"q": "havn"})


def test_pages_have_lasting_addresses(client: Client) -> None:
    items = (make_item(str(number), f"Havneplads {number}") for number in range(1, 46))
    release(make_body(), make_draft(*items))

    assert titles(client, "havneplads")[::19] == ["Havneplads 1", "Havneplads 20"]
    assert titles(client, "havneplads", side=3) == [f"Havneplads {number}" for number in range(41, 46)]
    assert "There are no results on this page." in page(client, "havneplads", side=9)
    assert 'href="/soeg/?q=havneplads&amp;side=2" rel="next"' in page(client, "havneplads")


def test_search_engines_do_not_keep_results(client: Client, shown: PublicMeeting) -> None:
    assert '<meta name="robots" content="noindex">' in page(client, "cykelsti")


def test_a_part_that_stands_on_the_third_page_leads_there(client: Client) -> None:
    pages = long_pdf("Forside", "Nye haver", "Planteplan for parken")
    item = make_item("1", "Haver", attachments=(AttachmentDraft(1, "Plan", Access.OPEN, file=make_file(pages)),))
    meeting = release(make_body(), make_draft(item))
    index_released_files(str(meeting.release_id))

    assert 'Plan.pdf#page=3">' in page(client, "planteplan")
