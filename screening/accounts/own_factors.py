"""Which second factors has somebody, and how do they come and go?

An authenticator app, passkeys, and recovery codes for when those are lost. The first
one makes a session whole that had none to show; any change ends the account's other
sessions. The last one can't be removed by its owner; somebody who looks after accounts
can reset all of them, and then the next sign-in sets up a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from screening.accounts.apps import (
    first_step,
    keep_app,
    proposed_secret,
    remove_app,
)
from screening.accounts.passkeys import Passkey, Passkeys, Site
from screening.accounts.problems import LastFactor, NotAdded, SessionOver
from screening.accounts.proofs import Given
from screening.accounts.recovery import RecoveryCode, codes_left, keep_codes, new_codes
from screening.accounts.sessions import (
    Sessions,
    SignedIn,
    Stage,
    end_sessions,
)
from screening.accounts.tables import (
    AuthenticatorAppRow,
    PasskeyRow,
    RecoveryCodeRow,
    SessionRow,
    UserRow,
)
from screening.accounts.totp import read_code
from screening.accounts.users import User, end_everywhere, required, user_of
from screening.store.audit import Action, Actor, Deed
from screening.store.ground import Ground

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFactors:
    """What an account has: an app since when, passkeys, how many recovery codes."""

    app_since: datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int

    @property
    def is_empty(self) -> bool:
        """Say that there is nothing to sign in with besides the password."""
        return self.app_since is None and not self.passkeys


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A session after a factor was added; `codes` are new, to be shown this once."""

    signed_in: SignedIn
    codes: tuple[RecoveryCode, ...] = field(repr=False)


