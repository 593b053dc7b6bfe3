"""Do answers come back from their stored form as they went in?"""

from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.store.plain import object_from_bytes, to_bytes

ANSWERS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(-(10**9), 10**9, places=4),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), ANSWERS))
def test_answers_come_back_equal(answers):
    assert object_from_bytes(to_bytes(answers)) == answers


def test_a_number_with_a_point_comes_back_as_a_decimal():
    height = object_from_bytes(to_bytes({"height": Decimal("1.75"), "weight": 70.5}))

    assert height == {"height": Decimal("1.75"), "weight": Decimal("70.5")}
    assert isinstance(height["weight"], Decimal)


def test_tuples_and_read_only_mappings_are_written_as_json_says_them():
    stored = to_bytes(MappingProxyType({"b": (1, 2), "a": MappingProxyType({})}))

    assert stored == b'{"a":{},"b":[1,2]}'


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("1.00000000000000000001"),
        {"x": {1, 2}},
        {"x": b"canary"},
        {"x": date(2026, 3, 1)},
        {1: "x", "a": "canary"},
    ],
)
def test_what_json_has_no_word_for_is_refused_without_being_shown(value):
    with pytest.raises(ValueError, match="A value cannot be stored") as refused:
        to_bytes(value)

    assert "canary" not in str(refused.value)


def test_a_stored_list_is_not_taken_for_a_mapping():
    with pytest.raises(ValueError, match="not a mapping"):
        object_from_bytes(b"[]")
