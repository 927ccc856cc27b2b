"""Examples of good practice."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0002_indicators"),
        ("bodies", "0004_publish_draft"),
        ("cases", "0003_frozen_and_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PracticeExample",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("why", models.TextField(verbose_name="why it is an example")),
                ("learning", models.TextField(verbose_name="what others can learn")),
                (
                    "goals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[
                                django.core.validators.MinValueValidator(1),
                                django.core.validators.MaxValueValidator(17),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("contact_role", models.CharField(max_length=200, verbose_name="contact, by role")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("areas", models.ManyToManyField(blank=True, related_name="practice_examples", to="goals.policyarea")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice_examples",
                        to="bodies.authority",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice_examples",
                        to="cases.case",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practice_examples",
                        to="goals.project",
                    ),
                ),
            ],
            options={"verbose_name": "example of good practice", "ordering": ["-created_at"]},
        ),
        migrations.AddConstraint(
            model_name="practiceexample",
            constraint=models.CheckConstraint(
                condition=Q(("case__isnull", False), ("project__isnull", True))
                | Q(("case__isnull", True), ("project__isnull", False)),
                name="practice_example_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceexample",
            constraint=models.CheckConstraint(
                condition=Q(("title", ""), _negated=True)
                & Q(("why", ""), _negated=True)
                & Q(("learning", ""), _negated=True)
                & Q(("contact_role", ""), _negated=True),
                name="practice_example_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceexample",
            constraint=models.UniqueConstraint(
                condition=Q(("withdrawn_at", None)),
                fields=("case", "project"),
                name="practice_example_once",
                nulls_distinct=False,
            ),
        ),
    ]
