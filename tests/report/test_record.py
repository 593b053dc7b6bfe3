"""Is a record's fingerprint over its clinical content, and over nothing else?"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import jsonschema
import pytest

from screening import report
from screening.report.record import HelpShown, Retraction, canonical, instant
from tests.report.patients import SENT, WORKED, answers_of, contact, record_of


def test_the_same_content_has_the_same_hash_in_any_order_of_answers():
    answers = answers_of("L1")
    turned = dict(reversed(answers.items()))

    hashes = {record_of(answers).record_hash, record_of(turned).record_hash}

    assert len(hashes) == 1


def test_one_changed_answer_changes_the_hash():
    answers = answers_of("L1")
    changed = answers | {"age": "35"}

    hashes = {record_of(answers).record_hash, record_of(changed).record_hash}

    assert len(hashes) == 2


def test_who_the_patient_is_does_not_change_the_hash():
    record = record_of(answers_of("L1"))

    named = replace(record, identity=contact())

    assert named.record_hash == record.record_hash


def test_the_canonical_form_is_json_in_order_without_spaces():
    content = record_of({"b": 1, "a": "é"}).clinical_content

    text = canonical(content).decode()

    assert '"answers":{"a":"é","b":1}' in text
    assert json.loads(text) == content


def test_a_moment_is_written_in_utc():
    moment = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=-5)))

    written = instant(moment)

    assert written == "2026-11-23T14:30:00Z"


def test_a_moment_without_a_zone_is_refused():
    moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC).replace(tzinfo=None)

    with pytest.raises(ValueError, match="no zone"):
        instant(moment)


def test_what_the_patient_wrote_is_not_shown_in_repr():
    record = record_of({"age": "34-secret"}, identity=contact("A Secret"))

    shown = repr(record)

    assert "secret" not in shown.lower()


SCHEMA = json.loads(
    (Path(report.__file__).parent / "record.schema.json").read_text("utf-8")
)
HELP = HelpShown(
    cause="urgent-chest",
    help="urgent_medical",
    shown_at=SENT,
    answers={"chest_pain_now": "yes"},
)
TAKEN_BACK = Retraction(
    question="asq.q5", first="yes", first_at=SENT, later=None, later_at=SENT
)


@pytest.mark.parametrize("case", WORKED)
def test_a_record_is_as_its_schema_says(case):
    record = record_of(answers_of(case), help_shown=(HELP,), retracted=(TAKEN_BACK,))

    jsonschema.validate(json.loads(record.canonical_content), SCHEMA)


def test_every_name_of_a_record_is_in_the_schema():
    marks = {"help_shown": (HELP,), "retracted": (TAKEN_BACK,)}
    content = record_of({}, follows="K7QM-2XRE", **marks)
    plain = json.loads(content.canonical_content)

    jsonschema.validate(plain, SCHEMA)
    assert set(SCHEMA["properties"]) == set(plain)
    assert set(SCHEMA["required"]) == set(plain) - {"follows"}
    for part in ("help_shown", "retracted"):
        assert set(SCHEMA["properties"][part]["items"]["required"]) == set(
            plain[part][0]
        )


def test_what_a_record_follows_stands_in_it_only_where_it_follows_one():
    alone = record_of({})
    following = record_of({}, follows="K7QM-2XRE")

    assert "follows" not in json.loads(alone.canonical_content)
    assert alone.record_hash != following.record_hash


@pytest.mark.parametrize(
    "change", [{"answers": []}, {"more": 1}, {"submitted_at": "2026-11-23"}]
)
def test_what_is_no_record_the_schema_refuses(change):
    plain = json.loads(record_of({}).canonical_content) | change

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, SCHEMA)
