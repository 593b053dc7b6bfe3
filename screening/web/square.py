"""How is a text shown so that a phone's camera reads it? As a QR code, drawn in SVG."""

from __future__ import annotations

import segno

_QUIET = 4
"""Empty modules around a QR code that readers need (ISO/IEC 18004)."""


def square(text: str) -> tuple[str, int]:
    """Return a QR code as the path of an SVG, and its width in modules."""
    drawn = segno.make(text, error="m", micro=False)
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(drawn.matrix_iter(border=_QUIET))
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return path, int(drawn.symbol_size(border=_QUIET)[0])
