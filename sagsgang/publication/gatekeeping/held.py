"""Files that would leave although somebody has found an error in them: their hold stands at the case."""

from sagsgang.cases.models import CaseHold
from sagsgang.gate.pieces import Where
from sagsgang.meetings.models import Meeting
from sagsgang.publication.document import MeetingDocument
from sagsgang.publication.gatekeeping.looking import copies_of
from sagsgang.publication.gatekeeping.things import Spot, Thing, digest_of
from sagsgang.publication.rules.examining import HELD


def things_held(meeting: Meeting, document: MeetingDocument) -> list[Thing]:
    """A finding for each hold that stands on a file of `copies_of`, at its attachment; of `meeting_rows`, one query.

    It belongs to the attachment and to no copy, so that it is looked for anew whenever the words are. What the hold says
    is not told: the item and the case tell it to who may read it there.
    """
    rows = [copy.attachment for copy in copies_of(meeting, document)]
    files = {row.version.document_id for row in rows if row.version}
    holds = CaseHold.objects.filter(lifting="", attachment__file__in=files).order_by("created_at")
    standing = list(holds.values_list("pk", "attachment__file"))
    return [
        Thing(Spot(row.item_id, row.pk), HELD, str(Where.TEXT), None, None, "", digest_of(HELD, str(hold)))
        for row in rows
        for hold, file in standing
        if row.version and row.version.document_id == file
    ]
