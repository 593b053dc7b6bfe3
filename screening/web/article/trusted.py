"""HTML that templates may print as it is, and why that is allowed here.

Templates escape every value; nothing switches that off. The article is the one
exception that needs markup, so it is carried by a class of its own, which Jinja asks
for its markup through `__html__`. Only `render.py` makes it, from three things: the
Markdown parser's output with raw HTML, images and unknown links refused; pictures drawn
by `pictures.py`, which escapes every word it places; and strings escaped on the spot.
No answer, no setting typed by a patient and no request ever reaches it. A test holds
that no other module makes one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrustedHtml:
    """Markup made by our own renderer."""

    markup: str

    def __html__(self) -> str:
        """Return the markup: Jinja prints it without escaping it again."""
        return self.markup

    def __str__(self) -> str:
        """Return the markup."""
        return self.markup
