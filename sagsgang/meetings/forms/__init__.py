"""What the staff site reads from a request. No saving."""

from sagsgang.meetings.forms.agenda import (
    CarryForm,
    ClosingForm,
    PutForm,
    ReasonForm,
    SendForm,
    TitleForm,
)
from sagsgang.meetings.forms.deciding import (
    DecisionForm,
    DissentForm,
    ExtractForm,
    HaltForm,
    PartiesForm,
    PhraseForm,
    ReturnForm,
    SpeakerForm,
    TakeBackForm,
    UrgentForm,
)
from sagsgang.meetings.forms.pages import AbsenceForm, MeetingsForm, PresenceForm, field_prefix

__all__ = [
    "AbsenceForm",
    "CarryForm",
    "ClosingForm",
    "DecisionForm",
    "DissentForm",
    "ExtractForm",
    "HaltForm",
    "MeetingsForm",
    "PartiesForm",
    "PhraseForm",
    "PresenceForm",
    "PutForm",
    "ReasonForm",
    "ReturnForm",
    "SendForm",
    "SpeakerForm",
    "TakeBackForm",
    "TitleForm",
    "UrgentForm",
    "field_prefix",
]
