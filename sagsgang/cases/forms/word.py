"""A Word document from the writer, and where its parts shall go."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.cases.actions.word import LEAVE, NEW
from sagsgang.cases.rules.incoming import Part, Place

_SALT = "cases.read-word"
_DAY = 24 * 60 * 60


class WordForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("Word document"),
        help_text=gettext_lazy("A .docx file. You see where each part goes before anything is written."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        max_length=255,
    )


class PlacesForm(forms.Form):
    """A place for each part of a document that was shown."""

    def __init__(
        self, parts: Sequence[Part], places: Sequence[Place], data: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        sections = [(place.key, _("into “{heading}”").format(heading=place.heading)) for place in places]
        others = [(NEW, _("into a new section at the end")), (LEAVE, _("leave it out"))]
        for part in parts:
            self.fields[f"part-{part.number}"] = forms.ChoiceField(
                label=_("Where “{heading}” goes").format(
                    heading=part.heading or _("the words before the first heading")
                ),
                choices=[*sections, *others],
            )

    @property
    def chosen(self) -> dict[int, str]:
        """The place of each part by its number."""
        return {int(name.removeprefix("part-")): place for name, place in self.cleaned_data.items()}


def sealed(*, sha256: str, draft: UUID, seen: Mapping[str, int], user: UUID | int) -> str:
    """What the second step must know of the first, signed: nobody can name another file or another draft."""
    return signing.dumps([sha256, str(draft), dict(seen), str(user)], salt=_SALT, compress=True)


def opened(seal: str, *, draft: UUID, user: UUID | int) -> tuple[str, dict[str, int]] | None:
    """SHA-256 of the file and the revisions that were seen; None if it is another's, another draft's, or a day old."""
    try:
        sha256, stated, seen, whose = signing.loads(seal, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return None
    return (sha256, seen) if (stated, whose) == (str(draft), str(user)) else None
