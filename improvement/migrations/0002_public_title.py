"""A public title of its own, no words of a complainant on a theme, and where a comparison stopped."""

import django.db.models.deletion
from django.db import migrations, models


def keep_titles(apps, schema_editor):
    """What is public already goes on under the title that everybody has read."""
    for told in apps.get_model("improvement", "Told").objects.select_related("plan__approved"):
        told.title = told.plan.approved.title
        told.save(update_fields=["title"])


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0013_about_somebody'),
        ('improvement', '0001_themes_plans_reports'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='theme',
            name='words',
        ),
        migrations.CreateModel(
            name='Compared',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
            ],
        ),
        migrations.AddField(
            model_name='told',
            name='title',
            field=models.CharField(default='', max_length=120),
            preserve_default=False,
        ),
        migrations.RunPython(keep_titles, migrations.RunPython.noop),
    ]
