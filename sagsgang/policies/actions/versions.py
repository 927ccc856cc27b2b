"""Write the versions of a policy, and who approved them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.documents import actions as documents
from sagsgang.documents.intake import TakenFile
from sagsgang.documents.models import DocumentVersion
from sagsgang.meetings.models import AgendaItem, own_decision
from sagsgang.policies.actions.policies import plan_review, set_review_after_approval
from sagsgang.policies.models import Policy, PolicyApproval, PolicyApprovalWithdrawal, PolicyPart, PolicyVersion
from sagsgang.policies.rules.acts import (
    require_approving,
    require_content,
    require_days,
    require_not_approved,
    require_stated,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenVersion:
    """What is written of a version. `parts`: names, in their order. `taken`: its file, None = as it was."""

    title: str
    valid_from: date
    valid_to: date | None = None
    text: str = ""
    changes: str = ""
    parts: Sequence[str] = ()
    taken: TakenFile | None = None


@transaction.atomic
def add_policy_version(policy: Policy, written: WrittenVersion, *, actor: User) -> PolicyVersion:
    """The next version; nobody has approved it yet. Raises `RuleBrokenError`."""
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    last = policy.versions.order_by("-number").first()
    require_content(text=written.text, has_file=written.taken is not None)
    require_days(
        valid_from=written.valid_from, valid_to=written.valid_to, before=last.valid_from if last is not None else None
    )
    version = PolicyVersion.objects.create(
        policy=policy,
        number=last.number + 1 if last else 1,
        title=written.title,
        text=written.text,
        changes=written.changes,
        valid_from=written.valid_from,
        valid_to=written.valid_to,
        file=_file(policy, written, actor),
    )
    _write_parts(version, written.parts)
    record(actor, "add_policy_version", policy, version=str(version.pk), number=version.number)
    return version


@transaction.atomic
def edit_policy_version(version: PolicyVersion, written: WrittenVersion, *, actor: User) -> PolicyVersion:
    """Write it anew, as long as nothing of it is approved. Raises `RuleBrokenError`."""
    version = _locked(version)
    require_not_approved(is_approved=version.approvals.exists())
    require_content(text=written.text, has_file=written.taken is not None or version.file_id is not None)
    before = version.policy.versions.filter(number__lt=version.number).order_by("-number").first()
    require_days(valid_from=written.valid_from, valid_to=written.valid_to, before=before.valid_from if before else None)
    for name in ("title", "text", "changes", "valid_from", "valid_to"):
        setattr(version, name, getattr(written, name))
    if written.taken is not None:
        version.file = _file(version.policy, written, actor)
    version.save()
    _write_parts(version, written.parts)
    record(actor, "edit_policy_version", version.policy, version=str(version.pk), number=version.number)
    return version


@transaction.atomic
def record_policy_approval(
    version: PolicyVersion, *, item: AgendaItem, part: PolicyPart | None = None, actor: User
) -> PolicyApproval:
    """The meeting's own decision on the item approved the version, or one part. Raises `RuleBrokenError`.

    The caller has made sure that the actor may read the item.
    """
    version = _locked(version)
    decision = own_decision(item.decisions.all(), item.meeting)
    if decision is None:
        raise RuleBrokenError(gettext("Nothing is decided on this item yet."))
    require_approving(decision.outcome)
    if item.halts.filter(withdrawn_at=None).exists():
        raise RuleBrokenError(gettext("The decision is halted: it approves nothing yet."))
    if PolicyApproval.objects.filter(version=version, part=part, decision__item=item).exists():
        raise RuleBrokenError(gettext("This approval is entered already."))
    approval = PolicyApproval.objects.create(version=version, part=part, decision=decision, recorded_by=actor)
    return _approved(approval, actor)


@transaction.atomic
def state_policy_approval(
    version: PolicyVersion, *, body: str, on: date, source: str, part: PolicyPart | None = None, actor: User
) -> PolicyApproval:
    """Who approved it before this system, and where that is read. Raises `RuleBrokenError`."""
    version = _locked(version)
    require_stated(body=body, source=source, on=on, today=localdate())
    if PolicyApproval.objects.filter(version=version, part=part, stated_body__iexact=body, stated_on=on).exists():
        raise RuleBrokenError(gettext("This approval is entered already."))
    approval = PolicyApproval.objects.create(
        version=version, part=part, stated_body=body, stated_on=on, source=source, recorded_by=actor
    )
    return _approved(approval, actor)


@transaction.atomic
def withdraw_policy_approval(approval: PolicyApproval, *, actor: User) -> None:
    """It was entered by mistake; the row stays, and counts no more. Raises `RuleBrokenError` if it is off already."""
    _locked(approval.version)
    if not PolicyApproval.objects.filter(pk=approval.pk).exists():
        raise RuleBrokenError(gettext("The approval is taken off already."))
    PolicyApprovalWithdrawal.objects.create(approval=approval, withdrawn_by=actor)
    record(actor, "withdraw_policy_approval", approval.version.policy, approval=str(approval.pk))


def _approved(approval: PolicyApproval, actor: User) -> PolicyApproval:
    policy = approval.version.policy
    record(
        actor,
        "approve_policy_version",
        policy,
        version=str(approval.version_id),
        approval=str(approval.pk),
        whole=approval.part_id is None,
    )
    set_review_after_approval(policy)
    plan_review(policy, actor=actor)
    return approval


def _locked(version: PolicyVersion) -> PolicyVersion:
    rows = PolicyVersion.objects.select_for_update(of=("self",)).select_related("policy__authority", "policy__unit")
    return rows.get(pk=version.pk)


def _file(policy: Policy, written: WrittenVersion, actor: User) -> DocumentVersion | None:
    if written.taken is None:
        return None
    held = DocumentVersion.objects.filter(policy_versions__policy=policy).select_related("document").first()
    if held is None:
        return documents.add_document(policy.authority, title=policy.name, taken=written.taken, actor=actor)
    return documents.add_version(held.document, taken=written.taken, actor=actor)


def _write_parts(version: PolicyVersion, names: Sequence[str]) -> None:
    """The parts as named; an approval that was taken back keeps the part that it named."""
    names = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    kept = PolicyApproval.history.filter(version=version, part__isnull=False).values("part")
    version.parts.exclude(name__in=names).exclude(pk__in=kept).delete()
    for position, name in enumerate(names, start=1):
        PolicyPart.objects.update_or_create(version=version, name=name, defaults={"position": position})
