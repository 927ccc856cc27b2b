"""The file of a body's recorded votes, member by member (R27)."""

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.core.spreadsheets import as_csv
from sagsgang.meetings.actions import log_closed_reading
from sagsgang.meetings.permissions import may_see_body
from sagsgang.sittings.queries.votes import RecordedVote, recorded_votes


@permitted(Body.objects, may_see_body)
@require_safe
def votes_file(request: StaffRequest, body: Body) -> HttpResponse:
    votes = recorded_votes(body, request.user)
    if any(vote.is_closed for vote in votes):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(body, actor=request.user)
    response = HttpResponse(as_csv([_heading(), *map(_row, votes)]), content_type="text/csv; charset=utf-8")
    words = gettext("votes")
    name = f"{words}-{slugify(body.code or body.name)}-{localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _heading() -> list[str]:
    return [
        gettext("Meeting"), gettext("Item no."), gettext("Item, title"), gettext("Access"), gettext("Vote no."),
        gettext("Voted on"), gettext("Method"), gettext("Member"), gettext("Party or list"), gettext("Vote"),
        gettext("Votes"), gettext("Outcome of the item"),
    ]  # fmt: skip


def _row(vote: RecordedVote) -> list[str]:
    return [
        date_format(vote.held_on, "Y-m-d"), vote.number, vote.title,
        gettext("closed") if vote.is_closed else gettext("open"), str(vote.poll),
        vote.subject or gettext("the recommendation"), vote.method, vote.name or gettext("(the group)"), vote.party,
        vote.choice, str(vote.count), vote.decision,
    ]  # fmt: skip
