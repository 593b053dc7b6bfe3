"""How does a person at a terminal see that something long goes on?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Thing = TypeVar("Thing")

FEW = 20
"""As many are done before a bar could be read."""


def each(things: Sequence[Thing], what: str) -> Iterable[Thing]:
    """Return the things one by one, with a bar on standard error for a person."""
    if len(things) <= FEW or not sys.stderr.isatty():
        return things
    # Imported only where there is a person to see it: it takes a tenth of a second.
    from rich.console import Console  # noqa: PLC0415 - the cost at start
    from rich.progress import track  # noqa: PLC0415 - the cost at start

    console = Console(stderr=True)
    return track(things, description=what, console=console, transient=True)
