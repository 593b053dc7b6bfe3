"""How does somebody who works at the clinic sign in?

With a password and then a second factor, or with a passkey that makes sure of its
person. The attempt is counted, then what was given is looked at, then, in one
transaction, the session begins or gets its new token and the audit row is written.
Whoever is refused learns nothing: an unknown user, a wrong password and a disabled
account look alike and take as long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from screening.accounts.devices import Devices
from screening.accounts.emergency import Emergency
from screening.accounts.limits import (
    FACTOR_BY_ADDRESS,
    FACTOR_BY_USER,
    LOGIN_BY_ADDRESS,
    LOGIN_BY_ALL,
    LOGIN_BY_DEVICE,
    LOGIN_BY_USER,
    Limit,
    Limits,
)
from screening.accounts.own_factors import OwnFactors, count_factors
from screening.accounts.passkeys import Passkeys
from screening.accounts.passwords import is_match, rehashed
from screening.accounts.problems import FactorRefused, SessionOver, SignInRefused
from screening.accounts.proofs import Given, PasskeyAnswer, Proof, Proofs
from screening.accounts.sessions import Sessions, SignedIn, Stage
from screening.accounts.staff_invitations import StaffInvitations
from screening.accounts.tables import UserRow
from screening.accounts.users import User, Users, folded_username, note, user_of
from screening.store.audit import Action, Actor, Deed
from screening.store.ground import Ground

_T = TypeVar("_T")
_NOBODY = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Everything about the staff, by what it is.

    `needs_second_factor` False lets an account that has none in by its password: for a
    demonstration only.
    """

    ground: Ground
    users: Users
    sessions: Sessions
    limits: Limits
    devices: Devices
    passkeys: Passkeys
    proofs: Proofs
    own_factors: OwnFactors
    staff_invitations: StaffInvitations
    emergency: Emergency
    needs_second_factor: bool

    def sign_in(
        self,
        *,
        username: str,
        password: str,
        address: str,
        device: str = "",
        browser: str = "",
        request_id: str = "",
    ) -> SignedIn:
        """Begin a session for the person with this user name and password.

        Its stage says what comes next: the second factor, or setting one up. `address`
        is the network address that the attempt came from, `device` the token in the
        cookie of a browser that was signed in before, `browser` a name for the list
        of sessions.

        Raises:
            TooManyAttempts: there were too many attempts of late; try later.
            SignInRefused: the user name or the password is wrong.
            DatabaseUnavailable: let nobody in.
        """
        stranger = Actor(name=_NOBODY, role=_NOBODY, request_id=request_id)

        def begin(session: Session, row: UserRow) -> SignedIn:
            stage = self._stage_after_password(session, row)
            signed_in = self.sessions.begin(
                session,
                row,
                stage=stage,
                password_at=self.ground.clock(),
                browser=browser,
            )
            actor = signed_in.user.as_actor(request_id=request_id)
            action = Action.ACCOUNT_LOGIN_PASSWORD
            note(self.ground, session, actor, action, row.id)
            if stage is Stage.WHOLE:
                self._note_whole(session, actor, row.id, device, Given.PASSWORD)
            return signed_in

        self._count_password(username, address, device, stranger)
        return self._with_password(username, password, stranger, begin)

    def recognise(self, *, username: str, password: str, address: str) -> User:
        """Give the person with this user name and password; no session begins.

        For the command line, where whoever types holds the database and its keys.

        Raises:
            TooManyAttempts, SignInRefused, DatabaseUnavailable: as for `sign_in`.
        """
        stranger = Actor(name=_NOBODY, role=_NOBODY)

        def tell(session: Session, row: UserRow) -> User:
            user = user_of(row)
            action = Action.ACCOUNT_LOGIN_PASSWORD
            note(self.ground, session, user.as_actor(), action, row.id)
            return user

        self._count_password(username, address, "", stranger)
        return self._with_password(username, password, stranger, tell)

    def finish(
        self,
        token: str,
        proof: Proof,
        *,
        address: str,
        device: str = "",
        request_id: str = "",
    ) -> SignedIn:
        """Make a session whole whose second factor was still to come.

        Raises:
            TooManyAttempts: there were too many attempts of late; try later.
            FactorRefused: it was not a second factor of the account, or was used.
            SessionOver: the session ended or is at another stage.
            DatabaseUnavailable: let nobody in.
        """
        return self._prove(
            token, proof, Stage.HALF, address=address, device=device, request=request_id
        )

    def confirm(
        self,
        token: str,
        proof: Proof,
        *,
        address: str,
        device: str = "",
        request_id: str = "",
    ) -> SignedIn:
        """Note that the person of a whole session has shown once more who they are.

        The session gets a new token; `password_at` or `second_factor_at` is now.

        Raises:
            TooManyAttempts: there were too many attempts of late; try later.
            FactorRefused: it was wrong or was used.
            SessionOver: the session ended or is not whole.
            DatabaseUnavailable: nothing was confirmed.
        """
        return self._prove(
            token,
            proof,
            Stage.WHOLE,
            address=address,
            device=device,
            request=request_id,
        )

    def sign_in_by_passkey(
        self,
        proof: PasskeyAnswer,
        *,
        address: str,
        device: str = "",
        browser: str = "",
        request_id: str = "",
    ) -> SignedIn:
        """Begin a whole session for the person of a passkey that made sure of them.

        Raises:
            TooManyAttempts: there were too many attempts of late; try later.
            FactorRefused: no account has this passkey, or it did not answer rightly.
            DatabaseUnavailable: let nobody in.
        """
        stranger = Actor(name=_NOBODY, role=_NOBODY, request_id=request_id)
        self.limits.count_attempt(
            {LOGIN_BY_ADDRESS: address, LOGIN_BY_ALL: ""}, actor=stranger
        )
        answered = self.passkeys.answered(
            proof.site, proof.answer, token=None, user_id=None
        )
        if answered is None:
            self._refuse(_NOBODY, stranger)
            raise FactorRefused
        with self.ground.database.transaction() as session:
            row = session.get(UserRow, answered.user_id, with_for_update=True)
            is_open = row is not None and not row.disabled
            if row is not None and is_open and self.passkeys.use(session, answered):
                signed_in = self.sessions.begin(
                    session,
                    row,
                    stage=Stage.WHOLE,
                    factor_at=self.ground.clock(),
                    browser=browser,
                )
                actor = signed_in.user.as_actor(request_id=request_id)
                self._note_whole(session, actor, row.id, device, Given.PASSKEY)
                return signed_in
        self._refuse(answered.user_id, stranger)
        raise FactorRefused

    def begin_for(self, user: User, *, browser: str = "") -> SignedIn:
        """Begin a session for somebody who chose their password a moment ago.

        Raises:
            DatabaseUnavailable: let nobody in.
        """
        with self.ground.database.transaction() as session:
            row = session.get_one(UserRow, user.id, with_for_update=True)
            return self.sessions.begin(
                session,
                row,
                stage=self._stage_after_password(session, row),
                password_at=self.ground.clock(),
                browser=browser,
            )

    def _count_password(
        self, username: str, address: str, device: str, stranger: Actor
    ) -> None:
        name = _counted_name(username)
        shared: Mapping[Limit, str] = {
            LOGIN_BY_USER: name,
            LOGIN_BY_ADDRESS: address,
            LOGIN_BY_ALL: "",
        }
        if self.devices.is_known(device, name):
            shared = {LOGIN_BY_DEVICE: f"{device} {name}"}
        self.limits.count_attempt(shared, actor=stranger)

    def _with_password(
        self,
        username: str,
        password: str,
        stranger: Actor,
        begin: Callable[[Session, UserRow], _T],
    ) -> _T:
        """Do something for whoever the password fits, in a transaction, or refuse."""
        named = self.users.row_named(_counted_name(username))
        # Outside of any transaction: this takes a tenth of a second.
        is_right = is_match(password, None if named is None else named.password_hash)
        proven = named if is_right else None
        new_hash = None if proven is None else rehashed(password, proven.password_hash)
        with self.ground.database.transaction() as session:
            row = None if proven is None else _unchanged(session, proven)
            if row is not None:
                row.password_hash = new_hash or row.password_hash
                return begin(session, row)
            user_id = _NOBODY if named is None else named.id
            note(self.ground, session, stranger, Action.ACCOUNT_LOGIN_FAILURE, user_id)
        raise SignInRefused

    def _stage_after_password(self, session: Session, row: UserRow) -> Stage:
        if count_factors(session, row.id):
            return Stage.HALF
        return Stage.ENROLLING if self.needs_second_factor else Stage.WHOLE

    def _prove(
        self,
        token: str,
        proof: Proof,
        stage: Stage,
        *,
        address: str,
        device: str,
        request: str,
    ) -> SignedIn:
        held = self.sessions.find(token, request_id=request)
        if held is None or held.stage is not stage:
            raise SessionOver
        actor = held.user.as_actor(request_id=request)
        attempts = self._count_factor(held.user, address, device, actor)
        row = self.users.row_named(held.user.username)
        if row is None:
            raise SessionOver
        check = self.proofs.look_at(proof, row, token)
        with self.ground.database.transaction() as session:
            found = self.sessions.held(session, token, stage)
            if found is None:
                raise SessionOver
            session_row, user_row = found
            given = check(session, user_row)
            # The password was the first factor: it is not the second one as well.
            if given is not None and (stage, given) != (Stage.HALF, Given.PASSWORD):
                now = self.ground.clock()
                signed_in = self.sessions.advance(
                    session,
                    session_row,
                    user_row,
                    password_at=now if given is Given.PASSWORD else None,
                    factor_at=None if given is Given.PASSWORD else now,
                )
                self.limits.forgive(session, attempts)
                if given is Given.RECOVERY_CODE:
                    action = Action.ACCOUNT_RECOVERY_CODES_USED
                    note(self.ground, session, actor, action, user_row.id)
                if stage is Stage.HALF:
                    self._note_whole(session, actor, user_row.id, device, given)
                else:
                    action = Action.ACCOUNT_SESSION_CONFIRMED
                    self._note_given(session, actor, action, user_row.id, given)
                return signed_in
            action = Action.ACCOUNT_TWO_FACTOR_FAILURE
            note(self.ground, session, actor, action, user_row.id)
        raise FactorRefused

    def _count_factor(
        self, user: User, address: str, device: str, actor: Actor
    ) -> tuple[int, ...]:
        # As for passwords, what strangers try is counted apart from a known browser.
        is_known = self.devices.is_known(device, user.username)
        who = f"{device} {user.id}" if is_known else user.id
        shared = dict.fromkeys(FACTOR_BY_USER, who)
        if not is_known:
            shared |= dict.fromkeys(FACTOR_BY_ADDRESS, address)
        return self.limits.count_attempt(shared, actor=actor)

    def _note_whole(
        self,
        session: Session,
        actor: Actor,
        user_id: str,
        device: str,
        given: Given,
    ) -> None:
        action = Action.ACCOUNT_LOGIN_SUCCESS
        self._note_given(session, actor, action, user_id, given)
        if device and self.devices.remember(session, device, user_id):
            action = Action.ACCOUNT_LOGIN_NEW_DEVICE
            note(self.ground, session, actor, action, user_id)

    def _note_given(
        self,
        session: Session,
        actor: Actor,
        action: Action,
        user_id: str,
        given: Given,
    ) -> None:
        deed = Deed(
            action=action,
            object_kind="account",
            object_id=user_id,
            reason=given.value,
        )
        self.ground.audit.append(session, actor, deed)

    def _refuse(self, user_id: str, stranger: Actor) -> None:
        """Write down that somebody was not let in."""
        with self.ground.database.transaction() as session:
            action = Action.ACCOUNT_LOGIN_FAILURE
            note(self.ground, session, stranger, action, user_id)


def _counted_name(username: str) -> str:
    # A user name has at most 64 signs; what is longer is counted by its start.
    return folded_username(username[:128])


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


def open_accounts(ground: Ground, *, needs_second_factor: bool = True) -> Accounts:
    """Open the accounts that stand on an opened store's ground."""
    users, sessions, passkeys = Users(ground), Sessions(ground), Passkeys(ground)
    return Accounts(
        ground=ground,
        users=users,
        sessions=sessions,
        limits=Limits(ground),
        devices=Devices(ground),
        passkeys=passkeys,
        proofs=Proofs(ground, passkeys),
        own_factors=OwnFactors(ground, sessions, passkeys),
        staff_invitations=StaffInvitations(ground, users),
        emergency=Emergency(ground),
        needs_second_factor=needs_second_factor,
    )
