"""What somebody might change who has a whole record in hand, and what is found then."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from domain.record import GENESIS, digest_of, digest_payload
from domain.record.flaws import Flaw
from tests.record.played import Record, act, value, values

Forgery = Callable[[Record], list[Flaw]]
FORGERIES: dict[str, Forgery] = {}
OTHER = "f" * 64


def forgery(function: Forgery) -> Forgery:
    """Put a forgery among all of them, by its name."""
    FORGERIES[function.__name__] = function
    return function


def linked(record: Record) -> None:
    """Chain the acts anew, with all heads that are in the record: as an owner can."""
    previous, seq, digests = GENESIS, 0, {0: GENESIS}
    for each in values(record, "act"):
        link, seq = each["link"], seq + 1
        link["previous"], link["seq"] = previous, seq
        if each["said"] and "head" in each["said"]:
            campaign, place, _ = each["said"]["head"]
            each["said"]["head"] = [campaign, place, digests[place]]
            decision = each["command"]["target"].removeprefix("decision:")
            value(record, "decision", id=decision)["head"] = [place, digests[place]]
        if each["said"] is not None:
            salt = bytes.fromhex(each["salt"])
            link["payload_digest"] = digest_payload(salt, each["said"])
        link.pop("trace_digest", None)
        if each["trace"]:
            link["trace_digest"] = digest_of(each["trace"])
        previous = each["digest"] = digests[seq] = digest_of(link)
    value(record, "chain")["head"] = [seq, previous]


def drop(record: Record, entry: Any) -> None:
    """Take an entry out, and count the others anew."""
    record[:] = [each for each in record if entry not in each.values()]
    value(record, "end")["entries"] = len(record) - 1


def seq_of(entry: Any) -> int:
    """Say which act it is."""
    seq: int = entry["link"]["seq"]
    return seq


def of_command(entry: Any) -> str:
    """Say which command it was."""
    command: str = entry["link"]["command"]
    return command


@forgery
def an_actor_is_changed(record: Record) -> list[Flaw]:
    changed = act(record, "decide")
    changed["link"]["actor"] = "ld-02"
    command = Flaw("command_changed", seq_of(changed), of_command(changed))
    decided = Flaw("decision_changed", seq_of(changed), "2022-1-qd1")
    return [Flaw("was changed", seq_of(changed)), command, decided]


@forgery
def what_was_said_is_changed(record: Record) -> list[Flaw]:
    changed = act(record, "forward")
    changed["said"]["said"]["letter"] = "Tờ trình khác"
    command = Flaw("command_changed", seq_of(changed), of_command(changed))
    return [Flaw("its payload was changed", seq_of(changed)), command]


@forgery
def a_salt_is_changed(record: Record) -> list[Flaw]:
    changed = act(record, "publish")
    changed["salt"] = "00" * 16
    return [Flaw("its payload was changed", seq_of(changed))]


@forgery
def the_order_of_two_acts_is_changed(record: Record) -> list[Flaw]:
    first, second = (act(record, "attest_count", nth) for nth in (0, 1))
    seq = seq_of(first)
    first["link"]["seq"], second["link"]["seq"] = seq + 1, seq
    places = [n for n, each in enumerate(record) if each.get("act") in (first, second)]
    one, other = places
    record[one], record[other] = record[other], record[one]
    loose = "does not follow the link before it"
    return [
        Flaw(loose, seq),
        Flaw("was changed", seq),
        Flaw(loose, seq + 1),
        Flaw("was changed", seq + 1),
        Flaw(loose, seq + 2),
    ]


@forgery
def an_act_is_dropped(record: Record) -> list[Flaw]:
    dropped = act(record, "attest_count")
    seq = seq_of(dropped)
    drop(record, dropped)
    loose = Flaw("does not follow the link before it", seq + 1)
    return [Flaw(f"expected link {seq}", seq + 1), loose]


@forgery
def an_act_is_dropped_and_the_chain_made_anew(record: Record) -> list[Flaw]:
    dropped = act(record, "forward")
    first, other = moved_by(dropped, "line")
    drop(record, dropped)
    linked(record)
    answered = seq_of(act(record, "record_superior_answer"))
    told = (name_of(notice) for notice in values(record, "notice", kind="forwarded"))
    return [
        Flaw("moved_from_elsewhere", answered, f"line {first}"),
        Flaw("state_changed", seq_of(act(record, "decide")), f"line {other}"),
        *(Flaw("notice_without_cause", None, name) for name in told),
    ]


@forgery
def an_act_says_that_a_line_moved_elsewhere(record: Record) -> list[Flaw]:
    changed = act(record, "decide")
    [way] = [x for x in changed["trace"]["moves"] if x[2] == "director_declined"][:1]
    way[2] = "director_approved"
    linked(record)
    lines, seq = sorted(way[3]), seq_of(changed)
    return [
        *(Flaw("state_changed", seq, f"line {line}") for line in lines),
        *(Flaw("outcome_changed", seq, f"2022-1-qd1 {line}") for line in lines),
    ]


@forgery
def an_act_moves_what_it_may_not(record: Record) -> list[Flaw]:
    changed = act(record, "receive")
    changed["trace"]["moves"].append(["phase", "*", "closed", ["2022-1"]])
    linked(record)
    seq, posted = seq_of(changed), seq_of(act(record, "publish"))
    return [
        Flaw("undeclared_move", seq, "phase * → closed"),
        Flaw("moved_from_elsewhere", seq, "phase 2022-1"),
        Flaw("moved_from_elsewhere", posted, "phase 2022-1"),
    ]


@forgery
def a_trace_is_changed(record: Record) -> list[Flaw]:
    changed = act(record, "amend_registration")
    changed["trace"]["target"] = "department:2022-1-TTDN"
    seq, command = seq_of(changed), of_command(changed)
    return [Flaw("its trace was changed", seq), Flaw("command_changed", seq, command)]


@forgery
def the_head_is_removed(record: Record) -> list[Flaw]:
    chain = value(record, "chain")
    seq, _ = chain["head"]
    chain["head"] = None
    return [Flaw("has no head behind it", seq)]


@forgery
def the_head_is_set_back(record: Record) -> list[Flaw]:
    chain = value(record, "chain")
    before = list(values(record, "act"))[-2]
    chain["head"] = [seq_of(before), before["digest"]]
    return [Flaw("is the head, but not the last link", seq_of(before))]


@forgery
def what_was_sent_is_changed(record: Record) -> list[Flaw]:
    changed = act(record, "decide")
    changed["command"]["body"]["rulings"][0]["outcome"] = "approve"
    return [Flaw("command_changed", seq_of(changed), of_command(changed))]


@forgery
def what_was_sent_and_refused_is_changed(record: Record) -> list[Flaw]:
    changed = value(record, "command", state="refused")
    changed["body"]["reason"] = "Vì lẽ khác."
    return [Flaw("command_changed", None, changed["id"])]


@forgery
def a_command_is_aimed_elsewhere(record: Record) -> list[Flaw]:
    changed = act(record, "appraise")
    changed["command"]["target"] = "department:2022-1-TTDN"
    return [Flaw("command_changed", seq_of(changed), of_command(changed))]


@forgery
def a_command_is_aimed_elsewhere_with_its_fingerprint(record: Record) -> list[Flaw]:
    changed = act(record, "appraise")
    sent = changed["command"]
    sent["target"] = "department:2022-1-TTDN"
    names = ("campaign", "actor", "behalf", "kind", "target", "body")
    names += ("phase", "department", "window")
    sent["fingerprint"] = digest_of({name: sent[name] for name in names})
    return [Flaw("command_changed", seq_of(changed), of_command(changed))]


@forgery
def a_command_is_lost(record: Record) -> list[Flaw]:
    changed = act(record, "publish")
    changed["command"] = None
    return [Flaw("command_missing", seq_of(changed), of_command(changed))]


@forgery
def a_refused_command_is_called_applied(record: Record) -> list[Flaw]:
    changed = value(record, "command", state="refused")
    changed["state"] = "applied"
    return [Flaw("applied_without_act", None, changed["id"])]


_OTHER_STATES = {
    "campaign": "running",
    "phase": "decided",
    "window": "open",
    "registration": "lapsed",
    "submission": "overdue",
    "line": "awarded",
    "session": "convened",
    "decision": "numbered",
    "case": "withdrawn",
}


def _state_changed(kind: str, state: str) -> Forgery:
    def change(record: Record) -> list[Flaw]:
        rows = values(record, "state", kind=kind)
        changed = next(row for row in rows if row["state"] != state)
        changed["state"] = state
        key = changed["key"]
        by = [x for x in values(record, "act") if key in moved_by(x, kind)]
        return [Flaw("state_changed", seq_of(by[-1]), f"{kind} {key}")]

    return change


FORGERIES |= {
    f"a_{kind}_is_called_{state}": _state_changed(kind, state)
    for kind, state in _OTHER_STATES.items()
}


@forgery
def a_line_is_lost(record: Record) -> list[Flaw]:
    lost = value(record, "state", kind="line")
    by = [x for x in values(record, "act") if lost["key"] in moved_by(x, "line")]
    drop(record, lost)
    return [Flaw("row_missing", seq_of(by[-1]), f"line {lost['key']}")]


@forgery
def a_line_is_slipped_in(record: Record) -> list[Flaw]:
    first = next(n for n, x in enumerate(record) if "state" in x)
    key = "00000000-0000-4000-8000-000000000000"
    new = {"state": {"kind": "line", "key": key, "state": "awarded"}}
    record.insert(first, new)
    value(record, "end")["entries"] += 1
    return [Flaw("state_without_act", None, f"line {key}")]


def counted(record: Record, method: str) -> tuple[Any, Any]:
    """Find a round with a line that was so voted on and counted, and that line."""
    return next(
        (voting, row)
        for voting in values(record, "round")
        for row in voting["lines"]
        if row["method"] == method and row["carried"] is not None
    )


def not_of_round(voting: Any, row: Any) -> list[Flaw]:
    """Say that a session stands no more where its last round does."""
    return [Flaw("miscounted", None, f"{voting['session']} {row['line']}")]


def board_of(record: Record, voting: Any) -> int:
    """Say which act counted a round."""
    acts = values(record, "act")
    return next(seq_of(x) for x in acts if x["link"]["act"] == voting["counted_by"])


@forgery
def a_ballot_on_a_board_is_turned(record: Record) -> list[Flaw]:
    voting, row = counted(record, "sheets")
    entry = row["entries"][0]
    entry["choice"] = "nay" if entry["choice"] == "yes" else "yes"
    seq, place = board_of(record, voting), f"{voting['session']}/{voting['round']}"
    return [
        Flaw("board_changed", seq, place),
        Flaw("miscounted", seq, f"{place} {row['line']}"),
    ]


@forgery
def a_ballot_on_a_board_is_swapped(record: Record) -> list[Flaw]:
    voting, row = counted(record, "sheets")
    row["entries"][0]["code"] = "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    place = f"{voting['session']}/{voting['round']}"
    return [Flaw("board_changed", board_of(record, voting), place)]


@forgery
def figures_of_a_board_are_changed(record: Record) -> list[Flaw]:
    voting, row = counted(record, "sheets")
    row["yes"], row["no"] = row["yes"] - 1, row["no"] + 1
    seq, place = board_of(record, voting), f"{voting['session']}/{voting['round']}"
    what = f"{place} {row['line']}"
    return [
        Flaw("board_changed", seq, place),
        Flaw("miscounted", seq, what),
        *not_of_round(voting, row),
    ]


@forgery
def counted_hands_are_changed(record: Record) -> list[Flaw]:
    voting, row = counted(record, "hands")
    row["yes"], row["no"] = row["yes"] - 1, row["no"] + 1
    what = f"{voting['session']}/{voting['round']} {row['line']}"
    return [Flaw("miscounted", None, what), *not_of_round(voting, row)]


@forgery
def counted_paper_is_changed(record: Record) -> list[Flaw]:
    voting, row = counted(record, "paper")
    row["yes"], row["no"] = row["no"], row["yes"]
    what = f"{voting['session']}/{voting['round']} {row['line']}"
    return [Flaw("miscounted", None, what), *not_of_round(voting, row)]


@forgery
def a_vote_is_said_to_have_failed(record: Record) -> list[Flaw]:
    voting, row = counted(record, "hands")
    row["carried"] = not row["carried"]
    what = f"{voting['session']}/{voting['round']} {row['line']}"
    return [Flaw("wrong_outcome", None, what)]


@forgery
def an_outcome_is_changed(record: Record) -> list[Flaw]:
    changed = value(record, "outcome", outcome="council_failed")
    changed["outcome"] = "council_passed"
    what = f"{changed['session']} {changed['line']}"
    said = [x for x in values(record, "act") if "outcomes" in (x["said"] or {})]
    theirs = [x for x in said if changed["line"] in x["said"]["outcomes"]]
    return [Flaw("outcome_changed", seq_of(theirs[-1]), what)]


@forgery
def what_was_decided_is_changed(record: Record) -> list[Flaw]:
    decision, decided = value(record, "decision"), act(record, "decide")
    line = next(x for x, y in decision["outcomes"].items() if "declined" in (y or ""))
    decision["outcomes"][line] = "director_approved"
    return [Flaw("outcome_changed", seq_of(decided), f"{decision['id']} {line}")]


@forgery
def who_decided_is_changed(record: Record) -> list[Flaw]:
    decision = value(record, "decision")
    decision["decided_by"] = "ld-02"
    return [Flaw("decision_changed", seq_of(act(record, "decide")), decision["id"])]


@forgery
def a_number_is_changed(record: Record) -> list[Flaw]:
    decision = value(record, "decision")
    decision["number"] += 1
    return [Flaw("number_changed", seq_of(act(record, "number")), decision["id"])]


@forgery
def the_head_on_a_decision_is_changed(record: Record) -> list[Flaw]:
    decision, issued = value(record, "decision"), act(record, "issue")
    before = next(values(record, "act"))
    decision["head"] = [seq_of(before), before["digest"]]
    return [Flaw("head_changed", seq_of(issued), decision["id"])]


@forgery
def a_decision_has_the_head_of_another_record(record: Record) -> list[Flaw]:
    decision, issued = value(record, "decision"), act(record, "issue")
    decision["head"][1] = OTHER
    return [Flaw("head_of_another_record", seq_of(issued), decision["id"])]


def name_of(notice: Any) -> str:
    """Write a notice's key."""
    key = ("task", "kind", "step", "version", "recipient")
    return " ".join(str(notice[part]) for part in key if notice[part] != "")


