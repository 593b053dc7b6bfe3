"""How does somebody who works at the clinic sign in?

The attempt is counted, then the password looked at, then, in one transaction, the
session begins and the audit row is written. Whoever is refused learns nothing: an
unknown user, a wrong password and a disabled account look alike and take as long.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from screening.accounts.limits import (
    LOGIN_BY_ADDRESS,
    LOGIN_BY_ALL,
    LOGIN_BY_USER,
    Limits,
)
from screening.accounts.passwords import is_match, rehashed
from screening.accounts.problems import SignInRefused
from screening.accounts.sessions import Sessions, SignedIn
from screening.accounts.tables import UserRow
from screening.accounts.users import Users, folded_username, note
from screening.store.audit import Action, Actor
from screening.store.ground import Ground

_NOBODY = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Everything about the staff, by what it is."""

    ground: Ground
    users: Users
    sessions: Sessions
    limits: Limits

    def sign_in(
        self, *, username: str, password: str, address: str, request_id: str = ""
    ) -> SignedIn:
        """Begin a session for the person with this user name and password.

        `address` is the network address that the attempt came from.

        Raises:
            TooManyAttempts: there were too many attempts of late; try later.
            SignInRefused: the user name or the password is wrong.
            DatabaseUnavailable: let nobody in.
        """
        # A user name has at most 64 signs; what is longer is counted by its start.
        name = folded_username(username[:128])
        stranger = Actor(name=_NOBODY, role=_NOBODY, request_id=request_id)
        self.limits.count_attempt(
            {LOGIN_BY_USER: name, LOGIN_BY_ADDRESS: address, LOGIN_BY_ALL: ""},
            actor=stranger,
        )
        named = self._row(name)
        # Outside of any transaction: this takes a tenth of a second.
        is_right = is_match(password, None if named is None else named.password_hash)
        proven = named if is_right else None
        new_hash = None if proven is None else rehashed(password, proven.password_hash)
        with self.ground.database.transaction() as session:
            row = None if proven is None else _unchanged(session, proven)
            if row is not None:
                row.password_hash = new_hash or row.password_hash
                signed_in = self.sessions.begin(session, row)
                actor = signed_in.user.as_actor(request_id=request_id)
                note(self.ground, session, actor, Action.ACCOUNT_LOGIN_SUCCESS, row.id)
                return signed_in
            user_id = _NOBODY if named is None else named.id
            note(self.ground, session, stranger, Action.ACCOUNT_LOGIN_FAILURE, user_id)
        raise SignInRefused

    def _row(self, name: str) -> UserRow | None:
        if "\0" in name or not name.isprintable():
            return None
        with self.ground.database.reading() as session:
            return session.scalar(select(UserRow).where(UserRow.username == name))


def _unchanged(session: Session, proven: UserRow) -> UserRow | None:
    """Read the account again, for the session; None if it was closed meanwhile."""
    row = session.get(UserRow, proven.id, with_for_update=True)
    # If the password was changed since, the one that matched is the old one.
    is_good = (
        row is not None
        and not row.disabled
        and row.password_hash == proven.password_hash
    )
    return row if is_good else None


def open_accounts(ground: Ground) -> Accounts:
    """Open the accounts that stand on an opened store's ground."""
    return Accounts(
        ground=ground,
        users=Users(ground),
        sessions=Sessions(ground),
        limits=Limits(ground),
    )
