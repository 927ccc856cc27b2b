"""The page of the gate: what was found in what is prepared, and the answers to it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.models import CaseAttachment
from sagsgang.cases.views.attachment_doors import AttachmentRows as CaseAttachmentRows
from sagsgang.cases.views.attachment_doors import may_read_attachment
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions as meetings
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import (
    AttachmentRows,
    ReadableRows,
    is_closed_material,
    may_open_attachment,
    may_see_item,
)
from sagsgang.publication import permissions
from sagsgang.publication.actions.gate import accept_findings as accept
from sagsgang.publication.actions.masking import mask_findings as mask
from sagsgang.publication.actions.masking import renew_preparation as renew
from sagsgang.publication.forms.gate import AnswerForm
from sagsgang.publication.gatekeeping import desk
from sagsgang.publication.models import FindingState, GateFinding, Preparation


@permitted(permissions.PreparationRows(), permissions.may_release)
@require_safe
def gate(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    if "HX-Request" not in request.headers:
        response = _page(request, preparation)
    else:
        page = desk.gate_page(preparation)
        response = render(request, "publication/gate.html#progress", {"page": page})
        if not page.is_busy:
            response["HX-Refresh"] = "true"
    patch_vary_headers(response, ["HX-Request"])
    return response


@permitted(permissions.PreparationRows(), permissions.may_release)
@require_safe
def gate_line(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    check = getattr(preparation, "check_row", None)
    waiting, held = desk.open_counts(preparation)
    context = {"preparation": preparation, "check": check, "open": waiting, "held": held}
    return render(request, "publication/gate_line.html", context)


@permitted(permissions.PreparationRows(), permissions.may_answer)
@require_http_methods(["GET", "POST"])
def accept_findings(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    def act(facts: dict[str, Any]) -> str:
        count = accept(
            preparation,
            pks=facts["finding"],
            reason=facts["reason"],
            is_no_cpr=facts["is_no_cpr"],
            actor=request.user,
        )
        return ngettext("%(count)s finding is accepted.", "%(count)s findings are accepted.", count) % {"count": count}

    return _answered(request, preparation, act)


@permitted(permissions.PreparationRows(), permissions.may_answer)
@require_http_methods(["GET", "POST"])
def mask_findings(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    def act(facts: dict[str, Any]) -> str:
        report = mask(preparation, pks=facts["finding"], only_here=facts["only_here"], actor=request.user)
        if report is None:
            return gettext(
                "The file is large: it is masked now, while you do other things. The page says when it is done."
            )
        said = ngettext(
            "Masked: %(count)s place is taken out, and nothing of it is found in the new version.",
            "Masked: %(count)s places are taken out, and nothing of them is found in the new version.",
            report.removed,
        ) % {"count": report.removed}
        return " ".join([said, *report.said])

    return _answered(request, preparation, act)


@permitted(permissions.PreparationRows(), permissions.may_answer)
@require_http_methods(["GET", "POST"])
def renew_preparation(request: StaffRequest, preparation: Preparation) -> HttpResponse:
    def act(facts: dict[str, Any]) -> str:
        renew(preparation, actor=request.user)
        return gettext("The newest words and files are taken up, and looked through.")

    return _answered(request, preparation, act)


def _answered(request: StaffRequest, preparation: Preparation, act: Callable[[dict[str, Any]], str]) -> HttpResponse:
    """An answer to findings; `act` answers what is said of it."""
    if request.method != "POST":
        return redirect("publication:gate", preparation.pk)
    waiting = preparation.findings.filter(state=FindingState.OPEN).order_by().values_list("pk", flat=True)
    form = AnswerForm(request.POST, [str(pk) for pk in waiting])
    form.is_valid()
    facts = {"finding": [], "reason": "", "is_no_cpr": False, "only_here": False} | form.cleaned_data
    try:
        said = act(facts)
    except Preparation.DoesNotExist:
        refused = gettext("This preparation is over: it has been released, or somebody has prepared a new one.")
    except RuleBrokenError as refusal:
        refused = str(refusal)
    else:
        messages.success(request, said)
        return redirect("publication:gate", preparation.pk)
    return _page(request, preparation, refused=refused, typed=facts)


def _page(
    request: StaffRequest, preparation: Preparation, *, refused: str = "", typed: dict[str, Any] | None = None
) -> HttpResponse:
    page = desk.gate_page(preparation)
    context = {
        "page": page,
        "meeting": page.meeting,
        "may_answer": preparation.ended_at is None and permissions.may_prepare(request.user, page.meeting),
        "refused": refused,
        "typed": typed or {},
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "publication/gate.html", context, status=status)


@permitted(permissions.GateFindingRows(), permissions.may_see_finding)
@require_safe
def finding_picture(request: StaffRequest, finding: GateFinding) -> HttpResponse:
    rows = AttachmentRows().visible_to(request.user)
    attachment = rows.filter(pk=finding.attachment_id).first() if finding.attachment_id else None
    if attachment is None or not may_open_attachment(request.user, attachment):
        raise Http404
    picture = desk.draw(finding)
    if picture is None:
        raise Http404
    if is_closed_material(attachment):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        meetings.log_closed_reading(attachment, actor=request.user)
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@permitted(CaseAttachmentRows(), may_read_attachment)
@require_safe
def case_file(request: StaffRequest, attachment: CaseAttachment) -> HttpResponse:
    """What the uploader is told: a fragment, or without JavaScript a page of its own."""
    version = attachment.file.versions.order_by("-number").first() if attachment.file else None
    part = "#words" if "HX-Request" in request.headers else ""
    words = desk.file_words(version.sha256) if version else None
    response = render(request, f"publication/gate_file.html{part}", {"words": words, "attachment": attachment})
    patch_vary_headers(response, ["HX-Request"])
    return response


@permitted(ReadableRows(), may_see_item)
@require_safe
def item_files(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    """Told to the body's secretary; to others nothing."""
    rows = list(item.attachments.filter(withdrawn_at=None).exclude(version=None).select_related("version"))
    is_hers = permissions.may_prepare(request.user, item.meeting)
    files = desk.files_words(rows) if is_hers and not item.is_closed else []
    part = "#files" if "HX-Request" in request.headers else ""
    response = render(request, f"publication/gate_item.html{part}", {"item": item, "files": files})
    patch_vary_headers(response, ["HX-Request"])
    return response
