"""`policy-in-force`: which version of a policy was in force on a day, and who approved it."""

from argparse import Namespace
from datetime import date
from difflib import get_close_matches

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.policies.models import Policy
from sagsgang.policies.queries.facts import facts_of, policies_named, policy_names
from sagsgang.policies.rules import in_force
from sagsgang.policies.shapes import Approved, InForce
from sagsgang.site.commands.output import answer
from sagsgang.site.commands.plan_file import day_from

_NEAREST = 3


def policy_in_force(arguments: Namespace) -> int:
    """The version, or null where none was in force."""
    on = day_from(arguments.date, "DATO")
    policy = _policy_named(" ".join(arguments.name.split()), arguments.authority)
    found = in_force(facts_of([policy])[policy.pk].facts, on, policy.withdrawn_on)
    answer(_as_json(found) if found else None, as_json=arguments.json, lines=lambda: _lines(policy, found, on))
    return 0


def _policy_named(name: str, authority: str) -> Policy:
    found = policies_named(name)
    if not found:
        near = {one.casefold(): one for one in policy_names()}
        close = [near[one] for one in get_close_matches(name.casefold(), near, n=_NEAREST, cutoff=0.4)]
        inside = [one for key, one in near.items() if name.casefold() in key and one not in close] if name else []
        names = ", ".join(f"»{one}«" for one in [*close, *inside][:_NEAREST])
        if names:
            raise RuleBrokenError(
                _("There is no policy “%(name)s”. The nearest are: %(names)s.") % {"name": name, "names": names}
            )
        raise RuleBrokenError(_("There is no policy “%(name)s”.") % {"name": name})
    if authority:
        found = [one for one in found if authority.casefold() in (one.authority.name.casefold(), one.authority.slug)]
    if len(found) != 1:
        raise RuleBrokenError(
            _("Say by --authority whose policy “%(name)s” is meant: several authorities have one.") % {"name": name}
            if found
            else _("The authority %(authority)s has no policy “%(name)s”.") % {"authority": authority, "name": name}
        )
    return found[0]


def _as_json(found: InForce) -> dict[str, object]:
    """`version` is None where only parts were in force; `decision` is None for what was approved before this system."""
    approved = found.approved
    return {
        "version": found.version.number if found.version else None,
        "approved_on": approved.on.isoformat() if approved else None,
        "body": approved.body if approved else None,
        "decision": approved.decision if approved else None,
        "valid_from": found.version.valid_from.isoformat() if found.version else None,
        "source": (approved.source or None) if approved else None,
        "parts": [
            {
                "name": part.approved.part,
                "version": part.version.number,
                "approved_on": part.approved.on.isoformat(),
                "body": part.approved.body,
                "decision": part.approved.decision,
            }
            for part in found.parts
        ],
    }


def _lines(policy: Policy, found: InForce | None, on: date) -> list[str]:
    if found is None:
        return [f"Ingen version af »{policy.name}« gjaldt {_day(on)}."]
    lines = []
    if found.version and found.approved:
        lines.append(
            f"{policy.name}, version {found.version.number}, gjaldt {_day(on)}: godkendt som helhed {_by(found.approved)}."
        )
    else:
        lines.append(f"Af »{policy.name}« gjaldt {_day(on)} kun dele; ingen version var godkendt som helhed.")
    lines += [f"  »{one.approved.part}« (version {one.version.number}): {_by(one.approved)}" for one in found.parts]
    return lines


def _by(approved: Approved) -> str:
    where = f" ({approved.source})" if approved.source else ""
    return f"af {approved.body} {_day(approved.on)}{where}"


def _day(day: date) -> str:
    return date_format(day, "j. F Y")
