"""When a protocol can be made final, signed, amended and approved. No database."""

from collections.abc import Callable

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.protocols import rules


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (lambda ok: rules.require_over(is_over=ok), "Mødet er ikke slut endnu. Hæv det først."),
        (
            lambda ok: rules.require_not_final(is_final=not ok),
            "Protokollen er endelig. Der kan føjes til den, men den kan ikke længere ændres.",
        ),
        (lambda ok: rules.require_final(is_final=ok), "Protokollen er ikke endelig endnu."),
        (
            lambda ok: rules.require_same_protocol(is_same=ok),
            "Protokollen er ændret, siden du læste den. Læs den igen, og gør den så endelig.",
        ),
        (
            lambda ok: rules.require_signer(is_signer=ok),
            "Du deltog ikke i mødet, så du skal ikke underskrive protokollen.",
        ),
        (lambda ok: rules.require_later_meeting(is_later=ok), "Vælg et senere møde i samme udvalg."),
        (lambda ok: rules.require_reservation("Nej." if ok else " ", is_wanted=True), "Skriv, hvad dit forbehold handler om."),
        (lambda ok: rules.require_amendment("Ord." if ok else " ", "Fejl."), "Skriv tilføjelsen."),
        (lambda ok: rules.require_amendment("Ord.", "Fejl." if ok else ""), "Skriv, hvorfor der føjes til protokollen."),
        (
            lambda ok: rules.require_amendment("x" * (4000 if ok else 4001), "Fejl."),
            "En tilføjelse er på højst 4000 tegn.",
        ),
        (
            lambda ok: rules.require_seen_revision(2, 2 if ok else 3),
            "En anden har skrevet her i mellemtiden. Din tekst står nedenfor; sammenlign, og gem igen.",
        ),
    ],
)  # fmt: skip
def test_a_rule_lets_pass_and_refuses_with_its_sentence(rule: Callable[[bool], None], sentence: str) -> None:
    rule(True)

    with pytest.raises(RuleBrokenError) as refusal:
        rule(False)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("missing", "anyway", "is_refused"), [((), False, False), (("3",), True, False), (("3", "5"), False, True)]
)
def test_undecided_items_are_named_unless_they_were_not_treated(
    missing: tuple[str, ...], anyway: bool, is_refused: bool
) -> None:
    said = ""

    try:
        rules.require_all_settled(missing, anyway=anyway)
    except RuleBrokenError as refusal:
        said = str(refusal)

    assert said == (
        "Der er ingen beslutning på: 3, 5. Skriv dem ind, eller markér, at punkterne ikke blev behandlet."
        if is_refused
        else ""
    )


def test_no_reservation_needs_no_words() -> None:
    rules.require_reservation("", is_wanted=False)
