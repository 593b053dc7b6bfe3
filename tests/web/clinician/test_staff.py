"""Do links make accounts, and does whoever looks after them see no secret?"""

import re

import pytest

from screening.accounts.sessions import Stage
from tests.accounts.authenticators import AppOfATest
from tests.web.clinician.conftest import PASSWORD, Browser
from tests.web.clinician.test_sign_in import token_of
from tests.web.conftest import secure_client

LINK = re.compile(r"/clinic/join/([\w-]+)")
NEW_PASSWORD = "amber lattice thirty cobalt"
NEW = {"name": "Noor Calder", "role": "clinician"}


def link_in(answer):
    return LINK.search(answer.text)[0]


def stranger(clinic):
    return Browser(secure_client(clinic.app), apps=clinic.apps)


def join(browser, link, **changes):
    form = {
        "name": "Noor Calder",
        "username": "noor",
        "password": NEW_PASSWORD,
        "again": NEW_PASSWORD,
    }
    browser.get("/clinic/sign-in")
    return browser.post(link, **(form | changes))


@pytest.fixture
def link(clinic):
    return link_in(clinic.quick("administrator").post("/clinic/staff/invite", **NEW))


def test_a_link_makes_an_account_and_leads_on_to_a_second_factor(clinic, link):
    answer = join(stranger(clinic), link)

    assert answer.location == "/clinic/set-up"
    user = clinic.accounts.users.named("noor")
    assert (user.role, user.display_name) == ("clinician", "Noor Calder")
    assert clinic.audited("account:create")[-1] == ("noor", user.id)


def test_a_link_works_once_and_for_three_days(clinic, link):
    join(stranger(clinic), link)
    used = stranger(clinic).get(link)
    second = link_in(clinic.quick("administrator").post("/clinic/staff/invite", **NEW))
    clinic.clock.step(days=3)

    assert used.status_code == 404
    assert join(stranger(clinic), second, username="bo").status_code == 404
    assert clinic.accounts.users.named("bo") is None


def test_looking_at_a_link_does_not_use_it_up(clinic, link):
    for _ in range(3):
        assert stranger(clinic).get(link).status_code == 200

    assert join(stranger(clinic), link).status_code == 303


def test_a_withdrawn_link_is_not_good_any_more(clinic, link):
    browser = clinic.quick("administrator")
    page = browser.get("/clinic/staff")
    invitation = re.search(r'name="invitation" value="([\w-]+)"', page.text)[1]

    browser.post("/clinic/staff/withdraw", invitation=invitation)

    assert stranger(clinic).get(link).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "N o"}, "username"),
        ({"username": "a-administrator"}, "username"),
        ({"name": ""}, "name"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "something else"}, "again"),
    ],
)
def test_what_will_not_do_is_told_at_its_field_and_the_link_stays_good(
    clinic, link, changes, field
):
    browser = stranger(clinic)

    answer = join(browser, link, **changes)

    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert NEW_PASSWORD not in answer.text
    assert join(browser, link).status_code == 303


def test_sec_38_an_administrator_starts_a_reset_and_never_sees_a_password(clinic):
    name, user = clinic.person("clinician"), clinic.user("clinician")
    working = clinic.quick("clinician")
    page = clinic.quick("administrator").post(f"/clinic/staff/{user.id}/password")
    browser = stranger(clinic)

    answer = join(browser, link_in(page))

    assert 'type="password"' not in page.text
    assert answer.location == "/clinic/sign-in"
    assert working.get("/clinic").status_code == 401
    assert browser.give_password(name, PASSWORD).status_code == 401
    # The second factor is the one there was.
    half = browser.give_password(name, NEW_PASSWORD)
    assert half.location.startswith("/clinic/sign-in/second")
    code = clinic.apps[name].code()
    assert browser.give_code(half.location, code).location == "/clinic"
    assert clinic.audited("account:password:reset_request")
    assert clinic.audited("account:password:reset") == [(name, user.id)]


