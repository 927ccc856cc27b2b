"""Say what a project, a partnership or an involvement belongs to."""

from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.goals.models import Involvement, Partnership, Project, WorkLink
from sagsgang.meetings.models import AgendaItem

_OF: dict[type[models.Model], str] = {Project: "project", Partnership: "partnership", Involvement: "involvement"}
_TO: dict[type[models.Model], str] = {Case: "case", AgendaItem: "item", Project: "to_project"}


@transaction.atomic
def link_work(work: Project | Partnership | Involvement, to: Case | AgendaItem | Project, *, actor: User) -> WorkLink:
    """It belongs to the case, to the decision on the item, or to the project. Raises `RuleBrokenError`.

    The caller has made sure that the actor sees the case, or reads the decision.
    """
    of_column, to_column = _OF[type(work)], _TO[type(to)]
    type(work)._base_manager.select_for_update(of=("self",)).get(pk=work.pk)
    if isinstance(work, Project) and isinstance(to, Project):
        raise RuleBrokenError(gettext("A project is not linked to a project."))
    if WorkLink.objects.filter(**{of_column: work, to_column: to}).exists():
        raise RuleBrokenError(gettext("That link is there already."))
    link = WorkLink.objects.create(**{of_column: work, to_column: to}, author=actor)
    record(actor, "link_work", work, link=str(link.pk))
    return link


@transaction.atomic
def unlink_work(link: WorkLink, *, actor: User) -> None:
    """It belongs there no more; the row stays."""
    WorkLink.objects.filter(pk=link.pk).update(withdrawn_at=now())
    work = link.project or link.partnership or link.involvement
    assert work is not None  # the database keeps one of them on every row
    record(actor, "unlink_work", work, link=str(link.pk))
