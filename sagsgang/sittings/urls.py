from django.urls import path

from sagsgang.sittings.views import at_item, desk, follow, polls, room, speakers

app_name = "sittings"
urlpatterns = [
    path("meetings/<uuid:pk>/sitting/", desk.desk, name="desk"),
    path("meetings/<uuid:pk>/follow/", follow.follow, name="follow"),
    path("meetings/<uuid:pk>/follow/part/", follow.follow_part, name="follow-part"),
    path("meetings/<uuid:pk>/line/", follow.line, name="line"),
    path("meetings/<uuid:pk>/open/", room.open_meeting, name="open-meeting"),
    path("meetings/<uuid:pk>/adjourn/", room.adjourn_meeting, name="adjourn-meeting"),
    path("meetings/<uuid:pk>/acting-chair/", room.name_acting_chair, name="name-acting-chair"),
    path("meetings/<uuid:pk>/arrival/", room.note_arrival, name="note-arrival"),
    path("meetings/<uuid:pk>/departure/", room.note_departure, name="note-departure"),
    path("meetings/<uuid:pk>/all-present/", room.note_all_present, name="note-all-present"),
    path("meetings/<uuid:pk>/substitute/", room.call_substitute, name="call-substitute"),
    path("meetings/<uuid:pk>/substitutes/approve/", room.approve_substitutes, name="approve-substitutes"),
    path("meetings/<uuid:pk>/block/", at_item.take_up_block, name="take-up-block"),
    path("stretches/<uuid:pk>/undo/", room.undo_stretch, name="undo-stretch"),
    path("substitutions/<uuid:pk>/dismiss/", room.dismiss_substitute, name="dismiss-substitute"),
    path("items/<uuid:pk>/take-up/", at_item.take_up_item, name="take-up-item"),
    path("items/<uuid:pk>/end/", at_item.end_item, name="end-item"),
    path("items/<uuid:pk>/has-conflict/", at_item.declare_conflict, name="declare-conflict"),
    path("items/<uuid:pk>/conflict-over/", at_item.return_after_conflict, name="return-after-conflict"),
    path("items/<uuid:pk>/proposal/", at_item.move_proposal, name="move-proposal"),
    path("items/<uuid:pk>/decide/", at_item.decide_here, name="decide-here"),
    path("items/<uuid:pk>/poll/", polls.open_poll, name="open-poll"),
    path("items/<uuid:pk>/without-vote/", polls.adopt_without_vote, name="adopt-without-vote"),
    path("items/<uuid:pk>/floor/", speakers.ask_floor, name="ask-floor"),
    path("proposals/<uuid:pk>/withdraw/", at_item.withdraw_proposal, name="withdraw-proposal"),
    path("polls/<uuid:pk>/ballots/", polls.enter_ballots, name="enter-ballots"),
    path("polls/<uuid:pk>/close/", polls.close_poll, name="close-poll"),
    path("polls/<uuid:pk>/withdraw/", polls.withdraw_poll, name="withdraw-poll"),
    path("turns/<uuid:pk>/floor/", speakers.give_floor, name="give-floor"),
    path("turns/<uuid:pk>/end/", speakers.end_turn, name="end-turn"),
    path("turns/<uuid:pk>/withdraw/", speakers.withdraw_turn, name="withdraw-turn"),
    path("turns/<uuid:pk>/move/", speakers.move_turn, name="move-turn"),
]
