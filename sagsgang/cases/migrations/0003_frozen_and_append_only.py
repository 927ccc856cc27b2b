"""What was taken in before stands frozen; frozen words never change; approvals and revisions only grow."""

from django.db import migrations, models

from sagsgang.core.append_only import append_only

_OLD_ROWS = """
WITH RECURSIVE chain AS (
    SELECT id, 1 AS number FROM cases_presentation WHERE replaces_id IS NULL
    UNION ALL
    SELECT later.id, chain.number + 1 FROM cases_presentation later JOIN chain ON later.replaces_id = chain.id
)
UPDATE cases_presentation p SET number = chain.number, frozen_at = p.created_at, frozen_by = 'imported'
FROM chain WHERE chain.id = p.id;
UPDATE cases_section SET lineage = gen_random_uuid();
"""

# The parts of an imported version are written after it, in one transaction: they may be added, never altered.
_REFUSE = """
CREATE FUNCTION refuse_change_of_frozen_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner uuid;
    frozen text;
BEGIN
    IF TG_TABLE_NAME = 'cases_recommendationpoint' THEN
        SELECT presentation_id INTO owner FROM cases_section
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.section_id ELSE NEW.section_id END;
    ELSIF TG_OP = 'DELETE' THEN
        owner := OLD.presentation_id;
    ELSE
        owner := NEW.presentation_id;
    END IF;
    SELECT frozen_by INTO frozen FROM cases_presentation WHERE id = owner;
    IF frozen <> '' AND NOT (TG_OP = 'INSERT' AND frozen = 'imported') THEN
        RAISE EXCEPTION 'frozen presentation: % refused', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION refuse_change_of_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen_by <> '' THEN
        RAISE EXCEPTION 'frozen presentation: % refused', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER refuse_change_of_frozen BEFORE UPDATE OR DELETE ON cases_presentation
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen();
CREATE TRIGGER refuse_change_of_frozen_part BEFORE INSERT OR UPDATE OR DELETE ON cases_section
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_part();
CREATE TRIGGER refuse_change_of_frozen_part BEFORE INSERT OR UPDATE OR DELETE ON cases_recommendationpoint
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_part();
CREATE TRIGGER refuse_change_of_frozen_part BEFORE INSERT OR UPDATE OR DELETE ON cases_appropriationline
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_part();
"""
_ALLOW = """
DROP TRIGGER refuse_change_of_frozen_part ON cases_appropriationline;
DROP TRIGGER refuse_change_of_frozen_part ON cases_recommendationpoint;
DROP TRIGGER refuse_change_of_frozen_part ON cases_section;
DROP TRIGGER refuse_change_of_frozen ON cases_presentation;
DROP FUNCTION refuse_change_of_frozen_part;
DROP FUNCTION refuse_change_of_frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_whole_case"), ("core", "0001_initial")]

    operations = [
        migrations.RunSQL(_OLD_ROWS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='presentation',
            constraint=models.UniqueConstraint(condition=models.Q(('frozen_at', None)), fields=('case',), name='presentation_one_draft_a_case'),
        ),
        migrations.AddConstraint(
            model_name='presentation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('frozen_at', None), ('frozen_by', '')), models.Q(('frozen_at__isnull', False), models.Q(('frozen_by', ''), _negated=True)), _connector='OR'), name='presentation_frozen_has_reason'),
        ),
        migrations.RunSQL(_REFUSE, _ALLOW),
        append_only("cases_approvalevent"),
        append_only("cases_sectionrevision"),
    ]
