"""Which role opens which page, and what does whoever may not learn?"""

import pytest

from screening.accounts.sessions import Stage
from screening.web.clinician.gate import ANYBODY, Route
from screening.web.clinician.routes import ROUTES
from tests.web.clinician.matrix import GOLDEN, Opener, table


def pages_of_the_clinic(app):
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/clinic") or rule.endpoint.startswith("clinician.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_sec_43_every_page_of_the_clinic_is_a_line_of_the_routes(clinic):
    assert pages_of_the_clinic(clinic.app) == {
        (route.method, route.address) for route in ROUTES
    }


def test_sec_43_a_page_that_names_no_permission_cannot_be_written():
    with pytest.raises(ValueError, match="needs a permission"):
        Route(method="GET", address="/clinic/x", name="x", permission=None, view=str)


def test_sec_43_each_role_opens_what_the_golden_matrix_says(clinic):
    assert table(clinic).splitlines() == GOLDEN.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("stage", "onwards"),
    [
        (Stage.HALF, "/clinic/sign-in/second"),
        (Stage.ENROLLING, "/clinic/set-up"),
    ],
)
def test_sec_32_half_signed_in_reaches_nothing(clinic, stage, onwards):
    opener = Opener(clinic)
    held_up = [route for route in ROUTES if stage not in route.stages]

    answers = [opener.answer(stage.value, route) for route in held_up]

    assert len(held_up) > len(ROUTES) // 2
    assert {(one.status_code, one.location.split("?")[0]) for one in answers} == {
        (303, onwards)
    }
    assert clinic.audited("submission:view") == []


def test_sec_32_the_pages_for_half_signed_in_are_those_of_the_second_factor():
    def pages(stage):
        return {
            route.name
            for route in ROUTES
            if stage in route.stages and route.stages != ANYBODY
        }

    assert pages(Stage.HALF) == {"second_step", "take_code", "take_passkey"}
    assert pages(Stage.ENROLLING) == {
        *("set_up", "add_app", "keep_app", "add_passkey", "keep_passkey")
    }


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_who_may_not_read_learns_nothing_about_a_reference(clinic, role, ending):
    reference = clinic.submit("L1")
    browser = clinic.browser(role)

    there = browser.get(f"/clinic/submissions/{reference}{ending}")
    not_there = browser.get(f"/clinic/submissions/0000-0000{ending}")

    assert (there.status_code, not_there.status_code) == (404, 404)
    assert clinic.without_request_id(there) == clinic.without_request_id(not_there)


@pytest.mark.parametrize(
    "reference", ["0000-0000", "x", "K7QM2XRD", "'; drop table", "..%2f..%2fclinic"]
)
@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_an_unknown_reference_is_not_found(clinic, reference, ending):
    browser = clinic.browser("clinician")

    answer = browser.get(f"/clinic/submissions/{reference}{ending}")

    assert answer.status_code == 404


def test_a_refusal_is_written_down(clinic):
    reference = clinic.submit("L1")
    browser = clinic.browser("coordinator")

    browser.get(f"/clinic/submissions/{reference}")

    assert clinic.audited("authz:denied") == [("a-coordinator", reference)]
    assert clinic.audited("submission:view") == []


def test_nobody_is_written_down_for_a_page_they_may_open(clinic):
    clinic.browser("coordinator").get("/clinic")

    assert clinic.audited("authz:denied") == []


def test_an_administrator_reads_why_the_queue_is_closed(clinic):
    answer = clinic.browser("administrator").get("/clinic")

    assert "This role does not open this page." in answer.text
    assert "Sign out" in answer.text


def test_a_change_of_address_case_opens_nothing(clinic):
    answer = clinic.browser("clinician").get("/CLINIC")

    assert answer.status_code == 404
