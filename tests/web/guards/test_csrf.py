import re
from datetime import timedelta

import itsdangerous.timed


def test_a_post_without_the_token_is_told_how_to_go_on(client):
    response = client.post("/probe/form", data={"a": "1"})

    assert response.status_code == 400
    assert "This page was open too long" in response.text
    assert "what you typed may still be there" in response.text


def test_a_post_with_another_sessions_token_is_refused(client, app):
    page = app.test_client().get("/probe/form").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    client.get("/probe/form")

    response = client.post("/probe/form", data={"csrf_token": token})

    assert response.status_code == 400


def test_the_token_outlives_a_patient_who_takes_a_day(client, monkeypatch):
    page = client.get("/probe/form").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    now = itsdangerous.timed.TimestampSigner.get_timestamp
    later = timedelta(days=1).total_seconds()
    monkeypatch.setattr(
        itsdangerous.timed.TimestampSigner,
        "get_timestamp",
        lambda signer: now(signer) + int(later),
    )

    response = client.post("/probe/form", data={"csrf_token": token})

    assert response.status_code == 200


def test_a_post_over_https_needs_no_referer(post):
    response = post(b"a=1")

    assert response.status_code == 200
