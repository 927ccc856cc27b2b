"""More kinds of release, an hour for it, which parts changed, and the checklist of a release that was taken back."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("agenda", "agenda"),
    ("supplement", "supplementary agenda"),
    ("draft", "draft of the protocol"),
    ("minutes", "minutes"),
    ("correction", "correction of the minutes"),
    ("archive", "archive"),
]
BREACH_KINDS = [
    ("cpr", "CPR number"),
    ("name", "name"),
    ("contact", "address, telephone or e-mail"),
    ("money", "economy or bank account"),
    ("health", "health"),
    ("social", "social circumstances"),
    ("crime", "criminal offences"),
    ("staff", "employment matters"),
    ("child", "about a child"),
    ("other", "other"),
]
TOLD = [("done", "done"), ("not_needed", "not needed")]


def user(**options: object) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **options
    )


def told() -> models.CharField:
    return models.CharField(blank=True, choices=TOLD, max_length=10)


def words(name: str | None = None) -> models.TextField:
    return models.TextField(blank=True, verbose_name=name) if name else models.TextField(blank=True)


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0008_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField("preparation", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AlterField("release", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AlterField("publicmeeting", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AddField("preparation", "public_reason", words()),
        migrations.AddField("preparation", "changes", models.JSONField(default=list)),
        migrations.AddField("preparation", "release_at", models.DateTimeField(null=True)),
        migrations.AddField("preparation", "approved_by", user(null=True)),
        migrations.AddField("preparation", "approved_at", models.DateTimeField(null=True)),
        migrations.AddField("preparation", "refused", words()),
        migrations.AddField("publicmeeting", "changes", models.JSONField(default=list)),
        migrations.AddField("publicmeeting", "since", models.PositiveIntegerField(null=True)),
        migrations.AddField("publicmeeting", "public_reason", words()),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("release_id", models.UUIDField(unique=True)),
                ("meeting_id", models.UUIDField(db_index=True)),
                ("discovered_at", models.DateTimeField(verbose_name="discovered")),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                (
                    "personal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "yes, personal data was out"),
                            ("no", "no, it held no personal data that should not have been out"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=BREACH_KINDS, max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("persons", models.PositiveIntegerField(blank=True, null=True, verbose_name="how many persons")),
                ("seen_by", words("who can have seen it")),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unlikely", "unlikely to be a risk to the persons"),
                            ("risk", "a risk to the persons"),
                            ("high", "a high risk to the persons"),
                        ],
                        max_length=10,
                    ),
                ),
                ("risk_note", words("why the risk is judged so")),
                ("officer_told", told()),
                ("officer_note", words()),
                ("agency_told", told()),
                ("agency_note", words()),
                ("persons_told", told()),
                ("persons_note", words()),
                ("engines_told", told()),
                ("engines_note", words()),
                ("measures", words("what is done so that it does not happen again")),
                ("closed_at", models.DateTimeField(null=True)),
                ("opened_by", user()),
                ("closed_by", user(null=True)),
            ],
            options={"verbose_name": "breach checklist", "ordering": ["discovered_at"]},
        ),
    ]
