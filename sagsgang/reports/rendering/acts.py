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


def verbs() -> dict[str, str]:
    """Every act of the house as the rest of a sentence that begins with a name.

    An act without words fails `reports/tests/test_verbs.py`.
    """
    return {
        "add_document": _("added a document"),
        "add_reference": _("added a reference to the library"),
        "add_version": _("added a version of a document"),
        "appoint": _("gave a user a role"),
        "examine_again": _("had a file examined again"),
        "import_minutes": _("imported minutes"),
        "mark_absent": _("marked somebody absent"),
        "mark_present": _("marked somebody present"),
        "prepare_release": _("prepared a release"),
        "read_log": _("looked at the audit log"),
        "record_decision": _("recorded a decision"),
        "release_meeting": _("released to the public"),
        "restore_meeting": _("took a meeting in from outside"),
        "send_agenda": _("sent the agenda"),
        "withdraw_release": _("took a release back"),
        "add_level": _("added a level of approval"),
        "edit_level": _("changed a level of approval"),
        "move_level": _("moved a level of approval"),
        "remove_level": _("removed a level of approval"),
        "open_template": _("began a template"),
        "add_template_section": _("added a section to a template"),
        "change_template_section": _("changed a section of a template"),
        "move_template_section": _("moved a section of a template"),
        "remove_template_section": _("took a section out of a template"),
        "restore_template_section": _("put a section back into a template"),
        "demand_facts": _("chose what a body must know of a case"),
        "join_unit": _("gave a user a place in a unit"),
        "add_collective_item": _("made an item that gathers others"),
        "put_on_agenda": _("put an item on the agenda"),
        "put_back_on_agenda": _("put an item back on the agenda"),
        "take_off_agenda": _("took an item off the agenda"),
        "renew_item": _("brought newer words to a sent item"),
        "carry_forward": _("carried an item on to the next body"),
        "promote_subitem": _("made a sub-item a case of its own"),
        "state_closing": _("wrote why an item is closed"),
        "note_conflict": _("noted a conflict of interest"),
        "withdraw_conflict": _("took a note of a conflict of interest back"),
    } | history.verbs()


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
