"""What may each role do?

A permission names one thing a person does. Somebody has one role, and a role has the
permissions in its row below and no other: what is not written is denied. Those who
look after accounts do not read answers, and those who read answers do not look after
accounts. Emergency access (`emergency`) adds a few for an hour, for a reason.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the clinic."""

    CLINICIAN = "clinician"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that a signed-in person may be allowed to do."""

    SEE_QUEUE = "see the queue"
    ASSIGN = "say who looks at a submission"
    READ_SUBMISSION = "read a submission"
    DOWNLOAD_PDF = "download a summary as PDF"
    SEE_DECISION = "see what was decided"
    DECIDE = "decide about a submission"
    CONFIRM_ANSWERS = "confirm answers at a visit"
    WRITE_LETTER = "write a letter about a patient"
    EXPORT_SUBMISSIONS = "export submissions"
    INVITE_PATIENT = "invite a patient"
    COMPARE_PATIENTS = "see who may have come twice"
    PREVIEW_QUESTIONNAIRE = "preview a questionnaire"
    SEE_WORDING = "see which questions are answered wrongly"
    PUBLISH_QUESTIONNAIRE = "publish a questionnaire"
    SECOND_PUBLICATION = "agree to what was published without proof"
    MANAGE_ACCOUNTS = "manage accounts"
    READ_AUDIT_TRAIL = "read the audit trail"
    KEEP_OWN_SIGN_IN = "keep one's own sign-in"
    TAKE_EMERGENCY_ACCESS = "take emergency access"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLINICIAN: frozenset(
        {
            Permission.SEE_QUEUE,
            Permission.ASSIGN,
            Permission.READ_SUBMISSION,
            Permission.DOWNLOAD_PDF,
            Permission.SEE_DECISION,
            Permission.DECIDE,
            Permission.CONFIRM_ANSWERS,
            Permission.WRITE_LETTER,
            Permission.EXPORT_SUBMISSIONS,
            Permission.INVITE_PATIENT,
            Permission.COMPARE_PATIENTS,
            Permission.PREVIEW_QUESTIONNAIRE,
            Permission.SEE_WORDING,
            Permission.PUBLISH_QUESTIONNAIRE,
            Permission.SECOND_PUBLICATION,
            Permission.KEEP_OWN_SIGN_IN,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            Permission.SEE_QUEUE,
            Permission.ASSIGN,
            Permission.SEE_DECISION,
            Permission.INVITE_PATIENT,
            Permission.COMPARE_PATIENTS,
            Permission.PREVIEW_QUESTIONNAIRE,
            Permission.SEE_WORDING,
            Permission.PUBLISH_QUESTIONNAIRE,
            Permission.KEEP_OWN_SIGN_IN,
            Permission.TAKE_EMERGENCY_ACCESS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_ACCOUNTS,
            Permission.READ_AUDIT_TRAIL,
            Permission.KEEP_OWN_SIGN_IN,
        }
    ),
}


IN_EMERGENCY = frozenset({Permission.READ_SUBMISSION, Permission.DOWNLOAD_PDF})
"""What somebody may besides, for as long as their emergency access is open."""


def is_allowed(role: Role, permission: Permission) -> bool:
    """Say whether the role has the permission."""
    return permission in PERMISSIONS[role]
