"""What prints need: the files of a packet, what is new in a supplement, and whose packets are whose."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role, Seat
from sagsgang.core.models import AuditEntry
from sagsgang.documents import storage
from sagsgang.documents.kinds import CSV, GIF, JPEG, PDF, PNG, TIFF, TXT
from sagsgang.documents.models import Scan
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Attachment, Decision, Meeting
from sagsgang.meetings.permissions import may_keep_minutes
from sagsgang.protocols.models import Packet
from sagsgang.protocols.permissions import may_read_protocol

PRINTED = frozenset({TXT, CSV, PNG, JPEG, TIFF, GIF})  # what is no PDF, and becomes pages in the packet
GIVEN_UP = timedelta(minutes=15)  # a packet that is not ready by then is ordered anew


class Problem(StrEnum):
    """Why a file is not in a packet."""

    MISSING = "missing"
    INFECTED = "infected"
    WAITING = "waiting"
    NO_PDF = "no_pdf"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class PacketFile:
    """Where an attachment's PDF lies, or a text or picture that is printed; or what is wrong with it."""

    path: str
    problem: Problem | None = None
    media_type: str = PDF


def packet_files(meeting: Meeting, attachments: Collection[UUID]) -> dict[UUID, PacketFile]:
    """The files of these attachments of the meeting, by the attachment's id. One query."""
    rows = Attachment.objects.filter(item__meeting=meeting, pk__in=attachments).select_related("version__examination")
    return {row.pk: _file(row) for row in rows}


def _file(row: Attachment) -> PacketFile:
    version = row.version
    if version is None:
        return PacketFile("", Problem.MISSING)
    examination = getattr(version, "examination", None)
    if examination is not None and examination.scan == Scan.INFECTED:
        return PacketFile("", Problem.INFECTED)
    media_type = version.media_type if version.media_type in PRINTED else PDF
    if version.media_type == PDF or version.media_type in PRINTED:
        sha256 = version.sha256
    else:
        if examination is None or examination.finished_at is None:
            return PacketFile("", Problem.WAITING)
        sha256 = examination.pdf_sha256
    if not sha256:
        return PacketFile("", Problem.NO_PDF)
    path = storage.house().path(sha256)
    return PacketFile(str(path), media_type=media_type) if path.is_file() else PacketFile("", Problem.MISSING)


def new_in(version: AgendaVersion) -> frozenset[UUID]:
    """The top items that this version brought, or brought in new words; two queries at most."""
    before = (
        AgendaVersion.objects.filter(meeting=version.meeting_id, number__lt=version.number).order_by("-number").first()
    )
    known = {line["item"]: _content(line) for line in before.lines} if before else {}
    changed = [line for line in version.lines if known.get(line["item"]) != _content(line)]
    return frozenset(UUID(line["parent"] or line["item"]) for line in changed)


def _content(line: dict[str, object]) -> tuple[object, ...]:
    return tuple(str(line.get(name)) for name in ("title", "access", "presentation", "attachments", "late_reason"))


def rights_digest(*, closed_too: bool, shut_out: Collection[UUID], unsent_too: bool, granted: Collection[UUID]) -> str:
    """What a reader may read at a meeting, as a hash: a packet is handed out only while it is the same."""
    values = [closed_too, sorted(map(str, shut_out)), unsent_too, sorted(map(str, granted))]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def newest_packet(meeting: Meeting, user: User) -> Packet | None:
    """Her latest packet of the meeting, ready or not."""
    return Packet.objects.filter(meeting=meeting, ordered_by=user).order_by("-created_at").first()


def sendings_of(meeting: Meeting) -> list[AgendaVersion]:
    """The agenda as it went out, by itself, with a supplement, or renewed, in that order; one query."""
    return list(AgendaVersion.objects.filter(meeting=meeting).defer("lines").order_by("number"))


def newest_sending(meeting: Meeting) -> datetime | None:
    """When the agenda last went out. One query."""
    sent = AgendaVersion.objects.filter(meeting=meeting).order_by("-sent_at")
    return sent.values_list("sent_at", flat=True).first()


def is_outdated(packet: Packet, sent_at: datetime | None) -> bool:
    """Has the agenda gone out anew (`newest_sending`) since the packet was ordered? Then it is another agenda's."""
    return packet.is_ready and sent_at is not None and sent_at > packet.created_at


def still_waits(packet: Packet | None) -> bool:
    """Is it being made? One that is not ready after `GIVEN_UP` has lost its job, and can be ordered anew."""
    return packet is not None and packet.finished_at is None and packet.created_at > now() - GIVEN_UP


def waiting_packet(meeting: Meeting, user: User) -> Packet | None:
    """Her packet that is being made, if one is."""
    begun = Packet.objects.filter(meeting=meeting, ordered_by=user, finished_at=None)
    return begun.filter(created_at__gt=now() - GIVEN_UP).order_by("-created_at").first()


def packet_path(packet: Packet) -> Path:
    """Where the bytes of a packet lie, or would lie; beside the printed parts, and forgotten as they are."""
    return Path(settings.HOUSE_FILES) / "prints" / "packets" / f"{packet.pk}.pdf"


