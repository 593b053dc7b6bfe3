import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.web.contact_text import linked


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("911", ["tel:911"]),
        ("112 or 999", ["tel:112", "tel:999"]),
        ("116 123, free, any time", ["tel:116123"]),
        ("13 11 14", ["tel:131114"]),
        ("call or text 988", ["tel:988", "sms:988"]),
        ("text HOME to 741741", ["sms:741741"]),
        ("call 988 and press 2, or text AYUDA to 988", ["tel:988", "sms:988"]),
        ("NHS 111, choose the mental health option", ["tel:111"]),
        ("+44 20 7946 0000", ["tel:+442079460000"]),
        ("findahelpline.com", ["https://findahelpline.com"]),
        ("your local emergency number", []),
        ("9-8-8 Helpline", []),
        ("open since 2020-01-31", []),
    ],
)
def test_what_can_be_reached_becomes_a_link(text, addresses):
    pieces = linked(text)

    assert [piece.address for piece in pieces if piece.address] == addresses


def test_call_or_text_gets_words_to_tap_for_each():
    pieces = linked("call or text 988 now")

    assert [piece.text for piece in pieces] == ["call 988", " or ", "text 988", " now"]


@given(st.text(max_size=80))
def test_every_other_word_stays_as_written(text):
    pieces = linked(text)

    joined = "".join(piece.text for piece in pieces)
    assert joined == text or "all or text " in text
