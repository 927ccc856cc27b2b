"""Every act of the audit log as the rest of a sentence that begins with a name. Those on a case: `cases.rendering.history`."""

from django.utils.translation import gettext as _

from sagsgang.cases.rendering import history


def verbs() -> dict[str, str]:
    """All acts in words. An act without words fails `reports/tests/test_verbs.py`."""
    year = _plan() | _wheel() | _cycles() | _policies() | _equality() | _goals()
    return _papers() | _agenda() | _decision() | _in_the_room() | _release() | year | _protocol() | history.verbs()


def _papers() -> dict[str, str]:
    """Acts on files, cases' templates, levels and units."""
    return {
        "add_document": _("added a document"),
        "add_version": _("added a version of a document"),
        "examine_again": _("had a file examined again"),
        "add_reference": _("added a reference to the library"),
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
        "appoint": _("gave a user a role"),
        "change_body": _("changed the settings of a body"),
        "raise_matter": _("raised a matter for the next agenda"),
        "withdraw_matter": _("took a raised matter back"),
        "answer_matter": _("answered a member who had raised a matter"),
        "join_unit": _("gave a user a place in a unit"),
    }


def _agenda() -> dict[str, str]:
    """Acts on an agenda."""
    return {
        "send_agenda": _("sent the agenda"),
        "add_collective_item": _("made an item that gathers others"),
        "reorder_agenda": _("changed the order of an agenda"),
        "edit_line": _("changed the kind or the block of an item"),
        "state_late_reason": _("wrote why an item comes late"),
        "put_standing_items": _("put the standing items on an agenda"),
        "send_supplement": _("sent a supplementary agenda"),
        "add_standing_item": _("added a standing item"),
        "edit_standing_item": _("changed a standing item"),
        "move_standing_item": _("moved a standing item"),
        "remove_standing_item": _("took a standing item off the list"),
        "use_usual_items": _("used the usual standing items"),
        "put_on_agenda": _("put an item on the agenda"),
        "put_back_on_agenda": _("put an item back on the agenda"),
        "take_off_agenda": _("took an item off the agenda"),
        "renew_item": _("brought newer words to a sent item"),
        "carry_forward": _("carried an item on to the next body"),
        "promote_subitem": _("made a sub-item a case of its own"),
        "state_closing": _("wrote why an item is closed"),
        "close_item": _("closed an open item"),
    }


def _decision() -> dict[str, str]:
    """Acts on a decision and on who was there."""
    return {
        "mark_absent": _("marked somebody absent"),
        "mark_present": _("marked somebody present"),
        "record_decision": _("recorded a decision"),
        "note_conflict": _("noted a conflict of interest"),
        "enter_dissent": _("entered a dissent"),
        "withdraw_dissent": _("took a dissent back"),
        "name_speaker": _("named a speaker"),
        "change_speaker": _("changed a speaker"),
        "remove_speaker": _("took a speaker off"),
        "state_parties": _("said whether there are parties, and whether they are told"),
        "state_extract": _("wrote what the public gets of a closed decision"),
        "add_phrase": _("added a standard phrase"),
        "withdraw_phrase": _("took a standard phrase out"),
        "withdraw_conflict": _("took a note of a conflict of interest back"),
    }


def _in_the_room() -> dict[str, str]:
    """The acts of a meeting while it is held."""
    return {
        "open_meeting": _("opened the meeting"),
        "adjourn_meeting": _("ended the meeting"),
        "put_constitution": _("put the constitution of an acting chair on an agenda"),
        "name_acting_chair": _("noted who takes the chair"),
        "note_arrival": _("noted that somebody came"),
        "note_departure": _("noted that somebody left"),
        "note_all_present": _("noted that all are present"),
        "undo_stretch": _("took a note of presence back"),
        "undo_departure": _("took a note that somebody left back"),
        "take_up_item": _("took up an item"),
        "take_up_block": _("took up a block of items"),
        "end_item": _("ended an item"),
        "call_substitute": _("called a substitute"),
        "approve_substitutes": _("noted that the substitutes are approved"),
        "dismiss_substitute": _("noted that a substitute sits in no longer"),
        "declare_conflict": _("noted that somebody left because of a conflict of interest"),
        "return_after_conflict": _("noted that somebody is back after a conflict of interest"),
        "open_poll": _("opened a vote"),
        "enter_ballots": _("entered votes"),
        "enter_roll_call": _("entered a roll-call"),
        "ask_floor": _("put somebody on the list of speakers"),
        "give_floor": _("gave somebody the floor"),
        "end_turn": _("ended a speaker's turn"),
        "withdraw_turn": _("took somebody off the list of speakers"),
        "move_turn": _("moved somebody on the list of speakers"),
    }


