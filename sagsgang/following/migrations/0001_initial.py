"""Who follows what, and the letters."""

import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SeenRelease',
            fields=[
                ('release_id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=254)),
                ('language', models.CharField(default='da', max_length=5)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('address'), name='follower_one_an_address'), models.CheckConstraint(condition=models.Q(('address__regex', "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$")), name='follower_plain_address'), models.CheckConstraint(condition=models.Q(('language__in', ['da', 'en'])), name='follower_language')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('body', 'a body'), ('case', 'a case'), ('place', 'a place'), ('search', 'a search')], max_length=6)),
                ('target', models.UUIDField(null=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('pace', models.CharField(choices=[('at_once', 'At once, each time something is released'), ('daily', 'Once a day, at 7 in the morning')], default='at_once', max_length=7)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='subscriptions', to='following.follower')),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('confirm', 'please confirm'), ('known', 'already followed'), ('news', 'news')], max_length=7)),
                ('state', models.CharField(choices=[('waiting', 'waits'), ('sending', 'is being sent'), ('sent', 'sent'), ('failed', 'not delivered'), ('dropped', 'dropped')], default='waiting', max_length=7)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('subject', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='letters', to='following.follower')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='letters', to='following.subscription')),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='tokens', to='following.follower')),
                ('subscription', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='tokens', to='following.subscription')),
            ],
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('release_id', models.UUIDField()),
                ('meeting_id', models.UUIDField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('found_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DB_SET_NULL, related_name='told', to='following.letter')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name='told', to='following.subscription')),
            ],
        ),
        migrations.AddIndex(
            model_name='subscription',
            index=models.Index(fields=['kind', 'target'], name='subscription_target'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(fields=('follower', 'kind', 'target', 'words'), name='subscription_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['body', 'case']), ('target__isnull', False), ('words', '')), models.Q(('kind__in', ['place', 'search']), ('target__isnull', True), models.Q(('words', ''), _negated=True)), _connector='OR'), name='subscription_names_its_target'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('pace__in', ['at_once', 'daily'])), name='subscription_pace'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('words__regex', '[[:cntrl:]<>]'), _negated=True), name='subscription_plain_words'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['next_try_at'], name='letter_to_send'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['made_at'], name='letter_made_at'),
        ),
        migrations.AddIndex(
            model_name='token',
            index=models.Index(fields=['made_at'], name='token_made_at'),
        ),
        migrations.AddConstraint(
            model_name='told',
            constraint=models.UniqueConstraint(fields=('subscription', 'release_id'), name='told_once'),
        ),
    ]
