import pytest


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
def test_a_post_from_another_site_is_refused_with_403(post, site):
    response = post(b"a=1", headers={"Sec-Fetch-Site": site})

    assert response.status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_post_from_this_site_is_taken(post, site):
    response = post(b"a=1", headers={"Sec-Fetch-Site": site})

    assert response.status_code == 200


def test_a_link_from_another_site_may_be_followed(client):
    response = client.get("/help", headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 200
