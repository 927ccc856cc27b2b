"""The goals of released items, as releases of goals tell them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

MOVES_SQL = """
CREATE TRIGGER moves_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON pub.item_goal
    FOR EACH STATEMENT EXECUTE FUNCTION pub.move_edition();
"""
STAYS_SQL = "DROP TRIGGER moves_edition ON pub.item_goal;"


class Migration(migrations.Migration):
    dependencies = [("publication", "0013_phrases")]

    operations = [
        migrations.CreateModel(
            name="ItemGoal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=200)),
                ("goal", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=100)),
                ("target", models.CharField(blank=True, max_length=5)),
                (
                    "relevance",
                    models.CharField(
                        choices=[("primary", "primary"), ("high", "to a high degree"), ("some", "to some degree")],
                        max_length=7,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("furthers", "furthers"), ("neutral", "neutral"), ("counters", "counters")],
                        max_length=8,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="publication.publicitem",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="item_goals",
                        to="publication.publicfigures",
                    ),
                ),
            ],
            options={
                "db_table": 'pub"."item_goal',
                "indexes": [models.Index(fields=["goal", "item"], name="pub_item_goal_goal_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("goal__gte", 1), ("goal__lte", 17)), name="item_goal_one_of_seventeen"
                    ),
                    models.UniqueConstraint(
                        fields=("release", "item", "goal", "target", "relevance", "direction"),
                        name="item_goal_told_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(MOVES_SQL, STAYS_SQL),
    ]
