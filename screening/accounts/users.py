"""Who has an account, and how is it made, changed and closed?

A user name is compared in Unicode form NFKC and small letters, so that `Ann` and `ann`
are one person. Accounts are disabled and never deleted: the audit trail goes on naming
the same person.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from screening.accounts.passwords import hash_password
from screening.accounts.permissions import Permission, Role, is_allowed
from screening.accounts.problems import UsernameRefused, UserUnknown
from screening.accounts.tables import SessionRow, UserRow
from screening.store.audit import Action, Actor, Deed
from screening.store.database import insert_unless_there
from screening.store.ground import Ground
from screening.store.outside import is_id

UserId = NewType("UserId", str)

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}", re.ASCII)
_LONGEST_DISPLAY_NAME = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One person who works at the clinic, as the others may know them."""

    id: UserId
    username: str
    display_name: str
    role: Role
    is_disabled: bool
    created_at: datetime

    def may(self, permission: Permission) -> bool:
        """Say whether this person has the permission now."""
        return not self.is_disabled and is_allowed(self.role, permission)

    def as_actor(self, *, request_id: str = "") -> Actor:
        """Give this person as the audit trail names them."""
        return Actor(name=self.username, role=self.role.value, request_id=request_id)


class Users:
    """Keeps accounts, an audit row for each change."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def create(
        self,
        *,
        username: str,
        display_name: str,
        role: Role,
        password: str,
        actor: Actor,
    ) -> User:
        """Make an account that can sign in at once.

        Raises:
            UsernameRefused: the name has other signs than small letters, digits,
                `.`, `-` and `_`, is not 2 to 64 signs long, or somebody has it.
            PasswordRefused: the password is not good enough.
            DatabaseUnavailable: nothing was kept.
        """
        name = folded_username(username)
        if not _USERNAME.fullmatch(name):
            raise UsernameRefused(
                "Use 2 to 64 letters without accents, digits, '.', '-' or '_', "
                "starting with a letter or digit."
            )
        shown = _display_name(display_name)
        password_hash = hash_password(password, names=(name, shown))
        user = User(
            id=UserId(self._ground.new_id()),
            username=name,
            display_name=shown,
            role=role,
            is_disabled=False,
            created_at=self._ground.clock(),
        )
        with self._ground.database.transaction() as session:
            is_new = insert_unless_there(
                session,
                UserRow,
                id=user.id,
                username=user.username,
                display_name=user.display_name,
                role=user.role.value,
                password_hash=password_hash,
                disabled=False,
                created_at=user.created_at,
            )
            if not is_new:
                raise UsernameRefused("Somebody has this user name. Choose another.")
            note(self._ground, session, actor, Action.ACCOUNT_CREATE, user.id)
        return user

    def find(self, user_id: str) -> User | None:
        """Give the person with this id; None if there is none.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        if not is_id(user_id):
            return None
        with self._ground.database.reading() as session:
            row = session.get(UserRow, user_id)
        return None if row is None else user_of(row)

    def everybody(self) -> tuple[User, ...]:
        """Give every account, by user name.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            rows = session.scalars(select(UserRow).order_by(UserRow.username)).all()
        return tuple(user_of(row) for row in rows)

    def disable(self, user_id: str, *, actor: Actor) -> None:
        """Close the account, and end every session it has, at once.

        Raises:
            UserUnknown: there is no such account.
            DatabaseUnavailable: nothing was changed.
        """
        with self._ground.database.transaction() as session:
            row = _required(session, user_id)
            row.disabled = True
            session.execute(delete(SessionRow).where(SessionRow.user_id == row.id))
            session.flush()
            note(self._ground, session, actor, Action.ACCOUNT_DISABLE, row.id)

    def enable(self, user_id: str, *, actor: Actor) -> None:
        """Open a closed account again; its password is the one it had.

        Raises:
            UserUnknown: there is no such account.
            DatabaseUnavailable: nothing was changed.
        """
        with self._ground.database.transaction() as session:
            row = _required(session, user_id)
            row.disabled = False
            session.flush()
            note(self._ground, session, actor, Action.ACCOUNT_ENABLE, row.id)

    def change_password(self, user_id: str, password: str, *, actor: Actor) -> None:
        """Replace the password, and end every session of the account, at once.

        Raises:
            UserUnknown: there is no such account.
            PasswordRefused: the new password is not good enough.
            DatabaseUnavailable: nothing was changed.
        """
        user = self.find(user_id)
        if user is None:
            raise UserUnknown
        # Hashed before the transaction: a tenth of a second is long for a patient.
        password_hash = hash_password(
            password, names=(user.username, user.display_name)
        )
        with self._ground.database.transaction() as session:
            row = _required(session, user_id)
            row.password_hash = password_hash
            session.execute(delete(SessionRow).where(SessionRow.user_id == row.id))
            session.flush()
            note(self._ground, session, actor, Action.ACCOUNT_PASSWORD_CHANGE, row.id)


def folded_username(typed: str) -> str:
    """Bring a typed user name to the form that is compared."""
    return unicodedata.normalize("NFKC", typed).casefold().strip()


def user_of(row: UserRow) -> User:
    """Give the person that a row is about."""
    return User(
        id=UserId(row.id),
        username=row.username,
        display_name=row.display_name,
        role=Role(row.role),
        is_disabled=row.disabled,
        created_at=row.created_at,
    )


def note(
    ground: Ground, session: Session, actor: Actor, action: Action, user_id: str
) -> None:
    """Append an audit row about an account to the transaction."""
    deed = Deed(action=action, object_kind="account", object_id=user_id)
    ground.audit.append(session, actor, deed)


def _required(session: Session, user_id: str) -> UserRow:
    row = (
        session.get(UserRow, user_id, with_for_update=True) if is_id(user_id) else None
    )
    if row is None:
        raise UserUnknown
    return row


def _display_name(typed: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 1 <= len(name) <= _LONGEST_DISPLAY_NAME or not name.isprintable():
        raise UsernameRefused(
            "Give the name that others see: 1 to 128 signs that can be printed."
        )
    return name
