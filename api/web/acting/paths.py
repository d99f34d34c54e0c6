"""Where the page of an act is, with what it is filled in with and where it leads."""

from urllib.parse import urlencode

from api.commands import ACT_PATHS
from domain import ids
from domain.ids import Kind, WorkflowId

PREFIX, RECEIPTS = "/lam", "/bien-nhan"
# Fields of the page itself, beside those of the act: the key under which it is sent,
# what the page knew, where it leads back, a command whose words fill it in.
KEY, SEEN, BACK, AGAIN = "_khoa", "_da_xem", "ve", "lai"


def act_path(
    kind: str, key: object, department: str = "", ve: str = "", **typed: object
) -> str:
    """Give the address of an act's page on what has this *key*.

    Fields that are *typed* are filled in; when it is done it leads back to *ve*.
    """
    path = ACT_PATHS[kind].format(key=key, department=department)
    query = {BACK: ve} if ve else {}
    asked = urlencode(query | typed)
    return f"{PREFIX}{path}{f'?{asked}' if asked else ''}"


def page_of(kind: str, target: WorkflowId, ve: str = "", **typed: object) -> str:
    """Give the address of an act's page on its target."""
    if target.kind is Kind.DEPARTMENT:
        phase, department = ids.department_key(target)
        return act_path(kind, phase, department, ve, **typed)
    return act_path(kind, target.key, "", ve, **typed)


def other_way(kind: str, target: WorkflowId) -> str | None:
    """Say where the same is done with a file; of most acts nowhere."""
    if kind != "register" or target.kind is not Kind.DEPARTMENT:
        return None
    phase, department = ids.department_key(target)
    return f"/phong/{phase}/{department}/dang-ky/tep"


def inside(wanted: str) -> str:
    """Keep a way back within our own pages: nobody is led elsewhere."""
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if ours and wanted.isprintable() else "/"
