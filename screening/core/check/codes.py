"""Are LOINC codes whole? Their last digit is worked out from the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.core.load.workbench import Spot

_CODE = re.compile(r"(?P<part>L[ALPG])?(?P<number>\d{1,7})-(?P<digit>\d)", re.ASCII)


def check_digit(number: str) -> int:
    """Return the check digit of a LOINC number, by the Mod 10 algorithm.

    Source: LOINC Users' Guide, appendix on the check digit (Luhn's algorithm).

    >>> check_digit("44249")
    1
    """
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 if place % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the digits of 10 to 18 add up to 9 less
    return -total % 10


def check_loinc(spot: Spot, code: str) -> None:
    """Note a code that is not written as LOINC's are, or whose check digit is wrong."""
    found = _CODE.fullmatch(code)
    if found is None:
        what = f'"{code}" is not written as a LOINC code'
        spot.say("SC330", what, "Write digits, a hyphen and the check digit: 44249-1.")
        return
    if found["part"] is not None:
        return  # how answers and parts get their digit is not published
    right = check_digit(found["number"])
    if int(found["digit"]) != right:
        what = f"the check digit of {code} is wrong"
        fix = f"Compare it with loinc.org; {found['number']} would end in -{right}."
        spot.say("SC330", what, fix)
