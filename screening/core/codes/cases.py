"""Codes of worked patients."""

from __future__ import annotations

from screening.core.codes.code import Code

CASES = (
    Code(
        code="SC400",
        title="A file of worked patients can't be used",
        why=(
            "A worked patient without a name, or based on one that does not exist, "
            "checks nothing."
        ),
        mend=(
            "Give each case a name with `case:`, and let `based_on` name one in a "
            "file beside it."
        ),
    ),
)
