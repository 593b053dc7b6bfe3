import io

import pytest

from screening.web.guards.body_kind import MOST_BYTES


def test_a_plain_form_is_taken(post):
    response = post(b"a=1&b=2")

    assert response.status_code == 200
    assert response.json["b"] == ["2"]


@pytest.mark.parametrize(
    "kind",
    ["multipart/form-data; boundary=x", "application/json", "text/plain", "image/png"],
)
def test_any_other_kind_is_refused_with_415(post, kind):
    response = post(b"a=1", content_type=kind)

    assert response.status_code == 415


def test_a_body_of_no_kind_is_refused_with_415(client):
    response = client.post("/probe/form", data=b"a=1", content_type="")

    assert response.status_code == 415


def test_a_body_of_the_largest_size_is_taken(post):
    response = post(b"a=" + b"x" * (MOST_BYTES - 300))

    assert response.status_code == 200


def test_a_larger_body_is_refused_with_413(post):
    response = post(b"a=" + b"x" * MOST_BYTES)

    assert response.status_code == 413


def in_chunks(client, body):
    return client.post(
        "/probe/form",
        input_stream=io.BytesIO(body),
        content_type="application/x-www-form-urlencoded",
        # As gunicorn hands over a chunked body: no length, but an end.
        environ_overrides={
            "wsgi.input_terminated": True,
            "HTTP_TRANSFER_ENCODING": "chunked",
        },
    )


def test_a_larger_body_in_chunks_is_refused_with_413(client):
    response = in_chunks(client, b"a=" + b"x" * MOST_BYTES)

    assert response.status_code == 413


def test_a_smaller_body_in_chunks_is_read(client):
    response = in_chunks(client, b"a=%00")

    assert response.status_code == 422
