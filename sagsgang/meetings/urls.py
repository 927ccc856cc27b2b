from django.urls import path

from sagsgang.meetings.views import agenda, conflicts, files, item, meeting, overview, passage

app_name = "meetings"
urlpatterns = [
    path("", overview.home, name="home"),
    path("bodies/<uuid:pk>/", overview.body, name="body"),
    path("bodies/<uuid:pk>/waiting/", agenda.waiting_list, name="waiting-cases"),
    path("bodies/<uuid:pk>/put-on-agenda/", agenda.put_on_agenda, name="put-on-agenda"),
    path("meetings/<uuid:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:pk>/absence/", meeting.mark_absence, name="mark-absence"),
    path("meetings/<uuid:pk>/presence/", meeting.mark_presence, name="mark-presence"),
    path("meetings/<uuid:pk>/collective-item/", agenda.add_collective_item, name="add-collective-item"),
    path("meetings/<uuid:pk>/send/", agenda.send_agenda, name="send-agenda"),
    path("items/<uuid:pk>/", item.item, name="item"),
    path("items/<uuid:pk>/decision/", item.record_decision, name="record-decision"),
    path("items/<uuid:pk>/absence/", item.mark_absence_at_item, name="mark-absence-at-item"),
    path("items/<uuid:pk>/presence/", item.mark_presence_at_item, name="mark-presence-at-item"),
    path("items/<uuid:pk>/take-off/", agenda.take_off_agenda, name="take-off-agenda"),
    path("items/<uuid:pk>/put-back/", agenda.put_back_on_agenda, name="put-back-on-agenda"),
    path("items/<uuid:pk>/renew/", agenda.renew_item, name="renew-item"),
    path("items/<uuid:pk>/closing/", agenda.state_closing, name="state-closing"),
    path("items/<uuid:pk>/send-on/", passage.carry_forward, name="carry-forward"),
    path("items/<uuid:pk>/promote/", passage.promote_subitem, name="promote-subitem"),
    path("items/<uuid:pk>/changes/", passage.compare_item, name="compare-item"),
    path("items/<uuid:pk>/conflict/", conflicts.note_conflict, name="note-conflict"),
    path("items/<uuid:pk>/conflict/withdraw/", conflicts.withdraw_conflict, name="withdraw-conflict"),
    path("attachments/<uuid:pk>/", files.attachment, name="attachment"),
]
