"""Which pages does the clinic have, and who may open each?

This list is the only way to add one, and no line of it can be written without saying
the permission. The matrix of roles and pages in the tests is compared with it.
"""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from screening.accounts.permissions import Permission
from screening.accounts.sign_in import open_accounts
from screening.store.opening import Store
from screening.web.clinician import queue, review, sign_in
from screening.web.clinician.clinic import Clinic, put_clinic
from screening.web.clinician.gate import Route, guarded
from screening.web.questionnaires import Questionnaires

ROUTES = (
    Route(
        method="GET",
        address="/clinic/sign-in",
        name="sign_in",
        permission=None,
        view=sign_in.show,
    ),
    Route(
        method="POST",
        address="/clinic/sign-in",
        name="begin_session",
        permission=None,
        view=sign_in.begin,
    ),
    Route(
        method="POST",
        address="/clinic/sign-out",
        name="sign_out",
        permission=None,
        view=sign_in.end,
    ),
    Route(
        method="GET",
        address="/clinic",
        name="queue",
        permission=Permission.SEE_QUEUE,
        view=queue.show,
    ),
    Route(
        method="POST",
        address="/clinic/find",
        name="find",
        permission=Permission.SEE_QUEUE,
        view=queue.find,
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>",
        name="review",
        permission=Permission.READ_SUBMISSION,
        view=review.show,
        shows_submission=True,
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>.pdf",
        name="summary_pdf",
        permission=Permission.DOWNLOAD_PDF,
        view=review.download,
        shows_submission=True,
    ),
)


def blueprint(*, store: Store, questionnaires: Questionnaires) -> Blueprint:
    """Return the clinic's room of one service."""
    room = Blueprint("clinician", __name__)
    clinic = Clinic(
        store=store,
        accounts=open_accounts(store.ground),
        questionnaires=questionnaires,
    )

    @room.record_once
    def furnish(state: BlueprintSetupState) -> None:
        put_clinic(state.app, clinic)

    for route in ROUTES:
        room.add_url_rule(
            route.address, route.name, guarded(route), methods=[route.method]
        )
    return room
