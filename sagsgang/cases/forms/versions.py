"""Which two versions are held against each other: a query string that may be kept."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sagsgang.cases.queries.versions import VersionLine
from sagsgang.core.forms import offer


class ComparisonForm(forms.Form):
    """An older and a newer version of one case; the newest two to begin with."""

    old = forms.ChoiceField(label=gettext_lazy("From version"))
    new = forms.ChoiceField(label=gettext_lazy("To version"))

    def __init__(
        self, lines: Sequence[VersionLine], data: Mapping[str, object] | None = None, **options: object
    ) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]
        choices = [(str(line.pk), _name(line)) for line in lines]
        for name in ("old", "new"):
            offer(self, name, choices)
        if len(lines) > 1 and "initial" not in options:
            self.initial = {"old": str(lines[1].pk), "new": str(lines[0].pk)}

    @property
    def chosen(self) -> tuple[UUID, UUID]:
        """The two of a valid form, the one begun first in front."""
        order = [key for key, _name in self.fields["new"].choices]  # type: ignore[attr-defined]
        both = sorted((self.cleaned_data["old"], self.cleaned_data["new"]), key=order.index, reverse=True)
        return UUID(both[0]), UUID(both[1])


def _name(line: VersionLine) -> str:
    number = _("Version {number}").format(number=line.number)
    what = pgettext("version", "draft") if line.is_draft else line.frozen_why
    return ", ".join(part for part in (number, what, line.body) if part)
