from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_untold")]

    operations = [
        migrations.RemoveField("trackinglink", "created_at"),
        migrations.AlterField("trackinglink", "expires_at", models.DateTimeField(db_index=True)),
    ]
