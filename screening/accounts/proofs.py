"""With what does somebody show who they are, and is it right this once?

A password, a code of an app, a recovery code, or a passkey's answer. What takes long
(argon2id, a signature) is done before the transaction; in it, a code or an answer is
put out of use together with what it opens, so that two at once can't both have it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from screening.accounts.apps import use_app
from screening.accounts.passkeys import Passkeys, Site
from screening.accounts.passwords import is_match
from screening.accounts.recovery import proven_hash, read_recovery_code, use_code
from screening.accounts.tables import UserRow
from screening.accounts.totp import read_code
from screening.store.ground import Ground

MOST_WRONG_CODES = 100
"""So many wrong codes in a row, and none is taken until the factors are reset."""


class Given(StrEnum):
    """What somebody showed."""

    PASSWORD = "password"  # noqa: S105 - a name
    APP = "authenticator app"
    RECOVERY_CODE = "recovery code"
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Password:
    """The account's password, as typed."""

    typed: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code as typed: six digits of an app, or a recovery code."""

    typed: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyAnswer:
    """What a browser sent for a passkey (JSON), at this site."""

    site: Site
    answer: str = field(repr=False)


Proof = Password | Code | PasskeyAnswer

Check = Callable[[Session, UserRow], Given | None]
"""Runs in the transaction that the proof opens; None: refused."""


class Proofs:
    """Looks at proofs."""

    def __init__(self, ground: Ground, passkeys: Passkeys) -> None:
        """Stand on the store's common ground, beside the passkeys."""
        self._ground = ground
        self._passkeys = passkeys

    def look_at(self, proof: Proof, row: UserRow, token: str) -> Check:
        """Do what takes long about a proof in somebody's session; give the rest.

        Raises:
            DatabaseUnavailable: nothing was accepted.
        """
        match proof:
            case Password(typed=typed):
                return self._password(typed, row)
            case PasskeyAnswer(site=site, answer=answer):
                return self._passkey(site, answer, row, token)
            case Code(typed=typed):
                return self._code(typed, row)

    def _password(self, typed: str, row: UserRow) -> Check:
        proven = row.password_hash if is_match(typed, row.password_hash) else None

        def check(_: Session, now: UserRow) -> Given | None:
            return Given.PASSWORD if now.password_hash == proven else None

        return check

    def _passkey(self, site: Site, answer: str, row: UserRow, token: str) -> Check:
        answered = self._passkeys.answered(site, answer, token=token, user_id=row.id)

        def check(session: Session, _: UserRow) -> Given | None:
            is_right = answered is not None and self._passkeys.use(session, answered)
            return Given.PASSKEY if is_right else None

        return check

    def _code(self, typed: str, row: UserRow) -> Check:
        recovery_code = read_recovery_code(typed)
        if recovery_code is not None:
            proven = proven_hash(self._ground, row.id, recovery_code)
            return _unless_too_many(
                Given.RECOVERY_CODE,
                lambda session, user_id: (
                    proven is not None and use_code(session, user_id, proven)
                ),
            )
        code = read_code(typed)
        return _unless_too_many(
            Given.APP,
            lambda session, user_id: (
                code is not None and use_app(self._ground, session, user_id, code)
            ),
        )


def _unless_too_many(given: Given, is_right: Callable[[Session, str], bool]) -> Check:
    """Count wrong codes in a row, and refuse any once there were too many."""

    def check(session: Session, row: UserRow) -> Given | None:
        if row.wrong_codes < MOST_WRONG_CODES and is_right(session, row.id):
            row.wrong_codes = 0
            return given
        row.wrong_codes += 1
        return None

    return check
