"""Released figures: a chain for each authority, sealed by the database; who prepared, released and took back."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sagsgang.core.append_only import append_only
from sagsgang.core.chains.tables import moment_sql, seal_sql

NEVER_CHANGE = ("id", "authority", "figures_id", "number", "kind", "body_id", "period_start", "period_end")
SEALED = seal_sql(
    "coalesce(last.seal, '')",
    *(f"NEW.{name}" for name in (*NEVER_CHANGE, "sha256", "previous")),
    moment_sql("NEW.released_at"),
)


def row(name: str) -> str:
    columns = (*NEVER_CHANGE, "sha256", "previous", "released_at", "seal")
    return "(" + ", ".join(f"{name}.{column}" for column in columns) + ")"


# A link is the next of its chain. It is ended once, and then its words go; its print alone may be made anew before.
GUARD_SQL = f"""
CREATE FUNCTION pub.seal_figures() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('figures ' || NEW.authority, 0));
  SELECT number, sha256, seal INTO last FROM pub.figures WHERE authority = NEW.authority ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.previous <> coalesce(last.sha256, '') THEN
    RAISE EXCEPTION 'figures are the next link of their chain: number % refused', NEW.number
        USING ERRCODE = 'restrict_violation';
  END IF;
  NEW.seal := {SEALED};
  RETURN NEW;
END $$;
CREATE TRIGGER seal_figures BEFORE INSERT ON pub.figures FOR EACH ROW EXECUTE FUNCTION pub.seal_figures();

CREATE FUNCTION pub.guard_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'current' AND {row("OLD")} IS NOT DISTINCT FROM {row("NEW")} AND (
      (NEW.state <> 'current' AND NEW.document IS NULL AND NEW.title = '' AND NEW.slug = '' AND NEW.links = '[]'
       AND NEW.pdf_sha256 = '')
      OR (NEW.state, NEW.document, NEW.title, NEW.slug, NEW.links) = (OLD.state, OLD.document, OLD.title, OLD.slug, OLD.links)
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'figures can only be ended: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard_figures BEFORE UPDATE OR DELETE ON pub.figures
    FOR EACH ROW EXECUTE FUNCTION pub.guard_figures();
CREATE TRIGGER guard_figures_truncate BEFORE TRUNCATE ON pub.figures
    FOR EACH STATEMENT EXECUTE FUNCTION pub.guard_figures();
CREATE TRIGGER moves_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON pub.figures
    FOR EACH STATEMENT EXECUTE FUNCTION pub.move_edition();
"""
UNGUARD_SQL = """
DROP TRIGGER moves_edition ON pub.figures;
DROP FUNCTION pub.guard_figures() CASCADE;
DROP FUNCTION pub.seal_figures() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0011_edition"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="FiguresRecord",
            fields=[
                ("release_id", models.UUIDField(primary_key=True, serialize=False)),
                ("figures_id", models.UUIDField(db_index=True)),
                ("authority_id", models.UUIDField(db_index=True)),
                ("body_id", models.UUIDField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("document", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FiguresWithdrawal",
            fields=[
                ("release_id", models.UUIDField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FiguresPreparation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField(db_index=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("goals", "goals"),
                            ("equality", "equality figures"),
                            ("body-year", "yearly report of a body"),
                        ],
                        max_length=10,
                    ),
                ),
                ("body_id", models.UUIDField(null=True)),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("title", models.CharField(max_length=300)),
                ("digest", models.CharField(max_length=64)),
                ("public_reason", models.TextField(blank=True)),
                ("prepared_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("authority_id", "kind", "body_id", "period_start", "period_end"),
                        name="figures_prepared_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicFigures",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=200)),
                ("figures_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("goals", "goals"),
                            ("equality", "equality figures"),
                            ("body-year", "yearly report of a body"),
                        ],
                        max_length=10,
                    ),
                ),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "current"), ("superseded", "superseded"), ("withdrawn", "withdrawn")],
                        default="current",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300)),
                ("slug", models.CharField(blank=True, max_length=160)),
                ("links", models.JSONField(default=list)),
                ("sha256", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(default="", editable=False, max_length=64)),
                ("document", models.TextField(null=True)),
                ("released_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("pdf_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="publication.publicbody",
                    ),
                ),
            ],
            options={
                "db_table": 'pub"."figures',
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "number"), name="figures_one_number_an_authority"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "current")),
                        fields=("figures_id",),
                        name="figures_one_current_a_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "current"), ("document__isnull", True), _connector="XOR"),
                        name="figures_current_has_words",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD_SQL, UNGUARD_SQL),
        append_only("publication_figuresrecord"),
        append_only("publication_figureswithdrawal"),
    ]
