"""An upgrade between an act and its end: it is answered and applied all the same."""

from engine.client import Engine
from store.database import Database
from store.migrate import downgrade
from tests.databases import ON_BOTH, as_owner, migrate
from tests.journeys.scene import CODE, today
from tests.journeys.test_own_clock import this_year
from tests.office import DIRECTOR, UNION, open_office, prepare
from tests.processes import until

SIGN, LAUNCH = f"/campaigns/{CODE}/sign-pact", f"/campaigns/{CODE}/launch"


@ON_BOTH
async def test_acts_stored_before_their_rows_had_columns_for_what_follows(
    database: Database, engine: Engine
) -> None:
    prepare(database, today().year)
    async with open_office(database, engine) as office:
        director, union = office.person(DIRECTOR), office.person(UNION)
        await director.act("/campaigns", this_year(today()))
        await director.act(SIGN)
        signed = await union.post(SIGN, key="signed")
    async with open_office(database, engine, work=False, patience=0) as office:
        waiting = await office.person(DIRECTOR).post(LAUNCH, key="launched")

    with as_owner(database) as owned:
        downgrade(owned, "0011")
        migrate(owned)

    async with open_office(database, engine) as office:
        again = await office.person(UNION).post(SIGN, key="signed")

        async def launched() -> bool:
            answer = await office.person(DIRECTOR).post(LAUNCH, key="launched")
            return answer.status_code == 200

        async def open_now() -> bool:
            phases = await office.person(DIRECTOR).get(f"/campaigns/{CODE}/phases")
            return phases[0]["state"] == "registration_open"

        await until(launched, "what waited is applied")
        await until(open_now, "what it starts is started")
    assert waiting.status_code == 202
    assert (again.status_code, again.json()) == (200, signed.json())
