"""What is typed on the pages of follow-ups. No saving."""

from sagsgang.followups.forms.facts import ChangeForm, FactsForm
from sagsgang.followups.forms.lists import ListForm
from sagsgang.followups.forms.progress import DropForm, FinishForm, NoteForm, ReopenForm

__all__ = ["ChangeForm", "DropForm", "FactsForm", "FinishForm", "ListForm", "NoteForm", "ReopenForm"]
