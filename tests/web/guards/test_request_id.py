import re


def test_each_request_has_an_id_of_its_own(client):
    ids = {client.get("/help").headers["X-Request-Id"] for _ in range(20)}

    assert len(ids) == 20
    assert all(re.fullmatch("[0-9a-f]{16}", each) for each in ids)


def test_an_id_that_a_client_sends_is_not_believed(client):
    response = client.get("/help", headers={"X-Request-Id": "mine"})

    assert response.headers["X-Request-Id"] != "mine"
