"""What the staff site shows of a decision and of what hangs on it: points, dissent, halt, speakers, embargo. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from sagsgang.documents import richtext
from sagsgang.meetings.models import (
    AgendaItem,
    Decision,
    HaltPower,
    Meeting,
    Outcome,
    Parties,
    current_decisions,
)
from sagsgang.meetings.rendering.words import NO_HTML, day_words, safe_html
from sagsgang.meetings.rules.deciding import HALTABLE_BODIES, PROCEDURE, is_divided
from sagsgang.meetings.rules.returning import return_in


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """What became of one point of the recommendation; `outcome` in words, `key` as it is stored."""

    position: int
    marker: str
    outcome: str
    words: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """One body's decision in its newest version, with the versions before it."""

    heading: str
    html: SafeString
    outcome: str
    version: int
    recorded_by: str
    recorded_at: datetime
    dissent: SafeString = NO_HTML
    absent: tuple[str, ...] = ()
    is_own: bool = False
    older: tuple["ShownDecision", ...] = ()
    points: tuple[ShownPoint, ...] = ()
    all_agreed: bool = False

    @property
    def is_corrected(self) -> bool:
        return self.version > 1


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """This meeting's decision as the form edits it; `loses_form` = plain text cannot say all that stands there."""

    version: int = 0
    text: str = ""
    outcome: str = ""
    loses_form: bool = False
    points: tuple[ShownPoint, ...] = ()
    all_agreed: bool = False

    @property
    def words(self) -> str:
        """All that was written, the points too."""
        return "\n".join([self.text, *(point.words for point in self.points)])


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """Somebody's dissent, or halt (`about` is then the right), with its words."""

    person: str
    name: str
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownSpeaker:
    """Who presents the item; `minutes` is 0 but for a short talk."""

    pk: str
    name: str
    role: str
    minutes: int

    @property
    def line(self) -> str:
        """As the agenda names her: "Teknisk chef Bo Friis"."""
        return f"{self.role} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class ShownUrgent:
    """What the chair decided between meetings, of which this item tells the body."""

    decided_by: str
    on: str
    ground: str
    html: SafeString
    pk: str = ""

    @property
    def line(self) -> str:
        """One sentence: who, which day, what, and why it did not wait (R35)."""
        words = " ".join(richtext.to_plain(self.html).split())
        sentence = gettext("Decided by {name} on {day}, between the meetings: {words} Ground: {ground}")
        return sentence.format(name=self.decided_by, day=self.on, words=words, ground=" ".join(self.ground.split()))


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A follow-up that is reported back at this item: what it was, its owner by role, and what was done."""

    words: str
    owner: str
    said: str

    @property
    def line(self) -> str:
        """One sentence."""
        return report_line(self.words, self.owner, self.said)


def report_line(words: str, owner: str, said: str) -> str:
    """What was followed up, by whom, and what came of it, in one line."""
    asked, done = (" ".join(text.split()) for text in (words, said))
    if not done:
        return gettext("Followed up by {owner}: {words}").format(owner=owner, words=asked)
    sentence = gettext("Followed up by {owner}: {words} – {done}")
    return sentence.format(owner=owner, words=asked.removesuffix("."), done=done)


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What hangs on an item's decision, for its page."""

    speakers: tuple[ShownSpeaker, ...] = ()
    dissents: tuple[ShownStatement, ...] = ()
    halts: tuple[ShownStatement, ...] = ()
    returns: str = ""  # when the matter comes again; "" = it does not
    parties: str = ""
    is_embargoed: bool = False
    extract: str = ""
    withheld_reason: str = ""
    lacks_extract: bool = False
    urgent: ShownUrgent | None = None
    reports: tuple[ShownReport, ...] = ()  # what is reported back here; where it was fetched along
    is_final: bool = False
    may_be_halted: bool = False
    wants_return: bool = False  # postponed or returned, and no day is said


NO_DECISION, NO_FACTS = OwnDecision(), DecisionFacts()


def decision_facts(item: AgendaItem, meeting: Meeting, own: Decision | None, *, held_back: bool) -> DecisionFacts:
    """What hangs on the decision of an item of `meetings.queries.item_rows`; empty where it was fetched otherwise."""
    returns = _returns(item)
    halts = tuple(
        ShownStatement(row["person"], row["name"], str(HaltPower(row["power"]).label), row["order"])
        for row in fetched(item, "said_halts")
    )
    return DecisionFacts(
        speakers=() if held_back else speakers_of(item),
        dissents=tuple(
            ShownStatement(row["person"], row["name"], row["party"], row["words"])
            for row in fetched(item, "said_dissents")
        ),
        halts=halts,
        returns=returns,
        parties=_parties(item),
        is_embargoed=is_embargoed(item),
        extract=item.public_extract,
        withheld_reason=item.withheld_reason,
        lacks_extract=item.is_closed and own is not None and not (item.public_extract or item.withheld_reason),
        urgent=None if held_back else next((_urgent(row) for row in fetched(item, "said_urgent")), None),
        reports=() if held_back else tuple(_report(row) for row in fetched(item, "said_reports")),
        is_final=bool(getattr(item, "is_final", False)),
        may_be_halted=meeting.body.kind in HALTABLE_BODIES and own is not None and own.outcome not in PROCEDURE,
        wants_return=own is not None and own.outcome in PROCEDURE and not returns,
    )