def teller(record: Record, notice: Any) -> int:
    """Find the act that first told somebody something."""
    key = [notice[part] for part in ("task", "kind", "step", "version")]
    return next(
        seq_of(each)
        for each in values(record, "act")
        for *to, _, people in (each["trace"] or {"told": ()})["told"]
        if to == key and (isinstance(people, int) or notice["recipient"] in people)
    )


@forgery
def the_words_of_a_notice_are_changed(record: Record) -> list[Flaw]:
    notice = value(record, "notice", kind="awarded")
    notice["body"] += " Và một điều nữa."
    return [Flaw("notice_changed", teller(record, notice), name_of(notice))]


@forgery
def the_words_of_a_reminder_are_changed(record: Record) -> list[Flaw]:
    notice = value(record, "notice", kind="council_due")
    notice["body"] += " Và một điều nữa."
    return [Flaw("notice_changed", teller(record, notice), name_of(notice))]


@forgery
def what_everybody_was_told_is_changed(record: Record) -> list[Flaw]:
    notice = value(record, "notice", kind="results")
    notice["subject"] = "Kết quả khác"
    return [Flaw("notice_changed", teller(record, notice), name_of(notice))]


@forgery
def a_notice_goes_to_somebody_else(record: Record) -> list[Flaw]:
    notice = value(record, "notice", kind="awarded")
    seq, before = teller(record, notice), name_of(notice)
    notice["recipient"] = "ld-04"
    return [
        Flaw("notice_without_cause", None, name_of(notice)),
        Flaw("notice_missing", seq, before),
    ]


