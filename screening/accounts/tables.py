"""Which tables hold accounts, factors, sessions and attempts, and what is in each?

Nothing that lets anybody in is here as it is: an app's secret is sealed, a code and a
token are known by a hash, and a passkey's key is its public half.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from screening.store.tables import HEX_SHA256_LENGTH, ID_LENGTH, Base


class UserRow(Base):
    """One person who works at the clinic; `username` is stored as it is compared.

    `wrong_codes` counts the codes that were wrong since the last right one;
    `emergency_until` is when the last emergency access ends, or ended.
    """

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(128))
    role: Mapped[str] = mapped_column(String(32))
    password_hash: Mapped[str] = mapped_column(String(256))
    disabled: Mapped[bool]
    created_at: Mapped[datetime]
    wrong_codes: Mapped[int] = mapped_column(default=0)
    emergency_until: Mapped[datetime | None]


class SessionRow(Base):
    """One browser that is signed in, by the hash of the token in its cookie.

    `stage` is how far it is signed in. `password_at` and `factor_at` are when the
    password and the second factor were last given; NULL: not in this session.
    `browser` is what its owner knows it by.
    """

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH), primary_key=True)
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("users.id"), index=True
    )
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(16))
    password_at: Mapped[datetime | None]
    factor_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(64))


class AuthenticatorAppRow(Base):
    """The app that shows somebody's codes: its secret, sealed, and the last step.

    `last_step` is the 30 seconds, counted from 1970, whose code was last accepted.
    """

    __tablename__ = "authenticator_apps"

    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("users.id"), primary_key=True
    )
    added_at: Mapped[datetime]
    last_step: Mapped[int] = mapped_column(BigInteger)
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped_key: Mapped[bytes]
    ciphertext: Mapped[bytes]


class PasskeyRow(Base):
    """One passkey: what its authenticator calls it, and its public key (COSE)."""

    __tablename__ = "passkeys"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("users.id"), index=True
    )
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCodeRow(Base):
    """One recovery code that was not used yet; `handle` is its first group."""

    __tablename__ = "recovery_codes"

    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("users.id"), primary_key=True
    )
    handle: Mapped[str] = mapped_column(String(4), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(256))


class UsedChallengeRow(Base):
    """A challenge that a passkey has answered; it is kept as long as it was good."""

    __tablename__ = "used_challenges"

    challenge_hash: Mapped[str] = mapped_column(
        String(HEX_SHA256_LENGTH), primary_key=True
    )
    until: Mapped[datetime] = mapped_column(index=True)


class KnownDeviceRow(Base):
    """A browser in which somebody was signed in whole, by the hash of its cookie."""

    __tablename__ = "known_devices"

    token_hash: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH), primary_key=True)
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("users.id"), primary_key=True, index=True
    )
    seen_at: Mapped[datetime]


class StaffInvitationRow(Base):
    """A link for somebody of the staff, by the mac of its token, until it is used.

    It makes an account, or, where `user_id` is set, a new password for that one.
    """

    __tablename__ = "staff_invitations"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    token_mac: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH), unique=True)
    display_name: Mapped[str] = mapped_column(String(128))
    role: Mapped[str] = mapped_column(String(32))
    user_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("users.id")
    )
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class AttemptRow(Base):
    """One counted attempt; `bucket` is a keyed mac of what the attempts share.

    It counts until an instant, after which the row is only waiting to be removed.
    """

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "bucket", "counts_until"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    bucket: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH))
    counts_until: Mapped[datetime] = mapped_column(index=True)
