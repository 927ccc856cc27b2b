"""The layout family of a document by its sharpest sign (layouts page, sections 10 and 11.2). A hint, no rule."""

import re

SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("T4", re.compile(r"^UDVALG$.{0,400}^STARTTIDSPUNKT", re.M | re.S)),
    ("T3", re.compile(r"\b(?:Referat|Dagsorden)\s+til\s+mødet i|^Forventet sagsgang$|^Øvrige sagsbehandlere", re.M)),
    ("T2", re.compile(r"Sagsid\.?:|^Nr\.\s?\d+ - ", re.M)),
    ("T7", re.compile(r"^Sagsforløb:|^Til toppen$|Beslutningskompetence: |LUKKET PUNKT - ", re.M)),
    ("T8", re.compile(r"^(?:åbent|lukket) \d+ |^Hvem beslutter", re.M)),
    ("T9", re.compile(r"^Sagens forløb$", re.M)),
    ("T11", re.compile(r"\bBrevid\b|^Behandling i .{3,60} den ", re.M)),
    ("T14", re.compile(r"Dok\.nr\.:|^Kompetence:", re.M)),
    ("T13", re.compile(r"^\d+\s+Åbent\s|^Dagsorden åben", re.M | re.I)),
    ("T6", re.compile(r"^Se alle bilag$|^BESLUTNINGSPROTOKOL$.{0,80}^fra |LUKKET PUNKT: ", re.M | re.S)),
    ("T10", re.compile(r"^Åben$\s+^(?:Beslutning|Indstilling)$", re.M)),
    ("T5", re.compile(r"^Punkt \d+ |Show video|icon \S+\.pdf|Kopier link til punktet", re.M)),
    ("T1n", re.compile(r"^\s*Åben Sag\s*$|^\d+ - .{0,20}\b(?:Åben|Lukket)\b|Start kl\.:", re.M)),
    ("T1", re.compile(r"Sagen afgøres i|Indholdsfortegnelse|Underskriftsside|Mødetidspunkt", re.M)),
    ("T12", re.compile(r"J\.\s?nr|Journalnr|ÅBNE SAGER", re.M)),
)


def family_of(lines: list[str]) -> str:
    """The name of the family, or "generic"."""
    text = "\n".join(line[:300] for line in lines[:4000])
    return next((name for name, sign in SIGNS if sign.search(text)), "generic")
