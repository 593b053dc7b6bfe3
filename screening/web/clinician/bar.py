"""Where can somebody go from every page of the clinic? Where their role may."""

from flask import g, url_for

from screening.accounts.permissions import Permission
from screening.accounts.sessions import Stage

_LINKS = (
    (Permission.SEE_QUEUE, "clinician.queue", "Queue"),
    (Permission.MANAGE_ACCOUNTS, "clinician.staff", "Staff"),
)


def bar() -> dict[str, object]:
    """Return for templates the links of the bar: pairs of address and text.

    Somebody who is not signed in whole has none.
    """
    signed_in = g.get("clinic_session")
    if signed_in is None or signed_in.stage is not Stage.WHOLE:
        return {"bar": ()}
    may = signed_in.user.may
    return {"bar": [(url_for(page), text) for need, page, text in _LINKS if may(need)]}
