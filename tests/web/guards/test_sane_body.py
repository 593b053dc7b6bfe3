import pytest

UNREADABLE = {
    "NUL": b"%00",
    "a control sign": b"%1B",
    "delete": b"%7F",
    "a C1 control sign": b"%C2%80",
    "half a surrogate pair": b"%ED%A0%80",
    "a byte that is not UTF-8": b"%FF",
    "a raw byte that is not UTF-8": b"\xff",
    "an overlong slash": b"%C0%AF",
    "a sign cut short": b"%E2%82",
    "a sign that is none": b"%EF%BF%BF",
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_a_value_that_is_not_text_is_refused_with_422(post, raw):
    response = post(b"q-more=before" + raw + b"after")

    assert response.status_code == 422
    assert "could not be read" in response.text


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_a_name_that_is_not_text_is_refused_with_422(post, raw):
    response = post(b"q-" + raw + b"=1")

    assert response.status_code == 422


@pytest.mark.parametrize(
    "raw", [b"%09", b"a%0D%0Ab", b"%C5%82%C3%B3d%C5%BA", b"%F0%9F%99%82", b"%zz", b""]
)
def test_text_of_any_language_is_taken(post, raw):
    response = post(b"q-more=" + raw)

    assert response.status_code == 200