def _release() -> dict[str, str]:
    """Acts on what leaves the house, and on the log."""
    return {
        "import_minutes": _("imported minutes"),
        "restore_meeting": _("took a meeting in from outside"),
        "prepare_release": _("prepared a release"),
        "renew_preparation": _("took up changes in a prepared release"),
        "accept_findings": _("accepted what the gate found"),
        "order_masking": _("had a large file masked by a job"),
        "mask_findings": _("masked what the gate found"),
        "point_attachment": _("gave an attachment of the agenda a masked version"),
        "approve_release": _("approved a release that waits for its hour"),
        "cancel_release": _("called a prepared release off"),
        "refuse_release": _("had a release that could not go out at its hour"),
        "answer_breach": _("wrote in a breach checklist"),
        "close_breach": _("closed a breach checklist"),
        "release_meeting": _("released to the public"),
        "withdraw_release": _("took a release back"),
        "publish_plan": _("published the meeting calendar"),
        "withdraw_plan": _("took the meeting calendar back"),
        "prepare_figures": _("prepared a release of figures"),
        "cancel_figures": _("called a prepared release of figures off"),
        "release_figures": _("released figures to the public"),
        "withdraw_figures": _("took released figures back"),
        "read_log": _("looked at the audit log"),
    }


def _plan() -> dict[str, str]:
    """Acts on the meeting plan and the members' own."""
    return {
        "add_plan_rule": _("added a rule to the meeting plan"),
        "change_plan_rule": _("changed a rule of the meeting plan"),
        "remove_plan_rule": _("took a rule out of the meeting plan"),
        "generate_year": _("made the meetings of a year"),
        "move_meeting": _("moved a meeting"),
        "cancel_meeting": _("cancelled a meeting"),
        "undo_cancellation": _("took a cancelled meeting up again"),
        "change_meeting": _("changed time or place of a meeting"),
        "call_extraordinary": _("called an extraordinary meeting"),
        "remove_meeting": _("took a meeting out of the plan"),
        "report_absence": _("reported an absence"),
        "call_ahead": _("called a substitute before the meeting"),
        "cancel_call": _("took the call of a substitute back"),
        "withdraw_absence": _("took a report of absence back"),
        "make_calendar_key": _("made a secret calendar address"),
        "revoke_calendar_key": _("ended a secret calendar address"),
    }


def _cycles() -> dict[str, str]:
    """Acts on månedsgrebet, its cards, and the short talks."""
    return {
        "put_briefing": _("put månedsgrebet on an agenda"),
        "rename_briefing": _("gave månedsgrebet the name that its cycle has now"),
        "add_card": _("laid a card for månedsgrebet"),
        "edit_card": _("changed a card of månedsgrebet"),
        "withdraw_card": _("withdrew a card of månedsgrebet"),
        "restore_card": _("put a card of månedsgrebet back"),
        "state_card_outcome": _("wrote what came of a card of månedsgrebet"),
        "open_case_of_card": _("opened a case from a card of månedsgrebet"),
        "give_follow_up_of_card": _("gave a follow-up from a card of månedsgrebet"),
        "wish_talk": _("wished a 5-minute talk"),
        "edit_talk": _("changed a 5-minute talk"),
        "withdraw_talk": _("withdrew a 5-minute talk"),
        "restore_talk": _("took a 5-minute talk up again"),
        "place_talk": _("put a 5-minute talk on an agenda"),
        "take_talk_off": _("took a 5-minute talk off the agenda"),
        "keep_remarks": _("wrote the remarks to a 5-minute talk"),
        "time_talk": _("took over the time of a 5-minute talk"),
        "wish_body_year": _("chose what the agendas of a body ask of the year"),
    }


def _equality() -> dict[str, str]:
    """Acts on the equality figures."""
    return {
        "keep_headcount": _("brought equality figures in"),
        "accept_headcount_finding": _("accepted a finding in the equality figures, with a reason"),
        "sign_off_headcount": _("signed the equality figures off; the payroll’s rows were deleted"),
        "make_equality_report": _("made the case of the equality report"),
        "raise_data_issue": _("raised an error in the equality figures"),
        "accept_data_issue": _("accepted an error in the equality figures, with a reason"),
        "renew_equality_report": _("laid a new version of the equality figures in the case"),
        "seed_equality_schemes": _("put the known equality schemes in"),
        "add_equality_scheme": _("wrote an equality scheme"),
        "edit_equality_scheme": _("changed an equality scheme"),
        "switch_equality_scheme": _("switched to another equality scheme"),
        "set_equality_target": _("set an equality target"),
        "change_equality_target": _("changed an equality target"),
        "withdraw_equality_target": _("took an equality target off the list"),
        "add_national_figure": _("added national equality figures of a year"),
        "correct_national_figure": _("corrected national equality figures of a year"),
    }


