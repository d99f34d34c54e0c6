"""Viewflow, as its documentation has it: a flow of nodes, each task a row of Django."""

from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from bench.peers.measuring import Figures, Task
from bench.peers.own_style import MEMBERS, votes_yes

_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
_APPS += ["viewflow", "viewflow.workflow", "bench.peers.flowapp"]


def own(task: Task) -> Figures:
    """Take every input of a nomination by itself."""
    _set_up(task.url)
    # Django's models can be loaded only once it knows its settings.
    flow = import_module("bench.peers.flowapp.flows").ProposalFlow
    tasks = import_module("viewflow.workflow.models").Task.objects

    def run(key: int, name: str, **said: Any) -> None:
        node = getattr(flow.instance, name)
        with transaction.atomic():
            found = tasks.select_related("process").get(process_id=key, flow_task=node)
            node.run(found, **said)

    def one(_number: int) -> None:
        with transaction.atomic():
            key = flow.start.run(department="d", title="Lao động tiên tiến").pk
        for member in range(MEMBERS):
            run(key, f"vote_{member}", member=member, yes=votes_yes(member))
        run(key, "director", approved=True)

    return task.each(one)


def _set_up(url: str) -> None:
    place = urlsplit(url)
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": place.path.lstrip("/"),
        "HOST": place.hostname,
        "PORT": place.port,
        "USER": place.username,
        "CONN_MAX_AGE": None,
    }
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=_APPS,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        SECRET_KEY="of a bench",
    )
    django.setup()
    call_command("migrate", verbosity=0)
