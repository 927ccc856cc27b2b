"""The protocol of a meeting held here, line by line as the secretary reads it; and the tree as it is kept."""

from uuid import uuid4

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from sagsgang.documents.access import Access, Ground
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.queries.attending import RollLine
from sagsgang.protocols import actions as protocols
from sagsgang.protocols.canonical import from_text, to_text
from sagsgang.protocols.queries.facts import facts_of
from sagsgang.protocols.rendering.compose import as_text, away_sentence, compose_protocol
from sagsgang.protocols.tests.meetings import council_room, held_meeting
from sagsgang.sittings import actions
from sagsgang.sittings.tests.rooms import Room, add_item, open_room, typed

pytestmark = pytest.mark.django_db

EXPECTED = """\
Egekøbing Kommune
Byrådet
Mandag 9. marts 2026
Mødet blev åbnet kl. 17.00.
Mødet blev hævet kl. 17.45.
Sted: Byrådssalen.
Til stede: M1 (formand); M2 (næstformand); M3, gik kl. 17.22, kom kl. 17.30; M4; M5; M6; \
Cilla Carlsen, kom kl. 17.02, stedfortræder for M7; Vera Vind, kom kl. 17.06, gik kl. 17.20, stedfortræder for M4
Fraværende: M7, uden afbud
Cilla Carlsen deltog som stedfortræder for M7; indkaldelsen blev godkendt kl. 17.03 (KSL § 15).

1. Godkendelse af indkaldte stedfortrædere
Cilla Carlsen, kom kl. 17.02.
Vedtaget uden afstemning.
Beslutning i Byrådet den 9. marts 2026:
Godkendt.

2. Ny cykelsti
Teknisk chef fremlagde sagen.
M4 erklærede sig inhabil, forlod lokalet og deltog ikke i behandlingen af punktet.
Vera Vind deltog i punktet som stedfortræder for M4.
Ændringsforslag fra M2 (A): Stien gøres bredere.
Ændringsforslag: vedtaget med 4 stemmer for og 2 imod; 1 undlod at stemme. For stemte: M1 (A), M2 (A), M3 (A), \
Cilla Carlsen (C). Imod stemte: M5 (V), M6 (V). Undlod at stemme: Vera Vind (V).
Vedtaget uden afstemning.
Beslutning i Byrådet den 9. marts 2026:
1. Godkendt. Med ændringen.
2. Godkendt.
Indstillingen godkendt som ændret.
Opfølgning: Nyt anlægsskøn. Ansvarlig: Teknisk chef.

3. Budgetopfølgning
M3, gik kl. 17.22, kom kl. 17.30.
Indstillingen: bortfaldet ved stemmelighed med 3 stemmer for og 3 imod. For stemte: M1 (A), M2 (A), \
Cilla Carlsen (C). Imod stemte: M4 (V), M5 (V), M6 (V).
Beslutning i Byrådet den 9. marts 2026:
Bortfaldet.
Afvigende mening fra M1 (A): Budgettet burde være vedtaget.

4. Køb af grund
Kom efter fristen: Tilbuddet udløber fredag.
Vedtaget uden afstemning.
Beslutning i Byrådet den 9. marts 2026:
Grunden købes.
Mødet blev optaget."""


def text_of(room: Room) -> str:
    return as_text(compose_protocol(facts_of(room.meeting.pk)))


def note(room: Room, item: AgendaItem | None, place: str, text: str) -> None:
    protocols.write_note(room.meeting, item=item, place=place, text=text, seen=0, actor=room.secretary)


def test_a_council_meeting_is_written_as_it_happened() -> None:
    room = held_meeting()
    note(room, room.items[1], "before", "Teknisk chef fremlagde sagen.")
    note(room, None, "after", "Mødet blev optaget.")

    assert text_of(room) == EXPECTED


def test_the_same_facts_give_the_same_bytes_and_can_be_read_back() -> None:
    room = held_meeting()
    document = compose_protocol(facts_of(room.meeting.pk))

    assert from_text(to_text(document)) == document
    assert to_text(compose_protocol(facts_of(room.meeting.pk))) == to_text(document)


