"""What is done about goals: projects with their status, partnerships, citizens' involvement, and what they belong to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit, in_order
from sagsgang.cases.models import Case
from sagsgang.core.models import Row, StandingManager
from sagsgang.core.sorting import DanishKey
from sagsgang.goals.models.local import PolicyArea
from sagsgang.meetings.models import AgendaItem


class Project(Row):
    """A development project of the authority. How it goes is its newest `ProjectNote`.

    `is_public`: somebody has said that its name and state may go out with released figures, whatever it is linked to.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="projects")
    owner_role = models.CharField(_("owner, by role"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    expected_effect = models.TextField(_("expected long-term effect"), blank=True)
    areas = models.ManyToManyField(PolicyArea, blank=True, related_name="projects")
    is_public = models.BooleanField(_("may be told to the public"), default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Project"]()
    history = models.Manager["Project"]()

    class Meta:
        verbose_name = _("project")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"], condition=Q(withdrawn_at=None), name="project_one_name_an_authority"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="project_has_a_name"),
            in_order("starts_on", "ends_on", "project_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectState(models.TextChoices):
    """How far a project is carried out."""

    PLANNED = "planned", pgettext_lazy("state of a project", "planned")
    RUNNING = "running", pgettext_lazy("state of a project", "on track")
    DELAYED = "delayed", pgettext_lazy("state of a project", "delayed")
    DONE = "done", pgettext_lazy("state of a project", "carried out")
    STOPPED = "stopped", pgettext_lazy("state of a project", "stopped")


class ProjectNote(Row):
    """The state of a project on a day, with a word about it. The newest day counts; of two on a day the later written."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="notes")
    on = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=7, choices=ProjectState)
    words = models.TextField(_("what is to say"), blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["ProjectNote"]()
    history = models.Manager["ProjectNote"]()

    class Meta:
        verbose_name = _("state of a project")
        ordering = ["-on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.on:%d-%m-%Y} {self.get_state_display()}"


class Partnership(Row):
    """An agreement with partners outside the authority, for a period."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="partnerships")
    name = models.CharField(_("name"), max_length=200)
    partners = ArrayField(models.CharField(max_length=200), verbose_name=_("partners"), default=list)
    agreement = models.TextField(_("what is agreed"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Partnership"]()
    history = models.Manager["Partnership"]()

    class Meta:
        verbose_name = _("partnership")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"], condition=Q(withdrawn_at=None), name="partnership_one_name_an_authority"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="partnership_has_a_name"),
            in_order("starts_on", "ends_on", "partnership_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class InvolvementForm(models.TextChoices):
    """How citizens and associations take part."""

    MEETING = "meeting", pgettext_lazy("form of involvement", "citizens' meeting")
    WORKSHOP = "workshop", pgettext_lazy("form of involvement", "workshop")
    PANEL = "panel", pgettext_lazy("form of involvement", "citizens' panel")
    SURVEY = "survey", pgettext_lazy("form of involvement", "survey")
    HEARING = "hearing", pgettext_lazy("form of involvement", "public hearing")
    CO_CREATION = "cocreation", pgettext_lazy("form of involvement", "co-creation")
    OTHER = "other", pgettext_lazy("form of involvement", "other")


class Involvement(Row):
    """Citizens or civil society took part: in which form, when, how many, and what came of it."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="involvements")
    name = models.CharField(_("name"), max_length=200)
    form = models.CharField(_("form"), max_length=10, choices=InvolvementForm)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["Involvement"]()
    history = models.Manager["Involvement"]()

    class Meta:
        verbose_name = _("citizens' involvement")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"], condition=Q(withdrawn_at=None), name="involvement_one_name_an_authority"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="involvement_has_a_name"),
            in_order("starts_on", "ends_on", "involvement_period_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


def exactly_one(*names: str) -> Q:
    """One of the columns is set and the others are not."""
    whole = Q()
    for chosen in names:
        whole |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return whole


class WorkLink(Row):
    """A project, partnership or involvement (one of them) belongs to a case, to the decision on an `item`, or, a
    partnership or involvement, to a project (`to_project`).
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="links")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="links")
    involvement = models.ForeignKey(Involvement, on_delete=models.PROTECT, null=True, blank=True, related_name="links")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="work_links")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="work_links")
    to_project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="linked_by")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["WorkLink"]()
    history = models.Manager["WorkLink"]()

    class Meta:
        verbose_name = _("what a project belongs to")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("project", "partnership", "involvement"), name="work_link_from_one"
            ),
            models.CheckConstraint(condition=exactly_one("case", "item", "to_project"), name="work_link_to_one"),
            models.CheckConstraint(
                condition=Q(project=None) | Q(to_project=None), name="work_link_no_project_to_a_project"
            ),
            models.UniqueConstraint(
                fields=["project", "partnership", "involvement", "case", "item", "to_project"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="work_link_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
