"""Whose browser is this, how far is it signed in, and for how long?

A session is 256 random bits in a cookie and a row in the database that knows only their
hash. Its stage says what was shown so far: the password alone, or a second factor too.
It ends after 15 minutes without a request, after 12 hours in any case, when it is
revoked, and at once when the account is disabled or its password or a factor changed;
one that is not whole ends after 15 minutes in any case. Each step gives it a new token.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
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
LONGEST_UNTIL_WHOLE = timedelta(minutes=15)
FRESH = timedelta(minutes=5)
"""How long after a second factor was given nobody is asked for one again."""

_TOKEN_SIZE_BYTES = 32
_LONGEST_BROWSER = 64


class Stage(StrEnum):
    """How far somebody is signed in."""

    NOBODY = "nobody"
    """No session: never the stage of a row."""
    HALF = "half"
    """The password was right; the second factor is still to come."""
    ENROLLING = "enrolling"
    """The password was right; the account has no second factor yet."""
    WHOLE = "whole"
    """Signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A browser that is signed in: who it is, how far, and the token for its cookie.

    `password_at` and `second_factor_at` are when each was last given in this session;
    None: not in this session.
    """

    user: User
    token: SessionToken = field(repr=False)
    started_at: datetime
    stage: Stage
    password_at: datetime | None
    second_factor_at: datetime | None

    @property
    def confirmed_at(self) -> datetime:
        """When a second factor was last given; in a session without one, the first."""
        return self.second_factor_at or self.password_at or self.started_at

    def is_fresh(self, now: datetime) -> bool:
        """Say whether that was within the last five minutes."""
        return now - self.confirmed_at <= FRESH


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """One of somebody's sessions, as they see it in a list; `id` opens nothing."""

    id: str
    browser: str
    started_at: datetime
    seen_at: datetime


