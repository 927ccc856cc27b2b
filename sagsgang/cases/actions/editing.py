"""Save the words of a draft: sections with their points, and the economy block. Two at once lose nothing."""

from collections.abc import Sequence
from itertools import zip_longest

from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.cases.models import AppropriationLine, Case, Presentation, RecommendationPoint, Section, SectionRevision
from sagsgang.cases.queries.editor import base_of, lines_of, points_of, turn_of
from sagsgang.cases.rendering.editor import blocks_of
from sagsgang.cases.rules import editing as rules
from sagsgang.cases.rules.economy import Line, imprint
from sagsgang.cases.rules.editing import PointWords, StaleTextError
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.documents import richtext


def lock_draft(presentation: Presentation, *, actor: User) -> Case:
    """Lock the case, and refuse unless its draft may be changed by `actor` now. Call it inside a transaction."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("unit__parent__parent__parent")
        .get(pk=presentation.case_id)
    )
    presentation.refresh_from_db(fields=["frozen_at", "frozen_by", "revision"])
    presentation.case = case
    rules.require_draft(is_draft=presentation.is_draft)
    turn = turn_of(presentation, actor)
    rules.require_editable(turn.state, is_current_approver=turn.is_current_approver)
    return case


def save_section(section: Section, *, html: str, points: Sequence[PointWords] = (), seen: int, actor: User) -> Section:
    """Save a section's words: sanitised HTML, and for a recommendation its points.

    `seen` is the revision that the writer had before her. If another has saved since: what touches different
    paragraphs is laid together and saved; else nothing is overwritten, the refused words are kept as a revision that
    is `set_aside`, and a `StaleTextError` says who wrote when. Words that stand already change nothing.
    """
    words = richtext.clean(html), tuple(_clean_points(points))
    # What is set aside must stay although the save is refused: the error leaves after the transaction.
    with transaction.atomic():
        case = lock_draft(section.presentation, actor=actor)
        row = Section.history.select_related("presentation").get(pk=section.pk)
        refusal = None if words == (row.html, points_of(row)) else _refusal(row, seen)
        if refusal is not None and (joined := _joined(row, words, seen)) is not None:
            words, refusal = joined, None
        if refusal is None:
            _write(row, *words, case=case, actor=actor)
        else:
            _set_aside(row, *words, case=case, actor=actor)
    if refusal is not None:
        raise refusal
    return row


type _Words = tuple[str, tuple[PointWords, ...]]


def _clean_points(points: Sequence[PointWords]) -> list[PointWords]:
    tidy = (PointWords(point.verb, " ".join(point.text.split())) for point in points)
    return [point for point in tidy if point.text]


def _refusal(section: Section, seen: int) -> StaleTextError | None:
    if section.withdrawn_at is not None:
        sentence = _("The section has been taken out in the meantime. Your words are kept beside it.")
        return StaleTextError(sentence, revision=section.revision)
    if seen == section.revision:
        return None
    last = section.revisions.filter(set_aside=False).select_related("author").order_by("number").last()
    if last is None:
        sentence = _(
            "The section has been changed since you opened it. Nothing is overwritten, and your words are kept."
        )
        return StaleTextError(sentence, revision=section.revision)
    sentence = _(
        "{name} saved this section {when}, after you had opened it. Nothing is overwritten, and your words are kept."
    ).format(name=last.author, when=date_format(localtime(last.at), "j. F H.i"))
    return StaleTextError(sentence, revision=section.revision)


def _joined(section: Section, words: _Words, seen: int) -> _Words | None:
    """Mine and theirs laid together, where they touched different paragraphs."""
    base = base_of(section, seen) if section.withdrawn_at is None else None
    if base is None:
        return None
    theirs = section.html, points_of(section)
    points = theirs[1] if words[1] == base[1] else words[1]
    if points != theirs[1] and theirs[1] != base[1]:
        return None
    blocks = rules.merged(blocks_of(base[0]), blocks_of(words[0]), blocks_of(theirs[0]))
    return None if blocks is None else (richtext.clean("".join(blocks)), points)


def _write(section: Section, html: str, points: tuple[PointWords, ...], *, case: Case, actor: User) -> None:
    if (section.html, points_of(section)) == (html, points):
        return
    _write_points(section, points)
    section.html = html
    section.revision += 1
    section.save(update_fields=["html", "revision", "modified_at"])
    _keep(section, section.revision, html, points, set_aside=False, actor=actor)
    record(actor, "save_section", case, section=str(section.pk), revision=section.revision)


def _write_points(section: Section, points: tuple[PointWords, ...]) -> None:
    """The points in their order; a printed marker stays at its place."""
    rows = list(section.points.all())
    for place, (row, words) in enumerate(zip_longest(rows, points), start=1):
        if words is None:
            row.delete()
        elif row is None:
            RecommendationPoint.objects.create(section=section, position=place, verb=words.verb, text=words.text)
        elif (row.verb, row.text) != (words.verb, words.text):
            row.verb, row.text = words.verb, words.text
            row.save(update_fields=["verb", "text", "modified_at"])


def _set_aside(section: Section, html: str, points: tuple[PointWords, ...], *, case: Case, actor: User) -> None:
    last = section.revisions.filter(set_aside=True, author=actor).order_by("at").last()
    if last is not None and (last.html, last.points) == (html, _plain(points)):
        return
    _keep(section, section.revision, html, points, set_aside=True, actor=actor)
    record(actor, "set_aside_words", case, section=str(section.pk), revision=section.revision)


def _keep(
    section: Section, number: int, html: str, points: tuple[PointWords, ...], *, set_aside: bool, actor: User
) -> None:
    SectionRevision.objects.create(
        section=section, number=number, html=html, points=_plain(points), set_aside=set_aside, author=actor
    )


def _plain(points: tuple[PointWords, ...]) -> list[dict[str, str]]:
    return [{"verb": point.verb, "text": point.text} for point in points]


@transaction.atomic
def save_economy(draft: Presentation, *, lines: Sequence[Line], seen: str, actor: User) -> None:
    """Make the economy block these lines. It may be saved while it does not balance; approval asks for that.

    `seen` is the imprint (`rules.economy.imprint`) of the lines that the writer had before her; a `RuleBrokenError`
    says that another has changed them since. The same lines change nothing.
    """
    case = lock_draft(draft, actor=actor)
    rows = list(AppropriationLine.objects.filter(presentation=draft))
    standing = lines_of(Presentation.objects.prefetch_related("appropriations").get(pk=draft.pk))
    if seen != imprint(standing):
        raise RuleBrokenError(
            _("Somebody else has changed the economy in the meantime. Yours stands below; compare, then save again.")
        )
    wanted = sorted(lines, key=lambda line: line.side != "grant")
    if wanted == standing:
        return
    AppropriationLine.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for position, line in enumerate(wanted, start=1):
        AppropriationLine.objects.create(
            presentation=draft, position=position, side=line.side, kind=line.kind,
            account=line.account, year=line.year, amount=line.amount,
        )  # fmt: skip
    bump(draft)
    record(actor, "save_economy", case, presentation=str(draft.pk), lines=len(wanted))


def bump(draft: Presentation) -> None:
    """Count a change of the draft outside its sections' words."""
    Presentation.objects.filter(pk=draft.pk).update(revision=F("revision") + 1, modified_at=now())
