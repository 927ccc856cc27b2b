"""What the pages of the plan read from a request. No saving."""

from sagsgang.planning.forms.generate import GenerateForm
from sagsgang.planning.forms.meeting import CancelForm, ChangeForm, ExtraordinaryForm, MoveForm
from sagsgang.planning.forms.rule import RuleForm

__all__ = ["CancelForm", "ChangeForm", "ExtraordinaryForm", "GenerateForm", "MoveForm", "RuleForm"]
