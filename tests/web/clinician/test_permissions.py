"""Which role opens which page? The matrix below is the whole answer.

A page that is not listed here fails the first test: decide who may open it, write its
permission into `routes.py`, then list it.
"""

import pytest

ROLES = ("nobody", "clinician", "coordinator", "administrator")
MATRIX = {
    # (method, address):                       nobody, clinician, coord., admin.
    ("GET", "/clinic/sign-in"): (200, 200, 200, 200),
    ("POST", "/clinic/sign-in"): (401, 401, 401, 401),
    ("POST", "/clinic/sign-out"): (303, 303, 303, 303),
    ("GET", "/clinic"): (401, 200, 200, 403),
    ("POST", "/clinic/find"): (401, 303, 200, 403),
    ("GET", "/clinic/submissions/<reference>"): (401, 200, 404, 404),
    ("GET", "/clinic/submissions/<reference>.pdf"): (401, 200, 404, 404),
}


def pages_of_the_clinic(app):
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/clinic") or rule.endpoint.startswith("clinician.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def opened(clinic, role, method, address):
    reference = clinic.submit("L1")
    browser = clinic.browser(None if role == "nobody" else role)
    browser.get("/clinic/sign-in")
    path = address.replace("<reference>", reference)
    if method == "POST":
        return browser.post(path, reference=reference)
    return browser.get(path)


def test_every_page_of_the_clinic_is_in_the_matrix(clinic):
    assert pages_of_the_clinic(clinic.app) == set(MATRIX)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", MATRIX, ids=" ".join)
def test_each_role_opens_what_the_matrix_says(clinic, page, role):
    answer = opened(clinic, role, *page)

    assert answer.status_code == MATRIX[page][ROLES.index(role)]


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
