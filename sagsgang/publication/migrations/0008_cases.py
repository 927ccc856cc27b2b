"""The public's case, who sits in a body, and the words of released files page by page."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

ROLES = [("chair", "chair"), ("vice_chair", "vice chair"), ("member", "member"), ("substitute", "substitute")]


class Migration(migrations.Migration):
    dependencies = [("publication", "0007_search")]

    operations = [
        migrations.CreateModel(
            name="PublicCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=200)),
                ("title", models.CharField(blank=True, max_length=1000)),
                ("slug", models.CharField(max_length=160)),
                ("held_on", models.DateField()),
                ("version", models.UUIDField(default=uuid.uuid4)),
                ("changed_at", models.DateTimeField()),
            ],
            options={"db_table": 'pub"."case', "ordering": ["-held_on", "slug", "id"]},
        ),
        migrations.AddField(
            model_name="publicitem",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="publication.publiccase",
            ),
        ),
        migrations.CreateModel(
            name="MemberLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("role", models.CharField(choices=ROLES, max_length=12)),
                ("party", models.CharField(blank=True, max_length=40)),
                ("held_from", models.DateField(null=True)),
                ("held_to", models.DateField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="publication.publicbody",
                    ),
                ),
            ],
            options={"db_table": 'pub"."member_line', "ordering": ["position"]},
        ),
        migrations.AddField(
            model_name="publicfile",
            name="pages",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="FilePage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="read_pages",
                        to="publication.publicfile",
                    ),
                ),
            ],
            options={
                "db_table": 'pub"."file_page',
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("file", "number"), name="file_page_one_number_a_file")],
            },
        ),
    ]
