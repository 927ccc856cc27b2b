"""Fictional documents for the tests of printing: an item alone, as text and as a document, and a meeting."""

from datetime import date, time

from sagsgang.documents.richtext import from_plain
from sagsgang.publication.document import (
    AttachmentLine,
    DecisionText,
    ItemDocument,
    MeetingDocument,
    PersonLine,
    PlannedStep,
    Point,
    Section,
    Withheld,
)

DAY = date(2024, 5, 8)
LEAK = AttachmentLine(
    3, "closed", "Udkast til lejekontrakt", "7654321", "99999/24", "Z", public_id="5ec2e7"
)  # a closed line that holds what it must never hold

ITEM_TEXT = """ Emner til drøftelse

 Åben Sag

Sagsgang

CHEF

Sagsfremstilling

Chefgruppen i Fjordby Kommune mødes hver

måned.

Gruppen har følgende emner:

1. Ny mødeplan. Planen gælder fra august. Den har tre formål:

- At spare tid

- At skabe ro

Den sendes til ØU 14. maj.

2. Hvad koster det? Økonomien er vedlagt.
 Indstilling

Det indstilles, at emnerne drøftes.

Beslutning i Chefgruppen den 08-05-2024

Gruppen drøftede:

1. Ny mødeplan. Godkendt med tilføjelser:

- Referat inden to dage

2. Hvad koster det? Udsat.

Fraværende:

Centerchef Ea Holm (formand)

Bilag:

1 -

4112233

Åben Mødeplan 2024 (51234/24) (H)

3 -  Lukket Udkast til lejekontrakt

() ()

4 -

4112239

Åben Økonomi - overblik (51240/24) (H)
"""


def sub_item(
    number: str, title: str, text: str, decision: str, path: tuple[PlannedStep, ...] | None = None
) -> ItemDocument:
    return ItemDocument(
        public_id="",
        number=number,
        title=title,
        access="",
        path=path,
        sections=(Section("presentation", "", from_plain(text)),),
        decisions=(DecisionText("Chefgruppen", DAY, from_plain(decision)),),
    )


def item_alone() -> MeetingDocument:
    """The document that `ITEM_TEXT` prints."""
    item = ItemDocument(
        public_id="",
        number="",
        title="Emner til drøftelse",
        access="open",
        path=(PlannedStep("CHEF"),),
        sections=(
            Section(
                "presentation",
                "Sagsfremstilling",
                from_plain("Chefgruppen i Fjordby Kommune mødes hver måned.\nGruppen har følgende emner:"),
            ),
            Section("recommendation", "Indstilling", from_plain("Det indstilles, at emnerne drøftes.")),
        ),
        decisions=(DecisionText("Chefgruppen", DAY, from_plain("Gruppen drøftede:")),),
        absent=(PersonLine("Ea Holm", title="Centerchef", role="formand"),),
        attachments=(
            AttachmentLine(1, "open", "Mødeplan 2024", "4112233", "51234/24", "H", public_id="a1b2"),
            LEAK,
            AttachmentLine(4, "open", "Økonomi - overblik", "4112239", "51240/24", "H"),
        ),
        subitems=(
            sub_item(
                "1",
                "Ny mødeplan",
                "Planen gælder fra august. Den har tre formål:\n- At spare tid\n- At skabe ro\n"
                "Den sendes til ØU 14. maj.",
                "Godkendt med tilføjelser:\n- Referat inden to dage",
                path=(PlannedStep("CHEF"), PlannedStep("ØU", date(2024, 5, 14))),
            ),
            sub_item("2", "Hvad koster det?", "Økonomien er vedlagt.", "Udsat."),
        ),
    )
    return MeetingDocument("minutes", "item", "Fjordby Kommune", "Chefgruppen", "CHEF", DAY, items=(item,))


TABLE = (
    "<table><caption>Drift</caption><thead><tr><th>Område</th><th>2027</th></tr></thead>"
    '<tbody><tr><th scope="row">Børn</th><td>1.234,5</td></tr></tbody></table>'
)


def meeting(count: int = 4) -> MeetingDocument:
    """Minutes: an ordinary item, a closed one, one without number or title, ordinary ones up to `count`."""
    odd = (
        ItemDocument(
            "c2", "2", "Salg af grund", "closed",
            withheld=Withheld("Forvaltningslovens § 27", "Der forhandles.", "Byrådet godkendte."),
        ),
        ItemDocument("c3", "", "", "open", sections=(Section("other", "Tomt afsnit", ""),), attachments=()),
    )  # fmt: skip
    plain = tuple(ordinary_item(number) for number in range(1, count + 1))
    items = (plain[:1] + odd + plain[3:])[:count]
    return MeetingDocument(
        "minutes", "meeting", "Fjordby Kommune", "Byrådet", "BY", DAY, public_id="m1", starts=time(17),
        ends=time(19, 5), place="Byrådssalen", number="5/2024", items=items,
        present=(PersonLine("Bo Lund", role="borgmester", party="A"), PersonLine("Ea Holm", party="V")),
        absent=(PersonLine("Ib Juul", note="suppleant: Ane Bo"),),
    )  # fmt: skip


def ordinary_item(number: int) -> ItemDocument:
    points = (Point("1.", "at planen godkendes, og"), Point("2.", "at den tages op igen."))
    return ItemDocument(
        f"i{number}",
        str(number),
        f"Budgetopfølgning {number}",
        "open",
        path=(PlannedStep("ØU", DAY), PlannedStep("BY")),
        case_number=f"24/{number}",
        sections=(
            Section("presentation", "Sagsfremstilling", f"<h4>Baggrund</h4><p>Tekst.</p>{TABLE}"),
            Section("recommendation", "Indstilling", "<p>Det indstilles,</p>", points),
            Section("dissent", "Særstandpunkt", "<p>Liste Ø er imod.</p>"),
        ),
        decisions=(
            DecisionText("Økonomiudvalget", date(2024, 5, 1), "<p>Anbefales.</p>"),
            DecisionText("Byrådet", DAY, "<p>Godkendt.</p>"),
        ),
        absent=(),
        attachments=(
            AttachmentLine(1, "open", "Notat", "41", "5/24", "H", "f0f0"),
            LEAK,
            AttachmentLine(4, "closed"),
        ),
    )
