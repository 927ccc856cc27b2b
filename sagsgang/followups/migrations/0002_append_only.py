"""What happened to a follow-up is only added to."""

from django.db import migrations

from sagsgang.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("followups", "0001_initial"), ("core", "0001_initial")]

    operations = [append_only("followups_followupevent")]
