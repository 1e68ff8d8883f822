"""Root causes, what an answer says of them to staff, and the causes that are built in."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from casework import causes


def install(apps, schema_editor):
    """The causes that are built in."""
    causes.install(apps.get_model("casework", "Cause"))


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0011_due_filter'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='category',
            name='cause_needed',
            field=models.BooleanField(default=False, help_text='An answer names root cause, outcome and remedy; a lesson may be left out. Elsewhere all four may be.', verbose_name='answers say the root cause'),
        ),
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('active', models.BooleanField(default=True, verbose_name='active')),
                ('axis', models.CharField(choices=[('technical', 'technical'), ('interaction', 'interaction'), ('attitude', 'attitude')], max_length=11, verbose_name='axis')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='casework.cause', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'root cause',
                'verbose_name_plural': 'root causes',
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='case',
            name='cause',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='casework.cause'),
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='resolution', serialize=False, to='casework.event')),
                ('cycle', models.PositiveSmallIntegerField()),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'Upheld'), ('partly_upheld', 'Partly upheld'), ('not_upheld', 'Not upheld'), ('explained', 'Explained')], max_length=13, verbose_name='outcome')),
                ('remedy', models.CharField(blank=True, choices=[('repaired', 'Repaired or done again'), ('compensated', 'Refund or compensation'), ('apology', 'Apology'), ('process_changed', 'Procedure changed'), ('explained', 'Information or explanation'), ('other', 'Something else'), ('none', 'None needed')], max_length=15, verbose_name='remedy')),
                ('lesson', models.TextField(blank=True, verbose_name='lesson')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='casework.case')),
                ('cause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.cause')),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolution',
            trigger=pgtrigger.compiler.Trigger(name='resolution_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.lesson <> ''\n    OR (OLD.event_id, OLD.case_id, OLD.cycle, OLD.cause_id, OLD.outcome, OLD.remedy)\n    IS DISTINCT FROM (NEW.event_id, NEW.case_id, NEW.cycle, NEW.cause_id, NEW.outcome, NEW.remedy))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='20b4e91087224b8a079884de5071092f742ff40d', operation='UPDATE', pgid='pgtrigger_resolution_stands_f3044', table='casework_resolution', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolution',
            trigger=pgtrigger.compiler.Trigger(name='keep_resolutions', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF current_setting('casework.allow_truncate', true) IS DISTINCT FROM 'on' THEN RAISE EXCEPTION 'History is append-only: % is never truncated.', TG_TABLE_NAME; END IF; RETURN NULL;", hash='0bbe82c7d29476dd1b0f1d08a90f98b65c47326a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_keep_resolutions_72346', table='casework_resolution', when='BEFORE')),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
