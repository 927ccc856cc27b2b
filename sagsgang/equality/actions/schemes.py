"""Schemes: put the two known ones in, write and change them, and switch from what held to another."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.equality.models import Scheme, SchemeKind
from sagsgang.equality.rules.schemes import holds_on, last_day_before, require_counts_within, require_in_order
from sagsgang.wheel.models import WheelEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeFacts:
    """What is said of a scheme; names as the columns of `Scheme`."""

    kind: str
    name: str
    law: str = ""
    source: str = ""
    note: str = ""
    interval_years: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    duty: WheelEntry | None = None


# As domain.md section 4 has it. What was not read is said in the note, and is for the municipality to set.
KNOWN_SCHEMES = (
    SchemeFacts(
        kind=SchemeKind.REPORT,
        name="Ligestillingsredegørelse (ordningen af 2023)",
        law="Ligestillingsloven §§ 5 og 5 a; afskaffet ved lov nr. 1470 af 10/12/2024",
        source="retsinformation.dk R0710 id=208977 (2019); danskelove.dk/ligestillingsloven/5; L 36 (2024-25)",
        note="Hvert tredje år før den 1. juni; perioden 1. juni 2020 - 31. maj 2023 var den sidste. Ordningen er afskaffet "
        "ved lov. Ikrafttrædelsen er ikke læst: som sidste dag står lovens egen dato. Ret den, når den rigtige er kendt.",
        interval_years=3,
        valid_to=date(2024, 12, 10),
    ),
    SchemeFacts(
        kind=SchemeKind.TARGETS,
        name="Måltal for de øverste ledelsesniveauer",
        law="Ligestillingsloven § 11, stk. 2, nr. 2, og § 13",
        source="elov.dk, ligestillingsloven § 11; danskelove.dk/ligestillingsloven/13 (tekstens version er uklar)",
        note="Kommuner med mindst 50 ansatte stræber efter en ligelig sammensætning på de øverste ledelsesniveauer, og "
        "kommunalbestyrelsen indberetter måltal, status og politikker til ministeren. Hvor tit og hvilken dag er ikke "
        "afklaret. Som første dag står dagen efter loven, der afskaffede redegørelsen. Ret dagen, når den rigtige er kendt.",
        valid_from=date(2024, 12, 11),
    ),
)  # fmt: skip


@transaction.atomic
def seed_schemes(authority: Authority, *, actor: User) -> list[Scheme]:
    """The two known ones, into an empty list. Raises `RuleBrokenError` if somebody has begun it."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    if Scheme.objects.filter(authority=authority).exists():
        raise RuleBrokenError(_("Schemes are written here already. Change those."))
    made = [Scheme.objects.create(authority=authority, **_columns(facts)) for facts in KNOWN_SCHEMES]
    record(actor, "seed_equality_schemes", authority, made=len(made))
    return made


@transaction.atomic
def add_scheme(authority: Authority, facts: SchemeFacts, *, actor: User) -> Scheme:
    """Write one. Raises `RuleBrokenError`."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    _require_name(authority, facts.name, None)
    require_in_order(facts.valid_from, facts.valid_to)
    scheme = Scheme.objects.create(authority=authority, **_columns(facts))
    record(actor, "add_equality_scheme", scheme)
    return scheme


@transaction.atomic
def edit_scheme(scheme: Scheme, facts: SchemeFacts, *, actor: User) -> Scheme:
    """Change it; its counts stay within its days. Raises `RuleBrokenError`."""
    Authority.objects.select_for_update(no_key=True).get(pk=scheme.authority_id)
    scheme = Scheme.objects.select_for_update(of=("self",)).select_related("authority").get(pk=scheme.pk)
    _require_name(scheme.authority, facts.name, scheme)
    require_in_order(facts.valid_from, facts.valid_to)
    _require_counts(scheme, facts.valid_from, facts.valid_to)
    columns = _columns(facts)
    changed = sorted(name for name, value in columns.items() if getattr(scheme, name) != value)
    for name, value in columns.items():
        setattr(scheme, name, value)
    scheme.save()
    record(actor, "edit_equality_scheme", scheme, changed=[*changed])
    return scheme


@transaction.atomic
def switch_scheme(scheme: Scheme, *, on: date, actor: User) -> Scheme:
    """From the day on this one holds: what held on it ends the day before. Raises `RuleBrokenError`, and changes nothing."""
    Authority.objects.select_for_update(no_key=True).get(pk=scheme.authority_id)
    rows = list(Scheme.objects.select_for_update(of=("self",)).filter(authority=scheme.authority_id))
    scheme = next(row for row in rows if row.pk == scheme.pk)
    require_in_order(on, scheme.valid_to)
    _require_counts(scheme, on, scheme.valid_to)
    ended = [row for row in rows if row.pk != scheme.pk and holds_on(row, on)]
    for row in ended:
        last = last_day_before(on)
        if row.valid_from and row.valid_from > last:
            raise RuleBrokenError(
                _("“%(name)s” begins on that very day. Choose a later day, or change its days first.")
                % {"name": row.name}
            )
        _require_counts(row, row.valid_from, last)
        row.valid_to = last
        row.save(update_fields=["valid_to", "modified_at"])
    scheme.valid_from = on
    scheme.save(update_fields=["valid_from", "modified_at"])
    record(actor, "switch_equality_scheme", scheme, on=on.isoformat(), ended=[str(row.pk) for row in ended])
    return scheme


def _columns(facts: SchemeFacts) -> dict[str, Any]:
    plain = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(facts).items()}
    return plain | {"duty": facts.duty}


def _require_name(authority: Authority, name: str, own: Scheme | None) -> None:
    others = Scheme.objects.filter(authority=authority, name__iexact=name.strip())
    others = others.exclude(pk=own.pk) if own else others
    if others.exists():
        raise RuleBrokenError(_("There is a scheme of that name already."))


def _require_counts(scheme: Scheme, valid_from: date | None, valid_to: date | None) -> None:
    require_counts_within(valid_from, valid_to, scheme.headcounts.values_list("snapshot_on", flat=True))
