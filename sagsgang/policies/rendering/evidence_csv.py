"""The auditor's table as CSV that Danish Excel opens: semicolons, UTF-8 with BOM."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext, override

from sagsgang.core.spreadsheets import as_csv
from sagsgang.policies.queries.evidence import Line
from sagsgang.policies.rendering.evidence_pdf import LANGUAGE, how_approved, name_of


def evidence_csv(on: date, lines: Sequence[Line]) -> bytes:
    """A row for each requirement and each policy that answers it; days are ISO. Words of closed items are not in it,
    nor the names of guidelines that its reader may not read.
    """
    with override(LANGUAGE):
        heading = (
            gettext("As of"), gettext("Set"), gettext("Code"), gettext("What is required"), gettext("Policy"),
            gettext("Version in force"), gettext("In force from"), gettext("Approved by"), gettext("Approved on"),
            gettext("How it is known"), gettext("Where it is read"),
        )  # fmt: skip
        return as_csv([heading, *((on.isoformat(), *row) for line in lines for row in _rows(line))])


def _rows(line: Line) -> list[tuple[str, ...]]:
    head = (line.requirement.get_set_display(), line.requirement.code, line.requirement.words)
    if not line.answers:
        return [(*head, "", "", "", "", "", gettext("nothing is entered"), "")]
    rows: list[tuple[str, ...]] = []
    for one in line.answers:
        if one.version is None or one.approved is None or one.since is None:
            rows.append((*head, name_of(one), "", "", "", "", gettext("no answering version was in force"), one.place))
            continue
        approved = one.approved
        rows.append(
            (*head, name_of(one), str(one.version.number), one.since.isoformat(), approved.body,
             approved.on.isoformat(), how_approved(one), one.place)
        )  # fmt: skip
    return rows
