"""Whose browser is this, and for how long is it taken at its word?

A session is 256 random bits in a cookie and a row in the database that knows only their
hash. It ends after 15 minutes without a request, after 12 hours in any case, when it is
revoked, and at once when the account is disabled or its password changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NewType

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from screening.accounts.tables import SessionRow, UserRow
from screening.accounts.users import User, note, user_of
from screening.store.audit import Action, Actor
from screening.store.ground import Ground
from screening.store.outside import is_id, url_token

SessionToken = NewType("SessionToken", str)

LONGEST_IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)

_TOKEN_SIZE_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A browser that is signed in: who it is, and the token for its cookie."""

    user: User
    token: SessionToken = field(repr=False)
    started_at: datetime


class Sessions:
    """Knows the browsers that are signed in."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def begin(self, session: Session, row: UserRow) -> SignedIn:
        """Begin a session for somebody whose password matched, in that transaction."""
        now = self._ground.clock()
        token = self._insert(session, row.id, started_at=now)
        return SignedIn(user=user_of(row), token=token, started_at=now)

    def find(self, token: str, *, request_id: str = "") -> SignedIn | None:
        """Give the session of this token and note that it is in use; None if it ended.

        Raises:
            DatabaseUnavailable: the database did not answer; let nobody in.
        """
        with self._ground.database.transaction() as session:
            found = _with_user(session, token)
            if found is None:
                return None
            row, user_row = found
            now = self._ground.clock()
            user = user_of(user_row)
            if user.is_disabled or not _is_good(row, now):
                session.delete(row)
                session.flush()
                actor = user.as_actor(request_id=request_id)
                note(
                    self._ground,
                    session,
                    actor,
                    Action.ACCOUNT_SESSION_EXPIRED,
                    user.id,
                )
                return None
            row.seen_at = now
            return SignedIn(
                user=user, token=SessionToken(token), started_at=row.started_at
            )

    def rotate(self, token: str) -> SignedIn | None:
        """Give the session a new token, and end the old one; None if it had ended.

        The twelve hours go on counting from the beginning.

        Raises:
            DatabaseUnavailable: the old token is still the good one.
        """
        with self._ground.database.transaction() as session:
            found = _with_user(session, token)
            if found is None or not _is_good(found[0], self._ground.clock()):
                return None
            row, user_row = found
            session.delete(row)
            new_token = self._insert(session, row.user_id, started_at=row.started_at)
            return SignedIn(
                user=user_of(user_row), token=new_token, started_at=row.started_at
            )

    def sign_out(self, token: str, *, request_id: str = "") -> None:
        """End the session of this token, if there still is one.

        Raises:
            DatabaseUnavailable: the session may still be good.
        """
        with self._ground.database.transaction() as session:
            found = _with_user(session, token)
            if found is None:
                return
            row, user_row = found
            session.delete(row)
            session.flush()
            actor = user_of(user_row).as_actor(request_id=request_id)
            note(self._ground, session, actor, Action.ACCOUNT_LOGOUT, user_row.id)

    def revoke_all(self, user_id: str, *, actor: Actor) -> int:
        """End every session of an account; give how many there were.

        Raises:
            DatabaseUnavailable: the sessions may still be good.
        """
        if not is_id(user_id):
            return 0
        with self._ground.database.transaction() as session:
            revoked = session.scalars(
                delete(SessionRow)
                .where(SessionRow.user_id == user_id)
                .returning(SessionRow.token_hash)
            ).all()
            note(self._ground, session, actor, Action.ACCOUNT_SESSION_REVOKED, user_id)
        return len(revoked)

    def purge(self) -> int:
        """Remove the sessions that ended by themselves; give how many.

        Raises:
            DatabaseUnavailable: nothing was removed.
        """
        now = self._ground.clock()
        with self._ground.database.transaction() as session:
            ended = session.scalars(
                delete(SessionRow)
                .where(
                    or_(
                        SessionRow.seen_at < now - LONGEST_IDLE,
                        SessionRow.started_at < now - LONGEST,
                    )
                )
                .returning(SessionRow.token_hash)
            ).all()
        return len(ended)

    def _insert(
        self, session: Session, user_id: str, *, started_at: datetime
    ) -> SessionToken:
        token = SessionToken(url_token(self._ground.random_bytes, _TOKEN_SIZE_BYTES))
        session.add(
            SessionRow(
                token_hash=_hash(token),
                user_id=user_id,
                started_at=started_at,
                seen_at=self._ground.clock(),
            )
        )
        session.flush()
        return token


def _is_good(row: SessionRow, now: datetime) -> bool:
    return now - row.seen_at <= LONGEST_IDLE and now - row.started_at <= LONGEST


def _with_user(session: Session, token: str) -> tuple[SessionRow, UserRow] | None:
    found = session.execute(
        select(SessionRow, UserRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .where(SessionRow.token_hash == _hash(token))
        .with_for_update(of=SessionRow)
    ).first()
    return None if found is None else (found[0], found[1])


def _hash(token: str) -> str:
    # 256 random bits need no slow hash; the hash is the index, so nothing is compared.
    return hashlib.sha256(token.encode(errors="backslashreplace")).hexdigest()
