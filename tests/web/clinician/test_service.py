"""Is the clinic's room part of the whole service?"""

from dataclasses import replace

from screening.web.service import open_service
from tests.web.conftest import secure_client


def test_every_page_leads_staff_to_their_sign_in(config, tmp_path):
    settings = replace(config, database=f"sqlite:///{tmp_path}/whole.sqlite3")
    client = secure_client(open_service(settings))

    page = client.get("/help")
    sign_in = client.get("/clinic/sign-in")

    assert 'href="/clinic/sign-in"' in page.text
    assert sign_in.status_code == 200
