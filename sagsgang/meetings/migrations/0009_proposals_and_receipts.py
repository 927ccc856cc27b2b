"""What members ask to have on the agenda, and when an agenda was made available to each of them (R7, R9)."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sagsgang.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0004_publish_draft"),
        ("cases", "0003_frozen_and_append_only"),
        ("meetings", "0008_closing_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaReceipt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("available_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agenda_receipts", to="bodies.person"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="meetings.agendaversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery of an agenda",
                "ordering": ["available_at"],
            },
        ),
        migrations.CreateModel(
            name="AgendaOpening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opening", to="meetings.agendareceipt"
                    ),
                ),
            ],
            options={
                "verbose_name": "first opening of an agenda",
            },
        ),
        migrations.CreateModel(
            name="MemberProposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("words", models.TextField(max_length=10000, verbose_name="what it is about")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="member_proposals", to="bodies.body"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="member_proposal",
                        to="cases.case",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="member_proposals",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="member_proposals", to="bodies.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "member's proposal",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="ProposalCutoff",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                ("days", models.PositiveSmallIntegerField(default=8, verbose_name="members' proposals, days before")),
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposal_cutoff", to="bodies.body"
                    ),
                ),
            ],
            options={
                "verbose_name": "last day for members' proposals",
            },
        ),
        migrations.AddConstraint(
            model_name="agendareceipt",
            constraint=models.UniqueConstraint(fields=("version", "person"), name="agenda_receipt_once"),
        ),
        migrations.AddConstraint(
            model_name="memberproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", None), ("case", None)),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("case__isnull", False), models.Q(("answer", ""), _negated=True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="member_proposal_answer_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="memberproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_at", None), ("answered_at", None), _connector="OR"),
                name="member_proposal_answered_stands",
            ),
        ),
        append_only("meetings_agendareceipt"),
        append_only("meetings_agendaopening"),
    ]
