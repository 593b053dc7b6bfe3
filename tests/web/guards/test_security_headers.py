import pytest

from screening.web.assets import fingerprint
from screening.web.guards.security_headers import (
    ASKED_AGAIN,
    HEADERS,
    KEPT_FOR_A_YEAR,
    NEVER_KEPT,
)

EVERY_WAY = (
    "/help",
    "/help/countries",
    "/privacy",
    "/probe/form",
    "/probe/fault",
    "/probe/away",
    "/static/screening.js",
    "/static/missing.js",
    "/nowhere",
    *(
        f"/probe/stop/{code}"
        for code in (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)
    ),
)


@pytest.mark.parametrize("path", EVERY_WAY)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_every_response_carries_every_header(client, path, method):
    response = client.open(path, method=method)

    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_every_rule_of_the_service_is_covered_by_the_test_above(app):
    known = {path.rsplit("/", 1)[0] for path in EVERY_WAY} | set(EVERY_WAY)

    rules = {rule.rule.split("/<")[0] for rule in app.url_map.iter_rules()}

    assert rules - known == {"/probe/address"}


def test_the_policy_is_the_agreed_one(client):
    policy = client.get("/help").headers["Content-Security-Policy"]

    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("path", [each for each in EVERY_WAY if "static" not in each])
def test_no_page_may_be_kept(client, path):
    response = client.get(path)

    assert response.headers["Cache-Control"] == NEVER_KEPT


def test_a_static_file_may_be_kept_only_under_its_fingerprint(app, client):
    current = client.get(f"/static/screening.js?v={app.extensions['screening-assets']}")
    plain = client.get("/static/screening.js")
    older = client.get("/static/screening.js?v=0123456789ab")
    missing = client.get("/static/missing.js")

    kept = [each.headers["Cache-Control"] for each in (current, plain, older, missing)]
    assert kept == [KEPT_FOR_A_YEAR, ASKED_AGAIN, ASKED_AGAIN, NEVER_KEPT]


def test_the_fingerprint_changes_with_a_file(tmp_path):
    (tmp_path / "a.css").write_text("a {}")
    before = fingerprint(tmp_path)

    (tmp_path / "a.css").write_text("b {}")

    assert fingerprint(tmp_path) != before


@pytest.mark.parametrize("path", EVERY_WAY)
def test_no_page_holds_a_style_or_script_of_its_own(client, path):
    page = client.get(path).text

    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count('<script type="module" src="/static/')