def test_sec_42_closing_an_account_or_its_factors_ends_its_sessions(clinic):
    user = clinic.user("clinician")
    for act in ("close", "reopen", "factors", "role"):
        working = clinic.quick("clinician") if act != "reopen" else None
        answer = clinic.quick("administrator").post(
            f"/clinic/staff/{user.id}/{act}", role="clinician"
        )
        assert answer.location == f"/clinic/staff/{user.id}"
        if working is not None:
            assert working.get("/clinic").status_code == 401


@pytest.mark.parametrize("act", ["role", "close", "reopen", "factors", "password"])
def test_nobody_changes_their_own_account_there(clinic, act):
    own = clinic.user("administrator")

    answer = clinic.quick("administrator").post(
        f"/clinic/staff/{own.id}/{act}", role="clinician"
    )

    assert answer.status_code == 403
    assert clinic.user("administrator") == own


def test_what_changes_accounts_asks_again_after_five_minutes(clinic):
    user = clinic.user("clinician")
    browser = clinic.quick("administrator")
    clinic.clock.step(minutes=5, seconds=1)

    answer = browser.post(f"/clinic/staff/{user.id}/close")
    asked = browser.get(answer.location)
    back = browser.post(
        "/clinic/confirm",
        code=clinic.apps["a-administrator"].code(),
        back=f"/clinic/staff/{user.id}",
    )

    assert answer.location == f"/clinic/confirm?back=/clinic/staff/{user.id}"
    assert "Show that it is you" in asked.text
    assert back.location == f"/clinic/staff/{user.id}"
    assert not clinic.user("clinician").is_disabled
    assert browser.post(f"/clinic/staff/{user.id}/close").status_code == 303
    assert clinic.user("clinician").is_disabled


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/clinic\\evil", "x", "/article"]
)
def test_showing_who_one_is_leads_to_no_other_place(clinic, back):
    browser = clinic.quick("clinician")

    answer = browser.post(
        "/clinic/confirm", code=clinic.apps["a-clinician"].code(), back=back
    )

    assert answer.location == "/clinic/account"


def test_sec_44_an_id_of_another_persons_things_opens_and_changes_nothing(clinic):
    own, other = clinic.user("clinician"), clinic.user("coordinator")
    theirs = clinic.session(other.username)
    listed = clinic.accounts.sessions.of_user(other.id)[0].id
    browser = clinic.quick("clinician")

    browser.post("/clinic/account/sessions", session=listed)
    browser.post("/clinic/account/passkey/remove", passkey="A" * 22)
    person = browser.get(f"/clinic/staff/{other.id}")

    assert clinic.accounts.sessions.find(theirs.token)
    assert person.status_code == 403
    assert clinic.audited("authz:denied") == [("a-clinician", "person")]
    assert clinic.accounts.own_factors.of_user(own.id).app_since


@pytest.mark.parametrize("user_id", ["A" * 22, "x", "%00", "..%2fclinic"])
def test_sec_44_an_id_that_nobody_has_is_not_found_and_noted(clinic, user_id):
    answer = clinic.quick("administrator").get(f"/clinic/staff/{user_id}")

    assert answer.status_code in {400, 404}
    if answer.status_code == 404 and "%" not in user_id:
        assert clinic.audited("authz:denied") == [("a-administrator", "unknown")]


def test_sec_46_emergency_access_needs_a_reason_ends_and_is_told(clinic):
    reference = clinic.submit("U1")
    browser = clinic.quick("coordinator")
    address = f"/clinic/submissions/{reference}"

    before = browser.get(address)
    refused = browser.post("/clinic/emergency", reason="because")
    opened = browser.post("/clinic/emergency", reason="Nobody answers the telephone.")
    read = browser.get(address)
    told = clinic.quick("clinician").get("/clinic")
    clinic.clock.step(minutes=14)
    browser.get("/clinic")
    for _ in range(4):
        clinic.clock.step(minutes=12)
        after = browser.get(address)

    assert [one.status_code for one in (before, refused, opened, read, after)] == [
        *(404, 422, 303, 200, 404)
    ]
    assert "Emergency access was taken:" in told.text
    user = clinic.user("coordinator")
    assert clinic.audited("emergency:access") == [("a-coordinator", user.id)]
    assert (
        "Emergency access was taken:" in clinic.quick("clinician").get("/clinic").text
    )
    clinic.clock.step(days=7)
    assert "was taken:" not in clinic.quick("clinician").get("/clinic").text


