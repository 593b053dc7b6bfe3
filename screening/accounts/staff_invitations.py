"""How does somebody new of the staff get an account, or somebody a new password?

By a link that works once and for three days. Whoever makes it says the name and the
role; whoever opens it chooses a user name and a password, and then sets up a second
factor. A link for a new password leaves the role and the second factors as they are.
Only a keyed mac of its token is kept, and nobody but its holder sees a password.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from screening.accounts.passwords import hash_password
from screening.accounts.permissions import Role
from screening.accounts.problems import InvitationOver, UserUnknown
from screening.accounts.tables import StaffInvitationRow, UserRow
from screening.accounts.users import (
    User,
    Users,
    end_everywhere,
    note,
    read_display_name,
    required,
    user_of,
)
from screening.store.audit import Action, Actor, Deed
from screening.store.ground import Ground
from screening.store.outside import is_id, url_token

GOOD_FOR = timedelta(days=3)

_TOKEN_SIZE_BYTES = 20
_PURPOSE = "staff invitation"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaffInvitation:
    """A link just made: the only moment its token can be seen."""

    id: str
    token: str = field(repr=False)
    display_name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffInvitation:
    """A link that is still good; `user` is whose password it renews, if it does."""

    id: str
    display_name: str
    role: Role
    user: User | None
    made_at: datetime
    expires_at: datetime


class StaffInvitations:
    """Makes links for the staff and recognises them, an audit row for each."""

    def __init__(self, ground: Ground, users: Users) -> None:
        """Stand on the store's common ground, beside the accounts."""
        self._ground = ground
        self._users = users

    def invite(
        self, *, display_name: str, role: Role, actor: Actor
    ) -> NewStaffInvitation:
        """Make a link with which somebody makes an account of this role.

        Raises:
            UsernameRefused: the name is empty, too long, or can't be printed.
            DatabaseUnavailable: nothing was kept.
        """
        shown = read_display_name(display_name)
        with self._ground.database.transaction() as session:
            made = self._keep(session, shown, role, None)
            self._note(session, actor, Action.ACCOUNT_INVITE, made.id, role)
        return made

    def ask_for_new_password(self, user_id: str, *, actor: Actor) -> NewStaffInvitation:
        """Make a link with which somebody chooses a new password.

        The password there is goes on working until then; an earlier link does not.

        Raises:
            UserUnknown: there is no such account, or it is disabled.
            DatabaseUnavailable: nothing was kept.
        """
        with self._ground.database.transaction() as session:
            row = required(session, user_id)
            if row.disabled:
                raise UserUnknown
            session.execute(
                delete(StaffInvitationRow).where(StaffInvitationRow.user_id == row.id)
            )
            made = self._keep(session, row.display_name, Role(row.role), row.id)
            action = Action.ACCOUNT_PASSWORD_RESET_REQUEST
            note(self._ground, session, actor, action, row.id)
        return made

    def pending(self) -> tuple[StaffInvitation, ...]:
        """Give the links that are still good, the newest first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        good = (
            select(StaffInvitationRow)
            .where(StaffInvitationRow.expires_at > self._ground.clock())
            .order_by(StaffInvitationRow.made_at.desc(), StaffInvitationRow.id)
        )
        with self._ground.database.reading() as session:
            rows = session.scalars(good).all()
            return tuple(_invitation(session, row) for row in rows)

    def look_up(self, token: str) -> StaffInvitation | None:
        """Give the link of a token; None when it is not good any more, or never was.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            row = session.scalar(self._good_one(token))
            return None if row is None else _invitation(session, row)

    def withdraw(self, invitation_id: str, *, actor: Actor) -> bool:
        """Put a link out of use; say whether there was such a one.

        Raises:
            DatabaseUnavailable: the link may still be good.
        """
        if not is_id(invitation_id):
            return False
        with self._ground.database.transaction() as session:
            row = session.get(StaffInvitationRow, invitation_id, with_for_update=True)
            if row is None:
                return False
            session.delete(row)
            session.flush()
            action = Action.ACCOUNT_INVITE_WITHDRAW
            self._note(session, actor, action, row.id, Role(row.role))
        return True

    def accept(
        self,
        token: str,
        *,
        username: str,
        display_name: str,
        password: str,
        request_id: str = "",
    ) -> User:
        """Make the account that a link invites to; the link is used up.

        Raises:
            InvitationOver: the link is not good any more.
            UsernameRefused, PasswordRefused: as for `Users.create`; the link is good.
            DatabaseUnavailable: nothing was kept.
        """
        invitation = self.look_up(token)
        if invitation is None or invitation.user is not None:
            raise InvitationOver
        account = self._users.new_account(
            username=username,
            display_name=display_name,
            role=invitation.role,
            password=password,
        )
        actor = account.user.as_actor(request_id=request_id)
        with self._ground.database.transaction() as session:
            self._use_up(session, token)
            self._users.keep(session, account, actor=actor)
        return account.user

    def renew_password(
        self, token: str, password: str, *, request_id: str = ""
    ) -> User:
        """Give the link's account a new password, and end its sessions.

        Raises:
            InvitationOver: the link is not good any more.
            PasswordRefused: the password is not good enough; the link stays good.
            DatabaseUnavailable: nothing was changed.
        """
        invitation = self.look_up(token)
        if invitation is None or invitation.user is None:
            raise InvitationOver
        user = invitation.user
        password_hash = hash_password(
            password, names=(user.username, user.display_name)
        )
        with self._ground.database.transaction() as session:
            row = required(session, user.id)
            self._use_up(session, token)
            if row.disabled:
                raise InvitationOver
            row.password_hash = password_hash
            end_everywhere(session, row.id)
            actor = user.as_actor(request_id=request_id)
            action = Action.ACCOUNT_PASSWORD_RESET
            note(self._ground, session, actor, action, row.id)
        return user

    def _keep(
        self, session: Session, display_name: str, role: Role, user_id: str | None
    ) -> NewStaffInvitation:
        now = self._ground.clock()
        session.execute(
            delete(StaffInvitationRow).where(StaffInvitationRow.expires_at <= now)
        )
        token = url_token(self._ground.random_bytes, _TOKEN_SIZE_BYTES)
        made = NewStaffInvitation(
            id=self._ground.new_id(),
            token=token,
            display_name=display_name,
            expires_at=now + GOOD_FOR,
        )
        session.add(
            StaffInvitationRow(
                id=made.id,
                token_mac=self._ground.keys.code_mac(_PURPOSE, token),
                display_name=display_name,
                role=role.value,
                user_id=user_id,
                made_at=now,
                expires_at=made.expires_at,
            )
        )
        session.flush()
        return made

    def _use_up(self, session: Session, token: str) -> None:
        row = session.scalar(self._good_one(token).with_for_update())
        if row is None:
            raise InvitationOver
        session.delete(row)
        session.flush()

    def _good_one(self, token: str) -> Select[StaffInvitationRow]:
        # The mac is the index: there is no comparing of secrets that could be timed.
        mac = self._ground.keys.code_mac(_PURPOSE, token)
        return select(StaffInvitationRow).where(
            StaffInvitationRow.token_mac == mac,
            StaffInvitationRow.expires_at > self._ground.clock(),
        )

    def _note(
        self, session: Session, actor: Actor, action: Action, link: str, role: Role
    ) -> None:
        deed = Deed(
            action=action,
            object_kind="staff invitation",
            object_id=link,
            reason=role.value,
        )
        self._ground.audit.append(session, actor, deed)


def _invitation(session: Session, row: StaffInvitationRow) -> StaffInvitation:
    user_row = None if row.user_id is None else session.get(UserRow, row.user_id)
    return StaffInvitation(
        id=row.id,
        display_name=row.display_name,
        role=Role(row.role),
        user=None if user_row is None else user_of(user_row),
        made_at=row.made_at,
        expires_at=row.expires_at,
    )
