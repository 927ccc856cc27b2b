"""What a list of follow-ups shows: a query string that may be kept."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListForm(forms.Form):
    """Which follow-ups, and in what order."""

    show = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[
            ("", pgettext_lazy("follow-ups", "What is not over")),
            ("late", pgettext_lazy("follow-ups", "Overdue")),
            ("done", pgettext_lazy("follow-ups", "Done")),
            ("dropped", pgettext_lazy("follow-ups", "Dropped")),
            ("all", pgettext_lazy("follow-ups", "All")),
        ],
    )  # fmt: skip
    words = forms.CharField(label=_("Words, role or case"), required=False, max_length=100)
    sort = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=[
            ("", pgettext_lazy("order", "Overdue first, then by day")),
            ("owner", pgettext_lazy("order", "By owner")),
            ("new", pgettext_lazy("order", "Newest first")),
        ],
    )  # fmt: skip
