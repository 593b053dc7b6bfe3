import re

import pytest

from screening.web.guards.error_pages import FAILURES

CANARY = "Quetiapine-at-midnight"
CODES = (400, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)


@pytest.mark.parametrize("code", CODES)
def test_each_failure_has_a_page_with_help_and_a_number_to_quote(client, code):
    response = client.get(f"/probe/stop/{code}")

    assert response.status_code == code
    assert FAILURES[str(code)].title in response.text
    assert 'href="tel:999"' in response.text
    assert 'href="tel:116123"' in response.text
    assert response.headers["X-Request-Id"] in response.text


@pytest.mark.parametrize("code", [408, 410, 418, 451, 501, 502])
def test_a_failure_without_words_of_its_own_keeps_its_code(client, code):
    response = client.get(f"/probe/stop/{code}")

    assert response.status_code == code
    assert 'href="tel:999"' in response.text


def test_a_fault_shows_nothing_of_itself(client):
    response = client.get("/probe/fault")

    said = response.text + str(response.headers)
    assert response.status_code == 500
    for word in (CANARY, "Traceback", "ValueError", "Werkzeug", "/screening/", ".py"):
        assert word not in said


def test_a_fault_is_logged_by_its_place_without_its_words(client, caplog):
    client.get("/probe/fault")

    [line] = [each for each in caplog.records if each.message == "request_failed"]
    assert line.screening_fields["exception"] == "ValueError"
    assert ":fault" in line.screening_fields["frames"]
    assert CANARY not in str(line.__dict__)


def test_405_says_what_is_allowed(client):
    response = client.delete("/help")

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_records_that_are_away_are_said_to_be_so(client):
    response = client.get("/probe/away")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert FAILURES["records-away"].title in response.text


def test_answers_are_given_back_when_the_records_are_away(post):
    answer = "two <b>\"quoted\" & 'odd' lines"

    response = post(
        b"q-more=" + b"two+%3Cb%3E%22quoted%22+%26+%27odd%27+lines&go=next",
        path="/probe/away",
    )

    assert response.status_code == 503
    assert "Your answers are still on this page" in response.text
    assert 'name="go" value="next"' in response.text
    assert "two &lt;b&gt;&#34;quoted&#34; &amp; &#39;odd&#39; lines" in response.text
    assert answer not in response.text
    assert len(re.findall('name="csrf_token"', response.text)) == 1


def test_a_password_is_never_given_back(post):
    response = post(b"name=amy&password=" + CANARY.encode(), path="/probe/away")

    assert response.status_code == 503
    assert CANARY not in response.text
