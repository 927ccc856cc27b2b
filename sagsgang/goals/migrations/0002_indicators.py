"""Indicators, their values in versions, and what was to move them. A value never changes: the database refuses it."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import sagsgang.core.sorting
import uuid
from django.conf import settings
from django.db import migrations, models


# What may change is that a version is withdrawn, once, and by whom and why.
STAYS = """
CREATE FUNCTION indicator_value_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL
     AND (to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawn_reason', 'modified_at'])
       = (to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawn_reason', 'modified_at']) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a value of an indicator: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER value_stays BEFORE UPDATE OR DELETE ON goals_indicatorvalue
    FOR EACH ROW EXECUTE FUNCTION indicator_value_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('modified_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('measures', models.TextField(blank=True, verbose_name='what it measures')),
                ('measured_in', models.CharField(blank=True, max_length=40, verbose_name='measured in')),
                ('decimals', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(4)], verbose_name='decimals')),
                ('better', models.CharField(choices=[('higher', 'higher is better'), ('lower', 'lower is better')], max_length=6, verbose_name='direction')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('source_address', models.URLField(blank=True, max_length=500, verbose_name='address of the source')),
                ('owner_role', models.CharField(blank=True, max_length=200, verbose_name='owner, by role')),
                ('baseline_value', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('baseline_on', models.DateField(blank=True, null=True)),
                ('target_value', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('target_on', models.DateField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='goals.policyarea')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='bodies.authority')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='bodies.unit')),
            ],
            options={
                'verbose_name': 'indicator',
                'ordering': [sagsgang.core.sorting.DanishKey('name')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorGoal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('modified_at', models.DateTimeField(auto_now=True)),
                ('goal', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(17)], verbose_name='goal')),
                ('target', models.CharField(blank=True, max_length=5, verbose_name='target')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='goals.indicator')),
                ('local_goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='goals.localgoal')),
            ],
            options={
                'verbose_name': 'goal that an indicator measures',
                'ordering': ['goal', 'target', 'created_at'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('modified_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('sha256', models.CharField(max_length=64)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='goals.indicator')),
            ],
            options={
                'verbose_name': 'import of an indicator',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('modified_at', models.DateTimeField(auto_now=True)),
                ('on', models.DateField(verbose_name='day')),
                ('expected', models.CharField(blank=True, max_length=300, verbose_name='what was expected')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_links', to='cases.case')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='goals.indicator')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_links', to='meetings.agendaitem')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_links', to='goals.project')),
            ],
            options={
                'verbose_name': 'what was to move an indicator',
                'ordering': ['on', 'created_at'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorValue',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('modified_at', models.DateTimeField(auto_now=True)),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('on', models.DateField(verbose_name='last day of the period')),
                ('value', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='value')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('row', models.PositiveIntegerField(blank=True, null=True, verbose_name='row of the file')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('brought_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='goals.indicatorimport')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='goals.indicator')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'value of an indicator',
                'ordering': ['on'],
            },
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('authority', 'name'), name='indicator_one_name_an_authority'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='indicator_has_name_and_source'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('decimals__lte', 4)), name='indicator_decimals'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('baseline_on', None), ('baseline_value', None)), models.Q(('baseline_on__isnull', False), ('baseline_value__isnull', False)), _connector='OR'), name='indicator_baseline_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('target_on', None), ('target_value__isnull', False), _connector='OR'), name='indicator_day_of_a_target'),
        ),
        migrations.AddConstraint(
            model_name='indicatorgoal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('goal__gte', 1), ('goal__lte', 17), ('local_goal', None)), models.Q(('goal', None), ('local_goal__isnull', False)), _connector='OR'), name='indicator_goal_one_kind_of_goal'),
        ),
        migrations.AddConstraint(
            model_name='indicatorgoal',
            constraint=models.CheckConstraint(condition=models.Q(('target', ''), models.Q(('goal__isnull', False), ('target__startswith', django.db.models.functions.text.Concat(django.db.models.functions.comparison.Cast(models.F('goal'), models.CharField()), models.Value('.'), output_field=models.CharField()))), _connector='OR'), name='indicator_goal_target_of_its_goal'),
        ),
        migrations.AddConstraint(
            model_name='indicatorgoal',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('indicator', 'goal', 'target', 'local_goal'), name='indicator_goal_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='indicatorlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', True), ('item__isnull', False), ('project__isnull', True)), models.Q(('case__isnull', False), ('item__isnull', True), ('project__isnull', True)), models.Q(('case__isnull', True), ('item__isnull', True), ('project__isnull', False)), _connector='OR'), name='indicator_link_to_one'),
        ),
        migrations.AddConstraint(
            model_name='indicatorlink',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('indicator', 'item', 'case', 'project'), name='indicator_link_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='indicatorvalue',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('indicator', 'period'), name='indicator_value_one_stands'),
        ),
        migrations.AddConstraint(
            model_name='indicatorvalue',
            constraint=models.UniqueConstraint(fields=('indicator', 'period', 'version'), name='indicator_value_one_version'),
        ),
        migrations.AddConstraint(
            model_name='indicatorvalue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('brought_in', None), ('row', None)), models.Q(('brought_in__isnull', False), ('row__isnull', False)), _connector='OR'), name='indicator_value_row_of_a_file'),
        ),
        migrations.RunSQL(STAYS, "DROP TRIGGER value_stays ON goals_indicatorvalue; DROP FUNCTION indicator_value_stays()"),
    ]
