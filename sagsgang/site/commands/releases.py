"""`release`, `withdraw` and `releases`."""

from argparse import Namespace

from django.db.models import Q
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import Meeting
from sagsgang.publication.actions import release_meeting, withdraw_release
from sagsgang.publication.models import Release
from sagsgang.site.commands.output import answer
from sagsgang.site.commands.users import user_named


def as_json(release: Release) -> dict[str, object]:
    """A release as scripts read it."""
    return {
        "id": release.pk,
        "body": release.body.name,
        "number": release.number,
        "kind": release.kind,
        "sha256": release.sha256,
        "previous": release.previous or None,
        "state": release.state,
        "at": release.released_at.isoformat(),
    }


def line_of(release: Release) -> str:
    """A release as a person reads it."""
    facts = (release.body.name, f"nr. {release.number}", release.get_kind_display(), release.get_state_display())
    return f"{release.pk}  {', '.join(facts)}, {release.released_at:%d-%m-%Y %H:%M}, {release.sha256[:16]}"


def release(arguments: Namespace) -> int:
    """`--as` has prepared, `--second` releases: two different persons."""
    meeting = Meeting.objects.filter(pk=arguments.meeting).first()
    if meeting is None:
        raise RuleBrokenError(_("There is no meeting %(id)s.") % {"id": arguments.meeting})
    first = user_named(arguments.user)
    second = user_named(arguments.second) if arguments.second else first
    made = release_meeting(
        meeting, kind=arguments.kind, prepared_by=first, released_by=second, public_reason=arguments.reason
    )
    answer(as_json(made), as_json=arguments.json, lines=lambda: [line_of(made)])
    return 0


def withdraw(arguments: Namespace) -> int:
    """Take a current release back."""
    if not Release.objects.filter(pk=arguments.release).exists():
        raise RuleBrokenError(_("There is no release %(id)s.") % {"id": arguments.release})
    ended = withdraw_release(arguments.release, reason=arguments.reason, actor=user_named(arguments.user))
    answer(as_json(ended), as_json=arguments.json, lines=lambda: [line_of(ended)])
    return 0


def releases(arguments: Namespace) -> int:
    """Every release, or those of one body (name or code), in the order of their chains."""
    rows = Release.objects.select_related("body").order_by("body__name", "body_id", "number")
    if arguments.body:
        rows = rows.filter(Q(body__name__iexact=arguments.body) | Q(body__code__iexact=arguments.body))
    found = list(rows)
    answer([as_json(row) for row in found], as_json=arguments.json, lines=lambda: [line_of(row) for row in found])
    return 0
