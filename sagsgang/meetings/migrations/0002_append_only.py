"""Decisions only grow: a correction is the next version."""

from django.db import migrations

from sagsgang.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("core", "0001_initial")]

    operations = [append_only("meetings_decision")]
