import pytest


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_say_who_is_asking(serve, trusted, forwarded, address):
    client = serve(trusted_proxies=trusted).test_client()

    response = client.get("/probe/address", headers={"X-Forwarded-For": forwarded})

    assert response.text == address
