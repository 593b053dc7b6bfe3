"""How does somebody sign in whose phone is lost? With one of ten codes, each once.

A code has five groups of four signs of Crockford's base 32. The first group only says
which of the ten it is; the other four are 80 random bits, of which an argon2id hash is
kept (NIST SP 800-63B-4, look-up secrets of fewer than 112 bits). Codes are shown when
they are made and never again; new ones put the old ones out of use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from screening.accounts.passwords import hash_of_random_text, is_match
from screening.accounts.tables import RecoveryCodeRow
from screening.store.ground import Ground
from screening.store.outside import crockford_code, read_crockford

RecoveryCode = NewType("RecoveryCode", str)

HOW_MANY = 10

_GROUPS = 5
_HANDLE_LENGTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedCodes:
    """Ten new codes, to be shown once, and what is kept of each: handle -> hash."""

    codes: tuple[RecoveryCode, ...]
    hashes: dict[str, str]


def read_recovery_code(typed: str) -> RecoveryCode | None:
    """Read a code as people type it; None when it can't be one."""
    code = read_crockford(typed, groups=_GROUPS)
    return None if code is None else RecoveryCode(code)


def new_codes(ground: Ground) -> HashedCodes:
    """Make ten codes; it takes a second, so do it outside of any transaction."""
    codes: dict[str, RecoveryCode] = {}
    while len(codes) < HOW_MANY:
        code = RecoveryCode(crockford_code(ground.random_bytes, groups=_GROUPS))
        codes[_handle(code)] = code
    return HashedCodes(
        codes=tuple(codes.values()),
        hashes={
            handle: hash_of_random_text(_secret(code)) for handle, code in codes.items()
        },
    )


def keep_codes(session: Session, user_id: str, made: HashedCodes) -> None:
    """Keep new codes in place of those that an account had."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user_id))
    session.add_all(
        RecoveryCodeRow(user_id=user_id, handle=handle, code_hash=code_hash)
        for handle, code_hash in made.hashes.items()
    )
    session.flush()


def codes_left(session: Session, user_id: str) -> int:
    """Count the codes that an account has not used yet."""
    counted = select(func.count()).where(RecoveryCodeRow.user_id == user_id)
    return session.scalar(counted) or 0


def proven_hash(ground: Ground, user_id: str, code: RecoveryCode) -> str | None:
    """Give the hash that an account's code fits; None, as slowly, if it has no such."""
    with ground.database.reading() as session:
        row = session.get(RecoveryCodeRow, (user_id, _handle(code)))
    stored = None if row is None else row.code_hash
    return stored if is_match(_secret(code), stored) else None


def use_code(session: Session, user_id: str, code_hash: str) -> bool:
    """Put a code that was right out of use; say whether it still was in use."""
    used = session.scalar(
        delete(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.user_id == user_id, RecoveryCodeRow.code_hash == code_hash
        )
        .returning(RecoveryCodeRow.handle)
    )
    return used is not None


def _handle(code: RecoveryCode) -> str:
    return code[:_HANDLE_LENGTH]


def _secret(code: RecoveryCode) -> str:
    return code[_HANDLE_LENGTH + 1 :]
