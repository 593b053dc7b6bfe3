"""Which tables hold accounts, sessions and attempts, and what is in each column?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from screening.store.tables import HEX_SHA256_LENGTH, ID_LENGTH, Base


class UserRow(Base):
    """One person who works at the clinic; `username` is stored as it is compared."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(128))
    role: Mapped[str] = mapped_column(String(32))
    password_hash: Mapped[str] = mapped_column(String(256))
    disabled: Mapped[bool]
    created_at: Mapped[datetime]


class SessionRow(Base):
    """One browser that is signed in, by the hash of the token in its cookie."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH), primary_key=True)
    user_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("users.id"), index=True
    )
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


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
