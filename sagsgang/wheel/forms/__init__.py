"""What people fill in about the wheel."""

from sagsgang.wheel.forms.entry import EntryForm
from sagsgang.wheel.forms.occurrence import DropForm, FinishForm, MoveForm, WheelForm

__all__ = ["DropForm", "EntryForm", "FinishForm", "MoveForm", "WheelForm"]
