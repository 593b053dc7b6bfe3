"""Which passkey is this, and did it answer the question that was put to it just now?

A passkey signs a challenge: a random text with the time until which it is good, under
a keyed mac that also says what it is for and whose page it stood on. So a page needs
nothing stored to ask; a challenge that was answered is noted, rightly or not, and
never taken again. The passkey's own count has to grow, where it has one, and origin
and name of the site have to be the clinic's (W3C Web Authentication, section 7).
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from screening.accounts.sessions import hash_of
from screening.accounts.tables import PasskeyRow, UsedChallengeRow
from screening.accounts.users import User
from screening.store.database import insert_unless_there
from screening.store.ground import Ground
from screening.store.outside import url_token

LONGEST_ASKED = timedelta(minutes=15)
LONGEST_ANSWER = 16_384
"""How many signs an answer may have; a usual one has about a thousand."""

_RANDOM_SIZE_BYTES = 24
# What the library and what it stands on raise for an answer that is not one.
_REFUSED = (WebAuthnException, ValueError, TypeError, KeyError, OverflowError)


class Purpose(StrEnum):
    """What a challenge is for: an answer to one is none to another."""

    ADD = "add"
    SIGN_IN = "sign in"
    PROVE = "prove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site that passkeys are made for: its origin, and the clinic's name."""

    origin: str
    clinic: str

    @property
    def rp_id(self) -> str:
        """The host's name, which browsers tie a passkey to."""
        return urlsplit(self.origin).hostname or ""

    @property
    def has_name(self) -> bool:
        """Say that the host is called by a name: to a number no passkey is tied."""
        try:
            ip_address(self.rp_id)
        except ValueError:
            return bool(self.rp_id)
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """One passkey, as its owner sees it in a list."""

    id: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """What a browser made and the site checked, to be kept."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A passkey that answered rightly, with its count before and after."""

    passkey_id: str
    user_id: str
    count_before: int
    count: int


