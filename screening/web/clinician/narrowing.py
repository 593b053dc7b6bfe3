"""What can the queue be narrowed to? The words in its address, and what each means.

One word at a time, of a list that is closed: nothing that anybody typed is in an
address. What waits is shown first; the words of an outcome narrow what waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from screening.core.definition import Outcome
from screening.report.decision import Decision
from screening.store.queue import NOBODY, WAITS, Narrowing
from screening.web.clinician.words import OUTCOMES

WAITING = "waiting"
MINE = "mine"

_WAITING: Mapping[str, str] = {
    WAITING: "All that waits",
    **{outcome.value.replace("_", "-"): OUTCOMES[outcome] for outcome in Outcome},
    "same-day": "Same day",
    MINE: "Mine",
    "nobody": "Nobody's",
}
_DECIDED: Mapping[str, str] = {
    **{f"decided-{one.value.replace('_', '-')}": one.label for one in Decision},
    "all": "Everything",
}
FILTERS: Mapping[str, str] = {**_WAITING, **_DECIDED}
"""What a link above the list can narrow it to: the word in its address -> its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Links that belong together, under a name."""

    name: str
    texts: Mapping[str, str]


LINKS = (
    Links(name="Waiting", texts=_WAITING),
    Links(name="Decided", texts=_DECIDED),
)


def narrowing(word: str, user_id: str) -> Narrowing:
    """Return what a word of FILTERS narrows the queue to, for this person.

    >>> narrowing("decided-not-now", "ann")
    Narrowing(decision='not_now', outcome=None, same_day=None, assigned_to=None)
    """
    if word == "all":
        return Narrowing()
    if word.startswith("decided-"):
        return Narrowing(decision=_plain(word.removeprefix("decided-")))
    narrowed: dict[str, Narrowing] = {
        WAITING: Narrowing(decision=WAITS),
        "same-day": Narrowing(decision=WAITS, same_day=True),
        MINE: Narrowing(decision=WAITS, assigned_to=user_id),
        "nobody": Narrowing(decision=WAITS, assigned_to=NOBODY),
    }
    return narrowed.get(word) or Narrowing(decision=WAITS, outcome=_plain(word))


def _plain(word: str) -> str:
    return word.replace("-", "_")
