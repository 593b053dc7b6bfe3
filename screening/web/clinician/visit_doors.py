"""By which pages are answers confirmed at a visit, and letters written?"""

from screening.accounts.permissions import Permission
from screening.web.clinician import visit
from screening.web.clinician.gate import Route

VISITS = (
    Route(
        method="GET",
        address="/clinic/submissions/<reference>/visit",
        name="visit",
        permission=Permission.CONFIRM_ANSWERS,
        view=visit.show,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/visit",
        name="save_visit",
        permission=Permission.CONFIRM_ANSWERS,
        view=visit.save,
        shows_submission=True,
    ),
)
