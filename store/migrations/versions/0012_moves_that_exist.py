"""Whatever has states goes from one to another only as its kind may.

The pairs stand here for themselves: this is what the database is told, whatever the
code says later. A test compares the two.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# table → state → the states that it may go to
_MOVES = {
    "campaigns": {
        "draft": "cancelled pending_union",
        "pending_union": "cancelled pact_signed",
        "pact_signed": "cancelled running",
        "running": "cancelled closed suspended",
        "suspended": "cancelled running",
        "closed": "running",
    },
    "phases": {
        "planned": "cancelled registration_open running",
        "registration_open": "cancelled running",
        "running": "cancelled department_review",
        "department_review": "cancelled submission_window",
        "submission_window": "appraisal cancelled",
        "appraisal": "cancelled decided public_notice",
        "public_notice": "cancelled council_review",
        "council_review": "cancelled decided director_review",
        "director_review": "cancelled council_review decided",
        "decided": "cancelled closed council_review director_review",
        "closed": "council_review director_review",
    },
    "windows": {
        "open": "closed closing",
        "closing": "closed open",
        "closed": "open",
    },
    "registrations": {
        "registered": "lapsed withdrawn",
        "amended": "lapsed withdrawn",
    },
    "submissions": {
        "not_started": "closed nil_return overdue peer_reviewed",
        "peer_reviewed": "closed nil_return overdue submitted",
        "submitted": "recalled received",
        "recalled": "closed nil_return overdue submitted",
        "received": "appraised returned_for_supplement",
        "returned_for_supplement": "resubmitted",
        "resubmitted": "appraised returned_for_supplement",
        "appraised": "received",
        "nil_return": "recalled",
        "overdue": "late_requested nil_return submitted",
        "late_requested": "late_accepted late_refused",
        "late_accepted": "nil_return overdue submitted",
    },
    "council_sessions": {
        "convened": "adjourned voting",
        "voting": "counted",
        "counted": "concluded voting",
    },
    "decisions": {
        "pending": "decided returned",
        "decided": "numbered returned",
        "numbered": "issued rescinded",
    },
    "cases": {
        "draft": "filed",
        "filed": "accepted not_accepted reported resolved returned withdrawn",
        "returned": "filed withdrawn",
        "accepted": "not_recognised polled recognised resolved withdrawn",
        "polled": "resolved",
        "reported": "resolved",
        "recognised": "certified",
    },
    "nominations": {
        "nominated": "eligible ineligible on_hold withdrawn",
        "eligible": "ineligible nominated on_ballot on_hold withdrawn",
        "ineligible": "nominated withdrawn",
        "on_ballot": "council_downgraded council_failed council_passed deferred eligible withdrawn",
        "council_passed": "director_approved director_declined on_hold returned_to_council withdrawn",
        "deferred": "nominated on_ballot on_hold withdrawn",
        "returned_to_council": "on_ballot on_hold withdrawn",
        "director_approved": "awarded council_passed forwarded_upward",
        "awarded": "declined_by_awardee revoked",
        "forwarded_upward": "superior_awarded superior_declined superior_returned",
        "superior_awarded": "declined_by_awardee revoked",
        "superior_returned": "forwarded_upward withdrawn",
        "on_hold": "council_passed deferred eligible ineligible nominated returned_to_council withdrawn",
    },
}


def upgrade() -> None:
    create = _sqlite if op.get_bind().dialect.name == "sqlite" else _postgresql
    for table, moves in _MOVES.items():
        op.execute(create(table, _is_none_of(moves)))


def _is_none_of(moves: dict[str, str]) -> str:
    pairs = [
        f"'{before} > {after}'"
        for before, onward in moves.items()
        for after in onward.split()
    ]
    return (
        "OLD.state <> NEW.state AND "
        f"(OLD.state || ' > ' || NEW.state) NOT IN ({', '.join(pairs)})"
    )


# After the change, so that the table's own rules are asked first.
def _sqlite(table: str, wrong: str) -> str:
    return (
        f"CREATE TRIGGER {table}_state AFTER UPDATE OF state ON {table} WHEN {wrong} "
        f"BEGIN SELECT RAISE(ABORT, '{_said(table)}'); END"
    )


def _postgresql(table: str, wrong: str) -> str:
    return (
        f"CREATE TRIGGER {table}_state AFTER UPDATE OF state ON {table} FOR EACH ROW "
        f"WHEN ({wrong}) EXECUTE FUNCTION refuse('{_said(table)}')"
    )


def _said(table: str) -> str:
    return f"{table} do not go from that state to this one"


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _MOVES:
        op.execute(f"DROP TRIGGER {table}_state" + ("" if sqlite else f" ON {table}"))
