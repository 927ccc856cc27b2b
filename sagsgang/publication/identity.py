"""Random public ids and salts, made at the release. Never an internal key, never ordered by time."""

import secrets
import uuid
from collections.abc import Iterable

from django.db.models import Model

from sagsgang.core.models import subject_of
from sagsgang.publication.models import PublicIdentity


def new_public_id() -> uuid.UUID:
    """A random id (version 4)."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


def new_salt() -> str:
    """What makes the hash of a short document tell nothing about its words."""
    return secrets.token_hex(16)


def public_ids(rows: Iterable[Model]) -> dict[uuid.UUID, str]:
    """The public id of each row by its key: the one it has had, or a new one. Writes the new ones."""
    keys = {subject_of(row): row.pk for row in rows}
    known = dict(PublicIdentity.objects.filter(source__in=keys).values_list("source", "public_id"))
    new = [PublicIdentity(source=key, public_id=new_public_id()) for key in keys if key not in known]
    PublicIdentity.objects.bulk_create(new)
    known |= {identity.source: identity.public_id for identity in new}
    return {pk: str(known[key]) for key, pk in keys.items()}


def known_public_id(source: str) -> uuid.UUID | None:
    """The public id of what is no row but has a name of its own, if it has had one."""
    return PublicIdentity.objects.filter(source=source).values_list("public_id", flat=True).first()


def named_public_id(source: str) -> uuid.UUID:
    """The public id of a name: the one it has had, or a new one, which it writes."""
    return PublicIdentity.objects.get_or_create(source=source, defaults={"public_id": new_public_id()})[0].public_id
