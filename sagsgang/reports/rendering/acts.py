"""The acts of the audit log in words. Those on a case stand in `cases.rendering.history`; the others stand here."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sagsgang.bodies.models import Role
from sagsgang.cases.models import ItemKind
from sagsgang.cases.rendering import history
from sagsgang.core.models import AuditEntry, Plain
from sagsgang.meetings.models import Outcome
from sagsgang.publication.models import ReleaseKind
from sagsgang.reports.rendering.verbs import verbs


def verb_choices() -> list[tuple[str, str]]:
    """The acts for a list to choose from, in the order of their words."""
    return sorted(((verb, words.capitalize()) for verb, words in verbs().items()), key=lambda pair: pair[1])


def parts_words(entry: AuditEntry) -> str:
    """What the entry says beside act and subject, in words: parts and numbers. Ids are left to the file."""
    named = [_one_part(name, value) for name, value in sorted(entry.data.items())]
    changed = history.history_lines([entry])[0].detail
    return ", ".join(words for words in (changed, *named) if words)


def _one_part(name: str, value: Plain) -> str:
    if name == "role":
        return _label(Role.choices, value)
    if name == "outcome":
        return _label(Outcome.choices, value)
    if name == "item_kind":
        return _label(ItemKind.choices, value)
    if name == "kind":
        return _label(ReleaseKind.choices, value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _counted(name, value)
    return ""


def _label(choices: Iterable[tuple[str, object]], value: Plain) -> str:
    return str(dict(choices).get(str(value), ""))


def _counted(name: str, number: int) -> str:
    words = {
        "version": _("version {number}"),
        "number": _("no. {number}"),
        "revision": _("revision {number}"),
        "level": pgettext("approval", "level {number}"),
        "items": ngettext("{number} item", "{number} items", number),
        "created": _("{number} new"),
        "steps": ngettext("{number} step", "{number} steps", number),
        "lines": ngettext("{number} line", "{number} lines", number),
        "gaps": ngettext("{number} gap", "{number} gaps", number),
    }.get(name, "")
    return words.format(number=number)


def moment(entry: AuditEntry) -> str:
    """When, to the second, by the house's own clock."""
    at = localtime(entry.at)
    return _("{day} at {time}").format(day=date_format(at, "j. b Y"), time=date_format(at, "H.i.s"))
