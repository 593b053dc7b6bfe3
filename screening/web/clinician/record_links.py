"""Where can somebody go on to from a record?"""

from flask import url_for

from screening.accounts.permissions import Permission
from screening.web.clinician.gate import current_user

_LINKS = (
    (Permission.CONFIRM_ANSWERS, "clinician.visit", "Visit"),
    (Permission.WRITE_LETTER, "clinician.letters", "Letter"),
)


def links_of(reference: str) -> list[tuple[str, str]]:
    """Return the text and address of each page that this person may open."""
    user = current_user()
    return [
        (text, url_for(page, reference=reference))
        for need, page, text in _LINKS
        if user.may(need)
    ]
