"""Which published PDF belongs to which release, and what the protocol says of the whole meeting."""

import django.db.models.deletion
from django.db import migrations, models

from sagsgang.core.append_only import append_only

# What was printed before there was such a list, and is shown still.
KNOWN_SQL = """
INSERT INTO pub.print (sha256, authority, release_id, made_at)
SELECT DISTINCT ON (pdf_sha256) pdf_sha256, authority, release_id, changed_at FROM pub.meeting WHERE pdf_sha256 <> ''
ORDER BY pdf_sha256, changed_at
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0005_plan")]

    operations = [
        migrations.AddField(model_name="publicmeeting", name="record", field=models.JSONField(default=list)),
        migrations.CreateModel(
            name="PublicPrint",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prints",
                        to="publication.release",
                    ),
                ),
            ],
            options={"db_table": 'pub"."print'},
        ),
        append_only("pub.print"),
        migrations.RunSQL(KNOWN_SQL, migrations.RunSQL.noop),
    ]
