"""An item that the law asks for and that nobody wrote: it is put on an agenda by what happened (R29, R30)."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from sagsgang.accounts.models import User
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.models import ItemKind
from sagsgang.documents.access import Access
from sagsgang.meetings.actions import papers
from sagsgang.meetings.actions.arrange import settle_agenda
from sagsgang.meetings.actions.records import lock_changeable, record_both
from sagsgang.meetings.actions.standing import begin_agenda
from sagsgang.meetings.models import AgendaItem, Meeting, StandingUse

LANGUAGE = "da"  # of agendas


@transaction.atomic
def put_arising_item(meeting: Meeting, *, title: str, actor: User) -> AgendaItem:
    """The item of this title on the agenda, put there with a case of its own if it is not there already.

    On an agenda that has gone out it lies outside the agenda, and says when it arose.
    """
    meeting = lock_changeable(meeting)
    begin_agenda(meeting, actor=actor)
    known = AgendaItem.objects.top().filter(meeting=meeting, title=title, withdrawn_at=None).first()
    if known is not None:
        return known
    case = open_case(meeting.body.authority, CaseFacts(title=title), actor=actor)
    position, number = papers.next_place(meeting, None)
    item = AgendaItem.objects.create(
        meeting=meeting,
        case=case,
        position=position,
        number=number,
        title=title,
        kind=ItemKind.DECISION,
        access=Access.OPEN,
        late_reason=_late_reason(meeting),
    )
    settle_agenda(meeting, new=item)
    record_both(actor, "put_arising_item", item, meeting=str(meeting.pk))
    return item


def _late_reason(meeting: Meeting) -> str:
    if meeting.agenda_sent_at is None:
        return ""
    if meeting.opened_at is None:
        return _("It arose after the agenda was sent, and cannot wait.")
    return _("It arose at the meeting, and is taken up outside the agenda.")


@transaction.atomic
def put_approval_of_substitutes(meeting: Meeting, *, actor: User) -> AgendaItem | None:
    """The council approves who was called in (R30): None where its standing item for that is on the agenda already."""
    begin_agenda(lock_changeable(meeting), actor=actor)
    there = AgendaItem.objects.filter(meeting=meeting, standing__use=StandingUse.SUBSTITUTES, withdrawn_at=None)
    if there.exists():
        return None
    with override(LANGUAGE):  # whatever language the secretary works in
        title = _("Approval of substitutes who were called in")
    return put_arising_item(meeting, title=title, actor=actor)
