"""One peer, measured: `python -m bench.peers NAME STYLE …` prints one line of JSON."""

import argparse
import json
import logging
import os
import sys
from importlib import import_module
from importlib.metadata import version

from bench.peers.measuring import Task

# The module of each peer, and the package whose version is told.
PEERS = {
    "floor": ("floors", "sqlalchemy"),
    "spiff": ("spiff", "SpiffWorkflow"),
    "viewflow": ("viewflow_peer", "django-viewflow"),
    "dbos": ("dbos_peer", "dbos"),
    "temporal": ("temporal_peer", "temporalio"),
}


def main() -> None:
    """Measure the one that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("style", choices=("own", "grain"))
    parser.add_argument("url")
    parser.add_argument("count", type=int)
    parser.add_argument("clients", type=int)
    parser.add_argument("postgres", type=int)
    parser.add_argument("temporal", type=int, nargs="?", default=0)
    parser.add_argument("address", nargs="?", default="")
    asked = vars(parser.parse_args())
    name, style = asked.pop("peer"), asked.pop("style")
    logging.disable(logging.WARNING)
    module, package = PEERS[name]
    measure = getattr(import_module(f"bench.peers.{module}"), style)
    figures = measure(Task(**asked))
    said = json.dumps({**figures, "version": f"{package} {version(package)}"})
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()
    os._exit(0)  # some leave threads behind that do not end by themselves


if __name__ == "__main__":
    main()
