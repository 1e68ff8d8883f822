from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_shortcuts")]

    operations = [
        migrations.RenameField("apikey", "last_used_at", "last_used_on"),
        migrations.AlterField(
            "apikey",
            "last_used_on",
            models.DateField(blank=True, editable=False, null=True, verbose_name="last used"),
        ),
    ]
