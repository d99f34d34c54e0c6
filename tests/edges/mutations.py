"""Each edge case of the domain: the test that names it, and a mutation it must catch.

`python -m tests.edges.mutations` runs them all, `… E06 E19` some of them: the code is
copied, changed in one place, and the test has to fail there.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
# What pytest answers when tests ran and one of them failed.
_FAILED = 1


@dataclass(frozen=True)
class Mutation:
    """One edge case: where its test is, and the change that the test must notice."""

    edge: str
    test: str
    what: str
    file: str
    old: str
    new: str


_VOTES = "tests/edges/test_council_votes.py::test_"
_RANKS = "tests/edges/test_ranking.py::test_"
_AFTER = "tests/edges/test_after_the_award.py::test_"
_HOLDS = "tests/edges/test_hold.py::test_"
_PEOPLE = "tests/edges/test_people.py::test_"
_MOVERS = "tests/edges/test_movers.py::test_"
_LEAVERS = "tests/edges/test_leavers.py::test_"
_UNITS = "tests/edges/test_units.py::test_"
_SECRETS = "tests/edges/test_secrets.py::test_"
_DETOURS = "tests/journeys/test_detours.py::test_"

MUTATIONS = (
    Mutation(
        "E01",
        f"{_VOTES}e01_an_open_tie_goes_to_the_chairs_side_and_the_minutes_say_so",
        "an open tie passes whatever the chair said",
        "domain/council/thresholds.py",
        "ballot is Ballot.OPEN and chair_yes is True",
        "ballot is Ballot.OPEN",
    ),
    Mutation(
        "E02",
        f"{_VOTES}e02_a_line_that_failed_twice_is_not_voted_on_again",
        "a third round is allowed",
        "domain/council/rounds.py",
        "    if len(rounds) >= MOST:\n",
        "    if len(rounds) >= 9:\n",
    ),
    Mutation(
        "E03",
        f"{_VOTES}e03_without_a_quorum_nothing_opens_and_the_delay_goes_up",
        "a vote opens without a quorum",
        "activities/services/council/sitting.py",
        "    if short:\n",
        "    if short and not members:\n",
    ),
    Mutation(
        "E04",
        f"{_VOTES}e04_a_sheet_that_never_came_counts_as_not_agreeing",
        "the whole is who was there",
        "activities/services/council/rounds.py",
        '"electors": len(voting.roll) - len(recused)',
        '"electors": len(voting.present) - len(recused)',
    ),
    Mutation(
        "E05",
        f"{_VOTES}e05_a_nominee_leaves_vote_and_whole_and_a_head_votes_on_the_own_people",
        "a nominee votes on the own line",
        "domain/council/conflicts.py",
        "(flagged if everybody else out).update(nominee)",
        "flagged.update(nominee)",
    ),
    Mutation(
        "E06",
        f"{_RANKS}e06_of_equals_who_works_directly_comes_before_a_head",
        "a head ranks as everybody else",
        "domain/council/quota.py",
        "(-one.initiative_score, one.manager, -one.prior_years)",
        "(-one.initiative_score, -one.prior_years)",
    ),
    Mutation(
        "E06",
        f"{_RANKS}e06_a_second_round_orders_the_tied_and_fails_none_of_them",
        "a round among the tied fails whom it does not carry",
        "domain/council/rounds.py",
        "return next((each for each in rounds if each.carried), rounds[-1])",
        "return rounds[-1]",
    ),
    Mutation(
        "E06",
        f"{_RANKS}e06_who_ties_again_below_the_threshold_goes_to_the_chair",
        "those who tie are voted on until somebody wins",
        "domain/council/rounds.py",
        "return rule.allowed and all(len(rounds) < MOST for rounds in tied)",
        "return rule.allowed and all(rounds for rounds in tied)",
    ),
    Mutation(
        "E07",
        f"{_AFTER}e07_a_cap_that_shrinks_below_what_was_given_is_told_and_undoes_nothing",
        "a cap that shrinks afterwards is told to nobody",
        "activities/services/decision/reevaluation.py",
        "_STANDS = (Fate.PASSES, Fate.OPEN)",
        "_STANDS = (Fate.PASSES, Fate.OPEN, Fate.TIED)",
    ),
    Mutation(
        "E07",
        f"{_RANKS}e07_a_seat_that_falls_free_before_the_signatures_goes_to_the_next",
        "a signature stands under another result",
        "activities/services/council/sessions.py",
        "        session.signed_by_chair = session.signed_by_secretary = None\n",
        "",
    ),
    Mutation(
        "E08",
        f"{_DETOURS}e08_a_silent_department_is_escalated_and_passed_over_only_by_name",
        "the list is posted without naming who is silent",
        "activities/effects/phase.py",
        "    _require_all_in(call, body)\n",
        "",
    ),
    Mutation(
        "E09",
        f"{_DETOURS}e09_a_late_department_sends_within_the_time_the_chair_gives",
        "a window takes what comes after its end",
        "activities/services/calendar/windows.py",
        "    if received_at >= window.due_at:\n",
        "    if received_at < begins:\n",
    ),
    Mutation(
        "E10",
        f"{_DETOURS}e10_a_supplement_answers_the_flagged_lines_and_only_those",
        "a supplement may touch any line",
        "activities/effects/department/submission.py",
        "    if named != flagged:\n",
        "    if not named:\n",
    ),
    Mutation(
        "E11",
        f"{_MOVERS}e11_who_moved_is_nominated_by_the_new_department_and_waits_for_the_old",
        "nobody waits for the old department",
        "domain/rules/eligibility.py",
        "    if stage is Stage.APPRAISAL:  # papers are the appraisal's matter\n",
        "    if stage is Stage.BALLOT:\n",
    ),
    Mutation(
        "E12",
        f"{_MOVERS}e12_who_comes_from_elsewhere_brings_the_months_and_that_agencys_word",
        "what another agency says need not come as a paper",
        "store/findings/hearing.py",
        "        return (*ours, *others[_papers(line) :])",
        "        return (*ours, *others[: _papers(line)])",
    ),
    Mutation(
        "E13",
        f"{_MOVERS}e13_who_is_seconded_is_nominated_at_home_once_the_other_unit_confirms",
        "nobody asks where somebody was seconded to",
        "store/findings/hearing.py",
        "each.why is Absence.SECONDMENT",
        "each.why is Absence.TRAINING",
    ),
    Mutation(
        "E14",
        f"{_LEAVERS}e14_who_retired_lapses_and_is_judged_as_on_the_last_day",
        "who left is judged to the end of the year",
        "store/findings/hearing.py",
        "min(here.span.end or self.day, self.day) if here else self.day",
        "self.day",
    ),
    Mutation(
        "E15",
        f"{_PEOPLE}e15_maternity_leave_counts_as_service",
        "maternity leave is no service",
        "rules/vn2017.yaml",
        "counted: [maternity, sick_leave, rescue_injury, secondment]",
        "counted: [sick_leave, rescue_injury, secondment]",
    ),
    Mutation(
        "E16",
        f"{_PEOPLE}e16_a_recruit_waits_ten_full_months_to_the_day",
        "a recruit waits a month longer",
        "rules/vn2017.yaml",
        "months: 10\n",
        "months: 11\n",
    ),
    Mutation(
        "E17",
        f"{_PEOPLE}e17_a_year_of_training_counts_when_it_ended_well",
        "how a training ended does not matter",
        "rules/vn2017.yaml",
        "needs_good_result: true",
        "needs_good_result: false",
    ),
    Mutation(
        "E18",
        f"{_PEOPLE}e18_a_reprimand_bars_the_person_and_a_warning_the_department",
        "a reprimand bars nobody",
        "rules/vn2017.yaml",
        "level: REPRIMAND\n",
        "level: WARNING\n",
    ),
    Mutation(
        "E19",
        f"{_HOLDS}e19_a_line_before_the_council_waits_and_is_reopened_when_cleared",
        "a line cleared after its phase is forgotten",
        "activities/services/progress/holds.py",
        "    _take_up(deed, line)\n",
        "",
    ),
    Mutation(
        "E20",
        f"{_AFTER}e20_an_awardee_declines_and_what_rests_on_it_is_named",
        "anybody declines for anybody",
        "activities/effects/decision/declined_award.py",
        "        return actor == line.subject\n",
        "        return bool(actor)\n",
    ),
    Mutation(
        "E21",
        f"{_RANKS}e21_who_is_downgraded_keeps_the_lower_title",
        "who ranks beyond the quota has failed",
        "activities/services/council/sessions.py",
        "Fate.DOWNGRADED: LineState.COUNCIL_DOWNGRADED,",
        "Fate.DOWNGRADED: LineState.COUNCIL_FAILED,",
    ),
    Mutation(
        "E22",
        "tests/edges/test_ruling.py::"
        "test_e22_after_the_last_return_the_director_decides_with_a_reason",
        "a list may go back without end",
        "activities/effects/decision/rulings.py",
        "    if phase.round >= most and",
        "    if phase.round > most and",
    ),
    Mutation(
        "E23",
        "tests/edges/test_ruling.py::"
        "test_e23_a_name_that_the_council_did_not_pass_cannot_be_added",
        "the director adds a name",
        "activities/effects/decision/rulings.py",
        "    strange = set(given) - {line.id for line in lines}",
        "    strange = set(given) - set(given)",
    ),
    Mutation(
        "E24",
        "tests/edges/test_delegation.py::"
        "test_e24_a_delegate_beyond_the_scope_is_refused_with_the_source",
        "a delegate signs whatever comes",
        "domain/delegation.py",
        "    if kind not in power.acts:\n",
        "    if not power.acts:\n",
    ),
    Mutation(
        "E25",
        "tests/edges/test_own_line.py::"
        "test_e25_a_deputy_decides_the_directors_own_line_and_he_all_the_others",
        "the director's own line is on the common list",
        "activities/services/council/handover.py",
        "if line.subject not in directors]",
        "if line.subject]",
    ),
    Mutation(
        "E26",
        f"{_AFTER}e26_a_fighter_undone_after_the_collective_was_forwarded",
        "nobody thinks of what was sent upward",
        "activities/services/decision/reevaluation.py",
        "x.state is LineState.FORWARDED_UPWARD]",
        "x.state is LineState.AWARDED]",
    ),
    Mutation(
        "E27",
        f"{_AFTER}e27_a_superior_declines_and_the_lower_title_stands",
        "the closing review stays as it was",
        "activities/services/progress/reviews.py",
        "    if campaign.state is CampaignState.CLOSED:\n",
        "    if campaign.state is CampaignState.DRAFT:\n",
    ),
    Mutation(
        "E28",
        "tests/edges/test_ad_hoc.py::test_"
        "e28_what_was_rewarded_ad_hoc_is_not_nominated_again",
        "the same words count as another achievement",
        "activities/services/decision/double_awards.py",
        "similarity(said, before) >= ALIKE",
        "similarity(said, before) > 1",
    ),
    Mutation(
        "E29",
        "tests/rehearsal/test_year.py::"
        "test_e29_in_2024_a_sunday_rolls_and_a_worked_saturday_does_not",
        "a worked Saturday is a Saturday",
        "domain/calendar.py",
        "        if day in self.worked_weekends:\n",
        "        if day in self.days_off:\n",
    ),
    Mutation(
        "E30",
        "tests/journeys/test_campaign.py::"
        "test_e30_the_same_key_gives_the_same_answer_and_another_body_none",
        "a key is good for another body",
        "store/commands/receiving.py",
        "    if known.fingerprint != same.fingerprint():",
        "    if not known.fingerprint:",
    ),
    Mutation(
        "E31",
        f"{_UNITS}e31_people_follow_their_new_department_and_the_old_one_owes_nothing",
        "a department that begins within the year has no part in it",
        "activities/services/progress/departments.py",
        "        _join(deed, phase, on)\n",
        "",
    ),
    Mutation(
        "E32",
        f"{_VOTES}e32_a_council_formed_anew_under_the_vote_votes_again",
        "a council that has left is counted",
        "activities/effects/council/voting.py",
        "    _require_same_council(call, rounds)\n",
        "",
    ),
    Mutation(
        "E33",
        "tests/journeys/test_campaign.py::"
        "test_e33_a_phase_changes_its_rules_only_by_a_recorded_act",
        "the act changes nothing",
        "activities/effects/campaign/lifecycle.py",
        'call.deed.facts["from"], phase.pack = phase.pack, body.pack',
        'call.deed.facts["from"] = phase.pack',
    ),
    Mutation(
        "E34",
        f"{_PEOPLE}e34_a_missing_rating_blocks_and_is_no_failure",
        "who is not rated has failed",
        "domain/rules/eligibility.py",
        "    {MISSING_RATING, UNDER_VERIFICATION, MISSING_OPINION,",
        "    {UNDER_VERIFICATION, MISSING_OPINION,",
    ),
    Mutation(
        "E35",
        f"{_UNITS}e35_who_works_in_two_departments_counts_in_the_one_of_home",
        "somebody serves in two departments at once",
        "store/office/histories.py",
        '"service-spans"],\n        ("starts",),\n        exclusive=True,',
        '"service-spans"],\n        ("starts",),',
    ),
    Mutation(
        "E36",
        "tests/edges/test_correction.py::"
        "test_e36_a_correction_is_a_decision_of_its_own_and_edits_nothing",
        "a correction looks like an award",
        "activities/effects/decision/issue.py",
        "    if decision.kind is DecisionKind.CORRECTION:\n",
        "    if decision.kind is DecisionKind.AWARD:\n",
    ),
    Mutation(
        "E37",
        f"{_SECRETS}e37_a_line_on_a_state_secret_is_posted_to_nobody_and_read_by_few",
        "everybody reads what is secret",
        "store/knowing/lines.py",
        "and_(col(Nomination.secret).is_(False), dossier),\n",
        "dossier,\n",
    ),
    Mutation(
        "E38",
        f"{_PEOPLE}e38_of_a_department_of_two_more_than_half_is_both",
        "more than half of two is one",
        "domain/council/thresholds.py",
        "floor(exact) + 1 if self.strict else ceil(exact)",
        "ceil(exact)",
    ),
)


def caught(mutation: Mutation) -> bool:
    """Change a copy of the code, and say whether the test fails there."""
    with TemporaryDirectory(prefix="thidua-mutant-") as folder:
        _copy(Path(folder))
        changed = Path(folder) / mutation.file
        text = changed.read_text("utf-8")
        changed.write_text(text.replace(mutation.old, mutation.new), "utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", mutation.test]
        found = subprocess.run(command, cwd=folder, capture_output=True)
    return found.returncode == _FAILED


def _copy(folder: Path) -> None:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
    for name in names.decode().split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy(ROOT / name, folder / name)


def main(wanted: list[str]) -> int:
    """Run the mutations; answer how many were not caught."""
    missed = 0
    for mutation in MUTATIONS:
        if not wanted or mutation.edge in wanted:
            found = caught(mutation)
            missed += not found
            said = "caught" if found else "NOT CAUGHT"
            print(f"{mutation.edge}  {said}  {mutation.what}", flush=True)  # noqa: T201
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
