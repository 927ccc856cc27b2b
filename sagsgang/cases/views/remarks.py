"""Remarks on the page of approval: written, taken back, answered, made a task; and tasks that are done."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions import remarks as acts
from sagsgang.cases.forms.approval import AnswerForm, FinishForm, RemarkForm, TaskForm
from sagsgang.cases.models import Case, ChangeTask, Remark
from sagsgang.cases.permissions import CaseRows, levels_of, may_remark
from sagsgang.cases.queries.journey import newest_version
from sagsgang.cases.queries.remarks import (
    RemarkRows,
    TaskRows,
    may_finish_task,
    may_handle_remark,
    may_withdraw_remark,
    task_owners,
)
from sagsgang.cases.views.approval import act, back
from sagsgang.core.errors import RuleBrokenError


@permitted(CaseRows(), may_remark)
@require_http_methods(["GET", "POST"])
def make_remark(request: StaffRequest, case: Case) -> HttpResponse:
    newest = newest_version(case)
    sections = newest.sections.all() if newest else ()
    form = RemarkForm(request.POST, newest, sections, case.path.select_related("body"))

    def do() -> str:
        acts.make_remark(case, actor=request.user, **form.facts)  # type: ignore[arg-type]
        return gettext("The remark is saved.")

    return act(request, case, "remark", form, do, place="remarks")


@permitted(RemarkRows(), may_withdraw_remark)
@require_http_methods(["GET", "POST"])
def withdraw_remark(request: StaffRequest, remark: Remark) -> HttpResponse:
    if request.method == "POST":
        try:
            acts.withdraw_remark(remark, actor=request.user)
            messages.success(request, gettext("The remark is taken back."))
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
    return back(remark.case, "remarks")


@permitted(RemarkRows(), may_handle_remark)
@require_http_methods(["GET", "POST"])
def answer_remark(request: StaffRequest, remark: Remark) -> HttpResponse:
    form = AnswerForm(request.POST)

    def do() -> str:
        acts.answer_remark(remark, answer=form.cleaned_data["answer"], actor=request.user)
        return gettext("The remark is answered.")

    return act(request, remark.case, "answer", form, do, at=remark.pk, place=f"remark-{remark.pk}")


@permitted(RemarkRows(), may_handle_remark)
@require_http_methods(["GET", "POST"])
def give_task(request: StaffRequest, remark: Remark) -> HttpResponse:
    form = TaskForm(request.POST, task_owners(remark.case, levels_of(remark.case.unit)))

    def do() -> str:
        task = acts.give_task(remark, actor=request.user, **form.cleaned_data)
        return gettext("The remark is now a task of {name}.").format(name=task.owner)

    return act(request, remark.case, "task", form, do, at=remark.pk, place=f"remark-{remark.pk}")


@permitted(TaskRows(), may_finish_task)
@require_http_methods(["GET", "POST"])
def finish_task(request: StaffRequest, task: ChangeTask) -> HttpResponse:
    form = FinishForm(request.POST)

    def do() -> str:
        acts.finish_task(task, note=form.cleaned_data["note"], actor=request.user)
        return gettext("The task is done.")

    place = f"remark-{task.remark_id}"
    return act(request, task.remark.case, "finish", form, do, at=task.remark_id, place=place)
