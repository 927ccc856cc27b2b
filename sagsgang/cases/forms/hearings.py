"""What is typed on the page of hearings."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Body
from sagsgang.cases.forms.attachments import Files, ManyFilesField
from sagsgang.cases.models import Concern
from sagsgang.core.forms import offer_rows

type Data = Mapping[str, object] | None


def _day(label: object) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))  # type: ignore[arg-type]


class AskForm(forms.Form):
    """Whom, about what, by when."""

    concern = forms.ChoiceField(label=_("Because the case concerns"), choices=Concern)
    body = forms.ModelChoiceField(
        queryset=Body.objects.none(), label=_("Who is heard"), empty_label=_("Choose a body"),
        error_messages={"invalid_choice": _("Choose a body from the list.")},
    )  # fmt: skip
    question = forms.CharField(
        label=_("What is asked"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )
    answer_by = _day(_("To be answered by"))

    def __init__(self, data: Data, bodies: QuerySet[Body], *, concern: str = "", answer_by: date | None = None) -> None:
        initial = {"concern": concern or Concern.OTHER, "answer_by": answer_by}
        super().__init__(data, prefix="ask", initial=initial)
        offer_rows(self, "body", bodies)
        if answer_by is not None:
            self.fields["answer_by"].help_text = _("Proposed: the safe deadline of the first body that is to decide.")


class RecordAnswerForm(forms.Form):
    """What was answered, and when."""

    answered_on = _day(_("Answered on"))
    answer = forms.CharField(label=_("Answer"), max_length=20000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data: Data) -> None:
        super().__init__(data, prefix="answer", initial={"answered_on": localdate()})


class AnswerFilesForm(forms.Form):
    """The files of an answer, several at once; what is wrong with one of them is said by the intake."""

    uploads = ManyFilesField(
        label=_("Files of the answer"),
        help_text=_("PDF, Word, Excel, PowerPoint, pictures and text. At most 100 MB a file."),
        error_messages={"required": _("Choose at least one file.")},
    )

    def __init__(self, data: Data = None, files: Files = None) -> None:
        super().__init__(data, files)


class WaiveForm(forms.Form):
    """Why nobody waits for the hearing."""

    reason = forms.CharField(
        label=_("Why the hearing is not waited for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Data) -> None:
        super().__init__(data, prefix="waive")


class SkipForm(WaiveForm):
    """Why nobody is asked at all; `concern` says about whom."""

    concern = forms.ChoiceField(choices=Concern, widget=forms.HiddenInput)
