"""Open a case, write its facts, tie it to others and to what it leans on."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit
from sagsgang.cases.models import Case, CaseKind, CaseRelation, Reference
from sagsgang.cases.rules.facts import require_ground
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import Plain, record
from sagsgang.documents.access import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What can be written of a case. `references` are rows of the authority's library."""

    title: str
    kind: str = CaseKind.MATTER
    external_numbers: tuple[str, ...] = ()
    kle: str = ""
    policy_area: str = ""
    unit: Unit | None = None
    caseworker: User | None = None
    access: str = Access.OPEN
    ground: str = ""
    concerns_economy: bool = False
    is_budget: bool = False
    concerns_elderly: bool = False
    concerns_disability: bool = False
    concerns_staff: bool = False
    long_term_effect: str = ""
    references: Collection[Reference] = field(default_factory=tuple)

    @property
    def columns(self) -> dict[str, object]:
        """The facts by column; an open case has no ground."""
        return {
            "title": self.title,
            "kind": self.kind,
            "external_numbers": list(self.external_numbers),
            "kle": self.kle,
            "policy_area": self.policy_area,
            "unit": self.unit,
            "caseworker": self.caseworker,
            "access": self.access,
            "ground": self.ground if self.access == Access.CLOSED else "",
            "concerns_economy": self.concerns_economy,
            "is_budget": self.is_budget,
            "concerns_elderly": self.concerns_elderly,
            "concerns_disability": self.concerns_disability,
            "concerns_staff": self.concerns_staff,
            "long_term_effect": self.long_term_effect,
        }


@transaction.atomic
def open_case(authority: Authority, facts: CaseFacts, *, parent: Case | None = None, actor: User) -> Case:
    """Begin a case; `parent` makes it a sub-matter of a collective one."""
    require_ground(facts.access, facts.ground)
    case = Case.objects.create(authority=authority, parent=parent, **facts.columns)
    case.references.set(facts.references)
    record(actor, "open_case", case, parent=str(parent.pk) if parent else None)
    return case


@transaction.atomic
def edit_case(case: Case, facts: CaseFacts, *, seen: str, actor: User) -> Case:
    """Write the facts anew. `seen` is the stamp (`fact_stamp`) that the writer had before her.

    The audit log gets the names of what changed, never the words. Raises `RuleBrokenError` if somebody else has
    written in the meantime.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if seen != fact_stamp(case):
        raise RuleBrokenError(
            _(
                "Somebody else has changed the case in the meantime. What you typed stands below; compare, then save again."
            )
        )
    require_ground(facts.access, facts.ground)
    changed = [name for name, value in facts.columns.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, facts.columns[name])
    if {row.pk for row in case.references.all()} != {row.pk for row in facts.references}:
        case.references.set(facts.references)
        changed.append("references")
    if changed:
        case.save()
        record(actor, "edit_case", case, parts=list[Plain](changed))
    return case


def fact_stamp(case: Case) -> str:
    """Which state of the facts a form was made from."""
    return case.modified_at.isoformat()


@transaction.atomic
def relate_cases(case: Case, *, other: Case, note: str, actor: User) -> CaseRelation:
    """Tie two cases of one authority together; saying it twice, from either side, is saying it once."""
    if case.pk == other.pk:
        raise RuleBrokenError(_("A case cannot be related to itself."))
    if case.authority_id != other.authority_id:
        raise RuleBrokenError(_("The two cases belong to different authorities."))
    known = CaseRelation.objects.filter(case__in=(case, other), other__in=(case, other), withdrawn_at=None).first()
    if known is not None:
        return known
    relation = CaseRelation.objects.create(case=case, other=other, note=note)
    for one, another in ((case, other), (other, case)):
        record(actor, "relate_cases", one, other=str(another.pk))
    return relation


@transaction.atomic
def unrelate_cases(relation: CaseRelation, *, actor: User) -> None:
    """Take the tie off; it stays in the table."""
    relation = CaseRelation.objects.select_for_update(of=("self",)).select_related("case", "other").get(pk=relation.pk)
    if relation.withdrawn_at is None:
        relation.withdrawn_at = now()
        relation.save(update_fields=["withdrawn_at", "modified_at"])
        for one, another in ((relation.case, relation.other), (relation.other, relation.case)):
            record(actor, "unrelate_cases", one, other=str(another.pk))


@transaction.atomic
def add_reference(authority: Authority, *, kind: str, title: str, year: int | None, url: str, actor: User) -> Reference:
    """Put an agreement, plan or law into the authority's library; the same title and year is the same reference."""
    reference, is_new = Reference.objects.get_or_create(
        authority=authority, title=title, year=year, defaults={"kind": kind, "url": url}
    )
    if is_new:
        record(actor, "add_reference", reference)
    return reference
