from django.db import migrations

# Who changed which setting is history too. The table is Django's, so the trigger is written here.
STANDS = """
CREATE FUNCTION settings_log_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('casework.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'History is append-only: % takes no %.', TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON django_admin_log
    FOR EACH ROW EXECUTE FUNCTION settings_log_stands();
CREATE TRIGGER keep_history BEFORE TRUNCATE ON django_admin_log
    FOR EACH STATEMENT EXECUTE FUNCTION settings_log_stands();
"""
FALLS = """
DROP TRIGGER append_only ON django_admin_log;
DROP TRIGGER keep_history ON django_admin_log;
DROP FUNCTION settings_log_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_named_fields"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [migrations.RunSQL(STANDS, FALLS)]
