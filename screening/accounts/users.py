"""Who has an account, and how is it made, changed and closed?

A user name is compared in Unicode form NFKC and small letters, so that `Ann` and `ann`
are one person. Accounts are disabled and never deleted: the audit trail goes on naming
the same person.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from screening.accounts.passwords import hash_password
from screening.accounts.permissions import IN_EMERGENCY, Permission, Role, is_allowed
from screening.accounts.problems import NameRefused, UsernameRefused, UserUnknown
from screening.accounts.tables import KnownDeviceRow, SessionRow, UserRow
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
    emergency_until: datetime | None = None
    """When the emergency access that is open ends; None while none is."""

    def may(self, permission: Permission) -> bool:
        """Say whether this person has the permission now."""
        in_emergency = self.emergency_until is not None and permission in IN_EMERGENCY
        is_given = is_allowed(self.role, permission) or in_emergency
        return not self.is_disabled and is_given

    def as_actor(self, *, request_id: str = "") -> Actor:
        """Give this person as the audit trail names them."""
        role = self.role.value
        if self.emergency_until is not None:
            role = f"{role}, emergency"
        return Actor(name=self.username, role=role, request_id=request_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account that is not kept yet."""

    user: User
    password_hash: str = field(repr=False)


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
        account = self.new_account(
            username=username, display_name=display_name, role=role, password=password
        )
        with self._ground.database.transaction() as session:
            self.keep(session, account, actor=actor)
        return account.user

    def new_account(
        self, *, username: str, display_name: str, role: Role, password: str
    ) -> NewAccount:
        """Make an account that is still to be kept; it takes a tenth of a second.

        Raises:
            UsernameRefused: as for `create`.
            PasswordRefused: the password is not good enough.
        """
        name = folded_username(username)
        if not _USERNAME.fullmatch(name):
            raise UsernameRefused(
                "Use 2 to 64 letters without accents, digits, '.', '-' or '_', "
                "starting with a letter or digit."
            )
        shown = read_display_name(display_name)
        user = User(
            id=UserId(self._ground.new_id()),
            username=name,
            display_name=shown,
            role=role,
            is_disabled=False,
            created_at=self._ground.clock(),
        )
        return NewAccount(
            user=user, password_hash=hash_password(password, names=(name, shown))
        )

    def keep(self, session: Session, account: NewAccount, *, actor: Actor) -> None:
        """Keep a new account in a transaction.

        Raises:
            UsernameRefused: somebody has the user name.
        """
        user = account.user
        is_new = insert_unless_there(
            session,
            UserRow,
            id=user.id,
            username=user.username,
            display_name=user.display_name,
            role=user.role.value,
            password_hash=account.password_hash,
            disabled=False,
            created_at=user.created_at,
        )
        if not is_new:
            raise UsernameRefused("Somebody has this user name. Choose another.")
        note(self._ground, session, actor, Action.ACCOUNT_CREATE, user.id)

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
            row = required(session, user_id)
            row.disabled = True
            end_everywhere(session, row.id)
            note(self._ground, session, actor, Action.ACCOUNT_DISABLE, row.id)

    def enable(self, user_id: str, *, actor: Actor) -> None:
        """Open a closed account again; its password is the one it had.

        Raises:
            UserUnknown: there is no such account.
            DatabaseUnavailable: nothing was changed.
        """
        with self._ground.database.transaction() as session:
            row = required(session, user_id)
            row.disabled = False
            session.flush()
            note(self._ground, session, actor, Action.ACCOUNT_ENABLE, row.id)

    def change_role(self, user_id: str, role: Role, *, actor: Actor) -> None:
        """Give the account another role, and end every session it has, at once.

        Raises:
            UserUnknown: there is no such account.
            DatabaseUnavailable: nothing was changed.
        """
        with self._ground.database.transaction() as session:
            row = required(session, user_id)
            before, row.role = row.role, role.value
            end_everywhere(session, row.id)
            deed = Deed(
                action=Action.ACCOUNT_ROLE_CHANGE,
                object_kind="account",
                object_id=row.id,
                reason=f"from {before} to {role.value}",
            )
            self._ground.audit.append(session, actor, deed)

    def named(self, username: str) -> User | None:
        """Give the person of this user name; None if there is none.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        row = self.row_named(username)
        return None if row is None else user_of(row)

    def row_named(self, username: str) -> UserRow | None:
        """Give the row of a user name as it is compared; None if there is none.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        name = folded_username(username)
        if "\0" in name or not name.isprintable():
            return None
        with self._ground.database.reading() as session:
            return session.scalar(select(UserRow).where(UserRow.username == name))

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
            row = required(session, user_id)
            row.password_hash = password_hash
            end_everywhere(session, row.id)
            note(self._ground, session, actor, Action.ACCOUNT_PASSWORD_CHANGE, row.id)


def folded_username(typed: str) -> str:
    """Bring a typed user name to the form that is compared."""
    return unicodedata.normalize("NFKC", typed).casefold().strip()


def user_of(row: UserRow, *, now: datetime | None = None) -> User:
    """Give the person that a row is about; at an instant, with what they may then."""
    until = row.emergency_until
    is_open = now is not None and until is not None and until > now
    return User(
        id=UserId(row.id),
        username=row.username,
        display_name=row.display_name,
        role=Role(row.role),
        is_disabled=row.disabled,
        created_at=row.created_at,
        emergency_until=until if is_open else None,
    )


def note(
    ground: Ground, session: Session, actor: Actor, action: Action, user_id: str
) -> None:
    """Append an audit row about an account to the transaction."""
    deed = Deed(action=action, object_kind="account", object_id=user_id)
    ground.audit.append(session, actor, deed)


def end_everywhere(session: Session, user_id: str) -> None:
    """End every session of an account, and forget its browsers, in a transaction."""
    for table in (SessionRow, KnownDeviceRow):
        session.execute(delete(table).where(table.user_id == user_id))
    session.flush()


def required(session: Session, user_id: str) -> UserRow:
    """Give an account's row, locked until the transaction ends.

    Raises:
        UserUnknown: there is no such account.
    """
    row = (
        session.get(UserRow, user_id, with_for_update=True) if is_id(user_id) else None
    )
    if row is None:
        raise UserUnknown
    return row


def read_display_name(typed: str) -> str:
    """Read a name that others see.

    Raises:
        NameRefused: it is empty, too long, or can't be printed.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 1 <= len(name) <= _LONGEST_DISPLAY_NAME or not name.isprintable():
        raise NameRefused(
            "Give the name that others see: 1 to 128 signs that can be printed."
        )
    return name
