"""Which rows are reached through which connection."""

from typing import Any

from django.db.models import Model


class Wall:
    """Released copies are read as the portal's role by the portal, and written by the house's own connection.

    The portal names its connection itself (``using("public")``, in `publication.queries`), so that a forgotten
    name in the house finds the house's rights, and a forgotten name in the portal process finds the portal's.
    """

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """Rows of the two connections are rows of one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the house's own connection makes tables."""
        return db == "default"
