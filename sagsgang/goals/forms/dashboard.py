"""Which days the overview of goals is of."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sagsgang.core.forms import day_field

EARLIEST = date(1900, 1, 1)


class PeriodForm(forms.Form):
    """The first and the last day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = day_field(_("From"), error_messages={"required": _("Write from which day.")})
        self.fields["to"] = day_field(_("To"), error_messages={"required": _("Write to which day.")})

    def clean(self) -> dict[str, Any]:
        """The days in their order, and none before there were such cases."""
        facts = super().clean() or {}
        start, end = facts.get("from"), facts.get("to")
        if start and start < EARLIEST:
            self.add_error("from", gettext("Write a day after 1 January 1900."))
        if start and end and end < start:
            self.add_error("to", gettext("The last day lies before the first."))
        return facts
