"""Every way to write that is no act of the process, and who may."""

from domain.cases.procedures import PROCEDURES, carriers
from domain.policy.declaring import About, Edit, Relation, to
from domain.roles import DESK, Role
from domain.states import CaseKind, CaseState

_FILERS = frozenset(
    role for each in PROCEDURES.values() for role in each.steps["file_case"].who
)
# Who is asked to see that a slip comes into the right hand.
WITNESSES = to(Role.SECRETARIAT, Role.DIRECTOR, Role.DEPUTY_DIRECTOR)
_CARRIERS = frozenset(
    role for kind in CaseKind for state in CaseState for role in carriers(kind, state)
)

EVERY_EDIT = (
    Edit("practise", "Play in an office for practice", to(Relation.ANYBODY)),
    Edit(
        "sign_in",
        "Sign in, or set a password by a code",
        to(Relation.ANYBODY),
        About.ACCOUNT,
    ),
    Edit(
        "change_own_account",
        "Change one's password, end sessions, make tokens",
        to(Relation.OWN),
        About.ACCOUNT,
    ),
    Edit(
        "administer_accounts",
        "Make and change accounts",
        to(Relation.ADMINISTRATOR),
        About.ACCOUNT,
    ),
    # By whom no administrator can be: posts are given by others.
    Edit(
        "witness_code",
        "Witness that a code for an account in use was handed to its owner",
        WITNESSES,
    ),
    # Of an empty office; or whoever has the code that its start on this machine prints.
    Edit(
        "set_up",
        "Set an office up from its roster and its first plan",
        to(Relation.ADMINISTRATOR),
        About.ACCOUNT,
    ),
    Edit(
        "campaign_draft",
        "Draft a campaign, correct or throw away the draft",
        to(Role.SECRETARIAT, Role.DIRECTOR),
    ),
    Edit("master_data", "Write rows of the office", to(Role.SECRETARIAT)),
    Edit(
        "department_list",
        "Write what a department may send one day",
        to(*DESK),
        About.DEPARTMENT,
    ),
    # Of its kind the matter's own procedure says who may file it.
    Edit("write_matter", "Write a matter down", frozenset(_FILERS), About.MATTER),
    Edit("attach_to_line", "Attach a file to a line", to(*DESK), About.LINE),
    Edit(
        "attach_to_session",
        "Attach a file to a session, the scan of its signed minutes too",
        to(Role.SECRETARIAT, Role.COUNCIL_SECRETARY),
    ),
    Edit(
        "attach_to_decision",
        "Attach the scan of a signed decision",
        to(Role.SECRETARIAT, Role.RECORDS_CLERK),
    ),
    # And those who carry it on, by its procedure.
    Edit(
        "attach_to_matter",
        "Attach a file to a matter",
        to(Relation.OWN) | _CARRIERS,
        About.MATTER,
    ),
    Edit(
        "take_file_away",
        "Take a file away: whoever may attach one, in a matter their own",
        to(
            Relation.OWN,
            *DESK,
            Role.SECRETARIAT,
            Role.COUNCIL_SECRETARY,
            Role.RECORDS_CLERK,
        ),
        About.FILE,
        hidden=True,
    ),
    Edit(
        "outbox_by_hand",
        "Hold, let go and throw away what leaves the system",
        to(Role.SECRETARIAT),
    ),
    Edit(
        "nudge",
        "Remind one who owes, out of turn",
        to(Role.SECRETARIAT, Role.DIRECTOR),
    ),
    Edit(
        "own_letters",
        "Say how one's letters come, and make one's calendar address",
        to(Relation.SIGNED_IN),
    ),
    Edit("read_notice", "Mark one's own notice as read", to(Relation.OWN), hidden=True),
    Edit(
        "answer_proposal",
        "Confirm or decline a proposal",
        to(Relation.CONFIRMER),
        About.PROPOSAL,
    ),
    Edit(
        "withdraw_proposal",
        "Take one's own proposal back",
        to(Relation.OWN),
        About.PROPOSAL,
    ),
)
