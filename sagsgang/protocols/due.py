"""What time demands of protocols: found by looking for what is missing, safe to repeat."""

from sagsgang.protocols.actions.exporting import export_missing


def exports_due() -> int:
    """Write the municipality's own copy of each protocol that lacks it (R40); answers how many."""
    return export_missing()
