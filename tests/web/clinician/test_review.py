"""Does the page of a submission say everything, and nothing untrue?"""


def test_a_clinician_opens_a_submission_from_the_queue(clinic):
    reference = clinic.submit("U1")
    browser = clinic.browser("clinician")

    queue = browser.get("/clinic")
    page = browser.get(f"/clinic/submissions/{reference}")

    assert f'href="/clinic/submissions/{reference}"' in queue.text
    assert page.status_code == 200
    assert "Patient-reported, unverified. Not a diagnosis, not a decision." in page.text
