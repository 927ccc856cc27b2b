"""The chain of a body's protocols is numbered and hashed by the database, and only grows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("protocols", "0001_initial"), ("core", "0003_audit_chain")]

    operations: list[object] = []
