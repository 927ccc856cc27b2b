"""A body may let its yearly figures out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bodies", "0004_publish_draft")]

    operations = [
        migrations.AddField(
            model_name="body",
            name="publish_figures",
            field=models.BooleanField(default=False, verbose_name="lets yearly figures out"),
        ),
    ]
