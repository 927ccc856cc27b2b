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
    of_the_case = _on_the_case() | _on_the_text() | _on_the_approval() | _on_the_attachments()
    return of_the_case | _on_agendas() | _on_follow_ups() | _on_goals()


def _on_the_case() -> dict[str, str]:
    return {
        "open_case": _("opened the case"),
        "edit_case": _("changed the facts of the case"),
        "relate_cases": _("tied the case to another"),
        "unrelate_cases": _("took the tie to another case off"),
        "compose_path": _("composed the path"),
        "raise_hold": _("held the case because of an error"),
        "lift_hold": _("lifted a hold of the case"),
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


def _on_goals() -> dict[str, str]:
    return {
        "assess_goal": _("assessed it against a goal"),
        "edit_assessment": _("changed an assessment against a goal"),
        "withdraw_assessment": _("took an assessment against a goal off"),
        "state_not_relevant": _("stated that no goal is relevant"),
        "withdraw_not_relevant": _("took back that no goal is relevant"),
    }


def _on_agendas() -> dict[str, str]:
    return {
        "put_on_agenda": _("put the case on an agenda"),
        "edit_line": _("changed the kind or the block of an item"),
        "state_late_reason": _("wrote why an item comes late"),
        "put_standing_items": _("put the standing items on an agenda"),
        "send_supplement": _("sent a supplementary agenda"),
        "take_off_agenda": _("took the case off an agenda"),
        "put_back_on_agenda": _("put the case back on an agenda"),
        "add_collective_item": _("made an item that gathers others"),
        "renew_item": _("brought newer words to a sent item"),
        "carry_forward": _("sent the case on to the next body"),
        "promote_subitem": _("made a sub-item a case of its own"),
        "state_closing": _("wrote why the item is closed"),
        "close_item": _("closed the item"),
        "review_closing": _("answered whether the closed item may be opened"),
        "set_review": _("wrote when it is asked whether the item may be opened"),
        "note_conflict": _("noted a conflict of interest"),
        "withdraw_conflict": _("took a note of a conflict of interest back"),
        "move_proposal": _("noted a proposal that was moved"),
        "withdraw_proposal": _("noted that a proposal was taken back"),
        "close_poll": _("ended a vote"),
        "adopt_without_vote": _("noted the result without a vote"),
        "withdraw_poll": _("took a vote back"),
        "decide_here": _("entered the decision at the meeting"),
        "record_decision": _("recorded a decision"),
        "halt_decision": _("entered that the decision is halted"),
        "withdraw_halt": _("took the halt of a decision back"),
        "return_item": _("let the matter come again at a later meeting"),
        "withdraw_return": _("took back that the matter comes again"),
        "record_urgent_decision": _("recorded a decision that was made between meetings"),
        "withdraw_urgent_decision": _("took back a decision that was made between meetings"),
        "put_notice": _("put the notice of an urgent decision on an agenda"),
        "put_arising_item": _("put an item on the agenda that arose at a meeting"),
        "demand_postponement": _("entered a demand for postponement because of a conflict of interest"),
        "leave_block": _("took the item out of the block that is treated together"),
        "take_off_here": _("entered that the body took the item off the agenda"),
        "close_here": _("entered that the body closed the item"),
        "open_here": _("entered that the body moved the item to the open part"),
        "take_up_matter": _("took up a matter that a member had raised"),
        "request_access": _("asked to read an item of another committee"),
        "grant_access": _("granted a member of the council access to an item"),
        "refuse_access": _("refused a member of the council access to an item"),
        "withdraw_access": _("took a request or a grant of access back"),
    }


def _on_follow_ups() -> dict[str, str]:
    return {
        "give_follow_up": _("gave a follow-up"),
        "change_follow_up": _("changed a follow-up"),
        "begin_follow_up": _("began a follow-up"),
        "note_follow_up": _("wrote a note on a follow-up"),
        "finish_follow_up": _("finished a follow-up"),
        "drop_follow_up": _("dropped a follow-up"),
        "reopen_follow_up": _("opened a follow-up again"),
        "report_follow_up": _("reported a follow-up back to the body"),
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
        "references": _("what it leans on"), "words": pgettext("part of a follow-up", "words"),
        "owner_role": pgettext("part of a follow-up", "owner by role"), "owner": pgettext("part of a follow-up", "owner"),
        "before_step": pgettext("part of a follow-up", "step"), "due_on": pgettext("part of a follow-up", "day"),
        "reports_to": pgettext("part of a follow-up", "to whom it is reported"),
    }  # fmt: skip
    return ", ".join(names.get(str(part), str(part)) for part in parts)
