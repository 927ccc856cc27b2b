"""From rows to what a page shows: plain values for one reader. Pure."""

from sagsgang.meetings.rendering.decided import (
    DecisionFacts,
    OwnDecision,
    ShownDecision,
    ShownPoint,
    ShownSpeaker,
    agreed_words,
    is_embargoed,
    points_of,
    speakers_of,
)
from sagsgang.meetings.rendering.drift import drift
from sagsgang.meetings.rendering.shown import (
    Reader,
    ShownAttachment,
    ShownItem,
    ShownLine,
    ShownPerson,
    ShownSection,
    ShownStep,
    acting_chair_notice,
    agenda_lines,
    presence_lines,
    public_face,
    shown_item,
    shows_closed,
)
from sagsgang.meetings.rendering.words import NO_HTML, day_words, safe_html

__all__ = [
    "NO_HTML",
    "DecisionFacts",
    "OwnDecision",
    "Reader",
    "ShownAttachment",
    "ShownDecision",
    "ShownItem",
    "ShownLine",
    "ShownPerson",
    "ShownPoint",
    "ShownSection",
    "ShownSpeaker",
    "ShownStep",
    "acting_chair_notice",
    "agenda_lines",
    "agreed_words",
    "day_words",
    "drift",
    "is_embargoed",
    "points_of",
    "presence_lines",
    "public_face",
    "safe_html",
    "shown_item",
    "shows_closed",
    "speakers_of",
]
