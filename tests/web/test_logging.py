import io
import json
import logging

import pytest

from screening.web.logging import JsonLine, log_event

CANARY = "Quetiapine-at-midnight"


@pytest.fixture
def written(caplog):
    caplog.set_level(logging.INFO, logger="screening.events")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream.getvalue
    root.removeHandler(handler)


def test_an_event_is_one_line_of_json(written):
    log_event("submission_stored", submission="s1", page_count=3)

    line = json.loads(written())
    assert line["event"] == "submission_stored"
    assert line["submission"] == "s1"
    assert line["page_count"] == 3
    assert line["at"].endswith("+00:00")


def test_a_field_nobody_thought_about_is_left_out(written):
    log_event("submission_stored", answer=CANARY)

    assert CANARY not in written()
    assert json.loads(written())["left_out"] == 1


def test_a_line_end_in_a_value_stays_in_its_line(written):
    log_event("start_warning", problem='a\r\n{"event": "forged"}\u2028')

    assert len(written().splitlines()) == 1


def test_an_event_that_is_no_constant_is_not_written(written):
    log_event(CANARY)

    assert CANARY not in written()


def test_a_librarys_message_is_reduced_to_its_name(written):
    logging.getLogger("some.library").error("bad value %s", CANARY)

    line = json.loads(written())
    assert line["logger"] == "some.library"
    assert CANARY not in written()


def test_no_request_leaves_what_a_patient_typed(written, client, post):
    client.get(f"/probe/{CANARY}?q={CANARY}", headers={"User-Agent": CANARY})
    client.get("/probe/fault", headers={"Referer": CANARY, "Cookie": f"a={CANARY}"})
    post(b"q-more=" + CANARY.encode())
    post(b"q-more=" + CANARY.encode() + b"%00")
    post(b"q-more=" + CANARY.encode(), path="/probe/away")

    lines = [json.loads(line) for line in written().splitlines()]
    assert len([each for each in lines if each["event"] == "request_finished"]) >= 5
    assert CANARY not in written()


def test_a_route_is_logged_by_its_pattern(written, client):
    client.get("/probe/stop/404")

    [line] = [json.loads(each) for each in written().splitlines()]
    assert line["route"] == "/probe/stop/<int:code>"
    assert line["request_id"]