class Sessions:
    """Knows the browsers that are signed in."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def begin(
        self,
        session: Session,
        row: UserRow,
        *,
        stage: Stage,
        password_at: datetime | None = None,
        factor_at: datetime | None = None,
        browser: str = "",
    ) -> SignedIn:
        """Begin a session for somebody who was recognised, in that transaction."""
        now = self._ground.clock()
        token = SessionToken(url_token(self._ground.random_bytes, _TOKEN_SIZE_BYTES))
        kept = SessionRow(
            token_hash=hash_of(token),
            user_id=row.id,
            started_at=now,
            seen_at=now,
            stage=stage.value,
            password_at=password_at,
            factor_at=factor_at,
            browser=browser[:_LONGEST_BROWSER],
        )
        session.add(kept)
        session.flush()
        return _signed_in(kept, row, token, now)

    def find(
        self, token: str, *, request_id: str = "", is_in_use: bool = True
    ) -> SignedIn | None:
        """Give the session of this token and note that it is in use; None if it ended.

        `is_in_use` is False for what a page asks of itself: nobody may be there.

        Raises:
            DatabaseUnavailable: the database did not answer; let nobody in.
        """
        with self._ground.database.transaction() as session:
            found = _with_user(session, token)
            if found is None:
                return None
            row, user_row = found
            now = self._ground.clock()
            if user_row.disabled or not _is_good(row, now):
                session.delete(row)
                session.flush()
                user = user_of(user_row)
                actor = user.as_actor(request_id=request_id)
                action = Action.ACCOUNT_SESSION_EXPIRED
                note(self._ground, session, actor, action, user.id)
                return None
            if is_in_use:
                row.seen_at = now
            return _signed_in(row, user_row, SessionToken(token), now)

    def held(
        self, session: Session, token: str, *stages: Stage
    ) -> tuple[SessionRow, UserRow] | None:
        """Give the rows of a good session at one of the stages, locked until the end.

        None when it ended, was closed, or is at another stage by now.
        """
        token_hash = hash_of(token)
        whose = select(SessionRow.user_id).where(SessionRow.token_hash == token_hash)
        user_id = session.scalar(whose)
        if user_id is None:
            return None
        # The account first, as whoever closes it does: so neither waits for the other.
        user_row = session.get_one(UserRow, user_id, with_for_update=True)
        row = session.get(SessionRow, token_hash, with_for_update=True)
        if row is None or user_row.disabled or row.stage not in stages:
            return None
        return (row, user_row) if _is_good(row, self._ground.clock()) else None

    def advance(
        self,
        session: Session,
        row: SessionRow,
        user_row: UserRow,
        *,
        password_at: datetime | None = None,
        factor_at: datetime | None = None,
    ) -> SignedIn:
        """Give a session that showed another factor a new token; the old one ends.

        One that was not whole is whole from then on, and its twelve hours begin;
        those of one that was go on counting.
        """
        token = SessionToken(url_token(self._ground.random_bytes, _TOKEN_SIZE_BYTES))
        now = self._ground.clock()
        was_whole = row.stage == Stage.WHOLE
        kept = SessionRow(
            token_hash=hash_of(token),
            user_id=row.user_id,
            started_at=row.started_at if was_whole else now,
            seen_at=now,
            stage=Stage.WHOLE.value,
            password_at=password_at or row.password_at,
            factor_at=factor_at or row.factor_at,
            browser=row.browser,
        )
        session.delete(row)
        session.add(kept)
        session.flush()
        return _signed_in(kept, user_row, token, now)

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

    def of_user(self, user_id: str) -> tuple[OpenSession, ...]:
        """Give the whole sessions of an account that are still good, newest first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            rows = session.scalars(
                select(SessionRow)
                .where(SessionRow.user_id == user_id, SessionRow.stage == Stage.WHOLE)
                .order_by(SessionRow.seen_at.desc(), SessionRow.token_hash)
            ).all()
        now = self._ground.clock()
        return tuple(
            OpenSession(
                id=row.token_hash,
                browser=row.browser,
                started_at=row.started_at,
                seen_at=row.seen_at,
            )
            for row in rows
            if _is_good(row, now)
        )

    def revoke_all(self, user_id: str, *, actor: Actor, but: str | None = None) -> int:
        """End every session of an account, but the one of a token; give how many.

        Raises:
            DatabaseUnavailable: the sessions may still be good.
        """
        if not is_id(user_id):
            return 0
        with self._ground.database.transaction() as session:
            revoked = end_sessions(session, user_id, but=but)
            note(self._ground, session, actor, Action.ACCOUNT_SESSION_REVOKED, user_id)
        return revoked

    def revoke(self, user_id: str, session_id: str, *, actor: Actor) -> bool:
        """End one session of an account, by its id in the list; say if there was one.

        Raises:
            DatabaseUnavailable: the session may still be good.
        """
        with self._ground.database.transaction() as session:
            ended = session.scalar(
                delete(SessionRow)
                .where(
                    SessionRow.user_id == user_id, SessionRow.token_hash == session_id
                )
                .returning(SessionRow.token_hash)
            )
            if ended is None:
                return False
            note(self._ground, session, actor, Action.ACCOUNT_SESSION_REVOKED, user_id)
        return True

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


def hash_of(token: str) -> str:
    """Give what is stored in place of a token of 256 random bits: 64 hex digits."""
    # So many bits need no slow hash; the hash is the index, so nothing is compared.
    return hashlib.sha256(token.encode(errors="backslashreplace")).hexdigest()


def end_sessions(session: Session, user_id: str, *, but: str | None = None) -> int:
    """End an account's sessions in a transaction, but the one of a token."""
    ending = delete(SessionRow).where(SessionRow.user_id == user_id)
    if but is not None:
        ending = ending.where(SessionRow.token_hash != hash_of(but))
    return len(session.scalars(ending.returning(SessionRow.token_hash)).all())


def _is_good(row: SessionRow, now: datetime) -> bool:
    longest = LONGEST if row.stage == Stage.WHOLE else LONGEST_UNTIL_WHOLE
    return now - row.seen_at <= LONGEST_IDLE and now - row.started_at <= longest


def _signed_in(
    row: SessionRow, user_row: UserRow, token: SessionToken, now: datetime
) -> SignedIn:
    return SignedIn(
        user=user_of(user_row, now=now),
        token=token,
        started_at=row.started_at,
        stage=Stage(row.stage),
        password_at=row.password_at,
        second_factor_at=row.factor_at,
    )


def _with_user(session: Session, token: str) -> tuple[SessionRow, UserRow] | None:
    found = session.execute(
        select(SessionRow, UserRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .where(SessionRow.token_hash == hash_of(token))
        .with_for_update(of=SessionRow)
    ).first()
    return None if found is None else (found[0], found[1])
