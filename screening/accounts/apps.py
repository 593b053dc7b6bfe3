"""Where is the secret of somebody's authenticator app, and which code came last?

The secret is sealed like a patient's record. Before the app has shown one code that
fits, nothing is kept: the secret that is proposed is worked out of the session and a
key of the ring, so that a page can show it again and nobody else's session gets it.
"""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete
from sqlalchemy.orm import Session

from screening.accounts.sessions import hash_of
from screening.accounts.tables import AuthenticatorAppRow
from screening.accounts.totp import SECRET_SIZE_BYTES, accepted_step
from screening.store.ground import Ground
from screening.store.vault import RecordPlace, Sealed

_NEVER = -1


def proposed_secret(ground: Ground, token: str) -> bytes:
    """Give the secret that an app is set up with in this session: 20 bytes."""
    mac = ground.keys.code_mac("authenticator app", hash_of(token))
    return bytes.fromhex(mac)[:SECRET_SIZE_BYTES]


def first_step(ground: Ground, secret: bytes, code: str) -> int | None:
    """Give the step of the first code that an app shows; None when it does not fit."""
    return accepted_step(secret, code, now=ground.clock(), after=_NEVER)


def keep_app(
    ground: Ground, session: Session, user_id: str, *, secret: bytes, step: int
) -> None:
    """Keep an app's secret, in place of the one before, and the step just used."""
    remove_app(session, user_id)
    session.add(
        AuthenticatorAppRow(
            user_id=user_id,
            added_at=ground.clock(),
            last_step=step,
            **asdict(ground.vault.seal(secret, _place(user_id))),
        )
    )
    session.flush()


def use_app(ground: Ground, session: Session, user_id: str, code: str) -> bool:
    """Accept a code once, in a transaction; say whether it was accepted.

    Raises:
        RecordUnreadable: the secret was altered or its key is missing.
    """
    row = session.get(AuthenticatorAppRow, user_id, with_for_update=True)
    if row is None:
        return False
    sealed = Sealed(
        key_id=row.key_id, wrapped_key=row.wrapped_key, ciphertext=row.ciphertext
    )
    secret = ground.vault.open(sealed, _place(user_id))
    step = accepted_step(secret, code, now=ground.clock(), after=row.last_step)
    if step is None:
        return False
    row.last_step = step
    return True


def remove_app(session: Session, user_id: str) -> None:
    """Remove an account's app, if it has one, in a transaction."""
    session.execute(
        delete(AuthenticatorAppRow).where(AuthenticatorAppRow.user_id == user_id)
    )


def _place(user_id: str) -> RecordPlace:
    return RecordPlace(table="authenticator_apps", row_id=user_id, column="secret")
