from django.db import migrations, models

REMEMBER = """
    UPDATE casework_case SET checked_as = CASE
        WHEN cycle > 1 THEN 'under_review'
        WHEN stage <> 'triage' OR assignee_id IS NOT NULL THEN 'being_checked'
        ELSE 'received'
    END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_wide_queues"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="checked_as",
            field=models.CharField(
                choices=[
                    ("received", "Received"),
                    ("being_checked", "Being checked"),
                    ("under_review", "Under review"),
                ],
                default="received",
                editable=False,
                max_length=13,
            ),
        ),
        migrations.RunSQL(REMEMBER, migrations.RunSQL.noop),
    ]
