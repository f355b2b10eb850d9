import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_start'),
        ('plans', '0002_project_links'),
        ('tenants', '0001_start'),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=100, verbose_name='何の数か')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='単位')),
                ('target', models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name='目標値')),
                ('target_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='目標の年度')),
                ('less_is_better', models.BooleanField(default=False, verbose_name='少ないほどよい')),
            ],
            options={
                'verbose_name': '指標',
            },
        ),
        migrations.AddField(
            model_name='measure',
            name='begins_in',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='はじめの年度'),
        ),
        migrations.AddField(
            model_name='measure',
            name='ends_with',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='終わりの年度'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('begins_in', None), ('ends_with', None), ('ends_with__gte', models.F('begins_in')), _connector='OR'), name='measure_years_in_order', violation_error_message='終わりの年度は、はじめの年度より後にしてください。'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='plans.measure'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='municipality',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenants.municipality'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('measure', 'label'), name='indicator_once', violation_error_message='同じ名前の指標がすでにあります。'),
        ),
    ]
