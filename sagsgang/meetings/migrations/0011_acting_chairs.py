"""Who was named to preside while the chair was away, and from when: more than one in a meeting (R29)."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

# Of a meeting held before, the one name is known and not the moment: she presided whenever the chair was away.
KEEP_NAMED = """
INSERT INTO meetings_actingchair (id, created_at, modified_at, meeting_id, person_id, since)
SELECT gen_random_uuid(), now(), now(), id, acting_chair_id, opened_at
FROM meetings_meeting WHERE acting_chair_id IS NOT NULL AND opened_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0003_substitutes_and_numbering"),
        ("meetings", "0010_urgent_taken_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActingChair",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("since", models.DateTimeField(verbose_name="since")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acting_chairs",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acting_chairs", to="bodies.person"
                    ),
                ),
            ],
            options={"verbose_name": "acting chair", "ordering": ["since", "created_at"]},
        ),
        migrations.RunSQL(KEEP_NAMED, migrations.RunSQL.noop),
    ]
