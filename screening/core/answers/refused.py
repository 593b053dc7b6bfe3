"""Why an answer can't be read, said once for whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer can't be read, in words that a patient can act on."""

    message: str
