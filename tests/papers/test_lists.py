"""The order of lists on paper."""

from datetime import date

from domain.roles import HEAD
from intake.rulepacks import load_packs, to_data
from store.database import Database
from store.findings.papers.listed import in_list_order
from store.tables import Campaign, Person, Phase
from tests.store.rows import CAMPAIGN, OTHER, PERSON, PHASE, a_line, found


def test_who_has_died_stands_in_lists_where_their_own_name_does(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        found(session)
        [pack, *_] = load_packs()
        campaign = session.get_one(Campaign, CAMPAIGN)
        campaign.packs = {"vn2017": to_data(pack)}
        campaign.plan = {"signatory": HEAD}
        session.get_one(Person, PERSON).died_on = date(2022, 9, 10)
        session.flush()
        lines = [a_line(subject=OTHER), a_line(subject=PERSON)]

        lists = in_list_order(session, session.get_one(Phase, PHASE), lines)

    assert [line.subject for line in lists] == ["Văn A (truy tặng)", "Văn B"]
