"""What the fields of a case may hold. Pure."""

import re

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

# Subject, and where it is given the facet of the act: 00.22.00, 00.22.00-A00, 00.22.00 G01.
_KLE = re.compile(r"(\d{2}\.\d{2}\.\d{2})(?:[-\s]?([A-Za-zÆØÅæøå]\d{2}))?")
LONGEST_NUMBER = 60


def kle_number(typed: str) -> str:
    """The KLE number in its one form, ``00.22.00`` or ``00.22.00-A00``; "" stays "".

    The form is checked and not the table, which is licensed (R47). Raises `RuleBrokenError`.
    """
    words = typed.strip()
    if not words:
        return ""
    found = _KLE.fullmatch(words)
    if found is None:
        raise RuleBrokenError(_("Write a KLE number as 00.22.00, or with its facet as 00.22.00-A00."))
    return "-".join(part.upper() for part in found.groups() if part)


def external_numbers(typed: str) -> list[str]:
    """Case numbers of other systems, one a line or with commas between, each once. Raises `RuleBrokenError`."""
    numbers = list(
        dict.fromkeys(word for part in typed.split("\n") for word in map(str.strip, part.split(",")) if word)
    )
    for number in numbers:
        if len(number) > LONGEST_NUMBER:
            raise RuleBrokenError(
                _("“{number}…” is longer than a case number can be ({most} signs).").format(
                    number=number[:20], most=LONGEST_NUMBER
                )
            )
    return numbers


def require_ground(access: str, ground: str) -> None:
    """A closed case says why; an open one has nothing to say."""
    if access == "closed" and not ground:
        raise RuleBrokenError(_("Choose the ground on which the case is closed."))
