"""Who wants reminders by mail, which meetings stood in a cycle, and which entry is the annual budget."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_ROW = [
    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
    ("created_at", models.DateTimeField(auto_now_add=True)),
    ("modified_at", models.DateTimeField(auto_now=True)),
]


class Migration(migrations.Migration):
    dependencies = [
        ("wheel", "0001_initial"),
        ("meetings", "0008_closing_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="wheelentry",
            name="is_budget",
            field=models.BooleanField(default=False, verbose_name="is the annual budget"),
        ),
        migrations.CreateModel(
            name="ReminderWish",
            fields=[
                *_ROW,
                ("is_wanted", models.BooleanField(default=True, verbose_name="reminders by mail")),
                ("told_on", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminder_wish",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "wish for reminders"},
        ),
        migrations.CreateModel(
            name="CyclePlace",
            fields=[
                *_ROW,
                ("cycle", models.CharField(max_length=10, verbose_name="cycle")),
                ("is_in", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cycle_places",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a cycle",
                "constraints": [models.UniqueConstraint(fields=("meeting", "cycle"), name="cycle_place_once")],
            },
        ),
    ]
