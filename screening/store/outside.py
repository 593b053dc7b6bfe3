"""What does the store take from the world outside: the time, and chance?

Everything that needs an instant or a random number is handed a `Clock` or a
`RandomBytes`; only `opening.py` and the command line choose the real ones.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present instant, aware, in UTC."""

RandomBytes = Callable[[int], bytes]
"""Gives that many bytes nobody can guess, as `secrets.token_bytes` does."""

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code can be read out and typed."""

_TYPED_ALIKE = str.maketrans("OIL", "011", " -")
_ID = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)


def utc_now() -> datetime:
    """Tell the present instant."""
    return datetime.now(UTC)


def in_utc(instant: datetime) -> datetime:
    """Bring an aware instant to UTC; a naive one is refused with ValueError."""
    if instant.utcoffset() is None:
        raise ValueError("An instant needs a time zone: pass an aware datetime.")
    return instant.astimezone(UTC)


def written(instant: datetime) -> str:
    """Write an instant in UTC, to the microsecond, so that text sorts like time.

    >>> written(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    '2026-03-01T09:30:00.000000Z'
    """
    return in_utc(instant).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def url_token(random_bytes: RandomBytes, size_bytes: int) -> str:
    """Make a token of that many random bytes that can stand in a link or a cookie."""
    return base64.urlsafe_b64encode(random_bytes(size_bytes)).rstrip(b"=").decode()


def crockford_code(random_bytes: RandomBytes, *, groups: int) -> str:
    """Make a code of groups of four letters and digits, 20 bits a group.

    >>> crockford_code(lambda size: bytes(range(size)), groups=2)
    '0123-4567'
    """
    # 256 is a multiple of 32, so the low five bits of a random byte are fair.
    signs = [CROCKFORD[byte % 32] for byte in random_bytes(groups * 4)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, len(signs), 4))


def read_crockford(typed: str, *, groups: int) -> str | None:
    """Read a code as people type it: small letters, O for 0, I or L for 1, no dash.

    None when it can't be such a code.

    >>> read_crockford(" k7qm 2xrd", groups=2)
    'K7QM-2XRD'
    """
    signs = typed.upper().translate(_TYPED_ALIKE)
    if len(signs) != groups * 4 or not set(signs) <= set(CROCKFORD):
        return None
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def is_id(text: str) -> bool:
    """Say whether the text has the form of an id of ours: 128 bits as 22 signs."""
    return _ID.fullmatch(text) is not None
