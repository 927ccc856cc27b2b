"""Lay a frozen copy of the annual wheel on an agenda: what the body saw then does not change with the wheel."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, override

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.documents.actions import add_document
from sagsgang.documents.intake import TakenFile, clean_name
from sagsgang.documents.kinds import PDF
from sagsgang.documents.storage import house
from sagsgang.meetings.models import AgendaItem, Attachment
from sagsgang.wheel.models import FrozenWheel
from sagsgang.wheel.queries.lines import Wheel, wheel_of
from sagsgang.wheel.rendering.wheel_pdf import LANGUAGE, wheel_pdf


@transaction.atomic
def attach_frozen_wheel(item: AgendaItem, year: int, *, actor: User) -> Attachment:
    """Print the wheel of the item's body as it stands, and lay it last among the item's attachments; once only.

    A directorate gets the wheel of the whole organisation. It lies on the item alone, and stays there whatever the case
    gets: the next item of the same case is to have its own. Raises `RuleBrokenError` for a year outside 2000–2100.
    """
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__body__authority", "case")
    item = rows.get(pk=item.pk)
    body = item.meeting.body
    frozen_before = FrozenWheel.objects.filter(attachment__item=item, year=year)
    documents = frozen_before.values("attachment__version__document")
    if held := item.attachments.filter(withdrawn_at=None, version__document__in=documents).first():
        return held
    wheel = wheel_of(body.authority, year, body=body, today=localdate())
    with override(LANGUAGE):
        title = gettext("Annual wheel {year}, {of}").format(year=year, of=body.name)
    taken = _printed(wheel, f"{title}.pdf")
    attachment = _laid_on_item(item, title, taken, actor)
    frozen = FrozenWheel.objects.create(authority=body.authority, body=body, year=year, attachment=attachment)
    record(actor, "attach_frozen_wheel", item, year=year, attachment=str(attachment.pk), frozen=str(frozen.pk))
    return attachment


def _printed(wheel: Wheel, name: str) -> TakenFile:
    content = wheel_pdf(wheel, made_at=now()).content
    return TakenFile(house().put(content), clean_name(name), len(content), PDF)


def _laid_on_item(item: AgendaItem, title: str, taken: TakenFile, actor: User) -> Attachment:
    version = add_document(item.meeting.body.authority, title=title, taken=taken, actor=actor)
    last = item.attachments.filter(withdrawn_at=None).aggregate(last=Max("position"))["last"] or 0
    return Attachment.objects.create(
        item=item, version=version, position=last + 1, title=title, access=item.access, ground=item.ground
    )
