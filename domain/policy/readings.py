"""Every way to read: what it shows, and to whom.

What few may know of what a way shows is left out of it for everybody else
(`domain/policy/restricted.py`).
"""

from domain.policy.declaring import About, Reading, Relation, Who, to
from domain.policy.edits import WITNESSES
from domain.policy.restricted import COUNCILS, KNOWN_TO, Restricted
from domain.roles import DESK, Role

_R = Role
_ANYBODY = to(Relation.ANYBODY)
# The plan's recipients too, who are of no department and hold no office.
_SIGNED_IN = to(Relation.SIGNED_IN)
_OFFICE = to(Relation.OF_THE_OFFICE)
_LEADING = to(_R.DIRECTOR, _R.AUDITOR)
# Who prepares a vote, takes part in it, or checks it.
PREPARING = to(_R.SECRETARIAT, _R.COUNCIL_MEMBER, _R.DIRECTOR, _R.AUDITOR)
# Who may know all that few may.
_ALL = frozenset.intersection(*KNOWN_TO.values())


def _known(what: Restricted, also: Who = frozenset()) -> Who:
    return KNOWN_TO[what] | also


EVERY_READING = (
    # Of the service itself.
    Reading("health", "Is the service alive, and ready", _ANYBODY),
    Reading("documentation", "The page that shows every route", _ANYBODY),
    Reading("page_parts", "What pages are made of", _ANYBODY),
    Reading("sign_in_page", "Where a browser signs in", _ANYBODY),
    Reading("results", "What was granted: to strangers while it is posted", _ANYBODY),
    Reading("practice", "Where an office for practice stands", _ANYBODY),
    # Accounts: whoever administers them is nobody in a campaign.
    Reading(
        "accounts",
        "The accounts",
        to(Relation.ADMINISTRATOR),
        About.ACCOUNT,
    ),
    Reading("codes_to_witness", "Codes that wait for a witness", WITNESSES),
    Reading(
        "own_account",
        "One's own sessions and tokens",
        to(Relation.OWN),
        About.ACCOUNT,
    ),
    Reading(
        "setting_up",
        "What an empty office is set up from",
        to(Relation.ADMINISTRATOR),
        About.ACCOUNT,
    ),
    # Of whoever asks.
    Reading("me", "Who asks, and in which roles", _SIGNED_IN),
    Reading("my_tasks", "What whoever asks owes", _SIGNED_IN),
    Reading("my_notices", "What whoever asks was told", _SIGNED_IN),
    Reading("act_form", "What an act asks for", _SIGNED_IN),
    Reading("my_data", "What is kept of whoever asks", _SIGNED_IN),
    Reading("my_sheets", "The sheets that whoever asks has to cast", _OFFICE),
    # What the recipients of a plan get: the plan, its days, and what came of it.
    Reading("campaigns", "Campaigns, and their phases", _SIGNED_IN),
    Reading("plan", "A plan as it stands", _SIGNED_IN),
    Reading("calendar", "Deadlines, and the reminders to come", _SIGNED_IN),
    Reading("reports", "Reviews, and how far the targets are", _SIGNED_IN),
    # What everybody in the office may follow.
    Reading("deadline_what_if", "What if a deadline fell later", _OFFICE),
    Reading("delegations", "Who may sign for the director", _OFFICE),
    Reading("registrations", "What is aimed for", _OFFICE),
    Reading("departments_in_phase", "How each department stands", _OFFICE),
    Reading("lines", "The lines that may be read", _OFFICE),
    Reading(
        "line",
        "One line: a posted one is for everybody in the office",
        _known(Restricted.DOSSIER, _OFFICE),
        About.LINE,
        hidden=True,
    ),
    Reading(
        "moves",
        "What happened to a line, and why",
        KNOWN_TO[Restricted.REASONS],
        About.LINE,
    ),
    Reading(
        "opinions",
        "What departments say of people who left them",
        KNOWN_TO[Restricted.OPINION],
        About.LINE,
    ),
    Reading("comments", "What was said of the posted list", _OFFICE),
    Reading("sessions", "Council sessions and their lines", _OFFICE),
    Reading("rounds", "Rounds, turnout and boards", _OFFICE),
    Reading("forecast", "Who is expected, and what can pass", _OFFICE),
    Reading("decisions", "Decisions and their lines", _OFFICE),
    Reading("decision_numbers", "Which numbers decisions have", _OFFICE),
    Reading("ledger", "How far each target is at each stage", _OFFICE),
    Reading("vote", "What a vote would come to, and signs of formality", PREPARING),
    # In minutes all lines may stand, those on a state secret too.
    Reading("session_files", "Files of a session, as its minutes", PREPARING),
    # On the list of a signed paper a line on a state secret may stand.
    Reading(
        "decision_files",
        "Signed papers of a decision, and where they differ from the record",
        PREPARING | {_R.RECORDS_CLERK},
    ),
    Reading(
        "file",
        "One file: as what it stands with",
        _known(Restricted.DOSSIER, _OFFICE | COUNCILS),
        About.FILE,
        hidden=True,
    ),
    Reading("record", "The record of a campaign", _OFFICE),
    Reading("record_export", "A whole record, as a file that anybody checks", _ALL),
    # As far as each may read: the record whole only for whom that is open to.
    Reading(
        "campaign_archive",
        "Everything of a campaign in one file",
        to(_R.SECRETARIAT, _R.AUDITOR),
    ),
    Reading("notices", "Notices: one's own, or those of all", _OFFICE),
    Reading(
        "act",
        "How an act stands",
        to(Relation.OWN, _R.SECRETARIAT, _R.DIRECTOR, _R.AUDITOR),
        About.ACT,
        hidden=True,
    ),
    Reading(
        "set_aside",
        "Which acts a fault has set aside",
        to(_R.SECRETARIAT, _R.DIRECTOR, _R.AUDITOR),
    ),
    Reading(
        "department_draft",
        "What a department is writing",
        KNOWN_TO[Restricted.DRAFT],
        About.DEPARTMENT,
    ),
    Reading(
        "department_papers",
        "Papers of a department in a phase",
        KNOWN_TO[Restricted.DRAFT] | PREPARING,
        About.DEPARTMENT,
    ),
    # As far as each may read them: every paper by its own entry.
    Reading("phase_papers", "All papers of a phase in one file", _OFFICE),
    Reading(
        "returned_list",
        "Why a department's list was given back",
        PREPARING | DESK,
        About.DEPARTMENT,
    ),
    # Matters beside the phases.
    Reading("matters", "The matters that may be read", _OFFICE),
    Reading(
        "matter",
        "One matter: whose, by its kind",
        _known(Restricted.MATTER, COUNCILS),
        About.MATTER,
        hidden=True,
    ),
    Reading("initiatives", "Recognised initiatives", _OFFICE),
    # What leaves the system.
    Reading(
        "outbox",
        "The outbox: how each channel is, and every delivery",
        _LEADING | {_R.SECRETARIAT},
    ),
    Reading("my_letters", "How one's own letters come", _SIGNED_IN),
    Reading("calendar_feed", "Somebody's deadlines, by a secret address", _ANYBODY),
    # Rows of the office.
    Reading("directory", "Departments and people", _OFFICE),
    Reading("posts", "Who holds which post today", _OFFICE),
    Reading("histories", "Service, offices, seats and merits", _OFFICE),
    Reading(
        "private_histories",
        "Discipline and leave",
        KNOWN_TO[Restricted.PRIVATE],
        About.PERSON,
    ),
    Reading("ratings", "Ratings of people and departments", _OFFICE),
    Reading("days", "Days against the published calendar", _SIGNED_IN),
    Reading("days_what_if", "What a day off would move", _OFFICE),
    Reading("scorecards", "The office's scorecard, and the flag's file", _OFFICE),
    Reading("proposals", "What waits for a second pair of eyes", _OFFICE),
    Reading("office_record", "The office's own record", _OFFICE),
)