class Passkeys:
    """Asks browsers for passkeys and checks what they answer."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def of_user(self, user_id: str) -> tuple[Passkey, ...]:
        """Give the passkeys of an account, the oldest first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        return tuple(
            Passkey(
                id=row.id, name=row.name, added_at=row.added_at, used_at=row.used_at
            )
            for row in self._rows(user_id)
        )

    def ask_for_new(self, site: Site, user: User, token: str) -> str | None:
        """Give what a browser needs to make a passkey for a session's person (JSON).

        None where the site has no name.
        """
        if not site.has_name:
            return None
        there = [
            PublicKeyCredentialDescriptor(id=row.credential_id)
            for row in self._rows(user.id)
        ]
        options = generate_registration_options(
            rp_id=site.rp_id,
            rp_name=site.clinic,
            # Not the user name, which may be personal: browsers may hand this over.
            user_id=user.id.encode("ascii"),
            user_name=user.username,
            user_display_name=user.display_name,
            challenge=self._challenge(Purpose.ADD, hash_of(token)),
            timeout=_milliseconds(LONGEST_ASKED),
            exclude_credentials=there,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
        )
        return options_to_json(options)

    def ask_to_sign_in(self, site: Site) -> str | None:
        """Give what a browser needs to sign anybody in by a passkey alone (JSON).

        None where the site has no name.
        """
        if not site.has_name:
            return None
        options = generate_authentication_options(
            rp_id=site.rp_id,
            challenge=self._challenge(Purpose.SIGN_IN, ""),
            timeout=_milliseconds(LONGEST_ASKED),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json(options)

    def ask_again(self, site: Site, user_id: str, token: str) -> str | None:
        """Give what a browser needs to ask for one of somebody's passkeys (JSON).

        None when they have none, or the site has no name.
        """
        rows = self._rows(user_id)
        if not (rows and site.has_name):
            return None
        options = generate_authentication_options(
            rp_id=site.rp_id,
            challenge=self._challenge(Purpose.PROVE, hash_of(token)),
            timeout=_milliseconds(LONGEST_ASKED),
            allow_credentials=[
                PublicKeyCredentialDescriptor(id=row.credential_id) for row in rows
            ],
            user_verification=UserVerificationRequirement.PREFERRED,
        )
        return options_to_json(options)

    def made(self, site: Site, answer: str, token: str) -> NewPasskey | None:
        """Check what a browser made for a session; None when it is not to be kept.

        Raises:
            DatabaseUnavailable: nobody can say whether this was answered before.
        """
        try:
            credential = parse_registration_credential_json(_bounded(answer))
            data = parse_client_data_json(credential.response.client_data_json)
            if not self._burn(data.challenge, Purpose.ADD, hash_of(token)):
                return None
            checked = verify_registration_response(
                credential=credential,
                expected_challenge=data.challenge,
                expected_rp_id=site.rp_id,
                expected_origin=site.origin,
            )
        except _REFUSED:
            return None
        return NewPasskey(
            credential_id=checked.credential_id,
            public_key=checked.credential_public_key,
            sign_count=checked.sign_count,
        )

    def answered(
        self, site: Site, answer: str, *, token: str | None, user_id: str | None
    ) -> Answered | None:
        """Check a passkey's answer to `ask_again`, or to `ask_to_sign_in`.

        With no session and no user, it signs in whole: then the passkey has to have
        made sure of the person, by a PIN or a finger. None when it is refused.

        Raises:
            DatabaseUnavailable: nobody can say whether this was answered before.
        """
        purpose = Purpose.SIGN_IN if token is None else Purpose.PROVE
        bound_to = "" if token is None else hash_of(token)
        try:
            credential = parse_authentication_credential_json(_bounded(answer))
            data = parse_client_data_json(credential.response.client_data_json)
            row = self._row(credential.raw_id)
            if not self._burn(data.challenge, purpose, bound_to) or row is None:
                return None
            checked = verify_authentication_response(
                credential=credential,
                expected_challenge=data.challenge,
                expected_rp_id=site.rp_id,
                expected_origin=site.origin,
                credential_public_key=row.public_key,
                credential_current_sign_count=row.sign_count,
                require_user_verification=token is None,
            )
        except _REFUSED:
            return None
        named = credential.response.user_handle
        if named is not None and named != row.user_id.encode("ascii"):
            return None
        if user_id is not None and user_id != row.user_id:
            return None
        return Answered(
            passkey_id=row.id,
            user_id=row.user_id,
            count_before=row.sign_count,
            count=checked.new_sign_count,
        )

    def use(self, session: Session, answered: Answered) -> bool:
        """Note that a passkey was used; False when it is gone or was used meanwhile."""
        row = session.get(PasskeyRow, answered.passkey_id, with_for_update=True)
        if row is None or row.sign_count != answered.count_before:
            return False
        row.sign_count = answered.count
        row.used_at = self._ground.clock()
        return True

    def keep(self, session: Session, user_id: str, made: NewPasskey, name: str) -> bool:
        """Keep a passkey for an account; False when somebody has it already."""
        return insert_unless_there(
            session,
            PasskeyRow,
            id=self._ground.new_id(),
            user_id=user_id,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            name=name,
            added_at=self._ground.clock(),
            used_at=None,
        )

    def _rows(self, user_id: str) -> list[PasskeyRow]:
        in_order = (
            select(PasskeyRow)
            .where(PasskeyRow.user_id == user_id)
            .order_by(PasskeyRow.added_at, PasskeyRow.id)
        )
        with self._ground.database.reading() as session:
            return list(session.scalars(in_order).all())

    def _row(self, credential_id: bytes) -> PasskeyRow | None:
        with self._ground.database.reading() as session:
            return session.scalar(
                select(PasskeyRow).where(PasskeyRow.credential_id == credential_id)
            )

    def _challenge(self, purpose: Purpose, bound_to: str) -> bytes:
        until = int((self._ground.clock() + LONGEST_ASKED).timestamp())
        chance = url_token(self._ground.random_bytes, _RANDOM_SIZE_BYTES)
        said = f"{chance}.{until}"
        return f"{said}.{self._mac(said, purpose, bound_to)}".encode("ascii")

    def _burn(self, challenge: bytes, purpose: Purpose, bound_to: str) -> bool:
        """Take a challenge out of use; False when it is not ours, too old, or used."""
        said, _, mac = challenge.decode("ascii").rpartition(".")
        if not hmac.compare_digest(mac, self._mac(said, purpose, bound_to)):
            return False
        until = datetime.fromtimestamp(int(said.rpartition(".")[2]), UTC)
        now = self._ground.clock()
        if until <= now:
            return False
        with self._ground.database.transaction() as session:
            session.execute(
                delete(UsedChallengeRow).where(UsedChallengeRow.until <= now)
            )
            return insert_unless_there(
                session,
                UsedChallengeRow,
                challenge_hash=hash_of(said),
                until=until,
            )

    def _mac(self, said: str, purpose: Purpose, bound_to: str) -> str:
        keys = self._ground.keys
        return keys.code_mac(f"passkey:{purpose.value}:{bound_to}", said)


def _bounded(answer: str) -> dict[str, object]:
    """Read an answer; ValueError for one that is too long, or no JSON object."""
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("The answer is too long.")
    try:
        read = json.loads(answer)
    except RecursionError:
        raise ValueError("The answer is nested too deep.") from None
    if not isinstance(read, dict):
        raise TypeError("The answer is no object.")
    return read


def _milliseconds(time: timedelta) -> int:
    return int(time.total_seconds() * 1000)
