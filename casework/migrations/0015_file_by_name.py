from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_pieces")]

    operations = [
        migrations.AddIndex(
            "attachment", models.Index(fields=["file"], name="attachment_by_file")
        ),
    ]
