"""A house with a closed item, and readings of it, for the tests of the log. No surprises: every word stands here."""

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role
from sagsgang.core.models import record
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.factories import House, closed_item, item_of, meeting_with, open_item


def make_admin() -> User:
    """An administrator of the whole house."""
    admin = User.objects.create_user("administrator", first_name="Anne", last_name="Dal")
    Appointment.objects.create(user=admin, role=Role.ADMIN)
    return admin


def read_meeting(house: House) -> tuple[Meeting, AgendaItem]:
    """A meeting with an open and a closed item; the member has read the agenda, the item and its attachment."""
    meeting = meeting_with(house, open_item(), closed_item())
    item = item_of(meeting, "2")
    for row in (meeting, item, item.attachments.get()):
        record(house.member, "read_closed", row)
    return meeting, item
