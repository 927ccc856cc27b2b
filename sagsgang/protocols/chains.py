"""The chain of a body's protocols, and the keeping of its head outside the database."""

from functools import partial
from uuid import UUID

from django.db import transaction

from sagsgang.bodies.models import Body
from sagsgang.core.chains import ChainTable, keep_head, moment_sql

PROTOCOLS = ChainTable(
    kind="protocol",
    source="protocols_protocolentry AS link",
    chain="link.body_id",
    number="link.number",
    at="link.at",
    seal="link.sha256",
    sealed=(
        *("link.number", "link.id", "link.body_id", "link.meeting_id", "link.kind", "link.person_id"),
        *("link.document", "link.entered_by_id", moment_sql("link.at")),
    ),
    previous="link.previous",
    named="link.sha256",
)


def keep_head_of(body_id: UUID) -> None:
    """After the act under way is committed, keep the head of the body's chain outside the database.

    To be called by the act that makes a protocol final. What goes wrong with the file is logged, never raised.
    """
    transaction.on_commit(partial(keep_head, PROTOCOLS, str(body_id)), robust=True)


def names_of_bodies() -> dict[str, str]:
    """The name of each body, by the name of its chain: also of one whose entries are gone."""
    return {str(pk): name for pk, name in Body.objects.values_list("pk", "name")}