def test_the_chair_is_away_and_another_presides() -> None:
    room = council_room()
    open_room(room, absent=("M1",))
    actions.name_acting_chair(room.meeting, person=room.people[1], **typed(room, 1))

    assert "Formanden, M1, var fraværende. M2 ledede mødet." in text_of(room).splitlines()


def test_nobody_is_known_to_have_presided() -> None:
    room = council_room()
    open_room(room, absent=("M1",))

    assert "Formanden, M1, var fraværende. Det vides ikke, hvem der ledede mødet." in text_of(room).splitlines()


def test_a_sub_item_does_not_repeat_what_its_item_says() -> None:
    room = council_room()
    sub = add_item(room, "1", parent=room.items[0])
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 5))
    actions.note_departure(room.meeting, person=room.people[2], **typed(room, 6))

    document = compose_protocol(facts_of(room.meeting.pk))

    assert document.items[0].attendance == ("M3, gik kl. 17.06.",)
    assert (document.items[0].subitems[0].item, document.items[0].subitems[0].attendance) == (sub.pk, ())


def test_what_is_under_a_closed_item_is_closed_with_it() -> None:
    room = council_room()
    add_item(room, "1", parent=room.items[0])
    AgendaItem.objects.filter(pk=room.items[0].pk).update(access=Access.CLOSED, ground=Ground.PERSONAL)

    item = compose_protocol(facts_of(room.meeting.pk)).items[0]

    assert (item.is_closed, item.subitems[0].is_closed) == (True, True)


@pytest.mark.parametrize(
    ("note", "is_run_here", "words"),
    [
        ("", True, "Dina Toft took no part in the item."),
        ("left at 17.20", True, "Dina Toft took no part in the item (left at 17.20)."),
        ("kom 17.20", False, "Absent at the item: Dina Toft (kom 17.20)."),
    ],
)
def test_who_was_away_is_a_sentence_also_with_a_note(note: str, is_run_here: bool, words: str) -> None:
    with override("en"):
        said = away_sentence(RollLine(uuid4(), "Dina Toft", note=note), is_run_here=is_run_here)

    assert said == words


def test_one_who_never_came_is_not_said_to_have_left_the_room() -> None:
    room = council_room()
    open_room(room, absent=("M5", "M6"))
    item = room.items[1]
    for number, by_self in ((4, True), (5, False), (2, True)):
        actions.declare_conflict(item, person=room.people[number], by_self=by_self, **typed(room, 1))
    actions.take_up_item(item, **typed(room, 2))

    assert compose_protocol(facts_of(room.meeting.pk)).items[1].conflicts == (
        _("{name} declared a conflict of interest and took no part in the item.").format(name="M5"),
        _("The body found that {name} has a conflict of interest. {name} took no part in the item.").format(name="M6"),
        _("{name} declared a conflict of interest, left the room and took no part in the item.").format(name="M3"),
    )


def test_two_preside_one_after_the_other_and_a_slip_of_the_pen_is_not_told() -> None:
    room = council_room()
    open_room(room, absent=("M1",))
    for number, minutes in ((5, 1), (1, 2)):  # M6 was a slip: nothing began under her
        actions.name_acting_chair(room.meeting, person=room.people[number], **typed(room, minutes))
    actions.take_up_item(room.items[0], **typed(room, 5))
    actions.note_departure(room.meeting, person=room.people[1], **typed(room, 20))
    actions.name_acting_chair(room.meeting, person=room.people[2], **typed(room, 21))

    facts = facts_of(room.meeting.pk)

    assert compose_protocol(facts).chairing == (
        "Formanden, M1, var fraværende. M2 ledede mødet.",
        _("From {time} {name} presided.").format(time="17.21", name="M3"),
    )
    presided = {minutes: facts.roll.presides_at(room.at(minutes)) for minutes in (3, 10, 20, 22)}
    assert presided == {3: room.people[1].pk, 10: room.people[1].pk, 20: room.people[2].pk, 22: room.people[2].pk}
