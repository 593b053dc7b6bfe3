"""The files beside a questionnaire: help texts, bibliography, crisis numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.check.texts import NOTE
from screening.core.definition import HelpText, SourceReference
from screening.core.problems import Severity, did_you_mean, nearest
from screening.core.schema import HelpFileShape, SourcesShape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from screening.core.load.workbench import Spot, Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names that a file gives; any at all where the file could not be read."""

    names: frozenset[str]
    is_open: bool

    def __contains__(self, name: object) -> bool:
        """Tell whether the file has this name, or may have it."""
        return self.is_open or name in self.names

    def __iter__(self) -> Iterator[str]:
        """Yield the names that are there."""
        return iter(self.names)


def help_of(
    bench: Workbench, folder: str
) -> tuple[dict[str, HelpText], dict[str, str]]:
    """Return the help texts by key, and the receipt's texts."""
    opened = bench.open(f"{folder}/help.yaml", HelpFileShape)
    if opened is None:
        return {}, {}
    spot, shape = opened
    texts = {
        key: HelpText(
            key=key,
            title=text.title,
            body=text.body,
            honesty=text.honesty,
            buttons=tuple(text.buttons),
            place=spot.key("help", key).place,
        )
        for key, text in shape.help.items()
    }
    shown = {key: text for key, text in shape.receipt.items() if key != NOTE}
    return texts, shown


def sources_of(bench: Workbench, folder: str) -> dict[str, SourceReference]:
    """Return the bibliography by id."""
    opened = bench.open(f"{folder}/sources.yaml", SourcesShape)
    if opened is None:
        return {}
    return {
        key: SourceReference(
            id=key,
            reference=source.ref,
            url=source.url,
            year=source.year,
            basis=source.basis,
        )
        for key, source in opened[1].sources.items()
    }


def known_in(bench: Workbench, name: str, found: Iterable[str]) -> Known:
    """Return the names that a file gives, what was lost with broken parts included."""
    return Known(names=frozenset(found), is_open=bench.is_broken(name))


def check_known(spot: Spot, name: str | None, known: Known, what: str) -> None:
    """Note a name at `spot` that is not among those known; `what` begins the words."""
    if name is not None and name not in known and name not in spot.bench.lost:
        spot.say(
            "SC131", f'{what} "{name}", which does not exist', did_you_mean(name, known)
        )


def check_sources(spot: Spot, sources: Iterable[str], known: Known) -> None:
    """Note each source of a list at `spot` that the bibliography does not have."""
    seen: set[str] = set()
    for position, source in enumerate(sources):
        is_twice = source in seen
        seen.add(source)
        if is_twice:
            what = f'the source "{source}" stands here a second time'
            spot.at(position).say("SC136", what, "Delete it.", Severity.WARNING)
        elif source not in known and source not in spot.bench.lost:
            what = f'the source "{source}" is not in sources.yaml'
            near = nearest(source, known)
            fix = f'Did you mean "{near}"?' if near else "Add it to sources.yaml."
            spot.at(position).say("SC132", what, fix)
