"""What is typed and sent about attachments. No saving."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.cases.actions.attachments import Flag, stamp
from sagsgang.cases.models import CaseAttachment, Hearing, Presentation
from sagsgang.core.forms import offer, offer_rows
from sagsgang.documents.access import Access, Ground

type Typed = Mapping[str, object] | None
type Files = MultiValueDict[str, UploadedFile[bytes]] | None


class _ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once. What is wrong with one of them is said of that one, by the intake."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_ManyFilesInput, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data)


class UploadForm(forms.Form):
    """Files for the case; `hearing` = they are answers to it; `wanted` = the position of the one that a script sends."""

    uploads = ManyFilesField(
        label=_("Files"),
        help_text=_("PDF, Word, Excel, PowerPoint, pictures and text. At most 100 MB a file."),
        error_messages={"required": _("Choose at least one file.")},
    )
    hearing = forms.ModelChoiceField(Hearing.objects.none(), required=False, widget=forms.HiddenInput)
    wanted = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Typed, files: Files, hearings: Any, **options: Any) -> None:
        super().__init__(data, files, **options)
        offer_rows(self, "hearing", hearings)


class ReplaceForm(forms.Form):
    """One file: the next version."""

    file = forms.FileField(
        label=_("File"), allow_empty_file=True, error_messages={"required": _("Choose a file.")}, max_length=None
    )


class AttachmentForm(forms.Form):
    """Everything that can be written of an attachment; `seen` is the row as the writer had it before her."""

    title = forms.CharField(label=_("Title"), max_length=500, widget=forms.TextInput(attrs={"class": "form-wide"}))
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=_("Ground for closing"),
        required=False,
        help_text=_("Only a closed attachment has a ground. It is chosen for this attachment alone."),
    )
    title_is_public = forms.BooleanField(
        label=_("The public may see a title, though the attachment is closed"), required=False
    )
    public_title = forms.CharField(
        label=_("Public title"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-wide"}),
        help_text=_("What the public sees of a closed attachment. It must tell nothing that is secret."),
    )
    in_packet = forms.BooleanField(label=_("In the packet to the members"), required=False)
    on_web = forms.BooleanField(
        label=_("On the web"),
        required=False,
        help_text=_("Only open attachments come on the web, and only by a release."),
    )
    document_id = forms.CharField(label=_("Document id"), max_length=40, required=False)
    document_number = forms.CharField(
        label=_("Document number"), max_length=40, required=False, help_text=_("For example: 41694/23.")
    )
    mark = forms.CharField(
        label=_("Mark"), max_length=8, required=False, help_text=_("For example: H for the main document.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, data: Typed, attachment: CaseAttachment) -> None:
        names = set(self.base_fields) - {"seen"}
        initial = {name: getattr(attachment, name) for name in names} | {"seen": stamp(attachment)}
        super().__init__(data, initial=initial)
        # "Not stated in the source" is for what was taken in from outside; nobody may choose it.
        grounds = [(value, label) for value, label in Ground.choices if value in (attachment.ground, *_CHOSEN)]
        offer(self, "ground", [("", _("No ground")), *grounds])


_CHOSEN = tuple(ground for ground in Ground.values if ground != Ground.UNKNOWN)


class MoveForm(forms.Form):
    """A place up or down."""

    direction = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])


class SupersedeForm(forms.Form):
    """Which attachment takes the place of this one."""

    by = forms.ChoiceField(
        label=_("Replaced by"), error_messages={"invalid_choice": _("Choose an attachment from the list.")}
    )

    def __init__(self, data: Typed, others: Iterable[tuple[int | None, CaseAttachment]]) -> None:
        super().__init__(data)
        pairs = list(others)
        self.attachments = {str(other.pk): other for _number, other in pairs}
        choices = [(str(other.pk), f"{number}. {other.title}") for number, other in pairs]
        offer(self, "by", [("", _("Choose an attachment")), *choices])

    @property
    def chosen(self) -> CaseAttachment:
        """The attachment of a valid form."""
        return self.attachments[self.cleaned_data["by"]]


class DraftForm(forms.Form):
    """Which draft of a related case is linked."""

    draft = forms.ChoiceField(
        label=_("Draft"),
        help_text=_(
            "The drafts of the cases that this one is tied to. The link always leads to the draft itself, not to a copy."
        ),
        error_messages={"invalid_choice": _("Choose a draft from the list.")},
    )

    def __init__(self, data: Typed, drafts: Iterable[Presentation]) -> None:
        super().__init__(data)
        self.drafts = {str(draft.pk): draft for draft in drafts}
        choices = [
            (pk, f"{draft.case.title} ({draft.body.name})" if draft.body else draft.case.title)
            for pk, draft in self.drafts.items()
        ]
        offer(self, "draft", [("", _("Choose a draft")), *choices])

    @property
    def chosen(self) -> Presentation:
        """The draft of a valid form."""
        return self.drafts[self.cleaned_data["draft"]]


_ACTS: dict[str, tuple[Flag, bool, Promise]] = {
    "packet-on": ("in_packet", True, _("In the packet")),
    "packet-off": ("in_packet", False, _("Not in the packet")),
    "web-on": ("on_web", True, _("On the web")),
    "web-off": ("on_web", False, _("Not on the web")),
}


class FlagForm(forms.Form):
    """One flag for the ticked attachments. Access is not among them: each is opened or closed for itself."""

    attachment = forms.TypedMultipleChoiceField(
        label=_("Attachments"), error_messages={"required": _("Tick at least one attachment.")}
    )
    act = forms.ChoiceField(
        label=_("Ticked attachments"), choices=[(name, label) for name, (_flag, _on, label) in _ACTS.items()]
    )

    def __init__(self, data: Typed, pks: Iterable[str] = ()) -> None:
        super().__init__(data)
        offer(self, "attachment", [(pk, pk) for pk in pks])

    @property
    def flag(self) -> tuple[Flag, bool]:
        """The flag of a valid form, and whether it is set."""
        flag, on, _label = _ACTS[self.cleaned_data["act"]]
        return flag, on


class PageForm(forms.Form):
    """What is looked for in the words of an attachment."""

    q = forms.CharField(label=_("Find in the attachment"), required=False, max_length=100, widget=forms.SearchInput)


class SinceForm(forms.Form):
    """When the page last asked how far the files have come."""

    since = forms.DateTimeField(required=False)


class PlaceForm(forms.Form):
    """Which page of which version is opened (`side`, `version`: words of the address)."""

    side = forms.IntegerField(min_value=1, max_value=99_999, required=False, label=pgettext_lazy("of a file", "page"))
    version = forms.IntegerField(min_value=1, max_value=99_999, required=False)
