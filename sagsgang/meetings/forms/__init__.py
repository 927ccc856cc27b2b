"""What the staff site reads from a request. No saving."""

from sagsgang.meetings.forms.agenda import (
    CarryForm,
    ClosingForm,
    PutForm,
    ReasonForm,
    SendForm,
    TitleForm,
)
from sagsgang.meetings.forms.pages import AbsenceForm, DecisionForm, MeetingsForm, PresenceForm, field_prefix

__all__ = [
    "AbsenceForm",
    "CarryForm",
    "ClosingForm",
    "DecisionForm",
    "MeetingsForm",
    "PresenceForm",
    "PutForm",
    "ReasonForm",
    "SendForm",
    "TitleForm",
    "field_prefix",
]
