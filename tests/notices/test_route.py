"""Is every setting of the notices looked at before the service starts?"""

import pytest

from screening.core.problems import ProblemsError
from screening.notices.route import Route, Security, configured_route


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "password"
    file.write_text("three grey herons\n")
    file.chmod(0o600)
    return {
        "SCREENING_NOTICE_TO": "staff@clinic.example",
        "SCREENING_NOTICE_FROM": "screening@clinic.example",
        "SCREENING_SMTP": "mail.clinic.example:587",
        "SCREENING_SMTP_USER": "clinic",
        "SCREENING_SMTP_PASSWORD_FILE": str(file),
        "SCREENING_ADDRESS": "https://screening.example/",
    }


def test_every_setting_is_read(settings):
    assert configured_route(settings) == Route(
        to="staff@clinic.example",
        sender="screening@clinic.example",
        host="mail.clinic.example",
        port=587,
        security=Security.STARTTLS,
        user="clinic",
        password="three grey herons",
        address="https://screening.example",
    )


def test_nothing_set_sends_nothing():
    assert configured_route({}) is None
    assert configured_route({"SCREENING_ADDRESS": "https://a.example"}) is None


def test_the_password_is_not_shown(settings):
    assert "herons" not in repr(configured_route(settings))


def test_everything_that_is_missing_is_told_at_once():
    with pytest.raises(ProblemsError) as refused:
        configured_route({"SCREENING_NOTICE_TO": "staff@clinic.example"})

    told = str(refused.value)
    for name in ("NOTICE_FROM", "SMTP", "ADDRESS"):
        assert f"SCREENING_{name} is not set" in told
    assert {problem.code for problem in refused.value.problems} == {"SC940"}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("NOTICE_TO", "", "SC940"),
        ("NOTICE_TO", "staff", "SC941"),
        ("NOTICE_TO", "Staff <staff@clinic.example>", "SC941"),
        ("NOTICE_TO", "a@clinic.example, b@clinic.example", "SC941"),
        ("NOTICE_TO", "a@clinic.example\nBcc: c@clinic.example", "SC941"),
        ("NOTICE_TO", "ärztin@clinic.example", "SC941"),
        ("NOTICE_TO", "staff@clinic example", "SC941"),
        ("NOTICE_FROM", "screening@", "SC941"),
        ("NOTICE_FROM", "screening@clinic..example", "SC941"),
        ("NOTICE_FROM", "screening@[10.0.0.1]", "SC941"),
        ("SMTP", "mail.clinic.example", "SC942"),
        ("SMTP", "mail.clinic.example:", "SC942"),
        ("SMTP", "mail.clinic.example:70000", "SC942"),
        ("SMTP", "smtp://mail.clinic.example:25", "SC942"),
        ("SMTP", "user:word@mail.clinic.example:25", "SC942"),
        ("SMTP", "mail.clinic.example:25/inbox", "SC942"),
        ("SMTP_TLS", "ssl", "SC943"),
        ("SMTP_TLS", "none", "SC943"),
        ("SMTP", "mail..example:25", "SC942"),
        ("SMTP", f"{'a' * 64}.example:25", "SC942"),
        ("SMTP_USER", "", "SC944"),
        ("SMTP_USER", "ärztin", "SC944"),
        ("SMTP_PASSWORD_FILE", "", "SC944"),
        ("SMTP_PASSWORD_FILE", "/nowhere/password", "SC944"),
        ("ADDRESS", "screening.example", "SC945"),
        ("ADDRESS", "http://screening.example", "SC945"),
        ("ADDRESS", "https://user@screening.example", "SC945"),
        ("ADDRESS", "https://screening.example/pages?a=1", "SC945"),
        ("ADDRESS", "javascript:alert(1)", "SC945"),
        ("ADDRESS", "https://:443", "SC945"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(settings, name, value, code):
    settings[f"SCREENING_{name}"] = value

    with pytest.raises(ProblemsError) as refused:
        configured_route(settings)

    assert {problem.code for problem in refused.value.problems} == {code}
    assert f"SCREENING_{name}" in str(refused.value)


@pytest.mark.parametrize("server", ["localhost:25", "127.0.0.1:25", "[::1]:25"])
def test_the_way_may_be_open_on_this_machine_alone(settings, server):
    settings |= {"SCREENING_SMTP": server, "SCREENING_SMTP_TLS": "none"}

    assert configured_route(settings).security is Security.NONE


@pytest.mark.parametrize(
    "address",
    ["https://screening.example:8443", "http://localhost:8000", "http://127.0.0.1"],
)
def test_a_link_may_lead_to_a_port_or_to_this_machine(settings, address):
    settings["SCREENING_ADDRESS"] = address

    assert configured_route(settings).address == address


@pytest.mark.parametrize("text", ["", "\nsecond line", "pässwort"])
def test_a_password_that_no_server_takes_is_told(settings, tmp_path, text):
    (tmp_path / "password").write_text(text)

    with pytest.raises(ProblemsError, match="is no password"):
        configured_route(settings)


def test_a_password_that_everybody_can_read_is_told(settings, tmp_path):
    (tmp_path / "password").chmod(0o644)

    with pytest.raises(ProblemsError, match="chmod 600") as refused:
        configured_route(settings)

    assert "herons" not in str(refused.value)
