"""What the register of duties is asked for: whose, in which state, in which order."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SORTS = ("state", "title", "last", "next", "owner")


class DutiesForm(forms.Form):
    """The filters; a value that nobody offered is left out, and the rest is shown."""

    owner = forms.ChoiceField(label=_("Owner"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("states", "All")),
            ("overdue", pgettext_lazy("duty", "overdue")),
            ("preparation", pgettext_lazy("duty", "in preparation")),
            ("coming", pgettext_lazy("duty", "coming")),
            ("done", pgettext_lazy("duty", "done")),
            ("abolished", pgettext_lazy("duty", "abolished")),
        ],
    )
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in SORTS], widget=forms.HiddenInput)
    order = forms.ChoiceField(required=False, choices=[("asc", ""), ("desc", "")], widget=forms.HiddenInput)
    authority = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, owners: Iterable[str]) -> None:
        super().__init__(data)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext_lazy("owners", "All")), *((owner, owner) for owner in owners)]

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, by name; "" where nothing is, or nothing that can be."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
