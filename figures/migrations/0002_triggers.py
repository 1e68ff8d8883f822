"""Writes a delta row with each change that a figure counts, however it is made; see decision 13.

Whoever changes the type of a column that stands in a WHEN below drops the trigger first.
"""

from django.db import migrations

ASSIGNED = "({0}assignee_id IS NOT NULL OR {0}stage IN ('wait_triage', 'wait_work'))"
NEW, OLD = ASSIGNED.format("NEW."), ASSIGNED.format("OLD.")

OPEN_CASES = f"""
CREATE FUNCTION figures_cases_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO figures_delta (unit_id, due_state, assigned, restricted, n)
    SELECT unit_id, due_state, {ASSIGNED.format("")}, restricted, count(*)
    FROM entered WHERE closed_at IS NULL GROUP BY 1, 2, 3, 4;
    RETURN NULL;
END $$;

CREATE FUNCTION figures_cases_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO figures_delta (unit_id, due_state, assigned, restricted, n)
    SELECT unit_id, due_state, {ASSIGNED.format("")}, restricted, -count(*)
    FROM deleted WHERE closed_at IS NULL GROUP BY 1, 2, 3, 4;
    RETURN NULL;
END $$;

CREATE FUNCTION figures_case_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NULL THEN
        INSERT INTO figures_delta (unit_id, due_state, assigned, restricted, n)
        VALUES (OLD.unit_id, OLD.due_state, {OLD}, OLD.restricted, -1);
    END IF;
    IF NEW.closed_at IS NULL THEN
        INSERT INTO figures_delta (unit_id, due_state, assigned, restricted, n)
        VALUES (NEW.unit_id, NEW.due_state, {NEW}, NEW.restricted, 1);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER figures_cases_entered AFTER INSERT ON casework_case
    REFERENCING NEW TABLE AS entered
    FOR EACH STATEMENT EXECUTE FUNCTION figures_cases_entered();
CREATE TRIGGER figures_cases_deleted AFTER DELETE ON casework_case
    REFERENCING OLD TABLE AS deleted
    FOR EACH STATEMENT EXECUTE FUNCTION figures_cases_deleted();
CREATE TRIGGER figures_case_changed AFTER UPDATE ON casework_case FOR EACH ROW
    WHEN ((OLD.closed_at IS NULL OR NEW.closed_at IS NULL) AND
        (OLD.closed_at IS NULL, OLD.unit_id, OLD.due_state, OLD.restricted, {OLD})
        IS DISTINCT FROM (NEW.closed_at IS NULL, NEW.unit_id, NEW.due_state, NEW.restricted, {NEW}))
    EXECUTE FUNCTION figures_case_changed();
"""

#: What is entered in bulk is planned anew each time (EXECUTE): a plan kept from when the tables were
#: empty would read all of them for each row. What is looked up row by row is found by its index.
CLOCKS = """
CREATE FUNCTION figures_outcome(clock workflows_clock) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN clock.breached_at IS NOT NULL THEN 'missed'
        WHEN clock.state <> 'met' OR clock.due_at IS NULL THEN NULL
        WHEN clock.ended_at > (
            SELECT due_at FROM workflows_clockentry WHERE clock_id = clock.id AND number = 1
        ) THEN 'moved'
        ELSE 'kept'
    END
$$;

CREATE FUNCTION figures_day(clock workflows_clock) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT (coalesce(clock.breached_at, clock.due_at) AT TIME ZONE 'UTC')::date
$$;

CREATE FUNCTION figures_reason(clock workflows_clock) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN clock.breached_at IS NULL THEN '' ELSE clock.breach_reason END
$$;

CREATE FUNCTION figures_clocks_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE $query$
    INSERT INTO figures_fallendelta (day, unit_id, restricted, metric, outcome, reason, n)
    SELECT figures_day(clock), c.unit_id, c.restricted, clock.metric, figures_outcome(clock),
        figures_reason(clock), count(*)
    FROM entered
    JOIN workflows_clock clock ON clock.id = entered.id
    JOIN casework_case c ON c.id = clock.case_id
    WHERE (entered.breached_at IS NOT NULL OR entered.state = 'met')
        AND figures_outcome(clock) IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6
    $query$;
    RETURN NULL;
END $$;

CREATE FUNCTION figures_clock_changed() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    unit bigint;
    hidden boolean;
BEGIN
    SELECT unit_id, restricted INTO unit, hidden FROM casework_case WHERE id = OLD.case_id;
    IF figures_outcome(OLD) IS NOT NULL THEN
        INSERT INTO figures_fallendelta (day, unit_id, restricted, metric, outcome, reason, n)
        VALUES (figures_day(OLD), unit, hidden, OLD.metric, figures_outcome(OLD),
            figures_reason(OLD), -1);
    END IF;
    IF TG_OP = 'UPDATE' AND figures_outcome(NEW) IS NOT NULL THEN
        INSERT INTO figures_fallendelta (day, unit_id, restricted, metric, outcome, reason, n)
        VALUES (figures_day(NEW), unit, hidden, NEW.metric, figures_outcome(NEW),
            figures_reason(NEW), 1);
    END IF;
    RETURN NULL;
END $$;

-- The first line of a ledger may be written after its clock, which had ended by then.
CREATE FUNCTION figures_lines_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE $query$
    INSERT INTO figures_fallendelta (day, unit_id, restricted, metric, outcome, reason, n)
    SELECT figures_day(clock), c.unit_id, c.restricted, clock.metric, side.outcome, '',
        sum(side.n)
    FROM entered
    JOIN workflows_clock clock ON clock.id = entered.clock_id
    JOIN casework_case c ON c.id = clock.case_id
    CROSS JOIN (VALUES ('kept', -1), ('moved', 1)) AS side (outcome, n)
    WHERE entered.number = 1 AND figures_outcome(clock) = 'moved'
    GROUP BY 1, 2, 3, 4, 5
    $query$;
    RETURN NULL;
END $$;

CREATE FUNCTION figures_case_moved() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO figures_fallendelta (day, unit_id, restricted, metric, outcome, reason, n)
    SELECT figures_day(clock), side.unit_id, side.restricted, clock.metric,
        figures_outcome(clock), figures_reason(clock), sum(side.n)
    FROM workflows_clock clock
    CROSS JOIN (VALUES
        (OLD.unit_id, OLD.restricted, -1), (NEW.unit_id, NEW.restricted, 1)
    ) AS side (unit_id, restricted, n)
    WHERE clock.case_id = NEW.id AND figures_outcome(clock) IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6;
    RETURN NULL;
END $$;

CREATE TRIGGER figures_clocks_entered AFTER INSERT ON workflows_clock
    REFERENCING NEW TABLE AS entered
    FOR EACH STATEMENT EXECUTE FUNCTION figures_clocks_entered();
CREATE TRIGGER figures_clock_changed AFTER UPDATE ON workflows_clock FOR EACH ROW
    WHEN ((OLD.breached_at IS NOT NULL OR NEW.breached_at IS NOT NULL
            OR OLD.state = 'met' OR NEW.state = 'met')
        AND (OLD.state, OLD.due_at, OLD.ended_at, OLD.breached_at, OLD.breach_reason, OLD.metric)
        IS DISTINCT FROM
            (NEW.state, NEW.due_at, NEW.ended_at, NEW.breached_at, NEW.breach_reason, NEW.metric))
    EXECUTE FUNCTION figures_clock_changed();
CREATE TRIGGER figures_clock_deleted AFTER DELETE ON workflows_clock FOR EACH ROW
    EXECUTE FUNCTION figures_clock_changed();
CREATE TRIGGER figures_lines_entered AFTER INSERT ON workflows_clockentry
    REFERENCING NEW TABLE AS entered
    FOR EACH STATEMENT EXECUTE FUNCTION figures_lines_entered();
CREATE TRIGGER figures_case_moved AFTER UPDATE ON casework_case FOR EACH ROW
    WHEN ((OLD.unit_id, OLD.restricted) IS DISTINCT FROM (NEW.unit_id, NEW.restricted))
    EXECUTE FUNCTION figures_case_moved();
"""

