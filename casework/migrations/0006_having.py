from django.db import migrations

#: A function has settings of its own. Here they leave the index of words as the only way: the
#: planner believes a word that it does not know to be common, and would read every case for it.
HAVING = """
    CREATE FUNCTION casework_having(words text, most integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_indexscan = off
    AS $$
        SELECT id FROM casework_case
        WHERE search @@ websearch_to_tsquery('indonesian', words)
        LIMIT most
    $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_event_at"),
    ]

    operations = [
        migrations.RunSQL(HAVING, "DROP FUNCTION casework_having(text, integer)"),
    ]