def fetched(row: AgendaItem | Decision, name: str) -> list[dict[str, Any]]:
    """The small rows that came with this one in its query (`queries.deciding.said_of_items`)."""
    return list(row.__dict__.get(name) or ())


def speakers_of(item: AgendaItem) -> tuple[ShownSpeaker, ...]:
    """Who presents the item, in order."""
    return tuple(
        ShownSpeaker(row["pk"], row["name"], row["role"], row["minutes"] if row["is_talk"] else 0)
        for row in fetched(item, "said_speakers")
    )


def is_embargoed(item: AgendaItem) -> bool:
    """Are there parties who are not told yet (R19)? Then the decision stays in the house."""
    return item.parties == Parties.SOME and item.parties_told_at is None


def _parties(item: AgendaItem) -> str:
    if item.parties == Parties.NONE:
        return gettext("There are no parties to be told.")
    if item.parties_told_at is not None:
        return gettext("The parties were told on {day}.").format(day=day_words(item.parties_told_at.date()))
    return gettext("The parties are not told yet. The decision is held back until they are.") if item.parties else ""


def _urgent(row: dict[str, Any]) -> ShownUrgent:
    day = day_words(date.fromisoformat(row["on"]))
    return ShownUrgent(row["name"], day, row["ground"], safe_html(row["html"]), row["pk"])


def _report(row: dict[str, Any]) -> ShownReport:
    return ShownReport(row["words"], row["owner"], row["said"] or "")


def _returns(item: AgendaItem) -> str:
    step = return_in(item.case.path.all(), item.step) if item.step else None
    if step is None or step.agenda_items.all():
        return ""
    return day_words(step.planned_on) if step.planned_on else gettext("a later meeting")


def shown_decisions(
    item: AgendaItem, own: Decision | None, *, hidden: Collection[int] = ()
) -> tuple[ShownDecision, ...]:
    """Each body's decision in printed order, the newest version with the older ones behind it.

    `hidden`: the positions of those that this reader may not read, in no version.
    """
    rows = [row for row in item.decisions.all() if row.position not in hidden]
    is_halted = bool(fetched(item, "said_halts"))
    return tuple(
        _decision(
            newest,
            [row for row in rows if row.position == newest.position and row != newest],
            is_own=newest == own,
            is_halted=newest == own and is_halted,
        )
        for newest in current_decisions(rows)
    )


def _decision(
    row: Decision, older: Sequence[Decision] = (), *, is_own: bool = False, is_halted: bool = False
) -> ShownDecision:
    points = points_of(row)
    return ShownDecision(
        heading=_decision_heading(row),
        html=safe_html(row.html),
        outcome=outcome_words(row, points, is_halted=is_halted),
        version=row.version,
        recorded_by=str(row.recorded_by),
        recorded_at=row.recorded_at,
        dissent=safe_html(row.dissent),
        absent=tuple(row.absent),
        is_own=is_own,
        older=tuple(_decision(old) for old in sorted(older, key=lambda old: -old.version)),
        points=points,
        all_agreed=row.all_agreed,
    )


def outcome_words(row: Decision, points: Iterable[ShownPoint], *, is_halted: bool = False) -> str:
    """The decision's status in words, derived: halted, its outcome, or divided where the points differ; "" = the text."""
    if is_halted:
        return str(Outcome.HALTED.label)
    if row.outcome:
        return str(row.get_outcome_display())
    if is_divided(point.key for point in points):
        return pgettext("outcome", "divided, see the points")
    return ""


def points_of(row: Decision) -> tuple[ShownPoint, ...]:
    """What a decision says point by point; of rows that came with their points, else of the related rows."""
    if "said_points" in row.__dict__:
        return tuple(
            ShownPoint(p["position"], p["marker"], _label(p["outcome"]), p["words"], p["outcome"])
            for p in fetched(row, "said_points")
        )
    return tuple(ShownPoint(p.position, p.marker, _label(p.outcome), p.words, p.outcome) for p in row.points.all())


def _label(outcome: str) -> str:
    return str(Outcome(outcome).label) if outcome else ""


def agreed_words() -> str:
    """What the protocol says of a matter outside the agenda (R10)."""
    return gettext("All present agreed to decide the matter outside the agenda.")


def _decision_heading(row: Decision) -> str:
    day = day_words(row.decided_on) if row.decided_on else ""
    if row.stated_body and day:
        return gettext("Decision in {body} on {day}").format(body=row.stated_body, day=day)
    if row.stated_body:
        return gettext("Decision in {body}").format(body=row.stated_body)
    return gettext("Decision on {day}").format(day=day) if day else pgettext("heading", "Decision")


def own_words(row: Decision | None) -> OwnDecision:
    """This meeting's decision for its form."""
    if row is None:
        return NO_DECISION
    text = richtext.to_plain(row.html)
    loses_form = richtext.from_plain(text) != row.html
    return OwnDecision(
        row.version, text, row.outcome, loses_form=loses_form, points=points_of(row), all_agreed=row.all_agreed
    )
