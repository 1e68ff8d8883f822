from django.db import migrations

#: The stemmer takes "meng-" and "men-" away, but does not give back the letter that they swallowed:
#: "menunggu" and "mengirim" become "unggu" and "irim", "tunggu" and "kirim" stay. Asked for one, the
#: query takes the other too. Capitals keep the second pass away from what the first has written, and
#: a lexeme with a quote in it is left as it is.
QUERY = r"""
    CREATE FUNCTION casework_query(words text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE
    AS $$
        SELECT lower(regexp_replace(
            regexp_replace(
                websearch_to_tsquery('indonesian', words)::text,
                '(?<!'')''([aeiou][a-z]{2,})''(?!'')', '(''\1'' | ''T\1'' | ''K\1'')', 'g'
            ),
            '(?<!'')''([tk])([aeiou][a-z]{2,})''(?!'')', '(''\1\2'' | ''\2'')', 'g'
        ))::tsquery
    $$
"""
#: A function has settings of its own. Here they leave the index of words as the only way: the
#: planner believes a word that it does not know to be common, and would read every case for it.
HAVING = """
    CREATE OR REPLACE FUNCTION casework_having(words text, most integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_indexscan = off
    AS $$
        SELECT id FROM casework_case
        WHERE search @@ {query}
        LIMIT most
    $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_named_fields"),
    ]

    operations = [
        migrations.RunSQL(QUERY, "DROP FUNCTION casework_query(text)"),
        migrations.RunSQL(
            HAVING.format(query="casework_query(words)"),
            HAVING.format(query="websearch_to_tsquery('indonesian', words)"),
        ),
    ]
