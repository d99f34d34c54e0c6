"""Acts on the office's rows: each in the record, with who, when, and old → new.

They need no workflow: an act, its row, its notices and its link of the office's chain
are one transaction. What gives or takes a post that decides is only proposed by it.
"""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_jsonable_python
from sqlmodel import Session, SQLModel

from domain.calendar import local_day
from duties.office_deed import OfficeDeed, name_of
from papers.office import post_vi, row_vi
from store.office.changes import (
    Change,
    Changed,
    Verb,
    carry_out,
    deciding,
    version_of,
    whose_service,
)
from store.office.histories import HISTORIES
from store.office.holding import deciding_posts_of
from store.office.proposals import propose
from store.tables import Department, Proposal

_NOUNS = {"departments": "department", "people": "person"}


def dumped(row: SQLModel | None) -> dict[str, Any] | None:
    """Write a row as the record keeps it."""
    return None if row is None else row.model_dump(mode="json")


def act_on(session: Session, actor: str, change: Change) -> Changed | Proposal:
    """Carry a change out and record it, or propose it where a post hangs on it.

    Raises Refused as the rows do, either way, and `nobody_confirms`.
    """
    deed = OfficeDeed.begin(session, actor)
    version = version_of(session, change)
    whose = whose_service(session, change, local_day(deed.at))
    held = deciding_posts_of(session, *whose) if whose else frozenset()
    tried = session.begin_nested()
    changed = carry_out(session, change)
    posts = deciding(session, changed)
    if whose and held:
        posts |= held - deciding_posts_of(session, *whose)
    if posts:
        tried.rollback()
        return _propose(deed, changed, version, sorted(posts))
    tried.commit()
    if not changed.plain:
        tell_changed(deed, changed)
        deed.close(f"{change.verb}_{_noun(change)}", facts_of(changed))
    return changed


def _propose(
    deed: OfficeDeed, changed: Changed, version: int | None, posts: list[str]
) -> Proposal:
    change = changed.change
    proposal = Proposal(
        about=change.about,
        key=change.key,
        verb=change.verb,
        said=to_jsonable_python(dict(change.said)),
        version=version,
        posts=posts,
        person=changed.person,
        proposed_by=deed.actor,
        proposed_at=deed.at,
    )
    kept, asked = propose(deed.session, proposal, local_day(deed.at))
    if kept is proposal:
        task = f"proposal/{kept.id}/{deed.id}"
        facts = {"task": task, "proposal": kept.id, **worded(deed, changed)}
        deed.tell("office_proposed", asked, **facts)
        if not (changed.new or {}).get("died_on"):
            deed.tell("office_proposed_for", [changed.person], **facts)
        said = {"act": f"{change.verb}_{_noun(change)}", "posts": kept.posts}
        deed.close("propose", {"proposal": kept.id, **said, **facts_of(changed)})
    return kept


def tell_changed(deed: OfficeDeed, changed: Changed) -> None:
    """Tell whom a change concerns, and whom somebody has replaced by it."""
    deed.tell("office_changed", [changed.person], **worded(deed, changed))
    if changed.replaced is not None and changed.new is not None:
        deed.tell(
            "office_replaced",
            [changed.replaced["person"]],
            post=post_vi(_named(deed, changed.new) or {}),
            person=deed.name_of(changed.person),
            since=changed.row.starts,
        )


def worded(deed: OfficeDeed, changed: Changed) -> dict[str, Any]:
    """Say a change in the words of a notice."""
    why = changed.change.said.get("reason")
    return {
        "what": name_of(changed.change.about),
        "person": deed.name_of(changed.person),
        "old": row_vi(_named(deed, changed.old)),
        "new": row_vi(_named(deed, changed.new)),
        "why": f"Lý do: {why} " if why else "",
    }


def facts_of(changed: Changed) -> dict[str, Any]:
    """Say a change in the words of the record."""
    row = changed.new or changed.old or {}
    found = {
        "about": changed.change.about,
        "key": changed.change.key or row.get("id") or row.get("code"),
        "old": changed.old,
        "new": changed.new,
    }
    reason, replaced = changed.change.said.get("reason"), changed.replaced
    if reason is not None and changed.change.verb is Verb.VOID:
        found["reason"] = reason
    return found | ({"replaced": replaced} if replaced else {})


def _noun(change: Change) -> str:
    kind = HISTORIES.get(change.about)
    return kind.noun if kind else _NOUNS[change.about]


def _named(deed: OfficeDeed, row: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Give a row with its department's name for the code."""
    code = row.get("department") if row else None
    department = deed.session.get(Department, code) if code else None
    return {**row, "department": department.name} if row and department else row
