"""`verify`: whether every chain of the house holds, and where the first link is that does not."""

from argparse import Namespace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.site.commands.output import answer
from sagsgang.site.heads import ChainLine, Verdict, verify_chains
from sagsgang.site.installation import say

_SHOWN = 20  # broken chains of one table on the screen; the JSON has them all


def verify(arguments: Namespace) -> int:
    """Look through every chain and keep the heads of what holds; 1 if anything is broken."""
    verdict = verify_chains()
    for warning in verdict.warnings:
        say(warning)
    answer(_as_json(verdict), as_json=arguments.json, lines=lambda: _lines(verdict))
    return 0 if verdict.is_whole else 1


def _as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "chains": [_line_as_json(line) for line in verdict.lines],
        "ok": verdict.is_whole,
        "kept": verdict.kept_at.isoformat() if verdict.kept_at else None,
        "warnings": verdict.warnings,
    }


def _line_as_json(line: ChainLine) -> dict[str, object]:
    broken = None
    if line.broken:
        broken = {"number": line.broken.number, "why": line.broken.sentence(), "fault": line.broken.fault}
    return {
        "kind": line.kind,
        "body": line.body,
        "length": line.length,
        "head": line.head or None,
        "broken": broken,
        "chains": line.chains,
        "broken_chains": line.broken_chains,
    }


def _lines(verdict: Verdict) -> list[str]:
    lines = []
    shown: dict[str, int] = {}
    for line in verdict.lines:
        shown[line.kind] = shown.get(line.kind, 0) + bool(line.broken)
        if not line.broken or shown[line.kind] <= _SHOWN:
            lines.append(_sentence(line))
    hidden = sum(max(0, count - _SHOWN) for count in shown.values())
    if hidden:
        lines.append(
            ngettext("… and %(count)s broken chain more.", "… and %(count)s broken chains more.", hidden)
            % {"count": hidden}
        )
    return [*lines, _("All chains hold.") if verdict.is_whole else _("Chains are broken: see above.")]


def _sentence(line: ChainLine) -> str:
    names = {
        "protocol": _("Protocol, %(body)s"),
        "release": _("Releases, %(body)s"),
        "audit log": _("Audit log"),
        "release records": _("Records of releases"),
        "withdrawals": _("Withdrawals"),
        "figures": _("Figures"),
        "records of figures": _("Records of figures"),
        "withdrawals of figures": _("Withdrawals of figures"),
        "figures_release": _("Figures, %(body)s"),
        "figures_record": _("Record of figures %(body)s"),
        "figures_withdrawal": _("Withdrawal of figures %(body)s"),
        "audit": _("Audit log, %(body)s"),
        "release_record": _("Record of release %(body)s"),
        "withdrawal": _("Withdrawal of release %(body)s"),
    }
    name = (names.get(line.body) or names[line.kind]) % {"body": line.body}
    length = ngettext("%(count)s link", "%(count)s links", line.length) % {"count": line.length}
    if line.broken:
        return _("%(name)s: %(length)s. BROKEN. %(why)s") % {
            "name": name, "length": length, "why": line.broken.sentence(),
        }  # fmt: skip
    if not line.head:
        return _("%(name)s: empty.") % {"name": name}
    return _("%(name)s: %(length)s, head %(head)s. Whole.") % {"name": name, "length": length, "head": line.head[:16]}
