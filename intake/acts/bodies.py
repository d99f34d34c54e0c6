"""Which body each act has: that of its request, and the payload of its command."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from domain.acts import ACTS, require_whole
from intake import acts
from intake.acts.saying import SAID
from intake.fields import Body

# Each module enters its own; none can be forgotten.
for _module in iter_modules(acts.__path__, f"{acts.__name__}."):
    if _module.name != __name__:
        import_module(_module.name)
require_whole("a body", SAID)
BODIES: Mapping[str, type[Body]] = {kind: SAID[kind] for kind in ACTS if kind in SAID}
