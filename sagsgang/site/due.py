"""Everything that time demands, of every app. Safe to run twice, or to miss."""

from django.conf import settings

from sagsgang.accounts.due import staff_letters_due
from sagsgang.documents.due import unexamined_versions_due
from sagsgang.following.due import letters_due, unconfirmed_due
from sagsgang.followups.due import follow_ups_due
from sagsgang.meetings.due import urgent_notices_due
from sagsgang.protocols.due import exports_due
from sagsgang.publication.due import (
    closed_decisions_due,
    missing_pdfs_due,
    release_due,
    stale_plans_due,
    unchecked_files_due,
    unfinished_checks_due,
    unread_files_due,
    unsearched_due,
    unshown_files_due,
)
from sagsgang.site.heads import keep_heads_daily
from sagsgang.wheel.due import briefings_due, cycle_places_due, reminders_due, talks_due, wheel_cases_due


def run_due() -> dict[str, int]:
    """Look everywhere once; answers how much was found of each."""
    return {
        "released_at_their_hour": release_due(),
        "pdfs_ordered": missing_pdfs_due(),
        "readings_ordered": unread_files_due(),
        "search_taken_up": unsearched_due(),
        "plans_renewed": stale_plans_due(),
        "checks_taken_up": unfinished_checks_due(),
        "files_checked": unchecked_files_due(),
        "files_dropped": unshown_files_due(settings.RELEASED_FILES),
        "closed_without_extract": closed_decisions_due(),
        "examinations_ordered": unexamined_versions_due(),
        "follow_ups_moved": follow_ups_due(),
        "cases_of_the_wheel_opened": wheel_cases_due(),
        "urgent_notices_put": urgent_notices_due(),
        "protocols_exported": exports_due(),
        "briefings_put": briefings_due(),
        "talks_timed": talks_due(),
        "cycle_places_noted": cycle_places_due(),
        "reminders_written": reminders_due(),
        "staff_letters_ordered": staff_letters_due(),
        "followings_forgotten": unconfirmed_due(),
        "letters_ordered": letters_due(),
        "chains_looked_through": keep_heads_daily(),
    }
