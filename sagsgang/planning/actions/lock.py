"""One hand at a time on a body's plan."""

from uuid import UUID

from django.db import connection


def lock_plan(body_id: UUID) -> None:
    """Wait until nobody else changes the plan of this body; let go with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"planning.plan:{body_id}"])
