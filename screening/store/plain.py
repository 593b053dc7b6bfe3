"""How do answers become the bytes that are encrypted, and come back the same?

JSON in UTF-8 with sorted keys. Whole numbers come back as int, others as Decimal: no
binary fraction reaches scoring. A Decimal is written as a JSON number when that keeps
its value (up to 15 digits, far more than an answer may have), or else refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

Json = (
    None | bool | int | float | Decimal | str | Sequence["Json"] | Mapping[str, "Json"]
)
"""What an answers file can say; floats are accepted, and come back as Decimal."""

JsonObject = Mapping[str, Json]


def to_bytes(value: Json) -> bytes:
    """Write the value; the same value always gives the same bytes.

    Raises:
        ValueError: a number is not finite or has too many digits, or the value holds
            something JSON has no word for. The message names the type, not the value.
    """
    try:
        text = json.dumps(
            value,
            ensure_ascii=True,
            allow_nan=False,
            sort_keys=True,
            separators=(",", ":"),
            default=_written_otherwise,
        )
    except (TypeError, ValueError) as error:
        # The library's own message may show the value.
        reason = str(error) if isinstance(error, _NotPlainError) else "not JSON"
        raise ValueError(f"A value cannot be stored: {reason}.") from None
    return text.encode()


def object_from_bytes(stored: bytes) -> dict[str, Any]:
    """Read a mapping that `to_bytes` wrote; anything else raises ValueError.

    Its values are not checked again: the vault has shown that this program wrote them.
    """
    value = json.loads(stored, parse_float=Decimal)
    if not isinstance(value, dict):
        raise ValueError("The stored value is not a mapping.")  # noqa: TRY004 - content
    return value


class _NotPlainError(ValueError):
    """A value that JSON cannot carry, told by its type."""


def _written_otherwise(value: object) -> object:
    """Write what the json module does not know: Decimals, tuples' kin, mappings."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise _NotPlainError("a Decimal that is not finite")
        if value == value.to_integral_value():
            return int(value)
        if Decimal(repr(float(value))) != value:
            raise _NotPlainError("a Decimal with more digits than a number can carry")
        return float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return list(value)
    raise _NotPlainError(f"a {type(value).__name__}")
