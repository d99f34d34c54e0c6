"""Where the things that files stand with are in the paths."""

from collections.abc import Mapping

from store.tables import HolderKind

ROOMS: Mapping[HolderKind, str] = {
    HolderKind.LINE: "lines",
    HolderKind.SESSION: "council-sessions",
    HolderKind.CASE: "cases",
    HolderKind.DECISION: "decisions",
}
