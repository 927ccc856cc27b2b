"""Targets with what decided them and the receipt of their report, national figures as rows, and how often a report is made."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("equality", "0002_reports"),
        ("meetings", "0009_proposals_and_receipts"),
        ("policies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NationalFigure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                (
                    "level_1",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="level 1, women per cent"),
                ),
                (
                    "level_2",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="level 2, women per cent"),
                ),
                (
                    "level_3",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="level 3, women per cent"),
                ),
                (
                    "leaders",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="all leaders, women per cent"),
                ),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="leaders counted")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="address of the source")),
            ],
            options={
                "verbose_name": "national figure",
                "ordering": ["year"],
            },
        ),
        migrations.AddField(
            model_name="scheme",
            name="interval_years",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="years between two reports"),
        ),
        migrations.AddField(
            model_name="target",
            name="decided_words",
            field=models.CharField(blank=True, max_length=300, verbose_name="decided before this system"),
        ),
        migrations.AddField(
            model_name="target",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="equality_targets",
                to="meetings.decision",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="policy_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="equality_targets",
                to="policies.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="receipt",
            field=models.CharField(blank=True, max_length=300, verbose_name="receipt"),
        ),
        migrations.AddField(
            model_name="target",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="submitted_on",
            field=models.DateField(blank=True, null=True, verbose_name="reported to the ministry on"),
        ),
        migrations.AddField(
            model_name="target",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("receipt", ""), ("submitted_on__isnull", False), _connector="OR"),
                name="equality_target_receipt_of_a_day",
            ),
        ),
        migrations.AddField(
            model_name="nationalfigure",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="nationalfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level_1", None), ("level_1__lte", 100), _connector="OR"),
                    models.Q(("level_2", None), ("level_2__lte", 100), _connector="OR"),
                    models.Q(("level_3", None), ("level_3__lte", 100), _connector="OR"),
                    models.Q(("leaders", None), ("leaders__lte", 100), _connector="OR"),
                ),
                name="national_figure_per_cent",
            ),
        ),
        migrations.AddConstraint(
            model_name="nationalfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="national_figure_has_a_source"
            ),
        ),
    ]