class OwnFactors:
    """Keeps the second factors of accounts, an audit row for each change."""

    def __init__(self, ground: Ground, sessions: Sessions, passkeys: Passkeys) -> None:
        """Stand on the store's common ground, beside sessions and passkeys."""
        self._ground = ground
        self._sessions = sessions
        self._passkeys = passkeys

    def of_user(self, user_id: str) -> HeldFactors:
        """Give what an account has.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            app = session.get(AuthenticatorAppRow, user_id)
            left = codes_left(session, user_id)
        return HeldFactors(
            app_since=None if app is None else app.added_at,
            passkeys=self._passkeys.of_user(user_id),
            codes_left=left,
        )

    def proposed_secret(self, token: str) -> bytes:
        """Give the secret that an app is set up with in this session."""
        return proposed_secret(self._ground, token)

    def add_app(
        self, signed_in: SignedIn, typed: str, *, request_id: str = ""
    ) -> Added:
        """Keep the app that showed a code of the proposed secret, for its session.

        Raises:
            NotAdded: the code is not one that the app shows now.
            SessionOver: the session ended or may not add anything.
            DatabaseUnavailable: nothing was kept.
        """
        secret = proposed_secret(self._ground, signed_in.token)
        code = read_code(typed)
        step = None if code is None else first_step(self._ground, secret, code)
        if step is None:
            raise NotAdded(
                "Enter the six digits that the app shows now. If they are right, set "
                "the clock of your phone to automatic."
            )

        def keep(session: Session, user_id: str) -> None:
            keep_app(self._ground, session, user_id, secret=secret, step=step)

        return self._add(signed_in, Given.APP, keep, request_id)

    def add_passkey(
        self,
        signed_in: SignedIn,
        site: Site,
        answer: str,
        name: str,
        *,
        request_id: str = "",
    ) -> Added:
        """Keep the passkey that a browser made, under a name, for its session.

        Raises:
            NotAdded: it was not made for this page, or somebody has it.
            SessionOver: the session ended or may not add anything.
            DatabaseUnavailable: nothing was kept.
        """
        made = self._passkeys.made(site, answer, signed_in.token)
        refused = NotAdded("The passkey was not added. Try again.")
        if made is None:
            raise refused

        def keep(session: Session, user_id: str) -> None:
            if not self._passkeys.keep(session, user_id, made, read_name(name)):
                raise refused

        return self._add(signed_in, Given.PASSKEY, keep, request_id)

    def rename_passkey(
        self, user: User, passkey_id: str, name: str, *, request_id: str = ""
    ) -> bool:
        """Give somebody's passkey another name; say whether they have such a one.

        Raises:
            DatabaseUnavailable: nothing was changed.
        """
        with self._ground.database.transaction() as session:
            row = _own_passkey(session, user.id, passkey_id)
            if row is None:
                return False
            row.name = read_name(name)
            self._note(
                session,
                user.as_actor(request_id=request_id),
                Action.ACCOUNT_TWO_FACTOR_RENAMED,
                user.id,
                Given.PASSKEY,
            )
        return True

    def remove_passkey(
        self, signed_in: SignedIn, passkey_id: str, *, request_id: str = ""
    ) -> bool:
        """Remove a passkey of a session's person; say whether they had such a one.

        Raises:
            LastFactor: there is no other factor.
            SessionOver: the session ended.
            DatabaseUnavailable: nothing was removed.
        """

        def remove(session: Session, user_id: str) -> bool:
            row = _own_passkey(session, user_id, passkey_id)
            if row is not None:
                session.delete(row)
            return row is not None

        return self._remove(signed_in, Given.PASSKEY, remove, request_id)

    def remove_app(self, signed_in: SignedIn, *, request_id: str = "") -> bool:
        """Remove the app of a session's person; say whether they had one.

        Raises:
            LastFactor: there is no other factor.
            SessionOver: the session ended.
            DatabaseUnavailable: nothing was removed.
        """

        def remove(session: Session, user_id: str) -> bool:
            had_one = session.get(AuthenticatorAppRow, user_id) is not None
            remove_app(session, user_id)
            return had_one

        return self._remove(signed_in, Given.APP, remove, request_id)

    def renew_codes(
        self, user: User, *, request_id: str = ""
    ) -> tuple[RecoveryCode, ...]:
        """Make ten new recovery codes; those before are out of use.

        Raises:
            DatabaseUnavailable: the codes before are still good.
        """
        made = new_codes(self._ground)
        with self._ground.database.transaction() as session:
            keep_codes(session, user.id, made)
            self._note(
                session,
                user.as_actor(request_id=request_id),
                Action.ACCOUNT_RECOVERY_CODES_GENERATED,
                user.id,
                Given.RECOVERY_CODE,
            )
        return made.codes

    def reset(self, user_id: str, *, actor: Actor) -> None:
        """Take every second factor from an account, and end its sessions.

        Raises:
            UserUnknown: there is no such account.
            DatabaseUnavailable: nothing was changed.
        """
        with self._ground.database.transaction() as session:
            row = required(session, user_id)
            row.wrong_codes = 0
            for table in (AuthenticatorAppRow, PasskeyRow, RecoveryCodeRow):
                session.execute(delete(table).where(table.user_id == row.id))
            end_everywhere(session, row.id)
            action = Action.ACCOUNT_TWO_FACTOR_REMOVED
            self._note(session, actor, action, row.id, "all, by reset")

    def _add(
        self,
        signed_in: SignedIn,
        given: Given,
        keep: Callable[[Session, str], None],
        request_id: str,
    ) -> Added:
        # Made before the transaction, since hashing ten codes takes a second.
        has_codes = self.of_user(signed_in.user.id).codes_left > 0
        made = None if has_codes else new_codes(self._ground)
        with self._ground.database.transaction() as session:
            row, user_row = self._may_add(session, signed_in.token)
            keep(session, user_row.id)
            actor = user_of(user_row).as_actor(request_id=request_id)
            action = Action.ACCOUNT_TWO_FACTOR_ADDED
            self._note(session, actor, action, user_row.id, given)
            if made is not None:
                keep_codes(session, user_row.id, made)
                action = Action.ACCOUNT_RECOVERY_CODES_GENERATED
                self._note(session, actor, action, user_row.id, Given.RECOVERY_CODE)
            if row.stage == Stage.ENROLLING:
                action = Action.ACCOUNT_LOGIN_SUCCESS
                self._note(session, actor, action, user_row.id, given)
            now = self._ground.clock()
            further = self._sessions.advance(session, row, user_row, factor_at=now)
            end_sessions(session, user_row.id, but=further.token)
        return Added(signed_in=further, codes=() if made is None else made.codes)

    def _may_add(self, session: Session, token: str) -> tuple[SessionRow, UserRow]:
        found = self._sessions.held(session, token, Stage.ENROLLING, Stage.WHOLE)
        if found is None:
            raise SessionOver
        row, user_row = found
        # Whoever has only the password must not add a factor to one that is there.
        if row.stage == Stage.ENROLLING and count_factors(session, user_row.id):
            raise SessionOver
        return found

    def _remove(
        self,
        signed_in: SignedIn,
        given: Given,
        remove: Callable[[Session, str], bool],
        request_id: str,
    ) -> bool:
        with self._ground.database.transaction() as session:
            found = self._sessions.held(session, signed_in.token, Stage.WHOLE)
            if found is None:
                raise SessionOver
            user = user_of(found[1])
            if not remove(session, user.id):
                return False
            session.flush()
            if not count_factors(session, user.id):
                raise LastFactor
            end_sessions(session, user.id, but=signed_in.token)
            self._note(
                session,
                user.as_actor(request_id=request_id),
                Action.ACCOUNT_TWO_FACTOR_REMOVED,
                user.id,
                given,
            )
        return True

    def _note(
        self, session: Session, actor: Actor, action: Action, user_id: str, what: str
    ) -> None:
        deed = Deed(
            action=action, object_kind="account", object_id=user_id, reason=what
        )
        self._ground.audit.append(session, actor, deed)


def count_factors(session: Session, user_id: str) -> int:
    """Count an account's app and passkeys; recovery codes only stand in for them."""
    return sum(
        session.scalar(select(func.count()).where(table.user_id == user_id)) or 0
        for table in (AuthenticatorAppRow, PasskeyRow)
    )


def read_name(typed: str) -> str:
    """Read the name of a passkey; "Passkey" for one that can't be shown."""
    name = " ".join(typed.split())[:LONGEST_NAME]
    return name if name and name.isprintable() else "Passkey"


def _own_passkey(session: Session, user_id: str, passkey_id: str) -> PasskeyRow | None:
    return session.scalar(
        select(PasskeyRow)
        .where(PasskeyRow.user_id == user_id, PasskeyRow.id == passkey_id)
        .with_for_update()
    )
