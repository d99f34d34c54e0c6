"""A roster in the rows: first import, changes, and what contradicts them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from intake.office.contradictions import Contradiction
from intake.office.positions import Position
from intake.office.roster import Roster, RosterDepartment, RosterPerson
from store.database import Database
from store.office.roster import Imported, import_roster
from store.tables import Appointment, Department, Office, Person, ServiceSpan

DAY, LATER = date(2022, 3, 1), date(2022, 9, 1)
HIRED = date(2015, 5, 4)
HEAD = RosterPerson("qt-01", "Lê Văn Tám", "QT", Position.TRUONG_PHONG, HIRED)
STAFF = RosterPerson("qt-02", "Trần Thị Đào", "QT", Position.NHAN_VIEN, HIRED)
DIRECTOR = RosterPerson(
    "ld-01", "Vũ An", "LEADERSHIP", Position.CHANH_VAN_PHONG, HIRED, "an@vp.vn"
)
OFFICE = (DIRECTOR, HEAD, STAFF)


def roster(*people: RosterPerson, **names: str) -> Roster:
    """Make a roster; a department without a name is named by its code."""
    codes = dict.fromkeys(person.department for person in people)
    departments = (RosterDepartment(code, names.get(code, code)) for code in codes)
    return Roster(tuple(departments), people)


def take(database: Database, whole: Roster, day: date = DAY, **how: Any) -> Imported:
    """Import in a transaction of its own."""
    with database.write() as session:
        return import_roster(session, whole, day, **how)


def against(database: Database, *people: RosterPerson) -> tuple[str, ...]:
    """Import what must be refused; return what is said against it."""
    with pytest.raises(Contradiction) as refused:
        take(database, roster(*people), LATER)
    return refused.value.sentences


def rows(database: Database) -> dict[str, list[Any]]:
    """Read back everything that an import writes."""
    with database.read() as session:
        return {
            "departments": _departments(session),
            "people": _people(session),
            "spans": _spans(session),
            "offices": _offices(session),
        }


def _departments(session: Session) -> list[Any]:
    found = session.exec(select(Department).order_by(Department.code))
    return [(d.code, d.name, d.starts, d.secretariat, d.version) for d in found]


def _people(session: Session) -> list[Any]:
    found = session.exec(select(Person).order_by(Person.id))
    return [(p.id, p.name, p.search_key, p.email, p.version) for p in found]


def _spans(session: Session) -> list[Any]:
    found = session.exec(
        select(ServiceSpan).order_by(ServiceSpan.person, col(ServiceSpan.starts))
    )
    return [(s.person, s.department, s.starts, s.ends) for s in found]


def _offices(session: Session) -> list[Any]:
    found = session.exec(
        select(Appointment).order_by(Appointment.person, col(Appointment.starts))
    )
    return [(a.person, a.office, a.department, a.starts, a.ends) for a in found]


FIRST = {
    "departments": [("QT", "Phòng Quản trị", HIRED, True, 1)],
    "people": [
        ("ld-01", "Vũ An", "vu an", "an@vp.vn", 1),
        ("qt-01", "Lê Văn Tám", "le van tam", None, 1),
        ("qt-02", "Trần Thị Đào", "tran thi dao", None, 1),
    ],
    "spans": [("qt-01", "QT", HIRED, None), ("qt-02", "QT", HIRED, None)],
    "offices": [
        ("ld-01", Office.DIRECTOR, None, HIRED, None),
        ("qt-01", Office.DEPARTMENT_HEAD, "QT", HIRED, None),
    ],
}


def found_office(database: Database) -> Imported:
    """Import the whole office for the first time."""
    return take(database, roster(*OFFICE, QT="Phòng Quản trị"), secretariat="QT")


def test_a_first_import_writes_people_service_and_offices(database: Database) -> None:
    done = found_office(database)

    assert done == Imported(departments=1, people=3, spans=2, offices=2)
    assert rows(database) == FIRST


def test_the_same_roster_again_changes_nothing(database: Database) -> None:
    found_office(database)

    done = take(database, roster(*OFFICE), LATER)

    assert done == Imported()
    assert rows(database) == FIRST


def test_names_and_mail_follow_the_roster_and_what_it_leaves_out_stays(
    database: Database,
) -> None:
    found_office(database)
    people = (replace(DIRECTOR, email=None), HEAD, replace(STAFF, name="Trần Thị Mận"))

    done = take(database, roster(*people, QT="Phòng Hành chính"), LATER)

    assert done == Imported(renamed=2)
    assert rows(database) == FIRST | {
        "departments": [("QT", "Phòng Hành chính", HIRED, True, 2)],
        "people": [
            *FIRST["people"][:2],
            ("qt-02", "Trần Thị Mận", "tran thi man", None, 2),
        ],
    }


def test_the_day_of_leaving_is_the_last_that_counts_and_offices_end_with_it(
    database: Database,
) -> None:
    found_office(database)
    left = replace(HEAD, left_on=date(2022, 8, 31))

    done = [take(database, roster(left), LATER) for _ in range(2)]

    assert done == [Imported(ended=2), Imported()]
    assert rows(database) == FIRST | {
        "spans": [("qt-01", "QT", HIRED, LATER), FIRST["spans"][1]],
        "offices": [
            FIRST["offices"][0],
            ("qt-01", Office.DEPARTMENT_HEAD, "QT", HIRED, LATER),
        ],
    }


def test_who_is_not_in_the_roster_stays(database: Database) -> None:
    found_office(database)

    done = take(database, roster(STAFF), LATER)

    assert done == Imported()
    assert rows(database) == FIRST


def test_a_change_of_department_holds_from_the_day_of_the_import(
    database: Database,
) -> None:
    found_office(database)
    moved = replace(STAFF, department="TH")

    done = [take(database, roster(moved), LATER) for _ in range(2)]

    assert done == [Imported(departments=1, spans=1, ended=1), Imported()]
    assert rows(database)["spans"] == [
        FIRST["spans"][0],
        ("qt-02", "QT", HIRED, LATER),
        ("qt-02", "TH", LATER, None),
    ]


def test_a_new_head_follows_the_old_one_on_the_day_of_the_import(
    database: Database,
) -> None:
    found_office(database)
    people = (
        replace(HEAD, position=Position.NHAN_VIEN),
        replace(STAFF, position=Position.TRUONG_PHONG),
    )

    done = take(database, roster(*people), LATER)

    assert done == Imported(offices=1, ended=1)
    assert rows(database)["offices"] == [
        FIRST["offices"][0],
        ("qt-01", Office.DEPARTMENT_HEAD, "QT", HIRED, LATER),
        ("qt-02", Office.DEPARTMENT_HEAD, "QT", LATER, None),
    ]


def test_a_head_who_comes_to_lead_the_office_leaves_the_department(
    database: Database,
) -> None:
    found_office(database)
    deputy = replace(
        HEAD, department="LEADERSHIP", position=Position.PHO_CHANH_VAN_PHONG
    )

    done = [take(database, roster(deputy), LATER) for _ in range(2)]

    assert done == [Imported(offices=1, ended=2), Imported()]
    assert rows(database) == FIRST | {
        "spans": [("qt-01", "QT", HIRED, LATER), FIRST["spans"][1]],
        "offices": [
            FIRST["offices"][0],
            ("qt-01", Office.DEPARTMENT_HEAD, "QT", HIRED, LATER),
            ("qt-01", Office.DEPUTY_DIRECTOR, None, LATER, None),
        ],
    }


def test_who_comes_back_serves_anew_from_the_new_day(database: Database) -> None:
    found_office(database)
    take(database, roster(replace(STAFF, left_on=date(2022, 3, 31))))
    back = date(2022, 8, 1)

    done = take(database, roster(replace(STAFF, hired_on=back)), LATER)

    assert done == Imported(spans=1)
    assert rows(database)["spans"] == [
        FIRST["spans"][0],
        ("qt-02", "QT", HIRED, date(2022, 4, 1)),
        ("qt-02", "QT", back, None),
    ]


def test_other_duties_stay_with_who_stays_and_end_with_who_moves(
    database: Database,
) -> None:
    found_office(database)
    duty = Appointment(
        person="qt-02",
        office=Office.DEPARTMENT_SECRETARY,
        department="QT",
        starts=HIRED,
    )
    with database.write() as session:
        session.add(duty)

    stayed = take(database, roster(STAFF), LATER)
    moved = take(database, roster(replace(STAFF, department="TH")), LATER)

    assert stayed == Imported()
    assert moved == Imported(departments=1, spans=1, ended=2)


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        (
            replace(STAFF, hired_on=date(2016, 1, 1)),
            "qt-02: danh bạ ghi vào QT từ 04/5/2015, tệp ghi ngày vào 01/01/2016.",
        ),
        (
            replace(STAFF, position=Position.TRUONG_PHONG),
            "Trưởng phòng QT: qt-01, qt-02 cùng giữ; tệp phải ghi cả người thôi giữ "
            "chức vụ này.",
        ),
        (
            replace(DIRECTOR, position=Position.TRUONG_PHONG),
            "ld-01: trưởng phòng phải thuộc một phòng.",
        ),
    ],
)
def test_what_contradicts_the_rows_is_refused_whole(
    database: Database, person: RosterPerson, sentence: str
) -> None:
    found_office(database)
    newcomer = RosterPerson("qt-09", "Hồ Minh", "QT", Position.NHAN_VIEN, LATER)

    said = against(database, newcomer, person)

    assert said == (sentence,)
    assert rows(database) == FIRST


def test_who_was_known_to_have_left_does_not_come_back_by_silence(
    database: Database,
) -> None:
    found_office(database)
    take(database, roster(replace(STAFF, left_on=date(2022, 3, 31))))

    assert against(database, STAFF) == (
        "qt-02: danh bạ ghi đã rời từ 01/4/2022; vào lại thì ghi ngày vào mới.",
    )


def test_a_span_elsewhere_stands_in_the_way_of_one_here(database: Database) -> None:
    found_office(database)
    with database.write() as session:
        session.add(Person(id="qt-03", name="Hồ Minh", sort_key="", search_key=""))
        session.flush()
        session.add(ServiceSpan(person="qt-03", agency="Sở Nội vụ", starts=HIRED))
    newcomer = RosterPerson("qt-03", "Hồ Minh", "QT", Position.NHAN_VIEN, DAY)

    assert against(database, newcomer) == (
        "qt-03: thời gian công tác trùng với thời gian đã có trong danh bạ.",
    )


def test_an_office_without_a_secretariat_is_told_how_to_name_one(
    database: Database,
) -> None:
    done = take(database, roster(*OFFICE))

    assert done.notes == [
        "Chưa có phòng thường trực thi đua: ghi x ở cột «thường trực», hoặc nhập với "
        "--secretariat MÃ."
    ]


def test_a_second_secretariat_is_refused(database: Database) -> None:
    found_office(database)
    moved = roster(replace(STAFF, department="TH"))

    with pytest.raises(Contradiction) as second:
        take(database, moved, LATER, secretariat="TH")
    with pytest.raises(Contradiction) as unknown:
        take(database, roster(STAFF), LATER, secretariat="KHONG")

    assert second.value.sentences == ("TH: phòng thường trực đang là QT.",)
    assert unknown.value.sentences == (
        "KHONG: không có phòng nào mang mã này để giao làm thường trực.",
    )
