"""Codes of worked patients."""

from __future__ import annotations

from screening.core.codes.code import Code

CASES = (
    Code(
        code="SC401",
        title="A worked patient is expected to have something that there is not",
        why="What is expected could never come, so that the case checks nothing.",
        mend="Correct the spelling, or take the name out.",
    ),
    Code(
        code="SC402",
        title="A worked patient comes out otherwise than written",
        why=(
            "An edit has changed what the software says of this patient. It may be a "
            "slip, or what you wanted: a person has to say which."
        ),
        mend=(
            "Look at the patient's answers and at the rule. Mend the rule; or write "
            "what comes now, and let a clinician see it."
        ),
    ),
    Code(
        code="SC403",
        title="Two worked patients of one name",
        why="Others could not say which of them they are based on.",
        mend="Choose another name.",
    ),
    Code(
        code="SC404",
        title="A worked patient based on one that can't be",
        why="The answers it stands on are not there, or lead back to itself.",
        mend="Let `based_on` name a case of a file beside it that stands on its own.",
    ),
    Code(
        code="SC405",
        title="A share of patients that does not say where it is from",
        why="A forecast is only worth what it was made from.",
        mend="Write `sources:`, and in `because:` what they say; where nobody knows, "
        "say that it is assumed.",
    ),
    Code(
        code="SC406",
        title="Shares of patients who are like different people",
        why="A forecast begins with one patient and changes what shares say.",
        mend="Base every case that has a share on the same patient, who has none.",
    ),
)
