"""Projects and indicators leave the house where somebody has said so, and not by what they are linked to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("goals", "0003_practice")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="is_public",
            field=models.BooleanField(default=False, verbose_name="may be told to the public"),
        )
        for name in ("project", "indicator")
    ]
