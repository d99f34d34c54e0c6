"""What docs/process.md says of the process is what the table of acts says."""

from tests.docs import PROCESS, TABLES, written


def test_the_tables_of_the_process_are_those_of_the_code() -> None:
    text = PROCESS.read_text(encoding="utf-8")

    assert text == written(text), "write them anew: python -m tests.docs"
    assert all(f"<!-- table: {name} -->" in text for name in TABLES)
