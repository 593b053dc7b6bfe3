"""How are the notices that wait sent, however often that fails?

Each is taken from the outbox, handed to the mail server, and only then noted as sent.
A sender that is killed in between leaves it to be sent again. After a failure the next
attempt waits twice as long as the one before, up to a quarter of an hour, and a part of
that is by chance, so that senders do not all come back at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from logging import WARNING
from typing import Protocol

from screening.notices.letter import letter
from screening.notices.post import NotAccepted, hand_over
from screening.notices.route import Route
from screening.store.audit import Actor
from screening.store.outbox import Notice, Outbox

HOLD = timedelta(minutes=5)
"""How long a sender may have a notice: longer than all steps of the post together."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)

_ACTOR = Actor.service("notices")

HandOver = Callable[[EmailMessage, Route], None]


class Tell(Protocol):
    """Writes one line to the log."""

    def __call__(self, event: str, *, level: int = ..., **fields: str | int) -> None:
        """Write the event with its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of the notices that were due; `failed` is the one it stopped at."""

    sent: int
    failed: NotAccepted | None


class Sender:
    """Sends what is due."""

    def __init__(
        self,
        outbox: Outbox,
        route: Route,
        *,
        chance: Callable[[], float],
        tell: Tell,
        post: HandOver = hand_over,
    ) -> None:
        """Send along `route`; `chance` gives numbers from 0 to below 1."""
        self._outbox = outbox
        self._route = route
        self._chance = chance
        self._tell = tell
        self._post = post

    def send_due(self) -> Sent:
        """Send every notice that is due, until one is not accepted.

        Raises:
            DatabaseUnavailable: what was being sent may be sent again.
        """
        sent = 0
        while (notice := self._outbox.take(HOLD)) is not None:
            try:
                self._post(letter(notice, self._route), self._route)
            except NotAccepted as failure:
                self._put_off(notice, failure)
                return Sent(sent=sent, failed=failure)
            self._outbox.note_sent(notice, actor=_ACTOR)
            sent += 1
        return Sent(sent=sent, failed=None)

    def _put_off(self, notice: Notice, failure: NotAccepted) -> None:
        self._tell(
            "notice_not_sent",
            level=WARNING,
            reason=failure.reason,
            code=failure.code,
            count=notice.attempts,
        )
        self._outbox.put_off(notice, wait_after(notice.attempts, self._chance()))


def wait_after(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after so many failed attempts, at least 1.

    Between half and all of 30 seconds, doubled with each attempt up to 15 minutes;
    `chance` from 0 to below 1 says where between.

    >>> wait_after(1, 0.0), wait_after(3, 0.5)
    (datetime.timedelta(seconds=15), datetime.timedelta(seconds=90))
    """
    # 2 ** 5 times half a minute is over that: more would only grow the number.
    doublings: int = 2 ** min(attempts - 1, 5)
    whole = min(FIRST_WAIT * doublings, LONGEST_WAIT)
    return whole * (0.5 + chance / 2)