#: Whoever may empty these tables (tests) empties what is counted of them.
EMPTIED = """
CREATE FUNCTION figures_cases_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM figures_delta;
    DELETE FROM figures_standing;
    RETURN NULL;
END $$;
CREATE FUNCTION figures_clocks_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM figures_fallendelta;
    DELETE FROM figures_fallen;
    RETURN NULL;
END $$;
CREATE TRIGGER figures_cases_emptied AFTER TRUNCATE ON casework_case
    FOR EACH STATEMENT EXECUTE FUNCTION figures_cases_emptied();
CREATE TRIGGER figures_clocks_emptied AFTER TRUNCATE ON workflows_clock
    FOR EACH STATEMENT EXECUTE FUNCTION figures_clocks_emptied();
"""

#: What is put right when figures are read: clocks whose due date fell and that nobody has noted
#: yet, and cases about whoever reads. Both are few, and found by these.
FOR_READERS = """
CREATE INDEX figures_running ON workflows_clock (due_at)
    WHERE state = 'running' AND breached_at IS NULL;
CREATE INDEX figures_about ON casework_case USING gin (about_people)
    WHERE NOT (about_people = '{}');
"""

FILL = f"""
INSERT INTO figures_standing (unit_id, due_state, assigned, restricted, n)
SELECT unit_id, due_state, {ASSIGNED.format("")}, restricted, count(*)
FROM casework_case WHERE closed_at IS NULL GROUP BY 1, 2, 3, 4;

INSERT INTO figures_fallen (day, unit_id, restricted, metric, outcome, reason, n)
SELECT figures_day(clock), c.unit_id, c.restricted, clock.metric, figures_outcome(clock),
    figures_reason(clock), count(*)
FROM workflows_clock clock JOIN casework_case c ON c.id = clock.case_id
WHERE figures_outcome(clock) IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6;
"""

UNDO = """
DROP INDEX figures_about, figures_running;
DROP TRIGGER figures_clocks_emptied ON workflows_clock;
DROP TRIGGER figures_cases_emptied ON casework_case;
DROP TRIGGER figures_case_moved ON casework_case;
DROP TRIGGER figures_lines_entered ON workflows_clockentry;
DROP TRIGGER figures_clock_deleted ON workflows_clock;
DROP TRIGGER figures_clock_changed ON workflows_clock;
DROP TRIGGER figures_clocks_entered ON workflows_clock;
DROP TRIGGER figures_case_changed ON casework_case;
DROP TRIGGER figures_cases_deleted ON casework_case;
DROP TRIGGER figures_cases_entered ON casework_case;
DROP FUNCTION figures_clocks_emptied, figures_cases_emptied, figures_case_moved,
    figures_lines_entered, figures_clock_changed, figures_clocks_entered, figures_reason,
    figures_day, figures_outcome, figures_case_changed, figures_cases_deleted,
    figures_cases_entered;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0001_rollups'),
        ('casework', '0010_due'),
        ('workflows', '0001_clocks'),
    ]

    operations = [
        migrations.RunSQL(OPEN_CASES + CLOCKS + EMPTIED + FOR_READERS + FILL, UNDO),
    ]