def test_sec_46_emergency_access_is_ended_by_whoever_took_it(clinic):
    reference = clinic.submit("U1")
    browser = clinic.quick("coordinator")
    browser.post("/clinic/emergency", reason="Nobody answers the telephone.")

    browser.post("/clinic/emergency/end")

    assert browser.get(f"/clinic/submissions/{reference}").status_code == 404
    assert clinic.audited("emergency:end")


def test_sec_46_what_was_read_in_an_emergency_is_marked_so(clinic, caplog):
    reference = clinic.submit("U1")
    browser = clinic.quick("coordinator")
    browser.post("/clinic/emergency", reason="Nobody answers the telephone.")

    browser.get(f"/clinic/submissions/{reference}")

    assert clinic.roles("submission:view") == ["coordinator, emergency"]
    told = [one for one in caplog.records if one.message == "emergency_access"]
    assert [one.levelname for one in told] == ["WARNING"]
    assert "telephone" not in str(told[0].__dict__)


def test_whoever_has_no_factor_is_led_to_set_one_up_and_then_in(clinic):
    user = clinic.newcomer("clinician", "newcomer")
    browser = stranger(clinic)
    answer = browser.give_password(user.username)
    page = browser.get("/clinic/account/app")
    secret = clinic.accounts.own_factors.proposed_secret(token_of(answer))
    app = AppOfATest(secret, clinic.clock)

    wrong = browser.post("/clinic/account/app", code="000000")
    right = browser.post("/clinic/account/app", code=app.code())

    assert answer.location == "/clinic/set-up"
    assert "otpauth://totp/Riverside%20Clinic:newcomer" in page.text
    assert wrong.status_code == 422
    assert right.status_code == 200
    assert len(re.findall(r"<li>[0-9A-Z-]{24}</li>", right.text)) == 10
    assert browser.get("/clinic").status_code == 200


def test_a_new_password_of_ones_own_ends_every_session(clinic):
    name = clinic.person("clinician")
    browser, other = clinic.quick("clinician"), clinic.quick("clinician")
    form = {"password": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}

    wrong = browser.post("/clinic/account/password", **(form | {"password": "x"}))
    weak = browser.post("/clinic/account/password", **(form | {"again": "x"}))
    done = browser.post("/clinic/account/password", **form)

    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert done.location == "/clinic/sign-in"
    assert other.get("/clinic").status_code == 401
    assert browser.sign_in(name, NEW_PASSWORD).location == "/clinic"


def test_a_password_that_will_not_do_leaves_the_one_there_is(clinic):
    browser = clinic.quick("clinician")

    weak = browser.post(
        "/clinic/account/password", password=PASSWORD, new="short", again="short"
    )

    assert weak.status_code == 422
    assert "at least 15 characters" in weak.text
    assert browser.get("/clinic").status_code == 200


def test_sec_31_every_wrong_second_factor_reads_the_same(clinic):
    name = clinic.person("clinician")
    browser = stranger(clinic)
    used = clinic.apps[name].code()
    address = browser.give_password(name).location
    browser.give_code(address, used)
    address = browser.give_password(name).location

    answers = [
        browser.give_code(address, code)
        for code in (used, "000000", "", "K7QM-2XRD-K7QM-2XRD-K7QM")
    ]

    assert {one.status_code for one in answers} == {401}
    assert len({clinic.words(one) for one in answers}) == 1


def test_after_five_wrong_codes_it_is_said_how_long_to_wait(clinic):
    browser = clinic.quick("clinician", Stage.HALF)
    browser.get("/clinic/sign-in/second")
    for _ in range(5):
        browser.post("/clinic/sign-in/second", code="000000")

    answer = browser.post("/clinic/sign-in/second", code="000000")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "Wait 5 minutes, then try again." in answer.text
