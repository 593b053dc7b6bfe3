"""How often was the answer to a question confirmed or found wrong at a visit?

Two sums a question and version, and nothing else: that one person's answer was wrong
says something about that person, so which submission a mark is about stands in the
sealed versions of `visits` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from screening.store.database import insert_unless_there
from screening.store.ground import Ground
from screening.store.tables import WordingRow

CONFIRMED, WRONG = "confirmed", "wrong"
"""The marks that are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """At how many visits the answers to a question were confirmed, and wrong."""

    confirmed: int
    wrong: int


class Wordings:
    """Tells the sums."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def all(self) -> dict[str, dict[str, Tally]]:
        """Give, by the version's sha256, the tally of each question that has one.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            rows = session.scalars(
                select(WordingRow).order_by(
                    WordingRow.version_sha256, WordingRow.question
                )
            ).all()
        found: dict[str, dict[str, Tally]] = {}
        for row in rows:
            tally = Tally(confirmed=row.confirmed, wrong=row.wrong)
            found.setdefault(row.version_sha256, {})[row.question] = tally
        return found


def count(
    session: Session,
    version_sha256: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> None:
    """Add what a newer version of one submission's marks changes in the sums.

    `before` and `after` say each question's mark.
    """
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        steps = {
            mark: (now == mark) - (was == mark)
            for mark in (CONFIRMED, WRONG)
            if (now == mark) != (was == mark)
        }
        if not steps:
            continue
        insert_unless_there(
            session,
            WordingRow,
            version_sha256=version_sha256,
            question=key,
            confirmed=0,
            wrong=0,
        )
        session.execute(
            update(WordingRow)
            .where(
                WordingRow.version_sha256 == version_sha256,
                WordingRow.question == key,
            )
            .values(
                confirmed=WordingRow.confirmed + steps.get(CONFIRMED, 0),
                wrong=WordingRow.wrong + steps.get(WRONG, 0),
            )
        )
