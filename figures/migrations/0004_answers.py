"""Cases by the day of their latest answer and its root cause, rolled up as in 0002; see decision 13.

A row at a time: what is filed has no answer, so that filing costs nothing; an import writes a row
for each case that was answered.
"""

import django.db.models.deletion
from django.db import migrations, models

ANSWERS = """
CREATE FUNCTION figures_answer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO figures_answereddelta (day, unit_id, restricted, cause_id, n)
        SELECT (OLD.answered_at AT TIME ZONE 'UTC')::date, OLD.unit_id, OLD.restricted,
            OLD.cause_id, -1 WHERE OLD.answered_at IS NOT NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO figures_answereddelta (day, unit_id, restricted, cause_id, n)
        SELECT (NEW.answered_at AT TIME ZONE 'UTC')::date, NEW.unit_id, NEW.restricted,
            NEW.cause_id, 1 WHERE NEW.answered_at IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION figures_answers_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM figures_answereddelta;
    DELETE FROM figures_answered;
    RETURN NULL;
END $$;

CREATE TRIGGER figures_answer_entered AFTER INSERT ON casework_case FOR EACH ROW
    WHEN (NEW.answered_at IS NOT NULL) EXECUTE FUNCTION figures_answer_changed();
CREATE TRIGGER figures_answer_deleted AFTER DELETE ON casework_case FOR EACH ROW
    WHEN (OLD.answered_at IS NOT NULL) EXECUTE FUNCTION figures_answer_changed();
CREATE TRIGGER figures_answer_changed AFTER UPDATE ON casework_case FOR EACH ROW
    WHEN ((OLD.answered_at IS NOT NULL OR NEW.answered_at IS NOT NULL)
        AND (OLD.answered_at, OLD.cause_id, OLD.unit_id, OLD.restricted)
        IS DISTINCT FROM (NEW.answered_at, NEW.cause_id, NEW.unit_id, NEW.restricted))
    EXECUTE FUNCTION figures_answer_changed();
CREATE TRIGGER figures_answers_emptied AFTER TRUNCATE ON casework_case
    FOR EACH STATEMENT EXECUTE FUNCTION figures_answers_emptied();

INSERT INTO figures_answered (day, unit_id, restricted, cause_id, n)
SELECT (answered_at AT TIME ZONE 'UTC')::date, unit_id, restricted, cause_id, count(*)
FROM casework_case WHERE answered_at IS NOT NULL GROUP BY 1, 2, 3, 4;
"""

UNDO = """
DROP TRIGGER figures_answers_emptied ON casework_case;
DROP TRIGGER figures_answer_changed ON casework_case;
DROP TRIGGER figures_answer_deleted ON casework_case;
DROP TRIGGER figures_answer_entered ON casework_case;
DROP FUNCTION figures_answers_emptied, figures_answer_changed;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_placed_at'),
        ('casework', '0012_causes'),
        ('figures', '0003_by_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnsweredDelta',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField()),
                ('n', models.IntegerField()),
                ('day', models.DateField()),
                ('cause', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='casework.cause')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Answered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('restricted', models.BooleanField()),
                ('n', models.IntegerField()),
                ('day', models.DateField()),
                ('cause', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='casework.cause')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'unit', 'cause', 'restricted'), name='one_answered', nulls_distinct=False)],
            },
        ),
        migrations.RunSQL(ANSWERS, UNDO),
    ]
