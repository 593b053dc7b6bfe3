"""How long do patients take on each page? Sums over all who have sent their answers.

Two numbers a page and version: how many took part, and their seconds together. Nobody
can be told from them, and nothing that was answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from screening.store.ground import Ground
from screening.store.tables import PagePaceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many patients took how many seconds on a page, all together."""

    patients: int
    seconds: int


class Paces:
    """Adds up, and tells."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def add(self, version_sha256: str, seconds: Mapping[str, int]) -> None:
        """Add one patient's whole seconds on each page of a version.

        Raises:
            DatabaseUnavailable: nothing was added.
        """
        with self._ground.database.transaction() as session:
            for page, spent in sorted(seconds.items()):
                adding = (
                    update(PagePaceRow)
                    .where(
                        PagePaceRow.version_sha256 == version_sha256,
                        PagePaceRow.page == page,
                    )
                    .values(
                        patients=PagePaceRow.patients + 1,
                        seconds=PagePaceRow.seconds + spent,
                    )
                    .returning(PagePaceRow.page)
                )
                if session.scalar(adding) is not None:
                    continue
                try:
                    with session.begin_nested():
                        session.add(
                            PagePaceRow(
                                version_sha256=version_sha256,
                                page=page,
                                patients=1,
                                seconds=spent,
                            )
                        )
                except IntegrityError:
                    # Somebody else was the first, a moment ago.
                    session.execute(adding)

    def of(self, version_sha256: str) -> dict[str, Pace]:
        """Give the pace of each page of a version on which anybody was.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            rows = session.scalars(
                select(PagePaceRow).where(PagePaceRow.version_sha256 == version_sha256)
            ).all()
        return {
            row.page: Pace(patients=row.patients, seconds=row.seconds) for row in rows
        }
