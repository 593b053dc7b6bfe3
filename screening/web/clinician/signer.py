"""Has whoever signs or releases shown who they are, on the page that shows it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from screening.accounts.problems import SignerRefused, TooManyAttempts
from screening.accounts.signing import confirm_signer
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_user
from screening.web.guards.error_pages import error_page
from screening.web.guards.request_id import current_request_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from screening.accounts.signing import Confirmed

PASSWORD = "password"  # noqa: S105 - the name of a field
"""The field in which the password is typed."""


def confirmed_here(refused: Callable[[str], Response]) -> Confirmed | Response:
    """Return who signs, by the password that was posted; or the page that says why not.

    `refused` makes the page again, with why.
    """
    try:
        return confirm_signer(
            current_clinic().accounts,
            current_user(),
            password=request.form.get(PASSWORD, ""),
            request_id=current_request_id(),
        )
    except TooManyAttempts as problem:
        return error_page("429", headers={"Retry-After": str(problem.retry_after_s)})
    except SignerRefused as problem:
        return refused(str(problem))
