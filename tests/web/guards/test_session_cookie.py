from dataclasses import replace


def cookie_of(client):
    return client.get("/probe/form").headers["Set-Cookie"]


def test_the_cookie_keeps_the_promises_of_its_name(client):
    name, _, rest = cookie_of(client).partition("=")
    promises = {each.strip() for each in rest.split(";")[1:]}

    assert name == "__Host-screening"
    assert promises == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_a_demonstration_over_http_has_a_cookie_it_can_keep(serve):
    client = serve(insecure_demo=True).test_client()

    cookie = cookie_of(client)

    assert cookie.startswith("screening=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_help_and_privacy_open_no_session(client):
    pages = [client.get(path) for path in ("/help", "/help/countries", "/privacy")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not any("Set-Cookie" in page.headers for page in pages)


def test_a_cookie_signed_with_another_key_opens_nothing(serve, config, client):
    other = serve(key_ring=replace_cookies(config.key_ring))
    foreign = other.test_client()
    token_page = foreign.get("/probe/form", base_url="https://clinic.example")
    value = token_page.headers["Set-Cookie"].split(";")[0].partition("=")[2]

    client.set_cookie("__Host-screening", value, domain="clinic.example", secure=True)
    page = client.get("/probe/form")

    assert "Set-Cookie" in page.headers


def replace_cookies(ring):
    return replace(ring, cookies=bytes(reversed(ring.cookies)))
