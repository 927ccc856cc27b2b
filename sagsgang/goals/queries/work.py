"""Projects, partnerships and involvements of an authority, as their lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.gathering import Part, gathered
from sagsgang.goals.models import (
    AreaGoal,
    Direction,
    GoalTag,
    Involvement,
    Partnership,
    PolicyArea,
    PracticeExample,
    Project,
    ProjectNote,
    ProjectState,
    WorkLink,
)
from sagsgang.goals.permissions import LinkRows
from sagsgang.goals.rules.dashboard import pulls_both_ways


@dataclass(frozen=True, slots=True)
class ShownProject:
    """A project with its newest note, its areas, and the words of its goals."""

    row: Project
    note: ProjectNote | None
    areas: tuple[str, ...]
    tags: tuple[GoalTag, ...]

    @property
    def is_across(self) -> bool:
        """Does it lie across areas?"""
        return len(self.areas) > 1

    @property
    def state_words(self) -> str:
        """The state, "" while nobody has said."""
        return self.note.get_state_display() if self.note else ""

    @property
    def tone(self) -> str:
        """The colour of the state's badge."""
        tones = {ProjectState.RUNNING: "success", ProjectState.DELAYED: "warning", ProjectState.STOPPED: "error"}
        return tones.get(ProjectState(self.note.state), "info") if self.note else ""


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project with all its notes, the newest first, and the usual goals of each of its authority's areas."""

    one: ShownProject
    notes: tuple[ProjectNote, ...]
    usual: dict[str, list[int]]
    example: PracticeExample | None


def project_page(project: Project) -> ProjectPage:
    """What the page of a project shows of it; one query."""
    usual = AreaGoal.objects.filter(area__authority=project.authority_id, area__withdrawn_at=None)
    found = gathered(
        project,
        notes=Part(ProjectNote.objects.filter(project=project), ("author",)),
        areas=Part(PolicyArea.history.filter(projects=project)),
        tags=Part(GoalTag.objects.filter(project=project), ("local_goal", "author")),
        usual=Part(usual, ("area",)),
        examples=Part(PracticeExample.objects.filter(project=project), only=("id", "title")),
    )
    notes, areas = tuple(found["notes"]), tuple(area.name for area in found["areas"])
    by_area: dict[str, list[int]] = {}
    for row in found["usual"]:
        by_area.setdefault(row.area.name, []).append(row.goal)
    shown = ShownProject(project, next(iter(notes), None), areas, tuple(found["tags"]))
    return ProjectPage(shown, notes, by_area, next(iter(found["examples"]), None))


def projects_of(authority: Authority) -> list[ShownProject]:
    """All that stand, by name; four queries."""
    rows = list(Project.objects.filter(authority=authority).select_related("unit"))
    keys = [row.pk for row in rows]
    notes: dict[UUID, ProjectNote] = {}
    newest = (
        ProjectNote.objects.filter(project__in=keys).order_by("project_id", "-on", "-created_at").distinct("project_id")
    )
    for note in newest.select_related("author"):
        notes[note.project_id] = note
    areas: dict[UUID, list[str]] = {}
    held = PolicyArea.history.filter(projects__in=keys).values_list("projects", "name")
    for project, name in held:
        areas.setdefault(project, []).append(name)
    tags: dict[UUID | None, list[GoalTag]] = {}
    for tag in GoalTag.objects.filter(project__in=keys).select_related("local_goal"):
        tags.setdefault(tag.project_id, []).append(tag)
    return [
        ShownProject(row, notes.get(row.pk), tuple(areas.get(row.pk, ())), tuple(tags.get(row.pk, ()))) for row in rows
    ]


def links_of(user: User, **of: Any) -> list[WorkLink]:
    """What the row named by its column (`project`, `partnership`, `involvement`) belongs to, as far as she sees it."""
    return list(LinkRows().visible_to(user).filter(**of))


def linked_to(user: User, project: Project) -> list[WorkLink]:
    """The partnerships and involvements that belong to the project."""
    return list(LinkRows().visible_to(user).filter(to_project=project))


def with_project_count[M: (Partnership, Involvement)](rows: QuerySet[M]) -> QuerySet[M]:
    """The rows with `projects`, to how many projects each belongs."""
    standing = Q(links__withdrawn_at=None, links__to_project__withdrawn_at=None)
    return rows.annotate(projects=Count("links__to_project", filter=standing))


def conflicts(tags: Iterable[GoalTag]) -> bool:
    """Does the matter further one goal and counter another?"""
    goals: dict[str, set[object]] = {way: set() for way in Direction.values}
    for tag in tags:
        goals[tag.direction].add(tag.goal or tag.local_goal_id)
    return pulls_both_ways(goals[Direction.FURTHERS], goals[Direction.COUNTERS])
