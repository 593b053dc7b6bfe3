"""What a clinic says it is and does, where a question file depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screening.core.problems import Problem, ProblemsError, did_you_mean

USES = ("clinical", "commercial", "educational", "research")
USES_VARIABLE = "SCREENING_USES"
PERMITTED_VARIABLE = "SCREENING_PERMITTED"
LOCALE_VARIABLE = "SCREENING_LOCALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A clinic's own declarations.

    `uses` are what instruments are used for here, of `USES`. `permitted` are the ids
    of instruments whose holder has allowed a use that has to be asked for. `locale` is
    the key of the crisis numbers that patients see, None while none is chosen.
    """

    uses: frozenset[str] = frozenset({"clinical"})
    permitted: frozenset[str] = frozenset()
    locale: str | None = None


def declared(environment: Mapping[str, str]) -> Deployment:
    """Return what a clinic's settings declare; clinical use where they say nothing.

    Raises ProblemsError for a word that is no use of an instrument.
    """
    uses = _words(environment.get(USES_VARIABLE, "")) or {"clinical"}
    unknown = sorted(uses - set(USES))
    if unknown:
        raise ProblemsError(
            Problem(
                code="SC917",
                what=f'{USES_VARIABLE} names "{use}"',
                fix=did_you_mean(use, USES),
            )
            for use in unknown
        )
    return Deployment(
        uses=frozenset(uses),
        permitted=frozenset(_words(environment.get(PERMITTED_VARIABLE, ""))),
        locale=environment.get(LOCALE_VARIABLE) or None,
    )


def _words(text: str) -> set[str]:
    return {word.strip() for word in text.split(",") if word.strip()}
