"""An assessment, the word that none is relevant, and what a body asks for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from sagsgang.bodies.models import Authority
from sagsgang.cases.models import ItemKind
from sagsgang.core.forms import day_field, offer
from sagsgang.goals.actions import Assessment
from sagsgang.goals.models import Direction, GoalRequest, GoalTag, LocalGoal, Relevance
from sagsgang.goals.queries.choices import local_goals_on, target_words, un_groups
from sagsgang.goals.rules import MOST_REASON, parse_goal


def _reason(label: object, *, required: bool, help_text: object, missing: object = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "class": "form-wide", "maxlength": MOST_REASON})
    return forms.CharField(
        label=label, required=required, widget=area, help_text=help_text,  # type: ignore[arg-type]
        max_length=MOST_REASON, error_messages={"required": missing},  # type: ignore[dict-item]
    )  # fmt: skip


class AssessmentForm(forms.Form):
    """One goal of a matter. `chosen`: a goal or target that is laid in the list ("11"), as a suggestion."""

    goal = forms.ChoiceField(
        label=_("Goal or target"), error_messages={"required": _("Choose the goal.")}, widget=forms.Select
    )
    relevance = forms.ChoiceField(
        label=_("Relevance"), choices=Relevance.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say how relevant it is.")},
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=_("Direction"), choices=Direction.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say which way the matter moves the goal.")},
    )  # fmt: skip
    reason = _reason(_("Reason"), required=False, help_text=_("At most 300 signs. It is part of the matter's words."))

    def __init__(
        self, data: Mapping[str, Any] | None, authority: Authority, *, tag: GoalTag | None = None, chosen: str = ""
    ) -> None:
        super().__init__(data, initial=_written(tag) if tag else {"goal": chosen})
        self.local = {str(row.pk): row for row in local_goals_on(authority, localdate())}
        if tag is not None and tag.local_goal is not None:  # one that is valid no more stays where it was chosen
            self.local.setdefault(str(tag.local_goal_id), tag.local_goal)
        own = [(key, row.name) for key, row in self.local.items()]
        groups: list[Any] = [("", pgettext("goals", "Choose one"))]
        groups += [(pgettext("goals", "The authority's own goals"), own)] if own else []
        offer(self, "goal", groups + un_groups(target_words()))

    @property
    def facts(self) -> Assessment:
        """The assessment of a valid form."""
        found = dict(self.cleaned_data)
        token = found.pop("goal")
        local: LocalGoal | None = self.local.get(token)
        goal, target = (None, "") if local else parse_goal(token)
        return Assessment(goal=goal, target=target, local_goal=local, **found)


def _written(tag: GoalTag) -> dict[str, Any]:
    token = str(tag.local_goal_id) if tag.local_goal_id else tag.target or str(tag.goal)
    return {"goal": token, "relevance": tag.relevance, "direction": tag.direction, "reason": tag.reason}


class NotRelevantForm(forms.Form):
    """Why no goal is relevant."""

    reason = _reason(
        _("No goal is relevant, because"), required=True, help_text=_("At most 300 signs."),
        missing=_("Write why no goal is relevant."),
    )  # fmt: skip


class RequestForm(forms.Form):
    """Which assessments a body asks for."""

    kinds = forms.MultipleChoiceField(
        label=_("Asks for an assessment of"), choices=ItemKind.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("None: the body does not ask."),
    )  # fmt: skip
    only_grants = forms.BooleanField(label=_("Only where money is granted"), required=False)
    since = day_field(_("For meetings from"), error_messages={"required": _("Write from which day.")})

    def __init__(self, data: Mapping[str, Any] | None, row: GoalRequest | None) -> None:
        initial: dict[str, Any] = {"since": localdate()}
        if row is not None:
            initial = {"kinds": row.kinds, "only_grants": row.only_grants, "since": row.since}
        super().__init__(data, initial=initial)
