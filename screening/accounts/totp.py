"""Which code does an authenticator app show, and may it be used again?

A code has six digits and stands for one step of 30 seconds since 1970 (RFC 6238, with
SHA-1, as every app understands it). The step before the present one and the one after
are accepted too, for clocks that differ; the step that was accepted last, and every one
before it, never again. So no code works twice, in whatever order codes are typed.
"""

from __future__ import annotations

import base64
import hmac
import re
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SECRET_SIZE_BYTES = 20
STEP_S = 30
DIGITS = 6

_CODE = re.compile(r"[0-9]{6}", re.ASCII)
_STEPS_AWAY = (-1, 0, 1)


def read_code(typed: str) -> str | None:
    """Read a code as people type it, with or without spaces; None if it is none.

    >>> read_code(" 123 456")
    '123456'
    """
    code = "".join(typed.split())
    return code if _CODE.fullmatch(code) else None


def step_at(now: datetime) -> int:
    """Give the number of the step of 30 seconds that an instant is in."""
    return int(now.timestamp()) // STEP_S


def code_of(secret: bytes, step: int) -> str:
    """Give the six digits of a step."""
    return _totp(secret).generate(step * STEP_S).decode("ascii")


def accepted_step(secret: bytes, code: str, *, now: datetime, after: int) -> int | None:
    """Give the step that a code is accepted for; None when it is refused.

    `after` is the step that was accepted last. Where a code stands for two steps, the
    later one is given, so that it does not work for the other afterwards.
    """
    near = [step_at(now) + away for away in _STEPS_AWAY]
    # Each is compared, so that the time tells nothing about which one it was.
    fits = [hmac.compare_digest(code_of(secret, step), code) for step in near]
    return max(
        (step for step, fit in zip(near, fits, strict=True) if fit and step > after),
        default=None,
    )


def secret_in_letters(secret: bytes) -> str:
    """Write a secret as apps read it when it is typed: groups of four letters."""
    letters = base64.b32encode(secret).decode("ascii").rstrip("=")
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def address_for_apps(secret: bytes, *, account: str, issuer: str) -> str:
    """Give the otpauth:// address that an app reads from a QR code."""
    return _totp(secret).get_provisioning_uri(account, issuer)


def _totp(secret: bytes) -> TOTP:
    # RFC 6238 is over SHA-1 in every app; a code needs no resistance to collisions.
    return TOTP(secret, DIGITS, SHA1(), STEP_S)  # noqa: S303
