"""The six matters of a directorate's spring meeting: a fictional twin of the document that the house was made for."""

from dataclasses import dataclass
from datetime import date

DIR, HU, MTU, FIN, KB = (
    "Direktionen",
    "Hovedudvalget",
    "Miljø- og Teknikudvalget",
    "Økonomiudvalget",
    "Kommunalbestyrelsen",
)
HELD_ON = date(2023, 4, 12)


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter as a caseworker would write it: its text, what is recommended, and its way."""

    title: str
    kind: str
    text: str
    verb: str
    point: str
    path: tuple[tuple[str, str, str], ...]
    is_analysis: bool = False
    touches_economy: bool = False


MATTERS = (
    Matter(
        "Ligestillingsredegørelse 2023", "D",
        "Kommunen skal hvert tredje år gøre rede for sit arbejde med ligestilling. Redegørelsen dækker juni 2020 til maj 2023.",
        "discuss", "at redegørelsen drøftes, før den går videre",
        ((DIR, "discussion", "2023-04-12"), (HU, "discussion", "2023-04-27"),
         (FIN, "recommendation", "2023-05-16"), (KB, "decision", "2023-05-23")),
        touches_economy=True,
    ),
    Matter(
        "Kvalitetsproces i dagtilbud", "O",
        "Velfærdsområdet har begyndt en proces om kvaliteten i dagtilbud. Den varer et år.",
        "note", "at orienteringen tages til efterretning", ((DIR, "orientation", "2023-04-12"),),
    ),
    Matter(
        "Retningslinjer for informationssikkerhed", "B",
        "Retningslinjerne er ajourført med regler for adgangskoder og arbejdsmail.",
        "approve", "at de ajourførte retningslinjer godkendes", ((DIR, "decision", "2023-04-12"),),
    ),
    Matter(
        "Samskabelse og effektiv drift", "D",
        "Analysen viser, hvor samskabelse med borgerne kan gøre driften enklere.",
        "discuss", "at analysen drøftes", ((DIR, "discussion", "2023-04-12"), (MTU, "decision", "2023-04-24")),
        is_analysis=True,
    ),
    Matter(
        "Analyse af jordfordeling", "D",
        "Analysen ser på vådområder og på lavbundsjorde, der tages ud af drift.",
        "discuss", "at analysen drøftes", ((DIR, "discussion", "2023-04-12"), (MTU, "decision", "2023-04-24")),
        is_analysis=True,
    ),
    Matter(
        "Månedsgreb for maj", "D",
        "Fagdirektørerne nævner de emner, som direktionen bør være særlig opmærksom på i det kommende politiske rul.",
        "discuss", "at emnerne drøftes", ((DIR, "discussion", "2023-04-12"),),
    ),
)  # fmt: skip
