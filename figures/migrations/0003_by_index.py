"""What is looked up for each row that was entered is found by its index, and for no other row.

Before PostgreSQL has counted a table it may read all of it, and ask for the outcome of each clock
that there is, for one line of one ledger.
"""

from django.db import migrations

ENTERED = """
-- No line of its ledger is there yet: what was met was met by its first due date.
CREATE OR REPLACE FUNCTION figures_clocks_entered() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO figures_fallendelta (day, unit_id, restricted, metric, outcome, reason, n)
    SELECT (coalesce(entered.breached_at, entered.due_at) AT TIME ZONE 'UTC')::date,
        c.unit_id, c.restricted, entered.metric,
        CASE WHEN entered.breached_at IS NULL THEN 'kept' ELSE 'missed' END,
        CASE WHEN entered.breached_at IS NULL THEN '' ELSE entered.breach_reason END, count(*)
    FROM entered JOIN casework_case c ON c.id = entered.case_id
    WHERE entered.breached_at IS NOT NULL
        OR (entered.state = 'met' AND entered.due_at IS NOT NULL)
    GROUP BY 1, 2, 3, 4, 5, 6;
    RETURN NULL;
END $$;

-- The first line of a ledger may be written after its clock, which had ended by then.
CREATE OR REPLACE FUNCTION figures_lines_entered() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    line bigint;
    clock workflows_clock;
    unit bigint;
    hidden boolean;
BEGIN
    FOR line IN SELECT clock_id FROM entered WHERE number = 1 LOOP
        SELECT * INTO clock FROM workflows_clock WHERE id = line;
        CONTINUE WHEN clock.state <> 'met' OR figures_outcome(clock) IS DISTINCT FROM 'moved';
        SELECT unit_id, restricted INTO unit, hidden FROM casework_case WHERE id = clock.case_id;
        INSERT INTO figures_fallendelta (day, unit_id, restricted, metric, outcome, reason, n)
        VALUES (figures_day(clock), unit, hidden, clock.metric, 'kept', '', -1),
            (figures_day(clock), unit, hidden, clock.metric, 'moved', '', 1);
    END LOOP;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0002_triggers")]
    # Backwards nothing: they count the same as before.
    operations = [migrations.RunSQL(ENTERED, migrations.RunSQL.noop)]
