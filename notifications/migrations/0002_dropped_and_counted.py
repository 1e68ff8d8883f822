from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LastRun',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AlterField(
            model_name='outbox',
            name='state',
            field=models.CharField(choices=[('queued', 'queued'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed, will be tried again'), ('dead', 'given up'), ('dropped', 'no longer needed')], default='queued', max_length=8),
        ),
        migrations.AddIndex(
            model_name='outbox',
            index=models.Index(condition=models.Q(('state__in', ('queued', 'sending', 'failed', 'dead'))), fields=['state'], name='outbox_counted'),
        ),
    ]
