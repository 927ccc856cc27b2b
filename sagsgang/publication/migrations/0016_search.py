"""Meetings as a whole are searched; and no index leads through the entries in order of time but that of words."""

import django.db.models.deletion
from django.db import migrations, models

# For the newest day alone. An index of the day itself would be taken where a word and some days are looked for, and the
# words of each entry of those days be unpacked.
DAY_SQL = "CREATE INDEX pub_search_day ON pub.search_entry ((held_on + 0))"


class Migration(migrations.Migration):
    dependencies = [("publication", "0015_figures_seals")]

    operations = [
        migrations.RunSQL(DAY_SQL, "DROP INDEX pub.pub_search_day"),
        migrations.RemoveIndex(model_name="searchentry", name="pub_search_newest"),
        migrations.AlterField(
            model_name="searchentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("item", "Items"),
                    ("decision", "Decisions"),
                    ("file", "Attachments"),
                    ("meeting", "Meetings"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="searchentry",
            name="item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="search_entries",
                to="publication.publicitem",
            ),
        ),
    ]
