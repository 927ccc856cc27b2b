"""Rows of the wheel: entries with their occurrences, the cards of a cycle, the talks, what a body asks for, and who was told what."""

from sagsgang.wheel.models.briefing import BriefingCard, CycleBriefing
from sagsgang.wheel.models.entry import EntryStep, WheelEntry
from sagsgang.wheel.models.occurrence import FrozenWheel, Occurrence
from sagsgang.wheel.models.reminding import CyclePlace, ReminderWish
from sagsgang.wheel.models.talk import Talk, TalkHook
from sagsgang.wheel.models.wishes import BodyYear

__all__ = [
    "BodyYear",
    "BriefingCard",
    "CycleBriefing",
    "CyclePlace",
    "EntryStep",
    "FrozenWheel",
    "Occurrence",
    "ReminderWish",
    "Talk",
    "TalkHook",
    "WheelEntry",
]
