"""By which pages does the clinic invite patients, and who may open them?"""

from screening.accounts.permissions import Permission
from screening.web.clinician import invitations
from screening.web.clinician.gate import Route, View

_LIST = "/clinic/invitations"
_ONE = "/clinic/invitations/<invitation_id>"


def _route(method: str, address: str, name: str, view: View) -> Route:
    return Route(
        method=method,
        address=address,
        name=name,
        permission=Permission.INVITE_PATIENT,
        view=view,
    )


INVITING = (
    _route("GET", _LIST, "invitations", invitations.show),
    _route("POST", f"{_LIST}/find", "find_invitation", invitations.find),
    _route("GET", f"{_LIST}/new", "invite_patient", invitations.show_new),
    _route("POST", f"{_LIST}/new", "make_patient_link", invitations.invite),
    _route("GET", _ONE, "invitation", invitations.show_one),
    _route("POST", f"{_ONE}/resend", "resend_invitation", invitations.resend),
    _route("POST", f"{_ONE}/prolong", "prolong_invitation", invitations.prolong),
    _route("POST", f"{_ONE}/withdraw", "withdraw_patient_link", invitations.withdraw),
)
