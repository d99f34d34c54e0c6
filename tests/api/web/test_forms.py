"""Forms: of every act, with words for every field; what is typed is what is said."""

import re
from hashlib import sha256

import pytest

from api.web import vendored
from api.web.administration.entering import ENTERED, form_of
from api.web.forms import Field, Form
from intake.acts.bodies import BODIES
from papers.fields import LABELS
from tests.sources import ROOT

KINDS = sorted(BODIES)


def all_of(fields: list[Field]) -> list[Field]:
    """List fields with those of their rows."""
    inner = (each for field in fields for row in field.rows for each in row)
    return [*fields, *(more for each in inner for more in all_of([each]))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_an_act_has_a_name_for_people(kind: str) -> None:
    fields = all_of(Form(BODIES[kind].model_json_schema()).fields({}, {}))

    assert all(each.label and each.label != each.name for each in fields)


@pytest.mark.parametrize("about", ENTERED)
def test_every_field_and_choice_of_a_row_of_the_office_has_a_name(about: str) -> None:
    fields = form_of(about).fields({}, {})
    choices = [choice for each in fields for choice in each.choices]

    assert all(each.label and each.label != each.name for each in fields)
    assert [each for each in choices if each.label == each.code] == []


def test_no_name_is_kept_that_no_field_has() -> None:
    entered = [form_of(about) for about in ENTERED]
    forms = [*entered, *(Form(BODIES[kind].model_json_schema()) for kind in KINDS)]
    names = {
        each.name.rpartition(".")[2]
        for form in forms
        for each in all_of(form.fields({}, {}))
    }

    assert LABELS.keys() == names


def test_what_is_typed_is_what_is_said() -> None:
    typed = {
        "lines.0.kind": "individual",
        "lines.0.subject": " ctqh-02 ",
        "lines.0.title": "LDTT",
        "lines.0.achievement": "Tốt.",
        "lines.0.documents": "BAOCAO\n\n BIENBAN ",
        "lines.2.kind": "collective",
        "lines.2.subject": "CTQH",
        "lines.2.title": "TTLDTT",
        "lines.2.achievement": "Tốt.",
        "lines.2.secret": "1",
    }

    said = Form(BODIES["submit"].model_json_schema()).read(typed)

    one = {"kind": "individual", "subject": "ctqh-02", "title": "LDTT"}
    other = {"kind": "collective", "subject": "CTQH", "title": "TTLDTT"}
    assert said == {
        "lines": [
            {
                **one,
                "achievement": "Tốt.",
                "documents": ["BAOCAO", "BIENBAN"],
                "secret": False,
            },
            {**other, "achievement": "Tốt.", "documents": [], "secret": True},
        ]
    }
    BODIES["submit"].model_validate(said)


def test_what_is_vendored_is_what_was_published() -> None:
    said = (ROOT / "api/web/VENDOR.md").read_text("utf-8")
    told = dict(re.findall(r"\| `([\w.-]+)` \| `([0-9a-f]{64})` \|", said))

    there = [*vendored.FOLDER.glob("*.min.*"), *vendored.FOLDER.glob("*.woff2")]
    found = {each.name: sha256(each.read_bytes()).hexdigest() for each in there}
    assert told == found