@forgery
def a_notice_of_another_task_is_slipped_in(record: Record) -> list[Flaw]:
    notice = value(record, "notice", kind="awarded") | {"version": 99}
    record.insert(-1, {"notice": notice})
    value(record, "end")["entries"] += 1
    return [Flaw("notice_without_cause", None, name_of(notice))]


@forgery
def a_notice_is_sent_twice(record: Record) -> list[Flaw]:
    notice = value(record, "notice", kind="awarded")
    record.insert(-1, {"notice": notice})
    value(record, "end")["entries"] += 1
    return [Flaw("notice_twice", None, name_of(notice))]


@forgery
def a_notice_is_lost(record: Record) -> list[Flaw]:
    notice = value(record, "notice", kind="awarded")
    drop(record, notice)
    return [Flaw("notice_missing", teller(record, notice), name_of(notice))]


@forgery
def one_of_everybody_was_not_told(record: Record) -> list[Flaw]:
    notice = value(record, "notice", kind="results")
    seq = teller(record, notice)
    drop(record, notice)
    name = " ".join(name_of(notice).split()[:-1])
    return [Flaw("notices_miscounted", seq, name)]


@forgery
def the_file_is_cut_off(record: Record) -> list[Flaw]:
    del record[-1]
    return [Flaw("cut_off")]


