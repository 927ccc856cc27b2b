"""What went out stays as it went out; what was decided on a point stays with its decision."""

from django.db import migrations

from sagsgang.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_held_here"), ("core", "0001_initial")]

    operations = [append_only("meetings_agendaversion"), append_only("meetings_pointdecision")]
