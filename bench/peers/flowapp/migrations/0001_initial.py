"""The tables of the Viewflow peer."""

from typing import ClassVar

from django.db import migrations, models

_PROCESS = models.ForeignKey(
    on_delete=models.deletion.CASCADE, to="flowapp.proposalprocess"
)
_KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False)
_PARENT = models.OneToOneField(
    auto_created=True,
    on_delete=models.deletion.CASCADE,
    parent_link=True,
    primary_key=True,
    serialize=False,
    to="viewflow.process",
)


class Migration(migrations.Migration):
    """Make all of them."""

    initial = True
    dependencies: ClassVar = [("viewflow", "0015_task_scheduled")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ProposalProcess",
            fields=[
                ("process_ptr", _PARENT),
                ("department", models.CharField(default="", max_length=50)),
                ("title", models.CharField(default="", max_length=200)),
                ("approved", models.BooleanField(null=True)),
                ("yes", models.IntegerField(default=0)),
            ],
            bases=("viewflow.process",),
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", _KEY.clone()),
                ("body", models.CharField(max_length=100)),
                ("process", _PROCESS.clone()),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", _KEY.clone()),
                ("member", models.IntegerField()),
                ("yes", models.BooleanField()),
                ("process", _PROCESS.clone()),
            ],
        ),
    ]
