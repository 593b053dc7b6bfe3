import pytest


@pytest.mark.parametrize(
    "path", [b"/help/\xff", b"/\x00", b"/help\r\nSet-Cookie:x", b"/\xed\xa0\x80"]
)
def test_a_path_that_is_not_text_is_refused_with_400(client, path):
    as_wsgi_has_it = {"PATH_INFO": path.decode("latin-1")}

    response = client.get("/", environ_overrides=as_wsgi_has_it)

    assert response.status_code == 400


@pytest.mark.parametrize(
    "query", ["a=%FF", "a=%00", "%ED%A0%80=1", "a=%0d%0a", "a=\x7f"]
)
def test_a_query_that_is_not_text_is_refused_with_400(client, query):
    response = client.get("/help", query_string=query)

    assert response.status_code == 400


def test_a_query_of_text_is_taken(client):
    response = client.get("/help", query_string="a=%C5%82+x&b=2")

    assert response.status_code == 200
