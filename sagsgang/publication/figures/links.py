"""From rows of the house to the references by which figures speak of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model
from django.db.models.fields.json import KeyTransform

from sagsgang.core.models import subject_of
from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem
from sagsgang.publication.models import PublicIdentity, PublicItem, ReleaseState

_KINDS = {"agendaitem": "item", "case": "case", "meeting": "meeting", "body": "body"}


def references_of(rows: Iterable[Model]) -> dict[UUID, str]:
    """The reference of each item, case, meeting or body that has a public id, by its key; others have none. One query.

    Whether it is released now is not asked here: what is not leaves with no word of it (`disclosure.disclose_figures`).
    """
    by_source = {subject_of(row): row for row in rows}
    known = PublicIdentity.objects.filter(source__in=by_source).values_list("source", "public_id")
    found = ((by_source[source], public_id) for source, public_id in known)
    return {row.pk: f"{_KINDS[row._meta.model_name or '']}:{public_id}" for row, public_id in found}


def decided_in_public(items: Iterable[AgendaItem]) -> set[UUID]:
    """Of which of these items the public reads a decision now: released, open, and with it. Two queries."""
    by_public = {UUID(ref.partition(":")[2]): pk for pk, ref in references_of(items).items()}
    rows = PublicItem.objects.filter(pk__in=by_public, meeting__state=ReleaseState.CURRENT)
    rows = rows.exclude(access=Access.CLOSED).exclude(parent__access=Access.CLOSED)
    found = rows.annotate(told=KeyTransform("decisions", "content")).values_list("pk", "told")
    return {by_public[pk] for pk, told in found if told}
