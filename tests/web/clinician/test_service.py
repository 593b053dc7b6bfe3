"""Is the clinic's room part of the whole service?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from screening.report.signing import self_made
from screening.web.service import open_service
from tests.report.seals import loaded
from tests.web.conftest import secure_client


def test_every_page_leads_staff_to_their_sign_in(config, tmp_path):
    settings = replace(config, database=f"sqlite:///{tmp_path}/whole.sqlite3")
    client = secure_client(open_service(settings))

    page = client.get("/help")
    sign_in = client.get("/clinic/sign-in")

    assert 'href="/clinic/sign-in"' in page.text
    assert sign_in.status_code == 200


@pytest.mark.parametrize(("days", "is_told"), [(100, False), (720, True), (800, True)])
def test_a_seal_that_is_not_good_much_longer_is_told_at_the_start(
    config, tmp_path, caplog, days, is_told
):
    now = datetime(2026, 11, 24, tzinfo=UTC)
    seal = loaded(self_made("Riverside Clinic", now - timedelta(days=days)))
    database = f"sqlite:///{tmp_path}/whole.sqlite3"

    open_service(replace(config, database=database, seal=seal), clock=lambda: now)

    told = [str(record.__dict__) for record in caplog.records]
    assert any("the seal of Riverside Clinic is good" in one for one in told) is is_told
