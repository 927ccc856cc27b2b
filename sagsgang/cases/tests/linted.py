"""Texts for the lint, in plain values."""

from datetime import date

from sagsgang.cases.rules.lint import Lint, LintedBody, LintedPoint, LintedSection, LintedText, lint

BODIES = (
    LintedBody("DIR", ("Direktionen",), (date(2023, 4, 12), date(2023, 4, 26))),
    LintedBody("HU", ("Hovedudvalget",), (date(2023, 4, 27),)),
    LintedBody("MTU", ("Miljø- og Teknikudvalget",), (date(2023, 4, 24), date(2023, 5, 22))),
    LintedBody("ØK", ("Økonomiudvalget",), (date(2023, 5, 16), date(2024, 1, 16))),
    LintedBody("KB", ("Kommunalbestyrelsen", "Byrådet"), (date(2023, 5, 23), date(2023, 6, 20))),
)


def presentation(words: str, kind: str = "presentation", **facts: object) -> LintedText:
    """A text of one section; plain words, a line a paragraph."""
    section = LintedSection("s1", kind, "Sagsfremstilling", text=words)
    values: dict[str, object] = {"bodies": BODIES, "meeting_on": date(2023, 4, 12), "today": date(2023, 4, 5)}
    return LintedText((section,), **values | facts)  # type: ignore[arg-type]


def recommendation(kind: str, *points: str, verb: str = "") -> LintedText:
    section = LintedSection("r", "recommendation", "Indstilling", points=tuple(LintedPoint(verb, p) for p in points))
    return LintedText((section,), item_kind=kind)


def found(text: LintedText, *rules: str) -> list[tuple[str, str]]:
    """Rule and severity of what was found, of these rules only."""
    return [(one.rule, one.severity) for one in lint(text) if one.rule in rules]


def only(text: LintedText, rule: str) -> Lint:
    (one,) = [one for one in lint(text) if one.rule == rule]
    return one


SIX = "\n".join(
    f"{number}. {title}. " + "Sagen handler om et emne for sig, og direktionen skal kende baggrunden for den her."
    for number, title in enumerate(("Redegørelse", "Dagtilbud", "Sikkerhed", "Samskabelse", "Jord", "Rullet"), start=1)
)
