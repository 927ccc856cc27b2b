"""Approvals only grow, what is approved does not change, and not every guideline is for every reader."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from sagsgang.core.append_only import append_only

# What was taken off before was marked on the approval itself.
_OLD_ROWS = """
INSERT INTO policies_policyapprovalwithdrawal (id, created_at, modified_at, approval_id, withdrawn_by_id)
SELECT gen_random_uuid(), withdrawn_at, withdrawn_at, id, recorded_by_id
FROM policies_policyapproval WHERE withdrawn_at IS NOT NULL
"""

_GUARDS = """
CREATE FUNCTION policy_is_approved(version uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM policies_policyapproval a WHERE a.version_id = version AND NOT EXISTS (
      SELECT 1 FROM policies_policyapprovalwithdrawal w WHERE w.approval_id = a.id))
$$;
CREATE FUNCTION policy_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF policy_is_approved(OLD.id) THEN
    RAISE EXCEPTION 'approved version of a policy: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION policy_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP <> 'INSERT' AND policy_is_approved(OLD.version_id))
     OR (TG_OP <> 'DELETE' AND policy_is_approved(NEW.version_id)) THEN
    RAISE EXCEPTION 'part of an approved version of a policy: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER version_stays BEFORE UPDATE OR DELETE ON policies_policyversion
  FOR EACH ROW EXECUTE FUNCTION policy_version_stays();
CREATE TRIGGER part_stays BEFORE INSERT OR UPDATE OR DELETE ON policies_policypart
  FOR EACH ROW EXECUTE FUNCTION policy_part_stays();
"""

_NO_GUARDS = """
DROP TRIGGER part_stays ON policies_policypart;
DROP TRIGGER version_stays ON policies_policyversion;
DROP FUNCTION policy_part_stays();
DROP FUNCTION policy_version_stays();
DROP FUNCTION policy_is_approved(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_initial"),
        ("core", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyApprovalWithdrawal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("modified_at", models.DateTimeField(auto_now=True)),
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="policies.policyapproval",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "withdrawal of an approval"},
        ),
        migrations.RunSQL(_OLD_ROWS, migrations.RunSQL.noop),
        # Rows were written above: their deferred checks come before the table is altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="policyapproval", name="policy_approval_once_a_decision"),
        migrations.RemoveField(model_name="policyapproval", name="withdrawn_at"),
        migrations.AddField(
            model_name="policy",
            name="reach",
            field=models.CharField(
                choices=[
                    ("open", "all staff"),
                    ("unit", "the unit that owns it, and the directorate"),
                    ("closed", "closed"),
                ],
                default="open",
                max_length=6,
                verbose_name="who may read it",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("personal", "personal matters"),
                    ("property", "purchase or sale of property"),
                    ("tender", "tenders and estimates"),
                    ("security", "security"),
                    ("internal", "internal working document"),
                    ("unknown", "not stated in the source"),
                ],
                max_length=10,
                verbose_name="ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=Q(("reach", "closed")) ^ Q(("ground", "")), name="policy_closed_has_ground"
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=Q(("reach", "unit"), _negated=True) | Q(("unit__isnull", False)),
                name="policy_of_a_unit_has_one",
            ),
        ),
        append_only("policies_policyapproval"),
        append_only("policies_policyapprovalwithdrawal"),
        migrations.RunSQL(_GUARDS, _NO_GUARDS),
    ]