def moved_by(entry: Any, kind: str) -> list[str]:
    """List what an act has moved."""
    moves = entry["trace"]["moves"] if entry["trace"] else ()
    return [key for what, _, _, keys in moves if what == kind for key in keys]


def a_file(record: Record, holder: str) -> Any:
    """Find a file that was attached to something of a kind, and was taken away."""
    return next(
        each for each in values(record, "file", holder=holder) if each["voided_by"]
    )


def attached(record: Record, file: Any) -> int:
    """Say which act attached a file."""
    return next(
        seq_of(each)
        for each in values(record, "act")
        if each["link"]["kind"] == "attach_file" and each["said"]["file"] == file["id"]
    )


def _of_file(code: str, record: Record, file: Any) -> list[Flaw]:
    return [Flaw(code, attached(record, file), f"file {file['id']}")]


@forgery
def a_file_is_swapped(record: Record) -> list[Flaw]:
    changed = a_file(record, "line")
    changed["sha256"] = OTHER
    return _of_file("file_changed", record, changed)


@forgery
def a_file_is_put_with_another_thing(record: Record) -> list[Flaw]:
    changed, other = a_file(record, "line"), value(record, "file", holder="case")
    changed["holder"], changed["key"] = "case", other["key"]
    return _of_file("file_changed", record, changed)


