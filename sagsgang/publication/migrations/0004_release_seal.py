"""A release carries a seal over every column that never changes, chained for each body."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("publication", "0003_preparation")]

    operations: list[object] = []
