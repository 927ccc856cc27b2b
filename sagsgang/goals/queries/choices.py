"""What can be chosen where a matter is assessed: the goals with their targets, and the local goals of the day."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from sagsgang.bodies.models import Authority
from sagsgang.goals.catalogue import un_goals
from sagsgang.goals.models import LocalGoal, TargetText

type Group = tuple[str, list[tuple[str, str]]]
_LONGEST = 90


def local_goals_on(authority: Authority, day: date) -> QuerySet[LocalGoal]:
    """The local goals that are valid on the day."""
    return LocalGoal.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), authority=authority, valid_from__lte=day)


def target_words() -> dict[str, str]:
    """The words of the targets that the house has read in, in the language of the page where it has them; one query."""
    is_english = (get_language() or "da").startswith("en")
    rows = TargetText.objects.values_list("number", "danish", "english")
    return {number: (english or danish) if is_english else (danish or english) for number, danish, english in rows}


def un_groups(words: dict[str, str]) -> list[Group]:
    """The seventeen as groups of a list: the goal as a whole, and its targets with their words where they are known."""
    groups: list[Group] = []
    for goal in un_goals():
        whole = (str(goal.number), gettext("Goal {number} as a whole").format(number=goal.number))
        targets = [(target, f"{target} {_short(words.get(target, ''))}".strip()) for target in goal.targets]
        groups.append((str(goal), [whole, *targets]))
    return groups


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
