"""Kinds of items, sections and recommendation verbs: the vocabulary that templates and texts share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemKind(models.TextChoices):
    """What the body is asked for; the letters that municipalities print."""

    DECISION = "B", pgettext_lazy("item kind", "decision")
    DISCUSSION = "D", pgettext_lazy("item kind", "discussion")
    ORIENTATION = "O", pgettext_lazy("item kind", "orientation")


class SectionKind(models.TextChoices):
    """The canonical sections; municipalities print them under headings of their own."""

    SUMMARY = "summary", _("summary")
    BACKGROUND = "background", _("background")
    PRESENTATION = "presentation", _("presentation")
    CONSEQUENCES = "consequences", _("consequences")
    ECONOMY = "economy", _("economy")
    LAW = "law", _("law")
    HEARING = "hearing", _("hearing")
    GOALS = "goals", _("sustainable development goals")
    HISTORY = "history", _("history")
    RECOMMENDATION = "recommendation", _("recommendation")
    OTHER = "other", _("other")


class Verb(models.TextChoices):
    """What a point of a recommendation asks the body to do; printed in the point's own words."""

    APPROVE = "approve", pgettext_lazy("verb", "approve")
    ADOPT = "adopt", pgettext_lazy("verb", "adopt")
    DECIDE = "decide", pgettext_lazy("verb", "decide")
    GRANT = "grant", pgettext_lazy("verb", "grant an appropriation")
    RECOMMEND = "recommend", pgettext_lazy("verb", "recommend")
    FORWARD = "forward", pgettext_lazy("verb", "forward")
    DISCUSS = "discuss", pgettext_lazy("verb", "discuss")
    NOTE = "note", pgettext_lazy("verb", "take note")
    REJECT = "reject", pgettext_lazy("verb", "reject")
