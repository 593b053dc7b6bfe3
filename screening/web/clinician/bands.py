"""How is a count shown so that no few people can be told from it?

Never as itself: as one of the bands 0 to 4, 5 to 9, 10 to 14 and so on, the first of
them as "under 5", with nobody told from four. So two counts that are shown leave open
what lies between them, and no total is shown beside the parts that make it. Where it
is known of how many people something is counted, those that it is not counted for are
hidden in the same way: all, or all but a few, is one band.
"""

from dataclasses import dataclass

WIDTH = 5
"""How many counts look the same; fewer people than this are never shown."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Band:
    """From how many, up to how many, both possible; an open one goes to everybody."""

    low: int
    high: int
    is_open: bool = False

    @property
    def is_hidden(self) -> bool:
        """Say whether it holds nobody, or so few that they are not shown."""
        return self.low == 0

    @property
    def words(self) -> str:
        """Say the band as people do.

        >>> band(3).words, band(12).words, band_of(19, 20).words
        ('under 5', '10 to 14', '15 or more')
        """
        if self.is_hidden:
            return f"under {WIDTH}"
        return f"{self.low} or more" if self.is_open else f"{self.low} to {self.high}"


def band(count: int) -> Band:
    """Return the band of a count of people, of nobody knows how many."""
    low = count - count % WIDTH
    return Band(low=low, high=low + WIDTH - 1)


def band_of(count: int, people: int) -> Band:
    """Return the band of a count among so many people, a number that is shown.

    Raises:
        ValueError: of so few people, or of a number that is no multiple of five,
            nothing can be said without telling some apart.
    """
    if people < 2 * WIDTH or people % WIDTH:
        raise ValueError(f"Counts among {people} people cannot be shown in bands.")
    last = people - WIDTH
    if count >= last:
        return Band(low=last, high=people, is_open=True)
    return band(count)
