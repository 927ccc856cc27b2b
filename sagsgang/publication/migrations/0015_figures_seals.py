"""Records and withdrawals of figures hang on the seal of their release; prints of figures are known, and shown apart."""

import django.db.models.deletion
from django.db import migrations, models

from sagsgang.core.chains.tables import moment_sql, seal_sql

NEVER_CHANGE = (
    *("id", "authority", "figures_id", "number", "kind", "body_id", "period_start", "period_end"),
    *("sha256", "previous", "released_at", "seal"),
)


def record(before: str, row: str) -> str:
    ids = ("release_id", "figures_id", "authority_id", "body_id", "prepared_by_id", "released_by_id")
    return seal_sql(before, *(f"{row}.{name}" for name in (*ids, "sha256", "document")), moment_sql(f"{row}.at"))


def withdrawal(before: str, row: str) -> str:
    columns = ("release_id", "withdrawn_by_id", "reason")
    return seal_sql(before, *(f"{row}.{name}" for name in columns), moment_sql(f"{row}.at"))


def row(name: str) -> str:
    return "(" + ", ".join(f"{name}.{column}" for column in NEVER_CHANGE) + ")"


# What is there already is sealed as it stands.
SEALS_SQL = f"""
CREATE FUNCTION seal_figures_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := (SELECT seal FROM pub.figures WHERE id = NEW.release_id);
BEGIN
  NEW.seal := {record("coalesce(before, '')", "NEW")};
  RETURN NEW;
END $$;
CREATE TRIGGER seal_figures_record BEFORE INSERT ON publication_figuresrecord
    FOR EACH ROW EXECUTE FUNCTION seal_figures_record();

CREATE FUNCTION seal_figures_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := (SELECT seal FROM pub.figures WHERE id = NEW.release_id);
BEGIN
  NEW.seal := {withdrawal("coalesce(before, '')", "NEW")};
  RETURN NEW;
END $$;
CREATE TRIGGER seal_figures_withdrawal BEFORE INSERT ON publication_figureswithdrawal
    FOR EACH ROW EXECUTE FUNCTION seal_figures_withdrawal();

ALTER TABLE publication_figuresrecord DISABLE TRIGGER USER;
ALTER TABLE publication_figureswithdrawal DISABLE TRIGGER USER;
UPDATE publication_figuresrecord AS link SET seal = {record("coalesce(release.seal, '')", "link")}
    FROM pub.figures AS release WHERE release.id = link.release_id;
UPDATE publication_figureswithdrawal AS link SET seal = {withdrawal("coalesce(release.seal, '')", "link")}
    FROM pub.figures AS release WHERE release.id = link.release_id;
ALTER TABLE publication_figuresrecord ENABLE TRIGGER USER;
ALTER TABLE publication_figureswithdrawal ENABLE TRIGGER USER;
"""  # noqa: S608 - our own words

# A link is ended once, and then its words go; nothing else of it ever changes.
GUARD_SQL = f"""
CREATE OR REPLACE FUNCTION pub.guard_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'current' AND NEW.state <> 'current' AND NEW.document IS NULL
     AND NEW.title = '' AND NEW.slug = '' AND NEW.links = '[]' AND {row("OLD")} IS NOT DISTINCT FROM {row("NEW")} THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'figures can only be ended: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

# What was printed before is shown still, and known from now on.
PRINTS_SQL = """
INSERT INTO pub.figures_print (figures_id, sha256) SELECT id, pdf_sha256 FROM pub.figures WHERE pdf_sha256 <> '';
INSERT INTO pub.print (sha256, authority, figures_id, made_at)
    SELECT pdf_sha256, authority, id, now() FROM pub.figures WHERE pdf_sha256 <> '' ON CONFLICT DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TRIGGER moves_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON pub.figures_print
    FOR EACH STATEMENT EXECUTE FUNCTION pub.move_edition();
"""


def seal_field() -> models.CharField:
    return models.CharField(default="", editable=False, max_length=64)


class Migration(migrations.Migration):
    dependencies = [("publication", "0014_item_goals")]

    operations = [
        migrations.AddField("figuresrecord", "seal", seal_field()),
        migrations.AddField("figureswithdrawal", "seal", seal_field()),
        migrations.RunSQL(SEALS_SQL),
        migrations.CreateModel(
            name="FiguresPrint",
            fields=[
                (
                    "figures",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="shown_print",
                        serialize=False,
                        to="publication.publicfigures",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={"db_table": 'pub"."figures_print'},
        ),
        migrations.AlterField(
            "publicprint",
            "release",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prints",
                to="publication.release",
            ),
        ),
        migrations.AddField(
            "publicprint",
            "figures",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prints",
                to="publication.publicfigures",
            ),
        ),
        migrations.AddConstraint(
            "publicprint",
            models.CheckConstraint(
                condition=models.Q(("release__isnull", True), ("figures__isnull", True), _connector="XOR"),
                name="print_of_one_release",
            ),
        ),
        migrations.RunSQL(GUARD_SQL),
        migrations.RunSQL(PRINTS_SQL),
        migrations.RemoveField("publicfigures", "pdf_sha256"),
    ]
