"""Write what an analysis is for, and what it is expected to give."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.cases.models import Analysis, Case, CaseKind
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import Plain, record


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisFacts:
    """What is written of an analysis. `expected_amount`: kroner a year, below zero for an expense."""

    purpose: str = ""
    expected_amount: Decimal | None = None
    expected_benefit: str = ""
    budget_year: int | None = None
    owner: User | None = None
    themes: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, object]:
        """The facts by column."""
        return {
            "purpose": self.purpose,
            "expected_amount": self.expected_amount,
            "expected_benefit": self.expected_benefit,
            "budget_year": self.budget_year,
            "owner": self.owner,
            "themes": list(self.themes),
        }


@transaction.atomic
def save_analysis(case: Case, facts: AnalysisFacts, *, seen: str, actor: User) -> Analysis:
    """Write the facts. `seen` is the stamp (`analysis_stamp`) that the writer had before her, "" if there were none.

    The audit log gets the names of what changed. Raises `RuleBrokenError` if somebody else has written meanwhile.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.kind != CaseKind.ANALYSIS:
        raise RuleBrokenError(_("The case is not an analysis."))
    analysis = Analysis.objects.select_for_update().filter(case=case).first()
    if seen != analysis_stamp(analysis):
        raise RuleBrokenError(
            _(
                "Somebody else has changed the analysis in the meantime. What you typed stands below; compare, then save again."
            )
        )
    if analysis is None:
        analysis = Analysis.objects.create(case=case, **facts.columns)
        written: list[Plain] = [name for name, value in facts.columns.items() if value]
        record(actor, "save_analysis", case, parts=written)
        return analysis
    changed = [name for name, value in facts.columns.items() if getattr(analysis, name) != value]
    if changed:
        for name in changed:
            setattr(analysis, name, facts.columns[name])
        analysis.save()
        record(actor, "save_analysis", case, parts=[*changed])
    return analysis


def analysis_stamp(analysis: Analysis | None) -> str:
    """Which state of the facts a form was made from."""
    return analysis.modified_at.isoformat() if analysis else ""
