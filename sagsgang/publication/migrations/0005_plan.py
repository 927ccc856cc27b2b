"""The published meeting calendar."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0004_release_seal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicPlannedMeeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=200)),
                ("year", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=14)),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("moved", "moved"), ("cancelled", "cancelled")],
                        max_length=10,
                    ),
                ),
                ("held_on", models.DateField()),
                ("starts", models.TimeField(null=True)),
                ("ends", models.TimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("moved_from", models.DateField(null=True)),
                ("notice", models.CharField(blank=True, max_length=300)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="publication.publicbody",
                    ),
                ),
            ],
            options={
                "db_table": 'pub"."planned_meeting',
                "ordering": ["held_on", "starts"],
                "indexes": [
                    models.Index(fields=["body", "held_on"], name="pub_planned_body_day"),
                    models.Index(fields=["held_on"], name="pub_planned_day"),
                    models.Index(fields=["moved_from"], name="pub_planned_moved_from"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanPublication",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("body_id", models.UUIDField()),
                ("year", models.PositiveSmallIntegerField()),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("body_id", "year"),
                        name="plan_published_once",
                    )
                ],
            },
        ),
    ]
