"""Where the things that files stand with are in the paths."""

import re
from collections.abc import Mapping

from store.tables import HolderKind

ROOMS: Mapping[HolderKind, str] = {
    HolderKind.LINE: "lines",
    HolderKind.SESSION: "council-sessions",
    HolderKind.CASE: "cases",
    HolderKind.DECISION: "decisions",
}
# Their bodies are read by the route, and not before it.
UPLOADS = re.compile(rf"/api/v1/({'|'.join(ROOMS.values())})/[^/]+/attachments")