def word_path(packet: Packet) -> Path:
    """The same of its agenda as a Word file; a packet that was made before there was one has none."""
    return packet_path(packet).with_suffix(".docx")


def packets_for_others(meeting: Meeting, user: User) -> list[Packet]:
    """The packets that the secretary ordered for members, the newest of each; by name. One query."""
    rows = Packet.objects.filter(meeting=meeting).exclude(ordered_by=user).filter(_ordered_for_her())
    newest = rows.select_related("ordered_by").order_by("ordered_by", "-created_at").distinct("ordered_by")
    return sorted(newest, key=lambda packet: str(packet.ordered_by))


def packet_members(meeting: Meeting, user: User) -> list[User]:
    """The members with a seat on the day who log in and have a role in the body: whose packet the secretary may order.

    One query.
    """
    seats = Seat.objects.on(meeting.held_on).filter(body=meeting.body_id, person__user__isnull=False)
    roles = Appointment.objects.filter(body=meeting.body_id)
    users = User.objects.filter(pk__in=seats.values("person__user"), is_active=True).exclude(pk=user.pk)
    return list(users.filter(pk__in=roles.values("user")).order_by("first_name", "last_name", "username"))


def _ordered_for_her() -> Exists:
    """Was it ordered by the secretary? The log of the packet says so, and is the only trace of it."""
    name = Concat(Value(f"{Packet._meta.label}:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    return Exists(AuditEntry.objects.filter(verb="order_packet_for", subject=name))


class PacketRows:
    """A user's own packets of the meetings that she sees; and a secretary's, those that were ordered for members."""

    def visible_to(self, user: User, /) -> QuerySet[Packet]:
        """Packets with their meeting."""
        kept = Appointment.objects.filter(user=user, role=Role.SECRETARY).values("body")
        hers = Q(ordered_by=user) | (Q(meeting__body__in=kept) & Q(_ordered_for_her()))
        rows = Packet.objects.filter(hers, meeting__in=Meeting.objects.visible_to(user))
        return rows.select_related("meeting__body__authority", "ordered_by")


class SupplementRows:
    """The supplementary agendas that have gone out, of the meetings that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaVersion]:
        """Versions with their meeting."""
        rows = AgendaVersion.objects.filter(meeting__in=Meeting.objects.visible_to(user), number__gt=1)
        return rows.select_related("meeting__body__authority")


class ExtractRows:
    """The items and sub-items of which an extract of the protocol can be made."""

    def visible_to(self, user: User, /) -> QuerySet[AgendaItem]:
        """Items that stand, with their meeting."""
        above_stands = Q(parent=None) | Q(parent__withdrawn_at=None)
        rows = AgendaItem.objects.visible_to(user).filter(above_stands, withdrawn_at=None)
        return rows.select_related("meeting__body__authority", "parent")


def extract_items(meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting, each followed by those of its sub-items that have a decision of their own; one query.

    A party gets the decision on her own case, and not the others that stand beside it.
    """
    own = Q(body=meeting.body_id) | Q(body=None)
    decided = Decision.objects.filter(own, Q(decided_on=meeting.held_on) | Q(decided_on=None), item=OuterRef("pk"))
    rows = AgendaItem.objects.filter(Q(parent=None) | Exists(decided), meeting=meeting, withdrawn_at=None)
    under: dict[UUID | None, list[AgendaItem]] = {}
    for row in rows.select_related("parent").order_by("position"):
        under.setdefault(row.parent_id, []).append(row)
    return [one for row in under.get(None, ()) for one in (row, *under.get(row.pk, ()))]


def number_of(item: AgendaItem) -> str:
    """The number under which an extract names it: "5", and "5.2" of a sub-item, which comes with the item above."""
    above = item.parent.number if item.parent else ""
    if not above or item.number.startswith(f"{above}."):
        return item.number
    return f"{above}.{item.number}".rstrip(".")


def may_extract(user: User, item: AgendaItem) -> bool:
    """May she have an extract of the protocol? Who may read the protocol; of a closed item who is shown it there."""
    return may_read_protocol(user, item.meeting)


def may_have_packet(user: User, meeting: Meeting) -> bool:
    """May she have a packet? Who sees the meeting; what is in it follows what she may read."""
    return True


def may_open_packet(user: User, packet: Packet) -> bool:
    """Whose it is, and the secretary who ordered it for her; `PacketRows` shows nobody another."""
    return packet.ordered_by_id == user.pk or may_keep_minutes(user, packet.meeting)


def may_order_for(user: User, meeting: Meeting) -> bool:
    """May she order a packet for a member? The body's secretary; it holds what the member may read, and no more."""
    return may_keep_minutes(user, meeting)


def may_print_agenda(user: User, meeting: Meeting) -> bool:
    """Who sees the meeting; what is printed follows what she may read."""
    return True


def may_print_supplement(user: User, version: AgendaVersion) -> bool:
    """Who sees the meeting; what is printed follows what she may read."""
    return True
