"""What happened to a case, in sentences: the audit log's verbs as a secretary reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.core.models import AuditEntry, Plain

# What is saved again within this time goes on with the same writing.
_PAUSE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that somebody did."""

    at: datetime
    who: str
    what: str
    detail: str


def verbs() -> dict[str, str]:
    """Every act on a case as the rest of a sentence that begins with a name; `reports` tests that none lacks."""
    return _on_the_case() | _on_the_text() | _on_the_approval() | _on_the_attachments() | _on_agendas()


def _on_the_case() -> dict[str, str]:
    return {
        "open_case": _("opened the case"),
        "edit_case": _("changed the facts of the case"),
        "relate_cases": _("tied the case to another"),
        "unrelate_cases": _("took the tie to another case off"),
        "compose_path": _("composed the path"),
        "save_analysis": _("wrote the analysis"),
        "read_closed": _("read closed material"),
    }


def _on_the_text() -> dict[str, str]:
    return {
        "begin_draft": _("began a version"),
        "freeze_presentation": _("a version's words were made fast"),
        "choose_template": _("laid a template on the text"),
        "save_section": _("wrote in a section"),
        "set_aside_words": _("had words set aside, because somebody else had saved first"),
        "save_economy": _("changed the economy"),
        "add_section": _("added a section"),
        "rename_section": _("changed a heading"),
        "set_section_access": _("changed the access of a section"),
        "move_section": _("moved a section"),
        "remove_section": _("took a section out"),
        "restore_section": _("brought a section back"),
        "read_word": _("read a Word file in"),
    }


def _on_the_approval() -> dict[str, str]:
    return {
        "submit_for_approval": _("sent the case for approval"),
        "approve_case": _("approved the case"),
        "send_back": _("sent the case back to the caseworker"),
        "reopen_case": _("opened the case for writing again"),
        "give_review_copy": _("gave somebody the draft to read"),
        "withdraw_review_copy": _("took a review copy back"),
        "make_remark": _("made a remark"),
        "withdraw_remark": _("took a remark back"),
        "answer_remark": _("answered a remark"),
        "give_task": _("gave a change to somebody"),
        "finish_task": _("finished a change"),
        "ask_hearing": _("asked for a hearing"),
        "record_answer": _("recorded the answer to a hearing"),
        "waive_hearing": _("decided not to wait for a hearing"),
        "skip_hearing": _("decided that no hearing is needed"),
        "withdraw_hearing": _("took a hearing back"),
    }


def _on_the_attachments() -> dict[str, str]:
    return {
        "upload_attachment": _("uploaded an attachment"),
        "link_draft": _("linked another draft as an attachment"),
        "edit_attachment": _("changed the facts of an attachment"),
        "move_attachment": _("moved an attachment"),
        "replace_attachment": _("uploaded a new version of an attachment"),
        "supersede_attachment": _("let one attachment take the place of another"),
        "reinstate_attachment": _("let a replaced attachment stand again"),
        "withdraw_attachment": _("took an attachment off"),
        "restore_attachment": _("put an attachment back"),
        "flag_attachments": _("chose where attachments may go"),
        "examine_attachment_again": _("had an attachment examined again"),
    }


def _on_agendas() -> dict[str, str]:
    return {
        "put_on_agenda": _("put the case on an agenda"),
        "take_off_agenda": _("took the case off an agenda"),
        "put_back_on_agenda": _("put the case back on an agenda"),
        "add_collective_item": _("made an item that gathers others"),
        "renew_item": _("brought newer words to a sent item"),
        "carry_forward": _("sent the case on to the next body"),
        "promote_subitem": _("made a sub-item a case of its own"),
        "state_closing": _("wrote why the item is closed"),
        "note_conflict": _("noted a conflict of interest"),
        "withdraw_conflict": _("took a note of a conflict of interest back"),
        "record_decision": _("recorded a decision"),
    }


def history_lines(entries: Iterable[AuditEntry]) -> list[HistoryLine]:
    """The entries as lines, in their order; one person's savings in a row are one line."""
    words = verbs()
    lines: list[HistoryLine] = []
    before: AuditEntry | None = None
    for entry in entries:
        if before is None or not _goes_on(entry, before):
            what = words.get(entry.verb, entry.verb)
            lines.append(HistoryLine(at=entry.at, who=str(entry.actor), what=what, detail=_detail(entry.data)))
        before = entry
    return lines


def _goes_on(entry: AuditEntry, before: AuditEntry) -> bool:
    """Is it one more of the savings that writing makes by itself?"""
    same = (entry.verb, entry.actor_id) == (before.verb, before.actor_id)
    return same and entry.verb == "save_section" and abs(entry.at - before.at) < _PAUSE


def _detail(data: dict[str, Plain]) -> str:
    parts = data.get("parts")
    if not isinstance(parts, list):
        return ""
    names = {
        "title": _("title"), "kind": _("kind"), "external_numbers": _("case numbers"), "kle": _("KLE number"),
        "policy_area": _("policy area"), "unit": _("unit"), "caseworker": _("caseworker"), "access": _("access"),
        "ground": _("ground"), "concerns_economy": pgettext("fact", "economy"),
        "is_budget": pgettext("fact", "the annual budget"),
        "concerns_elderly": pgettext("fact", "the elderly"), "concerns_disability": pgettext("fact", "disability"),
        "concerns_staff": pgettext("fact", "staff"), "long_term_effect": _("long-term effect"),
        "references": _("what it leans on"),
    }  # fmt: skip
    return ", ".join(names.get(str(part), str(part)) for part in parts)
