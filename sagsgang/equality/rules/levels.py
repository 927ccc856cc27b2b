"""The words for the three levels of leaders."""

import re

from django.utils.translation import gettext as _

NO_LEVEL = 0
"""Who leads nobody."""
_WORDS = {
    "topchef": 1, "topchefer": 1, "topledelse": 1, "topleder": 1, "topledere": 1, "direktion": 1, "direktionen": 1,
    "chef": 2, "chefer": 2, "leder": 3, "ledere": 3,
    "": NO_LEVEL, "medarbejder": NO_LEVEL, "ingen": NO_LEVEL, "ikkeleder": NO_LEVEL, "0": NO_LEVEL,
}  # fmt: skip


def level_of(words: str) -> int | None:
    """1, 2, 3 or `NO_LEVEL`, from "1", "Niveau 1", "N1", "niveau 1 (topchefer)", "topchefer"; None for anything else."""
    folded = words.casefold().strip()
    if found := re.match(
        r"^(?:ledelses|leder)?(?:niveau|n|lag|trin)?\s*\.?\s*([0-3])(?:[.,]0+)?(?!\d)(?:\W.*)?$", folded
    ):
        return int(found.group(1))
    return _WORDS.get("".join(filter(str.isalnum, folded)))


def level_name(level: int | None) -> str:
    """The level as it is written on pages and in sentences."""
    return {
        1: _("level 1 (top managers)"), 2: _("level 2 (managers)"), 3: _("level 3 (leaders)"),
    }.get(level or 0, _("all leaders"))  # fmt: skip
