"""Relations obey the order of apps too: a string foreign key escapes import-linter."""

from django.apps import apps

ORDER = [
    "core", "accounts", "bodies", "documents", "cases", "meetings", "followups", "sittings", "protocols", "planning", "wheel",
    "policies", "equality", "goals", "publication", "following", "exchange", "members",
]  # fmt: skip


def relations(label: str) -> list[tuple[str, str]]:
    return [
        (f"{model._meta.label}.{field.name}", field.related_model._meta.label)
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    ]


def is_public(label: str) -> bool:
    table: str = apps.get_model(label)._meta.db_table
    return table.startswith('pub"."')


def test_released_rows_have_no_way_back_to_internal_rows() -> None:
    found = relations("publication")

    assert [source for source, _ in found if is_public(source.rpartition(".")[0])] != []
    assert [
        (source, target) for source, target in found if is_public(source.rpartition(".")[0]) and not is_public(target)
    ] == []


def test_internal_rows_have_no_relation_to_released_rows() -> None:
    found = [pair for label in ORDER for pair in relations(label)]

    assert [
        (source, target) for source, target in found if is_public(target) and not is_public(source.rpartition(".")[0])
    ] == []


def test_relations_point_downwards() -> None:
    # The audit log names its actor: the one relation that points up, by the name of AUTH_USER_MODEL.
    found = [pair for label in ORDER for pair in relations(label) if pair[0] != "core.AuditEntry.actor"]

    assert [
        (source, target)
        for source, target in found
        if target.partition(".")[0] in ORDER
        and ORDER.index(target.partition(".")[0]) > ORDER.index(source.partition(".")[0])
    ] == []
