"""What is typed about goals. No saving."""

from sagsgang.goals.forms.assessing import AssessmentForm, NotRelevantForm, RequestForm
from sagsgang.goals.forms.house import AreaForm, LocalGoalForm, TargetFileForm
from sagsgang.goals.forms.work import InvolvementDataForm, LinkForm, NoteForm, PartnershipForm, ProjectForm

__all__ = [
    "AreaForm",
    "AssessmentForm",
    "InvolvementDataForm",
    "LinkForm",
    "LocalGoalForm",
    "NotRelevantForm",
    "NoteForm",
    "PartnershipForm",
    "ProjectForm",
    "RequestForm",
    "TargetFileForm",
]
