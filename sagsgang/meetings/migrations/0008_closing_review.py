"""When the house asks whether a closed item may be opened, and what was answered; answers only grow."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sagsgang.core.append_only import append_only

GROUNDS = [
    ("personal", "personal matters"),
    ("property", "purchase or sale of property"),
    ("tender", "tenders and estimates"),
    ("security", "security"),
    ("internal", "internal working document"),
    ("unknown", "not stated in the source"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0007_append_only_agendas"),
        ("core", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="review_on",
            field=models.DateField(blank=True, null=True, verbose_name="asked again on"),
        ),
        migrations.CreateModel(
            name="ClosingReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "Open it now"),
                            ("keep", "Keep it closed, and ask again"),
                            ("never", "Keep it closed for good"),
                        ],
                        max_length=5,
                    ),
                ),
                ("ground", models.CharField(blank=True, choices=GROUNDS, max_length=10)),
                ("reason", models.TextField()),
                ("review_on", models.DateField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing_reviews",
                        to="meetings.agendaitem",
                    ),
                ),
            ],
            options={"verbose_name": "review of a closed item", "ordering": ["at"]},
        ),
        append_only("meetings_closingreview"),
    ]
