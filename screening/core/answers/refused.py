"""Why an answer can't be read, said once for whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer can't be read, in words that a patient can act on.

    `values` are put in for the {names} in `text`; one that is itself a `Refused` is
    a part of the sentence. `text` stays whole, so that it can be translated.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The reason in the words it was written in."""
        return self.said(str)

    def said(self, say: Callable[[str], str]) -> str:
        """Return the reason, each text of it as `say` gives it."""
        values = {
            name: value.said(say) if isinstance(value, Refused) else value
            for name, value in self.values.items()
        }
        return say(self.text).format(**values)
