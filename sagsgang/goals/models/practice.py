"""Good practice (god praksis): a case or a project from which others can learn."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.cases.models import Case
from sagsgang.core.models import Row, StandingManager
from sagsgang.goals.models.local import GOAL_RANGE, PolicyArea
from sagsgang.goals.models.work import Project, exactly_one


class PracticeExample(Row):
    """A case or a project, one of them, is an example; `author` marked it when the row was made.

    `goals` are numbers of global goals. Who may not read the case is not told that there is an example of it.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="practice_examples")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="practice_examples")
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="practice_examples"
    )
    title = models.CharField(_("title"), max_length=200)
    why = models.TextField(_("why it is an example"))
    learning = models.TextField(_("what others can learn"))
    areas = models.ManyToManyField(PolicyArea, blank=True, related_name="practice_examples")
    goals = ArrayField(models.PositiveSmallIntegerField(validators=GOAL_RANGE), default=list, blank=True)
    contact_role = models.CharField(_("contact, by role"), max_length=200)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["PracticeExample"]()
    history = models.Manager["PracticeExample"]()

    class Meta:
        verbose_name = _("example of good practice")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=exactly_one("case", "project"), name="practice_example_of_one"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(why="") & ~Q(learning="") & ~Q(contact_role=""),
                name="practice_example_says_why",
            ),
            models.UniqueConstraint(
                fields=["case", "project"],
                nulls_distinct=False,
                condition=Q(withdrawn_at=None),
                name="practice_example_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
