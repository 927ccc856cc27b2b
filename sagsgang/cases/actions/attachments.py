"""A case's attachments: lay them on, order them, say what they are, replace and withdraw them."""

from collections.abc import Collection
from pathlib import PurePath
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, CaseAttachment, Hearing, Presentation
from sagsgang.cases.rules import attachments as rules
from sagsgang.cases.rules.attachments import Direction, Placed
from sagsgang.core.models import record
from sagsgang.documents import actions as documents
from sagsgang.documents.access import Access
from sagsgang.documents.intake import TakenFile
from sagsgang.documents.models import DocumentVersion

type Flag = Literal["in_packet", "on_web"]


@transaction.atomic
def upload_attachment(
    case: Case, *, taken: TakenFile, hearing: Hearing | None = None, wanted: int | None = None, actor: User
) -> CaseAttachment:
    """Lay one file on the case as its last attachment, with the access that the case has chosen for what is new.

    `hearing`: the file is an answer to it. `wanted`: its position, where several arrive in whatever order. Raises
    `RuleBrokenError` if the bytes are there already, or too many.
    """
    case = _locked(case)
    versions = _newest_versions(case)
    order = _order(case)
    there = _with_bytes(case, taken.sha256)
    rules.require_new(rules.numbers_of(order).get(there) if there else None, is_there=there is not None)
    rules.require_room(sum(version.size for version in versions), taken.size)
    title = _title_of(taken.name)
    version = documents.add_document(case.authority, title=title, taken=taken, actor=actor)
    attachment = CaseAttachment.objects.create(
        case=case,
        file=version.document,
        hearing=hearing,
        position=rules.place_for(wanted, _positions(case)),
        title=title,
        access=case.access,
        ground=case.ground,
    )
    _record(actor, "upload_attachment", attachment, version=str(version.pk))
    return attachment


@transaction.atomic
def link_draft(case: Case, *, draft: Presentation, actor: User) -> CaseAttachment:
    """Attach another case's draft by a link, not a copy; it is closed if either of the two cases is."""
    case = _locked(case)
    rules.require_draft_once(is_linked=_standing(case).filter(presentation=draft).exists())
    closing = case if case.is_closed else draft.case
    attachment = CaseAttachment.objects.create(
        case=case,
        presentation=draft,
        position=rules.place_for(None, _positions(case)),
        title=draft.case.title,
        access=closing.access,
        ground=closing.ground,
    )
    _record(actor, "link_draft", attachment, presentation=str(draft.pk))
    return attachment


