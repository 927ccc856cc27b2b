"""A body may let the protocol out before it is final."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bodies", "0003_substitutes_and_numbering")]

    operations = [
        migrations.AddField(
            model_name="body",
            name="publish_draft",
            field=models.BooleanField(default=False, verbose_name="publishes the protocol before it is final"),
        ),
    ]
