"""How often may somebody try, before they must wait?

Attempts are counted in the database, over some time before the present moment, for
each thing that attempts share: the user name, the network address, everybody. An
attempt that is refused is not counted, so that a stranger who goes on trying does not
keep the owner of the account out for longer. When attempts can't be counted, none is
allowed: `DatabaseUnavailable` passes through.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from screening.accounts.problems import TooManyAttempts
from screening.accounts.tables import AttemptRow
from screening.store.audit import Action, Actor, Deed
from screening.store.database import wait_for_turn
from screening.store.ground import Ground

_COUNTING = 7_201_003  # the number of the PostgreSQL lock that orders the counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many attempts that share something, within the period."""

    name: str
    most: int
    period: timedelta


LOGIN_BY_USER = Limit(name="login:user", most=10, period=timedelta(minutes=5))
LOGIN_BY_ADDRESS = Limit(name="login:address", most=10, period=timedelta(minutes=5))
RESUME_BY_ADDRESS = Limit(name="resume:address", most=10, period=timedelta(minutes=5))
RESUME_BY_ALL = Limit(name="resume:all", most=1000, period=timedelta(minutes=5))
SIGN_BY_USER = Limit(name="sign:user", most=5, period=timedelta(minutes=5))
LOGIN_BY_ALL = Limit(name="login:all", most=1000, period=timedelta(minutes=5))
LOGIN_BY_DEVICE = Limit(name="login:device", most=10, period=timedelta(minutes=5))
FACTOR_BY_USER = (
    Limit(name="factor:user", most=5, period=timedelta(minutes=5)),
    Limit(name="factor:user:hour", most=20, period=timedelta(hours=1)),
    Limit(name="factor:user:day", most=50, period=timedelta(days=1)),
)
FACTOR_BY_ADDRESS = (
    Limit(name="factor:address", most=10, period=timedelta(minutes=5)),
    Limit(name="factor:address:hour", most=50, period=timedelta(hours=1)),
)


class Limits:
    """Counts attempts."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def count_attempt(
        self, shared: Mapping[Limit, str], *, actor: Actor
    ) -> tuple[int, ...]:
        """Count one attempt against each limit, for what it shares with others.

        What is given back takes the attempt out of the count again (`forgive`).

        `shared` gives for each limit a text such as the user name or the address. The
        attempt that fills a limit is allowed, and leaves an audit row that names the
        limit.

        Raises:
            TooManyAttempts: one of the limits is full; nothing was counted.
            DatabaseUnavailable: the attempt could not be counted; refuse it.
        """
        buckets = {limit: self._bucket(limit, text) for limit, text in shared.items()}
        # Those who are refused only read: they must not hold the lock for writing.
        with self._ground.database.reading() as session:
            self._refuse_if_full(session, buckets)
        with self._ground.database.transaction() as session:
            wait_for_turn(session, _COUNTING)
            counts = self._refuse_if_full(session, buckets)
            now = self._ground.clock()
            session.execute(delete(AttemptRow).where(AttemptRow.counts_until <= now))
            rows = [
                AttemptRow(bucket=bucket, counts_until=now + limit.period)
                for limit, bucket in buckets.items()
            ]
            session.add_all(rows)
            session.flush()
            for limit, count in counts.items():
                if count + 1 == limit.most:
                    deed = Deed(
                        action=Action.LIMIT_HIT,
                        object_kind="limit",
                        object_id=limit.name,
                    )
                    self._ground.audit.append(session, actor, deed)
            return tuple(row.id for row in rows)

    @staticmethod
    def forgive(session: Session, attempts: Iterable[int]) -> None:
        """Take one attempt, which was right, out of the count in a transaction."""
        session.execute(delete(AttemptRow).where(AttemptRow.id.in_(list(attempts))))

    def forget(self, limit: Limit, text: str) -> None:
        """Let what was counted for this text count no more: its owner was right.

        Raises:
            DatabaseUnavailable: it goes on counting.
        """
        bucket = self._bucket(limit, text)
        with self._ground.database.transaction() as session:
            session.execute(delete(AttemptRow).where(AttemptRow.bucket == bucket))

    def _refuse_if_full(
        self, session: Session, buckets: Mapping[Limit, str]
    ) -> dict[Limit, int]:
        """Give how many attempts count at present, unless one limit is full."""
        now = self._ground.clock()
        counts: dict[Limit, int] = {}
        free_at: list[datetime] = []
        for limit, bucket in buckets.items():
            counted = (
                select(AttemptRow.counts_until)
                .where(AttemptRow.bucket == bucket, AttemptRow.counts_until > now)
                .order_by(AttemptRow.counts_until.desc())
                .limit(limit.most)
            )
            instants = session.scalars(counted).all()
            counts[limit] = len(instants)
            if len(instants) >= limit.most:
                free_at.append(instants[-1])
        if free_at:
            wait_s = math.ceil((max(free_at) - now).total_seconds())
            raise TooManyAttempts(retry_after_s=max(wait_s, 1))
        return counts

    def _bucket(self, limit: Limit, text: str) -> str:
        # Somebody's password, typed as the user name, must not be stored as it is.
        return self._ground.keys.code_mac(f"limit:{limit.name}", text)
