"""In which words does the clinic read what the audit trail says was done?"""

from screening.store.audit import Action

ACTIONS: dict[str, str] = {
    Action.ACCOUNT_CREATE: "Account made",
    Action.ACCOUNT_DISABLE: "Account closed",
    Action.ACCOUNT_ENABLE: "Account opened again",
    Action.ACCOUNT_INVITE: "Link for a new account made",
    Action.ACCOUNT_INVITE_WITHDRAW: "Link for an account withdrawn",
    Action.ACCOUNT_LOGIN_FAILURE: "Sign-in refused",
    Action.ACCOUNT_LOGIN_NEW_DEVICE: "Signed in from a new browser",
    Action.ACCOUNT_LOGIN_PASSWORD: "Password given",
    Action.ACCOUNT_LOGIN_SUCCESS: "Signed in",
    Action.ACCOUNT_LOGOUT: "Signed out",
    Action.ACCOUNT_PASSWORD_CHANGE: "Password changed",
    Action.ACCOUNT_PASSWORD_RESET: "New password set by a link",
    Action.ACCOUNT_PASSWORD_RESET_REQUEST: "Link for a new password made",
    Action.ACCOUNT_RECOVERY_CODES_GENERATED: "Recovery codes made",
    Action.ACCOUNT_RECOVERY_CODES_USED: "Recovery code used",
    Action.ACCOUNT_ROLE_CHANGE: "Role changed",
    Action.ACCOUNT_SESSION_CONFIRMED: "Second factor given again",
    Action.ACCOUNT_SESSION_EXPIRED: "Session ran out",
    Action.ACCOUNT_SESSION_REVOKED: "Session ended by somebody",
    Action.ACCOUNT_TWO_FACTOR_ADDED: "Second factor added",
    Action.ACCOUNT_TWO_FACTOR_FAILURE: "Second factor refused",
    Action.ACCOUNT_TWO_FACTOR_REMOVED: "Second factor removed",
    Action.ACCOUNT_TWO_FACTOR_RENAMED: "Second factor renamed",
    Action.AUDIT_VERIFY_BROKEN: "Audit trail checked: not as it was written",
    Action.AUDIT_VERIFY_OK: "Audit trail checked: as it was written",
    Action.AUDIT_VIEW: "Audit trail read",
    Action.AUTHZ_DENIED: "Refused for want of a permission",
    Action.CSRF_REJECT: "Form refused: not sent from its own page",
    Action.DECISION_BEGIN: "Decision begun",
    Action.DECISION_DISCARD: "Draft of a decision thrown away",
    Action.DECISION_SAVE: "Draft of a decision saved",
    Action.DECISION_SIGN_REFUSED: "Signature refused",
    Action.DECISION_VIEW: "Decision read",
    Action.DRAFT_CODE: "Code to carry on made",
    Action.DRAFT_EXPIRE: "Unfinished form deleted after its time",
    Action.DRAFT_MOVE: "Unfinished form moved to a newer version",
    Action.DRAFT_RESUME: "Form carried on with by code",
    Action.DRAFT_RESUME_FAILURE: "Code to carry on refused",
    Action.DRAFT_START: "Form begun",
    Action.DRAFT_WITHDRAW: "Unfinished form deleted by the patient",
    Action.EMERGENCY_ACCESS: "Emergency access taken",
    Action.EMERGENCY_END: "Emergency access ended",
    Action.EXPORT_CANCEL: "Export cancelled",
    Action.EXPORT_DOWNLOAD: "Export downloaded",
    Action.EXPORT_EXPIRE: "Export deleted after its time",
    Action.EXPORT_START: "Export asked for",
    Action.INVITATION_CREATE: "Patient invited",
    Action.LIMIT_HIT: "Too many attempts",
    Action.QUESTIONNAIRE_ACTIVATE: "Questionnaire put in use",
    Action.QUESTIONNAIRE_CERTIFY: "Questionnaire certified",
    Action.QUESTIONNAIRE_PUBLISH: "Questionnaire published",
    Action.QUESTIONNAIRE_REJECT: "Questionnaire refused",
    Action.SUBMISSION_AMEND: "Decision amended",
    Action.SUBMISSION_ASK: "Patient asked again",
    Action.SUBMISSION_ASSIGN: "Submission given to somebody",
    Action.SUBMISSION_COMPARE: "Submissions gone through without names",
    Action.SUBMISSION_COPY: "Patient's own copy made",
    Action.SUBMISSION_COUNT: "Findings counted without names",
    Action.SUBMISSION_CREATE: "Form sent",
    Action.SUBMISSION_DUPLICATE: "Form sent twice, kept once",
    Action.SUBMISSION_EXPORT: "Submission exported",
    Action.SUBMISSION_NOTICE: "Notice sent to the clinic",
    Action.SUBMISSION_PDF_DOWNLOAD: "Summary downloaded as PDF",
    Action.SUBMISSION_SIGN: "Decision signed",
    Action.SUBMISSION_VIEW: "Submission read",
}
"""What each kind of row tells of, in the order of the page's list."""


def action_in_words(action: str) -> str:
    """Return what was done as people say it; one unknown here stays as it is.

    >>> action_in_words("submission:view"), action_in_words("submission:sealed")
    ('Submission read', 'submission:sealed')
    """
    return ACTIONS.get(action, action)