def _wheel() -> dict[str, str]:
    """Acts on the annual wheel."""
    return {
        "add_entry": _("put something on the annual wheel"),
        "edit_entry": _("changed an entry of the annual wheel"),
        "withdraw_entry": _("took an entry off the annual wheel"),
        "restore_entry": _("put an entry back on the annual wheel"),
        "turn_wheel": _("generated a year of the annual wheel"),
        "move_occurrence": _("moved a day of the annual wheel"),
        "drop_occurrence": _("dropped a day of the annual wheel"),
        "take_up_occurrence": _("took up a day of the annual wheel again"),
        "finish_occurrence": _("noted a day of the annual wheel as done"),
        "open_case_of_entry": _("opened the case of a day of the annual wheel"),
        "seed_duties": _("put the known statutory duties into the register"),
        "state_own_address": _("stated the own e-mail address"),
        "wish_reminders": _("chose whether to be reminded by mail"),
        "attach_frozen_wheel": _("laid a copy of the annual wheel on an agenda"),
    }


def _protocol() -> dict[str, str]:
    """Acts on the protocol."""
    return {
        "order_packet": _("ordered a packet"),
        "order_packet_for": _("ordered a packet for a member"),
        "make_final": _("made the protocol final"),
        "sign_protocol": _("signed the protocol"),
        "remind_signers": _("reminded those who have not signed"),
        "approve_protocol": _("entered the approval of the protocol"),
        "amend_protocol": _("amended the protocol"),
        "write_note": _("wrote beside the facts of the protocol"),
    }


def _policies() -> dict[str, str]:
    """Acts on policies, their versions and what they answer."""
    return {
        "add_policy": _("entered a policy in the register"),
        "edit_policy": _("changed a policy in the register"),
        "withdraw_policy": _("withdrew a policy"),
        "restore_policy": _("took back the withdrawal of a policy"),
        "add_policy_version": _("wrote a version of a policy"),
        "edit_policy_version": _("changed a version of a policy"),
        "approve_policy_version": _("entered who approved a version of a policy"),
        "withdraw_policy_approval": _("took an approval off a version of a policy"),
        "add_requirement": _("entered a requirement"),
        "edit_requirement": _("changed a requirement"),
        "withdraw_requirement": _("took a requirement off the list"),
        "give_evidence": _("named a policy as evidence for a requirement"),
        "withdraw_evidence": _("took a policy off as evidence for a requirement"),
    }


def _goals() -> dict[str, str]:
    """Acts on goals, areas, projects and what belongs to them; those on a case are in its history."""
    return {
        "add_local_goal": _("wrote a local goal"),
        "edit_local_goal": _("changed a local goal"),
        "withdraw_local_goal": _("took a local goal off the list"),
        "add_area": _("wrote a policy area"),
        "edit_area": _("changed a policy area"),
        "withdraw_area": _("took a policy area off the list"),
        "read_target_texts": _("read the words of the targets in"),
        "ask_for_goals": _("changed which assessments a body asks for"),
        "add_work": _("entered a project, a partnership or an involvement"),
        "edit_work": _("changed a project, a partnership or an involvement"),
        "withdraw_work": _("took a project, a partnership or an involvement off the list"),
        "add_project_note": _("wrote how a project goes"),
        "withdraw_project_note": _("took a note on a project off"),
        "link_work": _("said what a project, a partnership or an involvement belongs to"),
        "mark_example": _("marked a case or a project as good practice"),
        "edit_example": _("changed an example of good practice"),
        "withdraw_example": _("took an example of good practice off"),
        "restore_example": _("put an example of good practice back"),
        "unlink_work": _("took a link of a project, a partnership or an involvement off"),
        "add_indicator": _("entered an indicator"),
        "edit_indicator": _("changed an indicator"),
        "withdraw_indicator": _("took an indicator off the list"),
        "import_figures": _("brought figures of an indicator in from a file"),
        "write_figure": _("typed a figure of an indicator"),
        "withdraw_figure": _("took a figure of an indicator off"),
        "link_indicator": _("said what was to move an indicator"),
        "unlink_indicator": _("took off what was to move an indicator"),
    }
