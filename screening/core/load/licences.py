"""May an instrument be used here? By its licence, and by what the clinic declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.core.deployment import Deployment
    from screening.core.schema import InstrumentShape, PackShape

Refusal = tuple[str, str, str]
"""A problem's code, what is wrong, and what to do."""


def refusal(
    name: str, shape: InstrumentShape, pack: PackShape | None, deployment: Deployment
) -> Refusal | None:
    """Return why the instrument called `name` can't be shown here; None if it can.

    A text pack, which names a licence, allows the uses that have to be asked for; so
    does the clinic's own list of what was permitted. What is refused outright stays so.
    """
    holder = shape.licence.holder
    if shape.text == "pack" and pack is None:
        what = f'the text of "{name}" is not shipped; it belongs to {holder}'
        fix = f"Get a licence, then run: screening pack import {name} FILE."
        return "SC306", what, fix
    is_permitted = pack is not None or name in deployment.permitted
    for use in sorted(deployment.uses):
        answer = _answer(shape, use)
        if answer == "no":
            what = (
                f'the licence of "{name}" allows no {use} use; it belongs to {holder}'
            )
            fix = "Take the page out, or use another instrument."
            return "SC313", what, fix
        if answer == "ask" and not is_permitted:
            what = f'{use} use of "{name}" has to be asked for; it belongs to {holder}'
            fix = (
                f"Ask the holder, then add {name} to SCREENING_PERMITTED; "
                "or take the page out."
            )
            return "SC313", what, fix
    return None


_ELSE = {
    "public_domain": "yes",
    "free_any_use": "yes",
    "free_noncommercial": "yes",
    "permission_required": "ask",
    "research_only": "no",
    "unclear": "ask",
}
"""What a licence that lists no uses allows, by its status."""

_BY_STATUS = {
    ("free_noncommercial", "commercial"): "no",
    ("research_only", "research"): "yes",
    ("research_only", "educational"): "ask",
}
"""Uses that a status tells apart."""


def _answer(shape: InstrumentShape, use: str) -> str:
    """Return yes, no or ask; what a licence says nothing of has to be asked for.

    One that lists no use at all goes by its status.
    """
    uses: dict[str, str] = {str(one): said for one, said in shape.licence.uses.items()}
    if uses:
        return uses.get(use, "ask")
    return _BY_STATUS.get((shape.licence.status, use)) or _ELSE[shape.licence.status]
