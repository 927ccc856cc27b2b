"""Which goals the released items touch, as the current releases of goals tell it: written with them, and gone with them."""

from collections.abc import Collection
from uuid import UUID

from sagsgang.documents.access import Access
from sagsgang.publication.figures.tree import FiguresDocument, FiguresReport, item_ref
from sagsgang.publication.models import FiguresKind, ItemGoal, PublicFigures, PublicItem, PublicMeeting, ReleaseState


def put_item_goals(release: PublicFigures, report: FiguresReport, only: Collection[str] | None = None) -> None:
    """The goals that the release tells of items which are out now and open; `only` of these references."""
    told = [one for one in report.goals if only is None or one.link in only]
    if not told:
        return
    ids = {UUID(one.link.partition(":")[2]) for one in told}
    items = PublicItem.objects.exclude(access=Access.CLOSED).filter(pk__in=ids, meeting__state=ReleaseState.CURRENT)
    known = {item_ref(pk): pk for pk in items.values_list("pk", flat=True)}
    ItemGoal.objects.bulk_create(
        [
            ItemGoal(
                authority=release.authority, release=release, item_id=known[one.link], goal=one.goal, title=one.title,
                target=one.target, relevance=one.relevance, direction=one.direction,
            )
            for one in told
            if one.link in known
        ],
        batch_size=500,
    )  # fmt: skip


def renew_item_goals(meeting: PublicMeeting) -> None:
    """After the meeting's items were put in the place of those before: what the releases of goals tell of them."""
    told = PublicFigures.objects.filter(
        authority=meeting.authority, kind=FiguresKind.GOALS, state=ReleaseState.CURRENT
    ).exclude(links=[])
    if not told.exists():
        return
    references = {item_ref(pk) for pk in PublicItem.objects.filter(meeting=meeting).values_list("pk", flat=True)}
    for release in told.filter(links__has_any_keys=sorted(references)):
        put_item_goals(release, FiguresDocument.from_text(release.document or "").report, references)


def drop_item_goals(release: PublicFigures) -> None:
    """The release has ended, and what it told goes with it."""
    ItemGoal.objects.filter(release=release).delete()