@transaction.atomic
def edit_attachment(attachment: CaseAttachment, *, seen: str, actor: User, **facts: Any) -> None:
    """Write what the attachment is: any of its title, numbers, mark, access, ground, public title and two flags.

    `seen` is the `stamp` that the writer had before her; if another has saved since, nothing is written.
    """
    _case, attachment = _taken_up(attachment)
    rules.require_unchanged(seen, stamp(attachment))
    rules.require_title(facts["title"])
    rules.require_ground(facts["access"], facts["ground"])
    rules.require_public_title(facts["access"], facts["public_title"], title_is_public=facts["title_is_public"])
    if facts["access"] == Access.OPEN:
        facts["ground"] = ""
    changed = [name for name, value in facts.items() if getattr(attachment, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(attachment, name, facts[name])
    attachment.save()
    _record(actor, "edit_attachment", attachment, parts=sorted(changed))


def stamp(attachment: CaseAttachment) -> str:
    """What a form remembers of the row that it shows."""
    return attachment.modified_at.isoformat()


@transaction.atomic
def move_attachment(attachment: CaseAttachment, *, direction: Direction, actor: User) -> None:
    """Put the attachment one place up or down among those that stand; at the end of the list nothing happens."""
    case, attachment = _taken_up(attachment)
    rows = list(_standing(case).only("pk", "position"))
    places = [row.position for row in rows]
    before = [row.pk for row in rows]
    after = rules.moved(before, attachment.pk, direction)
    if before == after:
        return
    for pk, position in zip(after, places, strict=True):
        CaseAttachment.objects.filter(pk=pk).exclude(position=position).update(position=position)
    _record(actor, "move_attachment", attachment, direction=direction)


@transaction.atomic
def replace_attachment(attachment: CaseAttachment, *, taken: TakenFile, actor: User) -> DocumentVersion:
    """Give the same attachment a new version of its file; the earlier ones stay, and can be read."""
    case, attachment = _taken_up(attachment)
    rules.require_file(has_file=attachment.file is not None)
    assert attachment.file is not None
    there = _with_bytes(case, taken.sha256)
    rules.require_new(rules.numbers_of(_order(case)).get(there) if there else None, is_there=there is not None)
    others = [version for version in _newest_versions(case) if version.document_id != attachment.file_id]
    rules.require_room(sum(version.size for version in others), taken.size)
    version = documents.add_version(attachment.file, taken=taken, actor=actor)
    _record(actor, "replace_attachment", attachment, version=str(version.pk), number=version.number)
    return version


@transaction.atomic
def supersede_attachment(attachment: CaseAttachment, *, by: CaseAttachment, actor: User) -> None:
    """Mark the attachment as replaced by another one of the case (erstattet af): it stays, and goes to no agenda."""
    case, attachment = _taken_up(attachment)
    rules.require_supersede(attachment.pk, by.pk, _order(case))
    attachment.replaced_by = by
    attachment.save(update_fields=["replaced_by", "modified_at"])
    _record(actor, "supersede_attachment", attachment, by=str(by.pk))


@transaction.atomic
def reinstate_attachment(attachment: CaseAttachment, *, actor: User) -> None:
    """Undo that it was replaced by another one."""
    _case, attachment = _taken_up(attachment)
    rules.require_superseded(is_superseded=attachment.replaced_by_id is not None)
    attachment.replaced_by = None
    attachment.save(update_fields=["replaced_by", "modified_at"])
    _record(actor, "reinstate_attachment", attachment)


@transaction.atomic
def withdraw_attachment(attachment: CaseAttachment, *, actor: User) -> None:
    """Take the attachment off the case; it can be restored to its place."""
    case, attachment = _taken_up(attachment)
    rules.require_not_needed(replaces_others=_standing(case).filter(replaced_by=attachment).exists())
    attachment.withdrawn_at = now()
    attachment.save(update_fields=["withdrawn_at", "modified_at"])
    _record(actor, "withdraw_attachment", attachment)


@transaction.atomic
def restore_attachment(attachment: CaseAttachment, *, actor: User) -> None:
    """Bring a withdrawn attachment back to the place where it stood."""
    case = _locked(attachment.case)
    attachment = case.attachments.select_for_update().get(pk=attachment.pk)
    rules.require_withdrawn(is_withdrawn=attachment.withdrawn_at is not None)
    _require_restorable(case, attachment)
    replaced_by = attachment.replaced_by
    if replaced_by is not None and replaced_by.withdrawn_at is not None:
        attachment.replaced_by = None
    attachment.withdrawn_at = None
    attachment.save(update_fields=["withdrawn_at", "replaced_by", "modified_at"])
    _record(actor, "restore_attachment", attachment)


@transaction.atomic
def flag_attachments(case: Case, *, pks: Collection[UUID], flag: Flag, on: bool, actor: User) -> int:
    """Set or clear one flag on several attachments; answers how many it changed. Access has no such act (R15)."""
    case = _locked(case)
    rows = list(_standing(case).filter(pk__in=pks, **{flag: not on}).values_list("pk", flat=True))
    if rows:
        CaseAttachment.objects.filter(pk__in=rows).update(**{flag: on, "modified_at": now()})
        record(actor, "flag_attachments", case, attachments=[str(pk) for pk in rows], flag=flag, on=on)
    return len(rows)


@transaction.atomic
def examine_attachment_again(attachment: CaseAttachment, *, actor: User) -> None:
    """Put the newest version in the queue once more, after an error."""
    _case, attachment = _taken_up(attachment)
    rules.require_file(has_file=attachment.file is not None)
    assert attachment.file is not None
    version = attachment.file.versions.latest("number")
    documents.examine_again(version, actor=actor)
    _record(actor, "examine_attachment_again", attachment, version=str(version.pk))


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(pk=case.pk)


def _taken_up(attachment: CaseAttachment) -> tuple[Case, CaseAttachment]:
    """The case and its attachment as they stand now, held fast; a withdrawn one is refused."""
    case = _locked(attachment.case)
    row = case.attachments.select_for_update().get(pk=attachment.pk)
    rules.require_standing(is_withdrawn=row.withdrawn_at is not None)
    return case, row


def _standing(case: Case) -> QuerySet[CaseAttachment]:
    return case.attachments.filter(withdrawn_at=None)


def _order(case: Case) -> list[Placed]:
    return [Placed(pk, by) for pk, by in _standing(case).values_list("pk", "replaced_by")]


def _newest_versions(case: Case) -> list[DocumentVersion]:
    documents_of_case = _standing(case).filter(file__isnull=False).values("file")
    versions = DocumentVersion.objects.filter(document__in=documents_of_case).order_by("number")
    return list({version.document_id: version for version in versions}.values())


def _with_bytes(case: Case, sha256: str) -> UUID | None:
    """The standing attachment of which some version has these bytes."""
    return _standing(case).filter(file__versions__sha256=sha256).values_list("pk", flat=True).first()


def _require_restorable(case: Case, attachment: CaseAttachment) -> None:
    """Neither the draft nor the bytes were laid on again meanwhile, and there is room."""
    if attachment.file is None:
        rules.require_draft_once(is_linked=_standing(case).filter(presentation=attachment.presentation_id).exists())
        return
    version = attachment.file.versions.latest("number")
    there = _with_bytes(case, version.sha256)
    rules.require_new(rules.numbers_of(_order(case)).get(there) if there else None, is_there=there is not None)
    rules.require_room(sum(other.size for other in _newest_versions(case)), version.size)


def _positions(case: Case) -> set[int]:
    """Every position that is taken, by the withdrawn ones too: they keep theirs."""
    return set(case.attachments.values_list("position", flat=True))


def _title_of(name: str) -> str:
    """The file's name without its ending, as words."""
    return PurePath(name).stem.replace("_", " ").strip()[:500] or name[:500]


def _record(actor: User, verb: str, attachment: CaseAttachment, **data: Any) -> None:
    record(actor, verb, attachment.case, attachment=str(attachment.pk), **data)
