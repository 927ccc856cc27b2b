"""To be filled."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("publication", "0008_cases")]

    operations = []