@forgery
def another_has_attached_a_file(record: Record) -> list[Flaw]:
    changed = a_file(record, "case")
    changed["added_by"] = "ld-02"
    return _of_file("file_changed", record, changed)


@forgery
def a_file_that_was_taken_away_stands_again(record: Record) -> list[Flaw]:
    changed = a_file(record, "case")
    changed["voided_by"] = changed["voided_at"] = None
    return _of_file("file_changed", record, changed)


@forgery
def a_file_is_lost(record: Record) -> list[Flaw]:
    lost = a_file(record, "line")
    drop(record, lost)
    return _of_file("file_missing", record, lost)


@forgery
def a_file_is_slipped_in(record: Record) -> list[Flaw]:
    new = {**a_file(record, "line"), "id": "another"}
    place = next(n for n, each in enumerate(record) if "file" in each)
    record.insert(place, {"file": new})
    value(record, "end")["entries"] += 1
    return [Flaw("file_without_act", None, "file another")]


@forgery
def a_file_is_attached_twice_by_its_owner(record: Record) -> list[Flaw]:
    first, *_ = (x for x in values(record, "act") if x["link"]["kind"] == "attach_file")
    again = deepcopy(first)
    place = next(n for n, each in enumerate(record) if each.get("act") is first)
    record.insert(place + 1, {"act": again})
    value(record, "end")["entries"] += 1
    linked(record)
    return [Flaw("file_changed", seq_of(again), f"file {first['said']['file']}")]
