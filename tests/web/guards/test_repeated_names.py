import pytest

from screening.web.guards.repeated_names import allow_repeated, learn_repeated


@pytest.fixture
def app(serve):
    """A service of its own: what it has learnt goes with it."""
    return serve()


@pytest.fixture
def asks_for_several(app):
    allow_repeated(app, ["q-heart"])


def test_a_name_that_stands_twice_is_refused_with_400(post):
    response = post(b"q-one=0&q-one=3")

    assert response.status_code == 400


def test_a_name_that_stands_twice_in_two_spellings_is_refused_with_400(post):
    response = post(b"q-one=0&q%2Done=3")

    assert response.status_code == 400


def test_a_question_that_takes_several_answers_may_repeat(post, asks_for_several):
    response = post(b"q-heart=attack&q-heart=angina&q-one=0")

    assert response.status_code == 200
    assert response.json["q-heart"] == ["attack", "angina"]


def test_a_name_that_stands_twice_in_the_query_is_refused_with_400(client):
    response = client.get("/help?a=1&a=2")

    assert response.status_code == 400


def test_the_token_may_not_stand_twice(post):
    response = post(b"csrf_token=other")

    assert response.status_code == 400


def test_a_name_not_met_before_is_asked_for_before_it_is_refused(app, post):
    asked = []

    def learn():
        asked.append(1)
        allow_repeated(app, ["q-lungs"])

    learn_repeated(app, learn)
    twice = b"q-lungs=asthma&q-lungs=copd"

    codes = [post(body).status_code for body in (twice, twice, b"q-one=0&q-one=3")]

    assert codes == [200, 200, 400]
    assert len(asked) == 2
