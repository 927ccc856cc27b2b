"""A presentation as a Word document: fetched, and read back in two steps."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions import word as acts
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.forms.word import PlacesForm, WordForm, opened, sealed
from sagsgang.cases.models import Case, Presentation, Section
from sagsgang.cases.permissions import CaseRows, may_read_case, may_write_case
from sagsgang.cases.queries.head import head_of
from sagsgang.cases.queries.versions import draft_of, newest_of
from sagsgang.cases.rendering.comparison import section_html
from sagsgang.cases.rendering.difference import difference, has_marks, unchanged
from sagsgang.cases.rendering.docx_in import incoming_of, is_money
from sagsgang.cases.rendering.docx_out import MEDIA_TYPE, docx_of, file_name
from sagsgang.cases.rules.incoming import Incoming, Part, Place, matched
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import storage
from sagsgang.documents.access import Access
from sagsgang.documents.intake import take_file


@permitted(CaseRows(), may_read_case)
@require_safe
def download_word(request: StaffRequest, case: Case) -> HttpResponse:
    """The draft, else the newest version; or the one named by `version`."""
    version = _version(request, case)
    closed = case.is_closed or version.sections.filter(access=Access.CLOSED).exists()
    if closed:
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(case, actor=request.user)
    answer = HttpResponse(docx_of(version, title=case.title), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(version)}"'
    return answer


def _version(request: StaffRequest, case: Case) -> Presentation:
    if "version" not in request.GET:
        version = newest_of(case)
        if version is None:
            raise Http404
        return version
    try:
        wanted = UUID(request.GET["version"])
    except ValueError:
        raise Http404 from None
    return get_object_or_404(case.presentations, pk=wanted)


@dataclass(frozen=True, slots=True)
class Desk:
    """The draft that a document is read into: its sections, also as places."""

    draft: Presentation
    sections: dict[str, Section]

    @property
    def places(self) -> list[Place]:
        return [Place(key, row.kind, row.heading or str(row.get_kind_display())) for key, row in self.sections.items()]

    @property
    def seen(self) -> dict[str, int]:
        return {key: row.revision for key, row in self.sections.items()}


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the document with the field for its place, and what would change there."""

    part: Part
    field: object
    html: SafeString
    change: SafeString
    target: str

    @property
    def is_same(self) -> bool:
        """Does the section say so already?"""
        return bool(self.change) and not has_marks(self.change)


@permitted(CaseRows(), may_write_case)
@require_http_methods(["GET", "POST"])
def read_word(request: StaffRequest, case: Case) -> HttpResponse:
    """First the file, then the places of its parts; only the second writes."""
    draft = draft_of(case)
    if draft is None:
        return _page(request, case, {})
    sections = {str(row.pk): row for row in draft.sections.prefetch_related("points")}
    desk = Desk(draft, sections)
    if request.method != "POST":
        return _page(request, case, {"form": WordForm()})
    return _write(request, case, desk) if "seal" in request.POST else _show(request, case, desk)


def _show(request: StaffRequest, case: Case, desk: Desk) -> HttpResponse:
    form = WordForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            taken = take_file(form.cleaned_data["file"])
            if taken.media_type != MEDIA_TYPE:
                raise RuleBrokenError(
                    gettext("The file is not a Word document (.docx). Save it as .docx, and upload that.")
                )
            incoming = incoming_of(storage.house().get(taken.sha256), desk.places)
            if not incoming.parts:
                raise RuleBrokenError(gettext("There are no words in the document."))
            return _preview(request, case, desk, incoming, taken.sha256)
    except RuleBrokenError as refusal:
        form.add_error("file", str(refusal))
    return _page(request, case, {"form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)


def _write(request: StaffRequest, case: Case, desk: Desk) -> HttpResponse:
    known = opened(request.POST["seal"], draft=desk.draft.pk, user=request.user.pk)
    if known is None or not storage.house().holds(known[0]):
        messages.error(request, gettext("The document must be uploaded again."))
        return _page(request, case, {"form": WordForm()}, HTTPStatus.UNPROCESSABLE_ENTITY)
    sha256, seen = known
    incoming = incoming_of(storage.house().get(sha256), desk.places)
    parts = _own_parts(incoming)
    form = PlacesForm(parts, desk.places, request.POST)
    try:
        if form.is_valid():
            count = acts.read_word(
                desk.draft, parts=parts, places=form.chosen, seen=seen, sha256=sha256, actor=request.user
            )  # fmt: skip
            messages.success(request, ngettext("{n} part is written.", "{n} parts are written.", count).format(n=count))
            return redirect("cases:presentation", case.pk)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _preview(request, case, desk, incoming, sha256, form)


def _own_parts(incoming: Incoming) -> list[Part]:
    """All but the economy block that the house itself wrote: amounts are not words."""
    return [part for part in incoming.parts if not is_money(part)]


def _preview(
    request: StaffRequest, case: Case, desk: Desk, incoming: Incoming, sha256: str, refused: PlacesForm | None = None
) -> HttpResponse:
    parts = _own_parts(incoming)
    places = matched(parts, desk.places)
    initial = {f"part-{part.number}": _first_choice(part, places[part.number]) for part in parts}
    form = refused or PlacesForm(parts, desk.places, initial=initial)
    context = {
        "places": form,
        "incoming": incoming,
        "has_money": len(parts) < len(incoming.parts),
        "parts": [_shown(part, form, desk, places[part.number]) for part in parts],
        "seal": sealed(sha256=sha256, draft=desk.draft.pk, seen=desk.seen, user=request.user.pk),
    }
    return _page(request, case, context, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK)


def _first_choice(part: Part, place: str) -> str:
    """A heading with nothing below it replaces no words."""
    return (place or acts.NEW) if part.words else acts.LEAVE


def _shown(part: Part, form: PlacesForm, desk: Desk, place: str) -> ShownPart:
    section = desk.sections.get(place)
    old = section_html(section) if section else ""
    change = difference(old, part.html) if old else SafeString("")
    return ShownPart(
        part, form[f"part-{part.number}"], unchanged(part.html), change, section.heading if section else ""
    )


def _page(request: StaffRequest, case: Case, context: dict[str, object], status: int = HTTPStatus.OK) -> HttpResponse:
    frame = {"case": case, "head": head_of(case, request.user), "here": "presentation"}
    return render(request, "cases/word.html", frame | context, status=status)
