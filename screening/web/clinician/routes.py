"""Which pages does the clinic have, and who may open each?

This list is the only way to add one, and no line of it can be written without saying
the permission. Those of signing in and of the staff's accounts are in `doors`. The
matrix of roles and pages, `tests/golden/roles.txt`, is made from both.
"""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from screening.accounts.permissions import Permission
from screening.accounts.sign_in import open_accounts
from screening.store.opening import Store
from screening.web.clinician import (
    asking,
    assigning,
    at_a_glance,
    audit,
    begin_export,
    decided,
    deciding,
    duplicates,
    exports,
    filling_in,
    queue,
    review,
    signing,
)
from screening.web.clinician.bar import bar
from screening.web.clinician.clinic import Clinic, put_clinic
from screening.web.clinician.decision_form import REPEATED_NAMES
from screening.web.clinician.doors import DOORS
from screening.web.clinician.gate import Route, guarded
from screening.web.clinician.inviting import INVITING
from screening.web.clinician.letter_form import PARTS
from screening.web.clinician.visit_doors import VISITS
from screening.web.guards.repeated_names import allow_repeated
from screening.web.questionnaires import Questionnaires
from screening.web.shell import current_shell

ROUTES = (
    *DOORS,
    *VISITS,
    *INVITING,
    Route(
        method="GET",
        address="/clinic/at-a-glance",
        name="at_a_glance",
        permission=Permission.SEE_QUEUE,
        view=at_a_glance.show,
    ),
    Route(
        method="GET",
        address="/clinic/audit",
        name="audit",
        permission=Permission.READ_AUDIT_TRAIL,
        view=audit.show,
    ),
    Route(
        method="POST",
        address="/clinic/audit/check",
        name="check_audit",
        permission=Permission.READ_AUDIT_TRAIL,
        view=audit.check,
    ),
    Route(
        method="GET",
        address="/clinic/fill-in",
        name="filling_in",
        permission=Permission.INVITE_PATIENT,
        view=filling_in.show,
    ),
    Route(
        method="POST",
        address="/clinic/fill-in",
        name="begin_filling_in",
        permission=Permission.INVITE_PATIENT,
        view=filling_in.begin,
    ),
    Route(
        method="GET",
        address="/clinic",
        name="queue",
        permission=Permission.SEE_QUEUE,
        view=queue.show,
    ),
    Route(
        method="GET",
        address="/clinic/news",
        name="news",
        permission=Permission.SEE_QUEUE,
        view=queue.news,
        asked_by_page=True,
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>/assign",
        name="assigning",
        permission=Permission.ASSIGN,
        view=assigning.show,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/assign",
        name="assign",
        permission=Permission.ASSIGN,
        view=assigning.assign,
        shows_submission=True,
    ),
    Route(
        method="GET",
        address="/clinic/duplicates",
        name="duplicates",
        permission=Permission.COMPARE_PATIENTS,
        view=duplicates.show,
    ),
    Route(
        method="GET",
        address="/clinic/duplicates/<one>/<other>",
        name="pair",
        permission=Permission.COMPARE_PATIENTS,
        view=duplicates.compare,
    ),
    Route(
        method="POST",
        address="/clinic/duplicates/<one>/<other>",
        name="judge_pair",
        permission=Permission.COMPARE_PATIENTS,
        view=duplicates.judge,
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
    Route(
        method="GET",
        address="/clinic/exports",
        name="exports",
        permission=Permission.EXPORT_SUBMISSIONS,
        view=exports.show_all,
    ),
    Route(
        method="POST",
        address="/clinic/exports",
        name="begin_export",
        permission=Permission.EXPORT_SUBMISSIONS,
        view=begin_export.begin,
    ),
    Route(
        method="POST",
        address="/clinic/exports/code",
        name="begin_export_by_code",
        permission=Permission.EXPORT_SUBMISSIONS,
        view=begin_export.by_code,
    ),
    Route(
        method="POST",
        address="/clinic/exports/passkey",
        name="begin_export_by_passkey",
        permission=Permission.EXPORT_SUBMISSIONS,
        view=begin_export.by_passkey,
    ),
    Route(
        method="GET",
        address="/clinic/exports/<export_id>",
        name="export",
        permission=Permission.EXPORT_SUBMISSIONS,
        view=exports.show,
    ),
    Route(
        method="POST",
        address="/clinic/exports/<export_id>/cancel",
        name="cancel_export",
        permission=Permission.EXPORT_SUBMISSIONS,
        view=exports.cancel,
    ),
    Route(
        method="GET",
        address="/clinic/exports/<export_id>/file",
        name="export_file",
        permission=Permission.EXPORT_SUBMISSIONS,
        view=exports.download,
        fresh_at="export",
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>/decision",
        name="decision",
        permission=Permission.SEE_DECISION,
        view=decided.show,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/decision/begin",
        name="begin_decision",
        permission=Permission.DECIDE,
        view=deciding.begin,
        shows_submission=True,
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>/decision/draft",
        name="deciding",
        permission=Permission.DECIDE,
        view=deciding.show,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/decision/draft",
        name="save_decision",
        permission=Permission.DECIDE,
        view=deciding.save,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/decision/discard",
        name="discard_decision",
        permission=Permission.DECIDE,
        view=deciding.discard,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/decision/code",
        name="hand_over",
        permission=Permission.INVITE_PATIENT,
        view=asking.hand_over,
        shows_submission=True,
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>/decision/sign",
        name="preview",
        permission=Permission.DECIDE,
        view=signing.preview,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/decision/sign",
        name="sign_decision",
        permission=Permission.DECIDE,
        view=signing.sign,
        shows_submission=True,
    ),
)


def blueprint(
    *,
    store: Store,
    questionnaires: Questionnaires,
    ring: Callable[[str], object],
) -> Blueprint:
    """Return the clinic's room of one service; `ring` calls for who makes exports."""
    room = Blueprint("clinician", __name__)

    @room.record_once
    def furnish(state: BlueprintSetupState) -> None:
        with cast("Flask", state.app).app_context():
            is_demo = current_shell().config.insecure_demo
        clinic = Clinic(
            store=store,
            accounts=open_accounts(store.ground, needs_second_factor=not is_demo),
            questionnaires=questionnaires,
            ring=ring,
        )
        put_clinic(state.app, clinic)
        allow_repeated(state.app, [queue.CHOSEN, PARTS, *REPEATED_NAMES])

    room.context_processor(bar)

    for route in ROUTES:
        room.add_url_rule(
            route.address, route.name, guarded(route), methods=[route.method]
        )
    return room
