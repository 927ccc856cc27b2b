"""The gate before a release: what is prepared is looked through, findings are answered, and the answers are kept."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.documents import storage
from sagsgang.gate.finding.name import Names
from sagsgang.gate.pieces import Kind
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.publication import tasks
from sagsgang.publication.actions import mask_orders
from sagsgang.publication.actions.outgoing import Outgoing
from sagsgang.publication.actions.snapshot import item_place
from sagsgang.publication.gatekeeping import tasks as gatekeeping
from sagsgang.publication.gatekeeping.held import things_held
from sagsgang.publication.gatekeeping.kinds import word_of
from sagsgang.publication.gatekeeping.looking import (
    Copy,
    check_mark,
    copies_of,
    rules_mark,
    things_in_words,
)
from sagsgang.publication.gatekeeping.names import names_to_find
from sagsgang.publication.gatekeeping.result import stored_result
from sagsgang.publication.gatekeeping.things import Thing
from sagsgang.publication.models import FindingState, GateFinding, Preparation, ReleaseCheck, ReleaseKind
from sagsgang.publication.rules import examining as rules

AT_ONCE = 512 * 1024  # bytes of files that are to be read: so few are looked through while she waits
FEW = 8  # such files


def begin_check(preparation: Preparation, outgoing: Outgoing) -> ReleaseCheck:
    """Look through the words of what is prepared, and order the rest; few and small files at once."""
    names = names_to_find(outgoing.snapshot.rows)
    copies = copies_of(outgoing.snapshot.rows, outgoing.document)
    check = gatekeeping.begin(
        preparation,
        mark=check_mark(names),
        files=[_file(copy) for copy in copies],
        things=[
            *things_in_words(outgoing.snapshot.rows, outgoing.document, outgoing.public_reason, names),
            *things_held(outgoing.snapshot.rows, outgoing.document),
        ],
    )
    if is_quick(copies, has_names=bool(names)):
        tasks.look_through(preparation.pk)
        check.refresh_from_db()
    else:
        tasks.order_check(preparation.pk)
    return check


def is_quick(copies: Sequence[Copy], *, has_names: bool) -> bool:
    """Can the copies be looked through while somebody waits? For names every one of them is read anew."""
    new = {copy.spot.sha256 for copy in copies if has_names or not gatekeeping.is_known(copy.spot.sha256)}
    return len(new) <= FEW and sum(storage.house().path(sha256).stat().st_size for sha256 in new) <= AT_ONCE


def _file(copy: Copy) -> dict[str, str]:
    return {
        "item": str(copy.spot.item_id),
        "attachment": str(copy.spot.attachment_id),
        "sha256": copy.spot.sha256,
        "media_type": copy.media_type,
    }


@transaction.atomic
def accept_findings(
    preparation: Preparation, *, pks: Collection[UUID], reason: str, is_no_cpr: bool, actor: User
) -> int:
    """Say of findings that they may go out, and why; answers how many. The answer follows to the next preparation.

    The preparation is from now on hers, as when she masks: another person must release it (R42).
    """
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
    rows = preparation.findings.select_for_update().filter(pk__in=pks, state=FindingState.OPEN)
    kinds = dict(rows.order_by().values_list("pk", "kind"))
    masking = {attachment for attachment, _order in mask_orders.orders_of(preparation.pk)}
    rules.require_not_masking(is_masking=rows.filter(attachment_id__in=masking).exists())
    rules.require_acceptable(kinds.values(), reason, is_no_cpr=is_no_cpr)
    GateFinding.objects.filter(pk__in=kinds).update(
        state=FindingState.ACCEPTED, reason=reason.strip(), by=actor, at=now()
    )
    preparation.prepared_by, preparation.approved_by, preparation.approved_at = actor, None, None
    preparation.save(update_fields=["prepared_by", "approved_by", "approved_at"])
    record(actor, "accept_findings", Meeting(pk=preparation.meeting_id), kinds=dict(Counter(kinds.values())))
    return len(kinds)


def require_gate(outgoing: Outgoing, preparation: Preparation | None) -> dict[str, Any]:
    """What the gate says of what would leave; answers the result that is stored with the release.

    Of what is prepared the check must be finished, and every finding that stops a release answered. Without a
    preparation everything is looked through now. Raises `RuleBrokenError` with a sentence.
    """
    if preparation is None:
        return _checked_now(outgoing)
    check = ReleaseCheck.objects.filter(preparation=preparation).first()
    rules.require_checked(is_finished=check is not None and check.finished_at is not None)
    assert check is not None
    names = names_to_find(outgoing.snapshot.rows)
    rules.require_same_gate(is_same=check.rules == check_mark(names))
    rows = list(preparation.findings.order_by().select_related("by").only("key", "kind", "state", "by"))
    told = {row.key for row in rows}
    held = things_held(outgoing.snapshot.rows, outgoing.document)
    rules.require_holds_told(is_told=all(thing.key in told for thing in held))
    answers = [(row.kind, row.state, str(row.by or "")) for row in rows]
    rules.require_answered(Counter(kind for kind, state, _who in answers if state == FindingState.OPEN))
    assert check.finished_at is not None
    return stored_result(
        answers,
        rules=rules_mark(),
        at=check.finished_at,
        files=check.total,
        pages=check.pages,
        lacks=check.lacks,
    )


def _checked_now(outgoing: Outgoing) -> dict[str, Any]:
    """Both parts of a release in one act. An archive was public elsewhere: of it a CPR number alone is stopped."""
    meeting, document = outgoing.snapshot.rows, outgoing.document
    names = names_to_find(meeting)
    things = [*things_in_words(meeting, document, outgoing.public_reason, names), *things_held(meeting, document)]
    pages, lacks = 0, list[str]()
    copies = copies_of(meeting, document)
    ready = Names.of(names)
    for copy in copies:
        check = gatekeeping.checked_file(copy.spot.sha256)
        things += gatekeeping.things_in_file(copy.spot, check)
        things += gatekeeping.names_in_file(copy.spot, ready)
        pages += check.pages or 0
        lacks += check.lacks
    is_archive = outgoing.kind == ReleaseKind.ARCHIVE
    stopping = [thing for thing in things if thing.kind == Kind.CPR or not is_archive]
    if stopping:
        raise RuleBrokenError(_stopped(stopping))
    answers = [(thing.kind, str(FindingState.OPEN), "") for thing in things]
    said = list(dict.fromkeys(lacks))
    return stored_result(answers, rules=rules_mark(), at=now(), files=len(copies), pages=pages, lacks=said)


def _stopped(things: Sequence[Thing]) -> str:
    """What stops a release, by its place and kind, and never its words."""
    items = {thing.spot.item_id for thing in things if thing.spot.item_id}
    files = {thing.spot.attachment_id for thing in things if thing.spot.attachment_id}
    numbers = dict(AgendaItem.objects.filter(pk__in=items).values_list("pk", "number"))
    positions = dict(Attachment.objects.filter(pk__in=files).values_list("pk", "position"))
    said = []
    for thing in things:
        place = item_place(numbers.get(thing.spot.item_id, "")) if thing.spot.item_id else _("the meeting's head")
        if thing.spot.attachment_id:
            place = _("%(place)s, attachment %(no)s") % {"place": place, "no": positions[thing.spot.attachment_id]}
        said.append(_("%(kind)s in %(place)s") % {"kind": word_of(thing.kind), "place": place})
    return _("The release is stopped by the gate: %(places)s.") % {"places": "; ".join(dict.fromkeys(said))}
