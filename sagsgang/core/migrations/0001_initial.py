"""First of all: the Danish order and the guard of append-only tables, which later tables stand on."""

from django.db import migrations

from sagsgang.core.append_only import REFUSE_FUNCTION_SQL
from sagsgang.core.sorting import DANISH_KEY_SQL


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        migrations.RunSQL(DANISH_KEY_SQL, "DROP FUNCTION danish_key(text)"),
        migrations.RunSQL(REFUSE_FUNCTION_SQL, "DROP FUNCTION refuse_change()"),
    ]
