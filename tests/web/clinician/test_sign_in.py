"""Who gets in, for how long, and what do those who do not get in learn?"""

from dataclasses import replace

import pytest

from screening.store.audit import Actor
from screening.web import clinician, create_app
from tests.web.clinician.conftest import PASSWORD

WRONG = "The user name or the password is wrong."


def cookie_of(answer):
    return next(
        line for line in answer.headers.getlist("Set-Cookie") if "clinic=" in line
    )


def token_of(answer):
    return cookie_of(answer).split("=", 1)[1].split(";")[0]


def test_a_right_password_leads_to_the_queue(clinic):
    name = clinic.person("clinician")
    browser = clinic.browser()

    answer = browser.sign_in(name)

    assert (answer.status_code, answer.location) == (303, "/clinic")
    assert browser.get("/clinic").status_code == 200


def test_sec_39_the_cookie_is_bound_to_this_host_and_hidden_from_scripts(clinic):
    name = clinic.person("clinician")

    cookie = cookie_of(clinic.browser().sign_in(name))

    parts = set(cookie.split("; ")[1:])
    assert cookie.startswith("__Host-clinic=")
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}


def test_a_demonstration_over_plain_http_has_a_cookie_it_can_keep(clinic, config):
    demonstration = create_app(
        replace(config, insecure_demo=True),
        rooms=[
            clinician.blueprint(
                store=clinic.store,
                questionnaires=clinic.questionnaires,
                ring=clinic.rung.append,
            )
        ],
        clock=clinic.clock,
    )
    clinic.app = demonstration
    name = clinic.person("clinician")

    cookie = cookie_of(clinic.browser().sign_in(name))

    assert cookie.startswith("clinic=")
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Strict"}


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("a-clinician", "not the right words at all"),
        ("nobody-here", PASSWORD),
        ("closed", PASSWORD),
        ("a-clinician", ""),
        ("a-clinician", "x" * 129),
    ],
    ids=["wrong password", "unknown", "disabled", "no password", "too long"],
)
def test_sec_31_every_refusal_reads_the_same(clinic, username, password):
    clinic.person("clinician")
    clinic.close_account("closed")
    browser = clinic.browser()

    answer = browser.sign_in(username, password)

    assert answer.status_code == 401
    assert clinic.words(answer) == clinic.words(browser.sign_in("somebody", "else"))
    assert WRONG in answer.text
    assert not [
        line for line in answer.headers.getlist("Set-Cookie") if "clinic=" in line
    ]


def test_what_was_typed_is_not_shown_again(clinic):
    answer = clinic.browser().sign_in("my-secret-typed-here", "and-another-secret")

    assert "secret" not in answer.text


def test_sec_36_the_eleventh_try_must_wait(clinic):
    name = clinic.person("clinician")
    browser = clinic.browser()
    for _ in range(10):
        assert browser.sign_in(name, "wrong").status_code == 401

    answer = browser.sign_in(name)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"


def test_after_five_minutes_the_right_password_opens_again(clinic):
    name = clinic.person("clinician")
    browser = clinic.browser()
    for _ in range(10):
        browser.sign_in(name, "wrong")

    clinic.clock.step(minutes=5, seconds=1)

    assert browser.sign_in(name).status_code == 303


def test_sec_40_a_new_session_ends_the_one_before(clinic):
    name = clinic.person("clinician")
    browser = clinic.browser()
    first = token_of(browser.sign_in(name))

    second = token_of(browser.sign_in(name))

    assert first != second
    assert clinic.get_with_token(first, "/clinic").status_code == 401
    assert clinic.get_with_token(second, "/clinic").status_code == 200


def test_signing_in_renews_the_token_of_forms(clinic):
    name = clinic.person("clinician")
    browser = clinic.browser()
    browser.get("/clinic/sign-in")
    before = browser.token

    browser.sign_in(name)
    answer = browser.client.post("/clinic/find", data={"csrf_token": before})

    assert answer.status_code == 400


def test_sec_40_signing_out_ends_the_session_on_the_server(clinic):
    name = clinic.person("clinician")
    browser = clinic.browser()
    token = token_of(browser.sign_in(name))
    browser.get("/clinic")

    answer = browser.post("/clinic/sign-out")

    assert (answer.status_code, answer.location) == (303, "/clinic/sign-in")
    assert "Max-Age=0" in cookie_of(answer)
    assert clinic.get_with_token(token, "/clinic").status_code == 401


def test_signing_out_needs_the_token_of_a_form(clinic):
    browser = clinic.browser("clinician")

    answer = browser.client.post("/clinic/sign-out")

    assert answer.status_code == 400
    assert browser.get("/clinic").status_code == 200


@pytest.mark.parametrize(
    ("idle", "code"),
    [({"minutes": 14, "seconds": 59}, 200), ({"minutes": 15, "seconds": 1}, 401)],
)
def test_sec_41_a_session_ends_after_fifteen_minutes_without_use(clinic, idle, code):
    browser = clinic.browser("clinician")

    clinic.clock.step(**idle)

    assert browser.get("/clinic").status_code == code


@pytest.mark.parametrize(("last_minutes", "code"), [(9, 200), (11, 401)])
def test_sec_41_a_session_in_use_ends_after_twelve_hours(clinic, last_minutes, code):
    browser = clinic.browser("clinician")
    for _ in range(71):
        clinic.clock.step(minutes=10)
        assert browser.get("/clinic").status_code == 200

    clinic.clock.step(minutes=last_minutes)

    assert browser.get("/clinic").status_code == code


def test_an_ended_session_says_so_and_takes_its_cookie_back(clinic):
    browser = clinic.browser("clinician")
    clinic.clock.step(minutes=16)

    answer = browser.get("/clinic")

    assert "Your session has ended. Sign in again to go on." in answer.text
    assert "Max-Age=0" in cookie_of(answer)


def test_somebody_asked_to_sign_in_goes_on_to_the_submission(clinic):
    name = clinic.person("clinician")
    browser = clinic.browser()
    asked = browser.get("/clinic/submissions/K7QM-2XRD")

    answer = browser.sign_in(name, wanted="K7QM-2XRD")

    assert 'name="wanted" value="K7QM-2XRD"' in asked.text
    assert answer.location == "/clinic/submissions/K7QM-2XRD"


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "x"])
def test_signing_in_leads_to_no_other_place(clinic, wanted):
    name = clinic.person("clinician")

    answer = clinic.browser().sign_in(name, wanted=wanted)

    assert answer.location == "/clinic"


def test_sec_42_disabling_an_account_ends_its_session_at_once(clinic):
    browser = clinic.browser("clinician")
    user = clinic.accounts.users.everybody()[0]

    clinic.accounts.users.disable(user.id, actor=Actor.service("test"))

    assert browser.get("/clinic").status_code == 401


def test_no_typed_name_or_password_reaches_the_log(clinic, capfd):
    clinic.browser().sign_in("canary-user-name", "canary pass words")

    logged = capfd.readouterr().err

    assert "canary" not in logged


def test_sec_36_nobody_gets_in_while_the_records_are_away(clinic, monkeypatch):
    name = clinic.person("clinician")
    browser = clinic.browser()
    browser.get("/clinic/sign-in")
    clinic.take_records_away(monkeypatch)

    answer = browser.post("/clinic/sign-in", username=name, password=PASSWORD)

    assert answer.status_code == 503
    assert PASSWORD not in answer.text
