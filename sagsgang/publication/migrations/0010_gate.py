"""What the gate found in files and in what is prepared."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATES = [
    ("open", "waits for an answer"),
    ("masked", "masked"),
    ("replaced", "replaced"),
    ("accepted", "accepted"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0009_letting_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FileCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64)),
                ("rules", models.CharField(max_length=40)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("readable", models.BooleanField(null=True)),
                ("tagged", models.BooleanField(null=True)),
                ("lacks", models.JSONField(default=list)),
                ("findings", models.JSONField(default=list)),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("sha256", "rules"), name="file_check_once")],
            },
        ),
        migrations.CreateModel(
            name="ReleaseCheck",
            fields=[
                (
                    "preparation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="check_row",
                        serialize=False,
                        to="publication.preparation",
                    ),
                ),
                ("rules", models.CharField(max_length=40)),
                ("files", models.JSONField(default=list)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("lacks", models.JSONField(default=list)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="GateFinding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64)),
                ("item_id", models.UUIDField(null=True)),
                ("attachment_id", models.UUIDField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("part", models.CharField(blank=True, max_length=30)),
                ("kind", models.CharField(max_length=10)),
                ("where", models.CharField(max_length=10)),
                ("page", models.PositiveIntegerField(null=True)),
                ("box", models.JSONField(null=True)),
                ("place", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                ("state", models.CharField(choices=STATES, default="open", max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "preparation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="publication.preparation",
                    ),
                ),
            ],
            options={
                "ordering": ["page", "kind", "key"],
                "constraints": [
                    models.UniqueConstraint(fields=("preparation", "key"), name="gate_finding_once"),
                ],
            },
        ),
    ]
