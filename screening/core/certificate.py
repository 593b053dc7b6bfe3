"""What was shown of a version before patients could meet it, and what was not.

A certificate is written once and never changed; its id is the SHA-256 of what it says,
so that one that was changed is not the one that was written. It holds no patient: those
in it are worked ones.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Basis(StrEnum):
    """What a certificate rests on."""

    PROOFS = "proofs"
    WORDING = "wording"
    """Only texts differ from a version that was proved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A property that was not shown, and why the version is published all the same.

    `near` is the worked patient from whom the one who shows it differs in `changed`;
    without `changed`, it was not decided in time.
    """

    about: str
    standing: str
    words: str
    reason: str
    near: str | None
    changed: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redecision:
    """Two decisions that differ from the version before, and a patient of whom so.

    Without `changed` it was not decided in time whether there is one.
    """

    before: str
    after: str
    near: str | None
    changed: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What was shown of one version.

    `proved` names what holds, by its subject, for records sent on `day`; `cases` is
    how many worked patients came out as written. `left_out` are pages whose scale may
    not be asked here. `rests_on` is the certificate of the version that this one only
    words otherwise; `compared_with` the hash of the version that patients were asked
    before, from which `redecided` tells each decision that differs. `by` is the user
    name of whoever published, `second_is_needed` whether a second person has to agree.
    """

    questionnaire: str
    version: str
    sha256: str
    made_at: datetime
    day: date
    engine: str
    solver: str | None
    basis: Basis
    rests_on: str | None
    cases: int
    proved: Mapping[str, tuple[str, ...]]
    accepted_unknowns: tuple[str, ...]
    left_out: tuple[str, ...]
    waivers: tuple[Waiver, ...]
    compared_with: str | None
    redecided: tuple[Redecision, ...]
    by: str
    second_is_needed: bool

    @property
    def id(self) -> str:
        """What it is called: the SHA-256 of its text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def text(self) -> str:
        """What it says, as JSON: the same certificate is always the same text."""
        return json.dumps(asdict(self), sort_keys=True, default=_plain)


def read_certificate(text: str) -> Certificate:
    """Return the certificate that a text says; ValueError if it says none."""
    try:
        told = json.loads(text)
        told["made_at"] = datetime.fromisoformat(told["made_at"])
        told["day"] = date.fromisoformat(told["day"])
        told["basis"] = Basis(told["basis"])
        told["proved"] = {name: tuple(held) for name, held in told["proved"].items()}
        for name in ("accepted_unknowns", "left_out"):
            told[name] = tuple(told[name])
        told["waivers"] = tuple(Waiver(**one) for one in told["waivers"])
        told["redecided"] = tuple(Redecision(**one) for one in told["redecided"])
        return Certificate(**told)
    except (AttributeError, KeyError, TypeError) as error:
        message = "The text is no certificate."
        raise ValueError(message) from error


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)  # a Decimal
