"""Was somebody signed in with this browser before? Then strangers can't keep them out.

Whoever types many wrong passwords for a user name fills its limit, and with it would
lock its owner out. A browser in which the owner was signed in whole holds a cookie of
256 random bits; its attempts are counted by themselves. It opens nothing: the password
and the second factor are asked for all the same.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from screening.accounts.sessions import hash_of
from screening.accounts.tables import KnownDeviceRow, UserRow
from screening.store.ground import Ground
from screening.store.outside import url_token

REMEMBERED = timedelta(days=90)
"""How long a browser is known after it was signed in last."""

_TOKEN_SIZE_BYTES = 32


class Devices:
    """Knows the browsers that were signed in before."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def new_token(self) -> str:
        """Make a token for the cookie of a browser that has none."""
        return url_token(self._ground.random_bytes, _TOKEN_SIZE_BYTES)

    def is_known(self, token: str, username: str) -> bool:
        """Say whether somebody of this user name was signed in with this browser.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        if not token or "\0" in username:
            return False
        known = (
            select(KnownDeviceRow.token_hash)
            .join(UserRow, UserRow.id == KnownDeviceRow.user_id)
            .where(
                KnownDeviceRow.token_hash == hash_of(token),
                KnownDeviceRow.seen_at > self._ground.clock() - REMEMBERED,
                UserRow.username == username,
            )
        )
        with self._ground.database.reading() as session:
            return session.scalar(known) is not None

    def remember(self, session: Session, token: str, user_id: str) -> bool:
        """Note that somebody is signed in with this browser; say if it is a new one."""
        now = self._ground.clock()
        session.execute(
            delete(KnownDeviceRow).where(KnownDeviceRow.seen_at <= now - REMEMBERED)
        )
        row = session.get(KnownDeviceRow, (hash_of(token), user_id))
        if row is not None:
            row.seen_at = now
            return False
        session.add(
            KnownDeviceRow(token_hash=hash_of(token), user_id=user_id, seen_at=now)
        )
        session.flush()
        return True
