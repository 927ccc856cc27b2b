"""The addresses of the year: wheel, cycles, månedsgrebet, talks, duties."""

from django.urls import URLPattern, path

from sagsgang.planning.years import PLAN_YEAR
from sagsgang.wheel import views
from sagsgang.wheel.views import briefing, cycles, duties, feeds, reminders, returning, talks

app_name = "wheel"

# The wheel: its pages, its entries and their returns. Without a year, the current one is meant.
wheel_pages: list[URLPattern] = [
    path("wheel/", views.wheel, name="wheel"),
    path(f"wheel/<{PLAN_YEAR}:year>/", views.wheel, name="wheel"),
    path("bodies/<uuid:pk>/wheel/", views.body_wheel, name="body-wheel"),
    path(f"bodies/<uuid:pk>/wheel/<{PLAN_YEAR}:year>/", views.body_wheel, name="body-wheel"),
    path("bodies/<uuid:pk>/wheel/print/", views.print_body_wheel, name="print-body-wheel"),
    path(f"bodies/<uuid:pk>/wheel/<{PLAN_YEAR}:year>/print/", views.print_body_wheel, name="print-body-wheel"),
    path("bodies/<uuid:pk>/wheel/entries/add/", views.add_body_entry, name="add-body-entry"),
    path("authorities/<uuid:pk>/wheel/print/", views.print_wheel, name="print-wheel"),
    path(f"authorities/<uuid:pk>/wheel/<{PLAN_YEAR}:year>/print/", views.print_wheel, name="print-wheel"),
    path("authorities/<uuid:pk>/wheel/generate/", views.turn_wheel, name="turn-wheel"),
    path(f"authorities/<uuid:pk>/wheel/<{PLAN_YEAR}:year>/generate/", views.turn_wheel, name="turn-wheel"),
    path("authorities/<uuid:pk>/wheel/entries/add/", views.add_entry, name="add-entry"),
    path("wheel-entries/<uuid:pk>/", views.entry, name="entry"),
    path(f"wheel-entries/<uuid:pk>/<{PLAN_YEAR}:year>/", views.entry, name="entry"),
    path("wheel-entries/<uuid:pk>/change/", views.edit_entry, name="edit-entry"),
    path("wheel-entries/<uuid:pk>/take-off/", views.withdraw_entry, name="withdraw-entry"),
    path("wheel-entries/<uuid:pk>/put-back/", views.restore_entry, name="restore-entry"),
    path("occurrences/<uuid:pk>/move/", views.move_occurrence, name="move-occurrence"),
    path("occurrences/<uuid:pk>/drop/", views.drop_occurrence, name="drop-occurrence"),
    path("occurrences/<uuid:pk>/take-up/", views.take_up_occurrence, name="take-up-occurrence"),
    path("occurrences/<uuid:pk>/finish/", views.finish_occurrence, name="finish-occurrence"),
    path("occurrences/<uuid:pk>/open-case/", views.open_case, name="open-case-of-occurrence"),
]

# The cycles, månedsgrebet with its cards, the short talks, and what a body wishes.
cycle_pages: list[URLPattern] = [
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/<slug:cycle>/", cycles.cycle, name="cycle"),
    path("items/<uuid:pk>/return-in-cycle/", returning.return_in_cycle, name="return-in-cycle"),
    path("briefings/<uuid:pk>/", briefing.briefing, name="briefing"),
    path("briefings/<uuid:pk>/lists/", briefing.briefing_lists, name="briefing-lists"),
    path("briefings/<uuid:pk>/cards/add/", briefing.add_card, name="add-card"),
    path("items/<uuid:pk>/briefing/", briefing.briefing_at_item, name="briefing-at-item"),
    path("cards/<uuid:pk>/edit/", briefing.edit_card, name="edit-card"),
    path("cards/<uuid:pk>/withdraw/", briefing.withdraw_card, name="withdraw-card"),
    path("cards/<uuid:pk>/put-back/", briefing.restore_card, name="restore-card"),
    path("cards/<uuid:pk>/outcome/", briefing.state_card_outcome, name="state-card-outcome"),
    path("cards/<uuid:pk>/case/", briefing.open_case_of_card, name="open-case-of-card"),
    path("cards/<uuid:pk>/follow-up/", briefing.give_follow_up_of_card, name="give-follow-up-of-card"),
    path("bodies/<uuid:pk>/year/", briefing.wish_year, name="wish-body-year"),
    path("bodies/<uuid:pk>/talks/", talks.talks, name="talks"),
    path("bodies/<uuid:pk>/talks/wish/", talks.wish_talk, name="wish-talk"),
    path("talks/<uuid:pk>/", talks.talk, name="talk"),
    path("talks/<uuid:pk>/edit/", talks.edit_talk, name="edit-talk"),
    path("talks/<uuid:pk>/withdraw/", talks.withdraw_talk, name="withdraw-talk"),
    path("talks/<uuid:pk>/take-up/", talks.restore_talk, name="restore-talk"),
    path("talks/<uuid:pk>/place/", talks.place_talk, name="place-talk"),
    path("talks/<uuid:pk>/take-off/", talks.take_talk_off, name="take-talk-off"),
    path("talks/<uuid:pk>/remarks/", talks.keep_remarks, name="keep-remarks"),
]

# The statutory duties, the reminders, and the calendar files of the year.
duty_pages: list[URLPattern] = [
    path("reminders/", reminders.reminders, name="reminders"),
    path("duties/", duties.duties, name="duties"),
    path("duties/<uuid:pk>/", duties.duty, name="duty"),
    path("authorities/<uuid:pk>/duties/known/", duties.seed_duties, name="seed-duties"),
    path("calendar-files/wheel.ics", feeds.wheel_file, name="wheel-file"),
    path("calendar-files/cycles.ics", feeds.cycles_file, name="cycles-file"),
    path("bodies/<uuid:pk>/calendar-files/meetings.ics", feeds.body_file, name="body-file"),
]

urlpatterns: list[URLPattern] = [*wheel_pages, *duty_pages, *cycle_pages]
