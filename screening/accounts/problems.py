"""What can keep somebody from having an account or signing in?

No message carries a password, nor the user name that a stranger typed.
"""

from __future__ import annotations

from enum import StrEnum


class AccountProblem(Exception):  # noqa: N818 - the names below say what happened
    """An account can't be made, changed or used as asked; the subclasses say why."""


class PasswordFault(StrEnum):
    """Why a new password is not good enough, and what to do about it."""

    TOO_SHORT = "Use at least 15 characters. Four words nobody would guess are fine."
    TOO_LONG = "Use at most 128 characters."
    UNREADABLE = "Use letters, digits, spaces and signs that a keyboard can type."
    TOO_COMMON = "Choose another password: this one is made of parts others try first."
    OWN_NAME = "Choose a password that is not made of your name or user name."


class PasswordRefused(AccountProblem):
    """The new password is not good enough; `fault` says why, in words to show."""

    def __init__(self, fault: PasswordFault) -> None:
        """Keep the fault; the password itself is not kept."""
        self.fault = fault
        super().__init__(fault.value)


class UsernameRefused(AccountProblem):
    """The user name has signs that are not allowed, or somebody has it."""


class NameRefused(UsernameRefused):
    """The name that others see is empty, too long, or can't be printed."""


class UserUnknown(AccountProblem):
    """There is no account with this id."""

    def __init__(self) -> None:
        """Name no account: the id came from outside."""
        super().__init__("There is no such account.")


class SignInRefused(AccountProblem):
    """Unknown user, wrong password or disabled account: which one is not told."""

    def __init__(self) -> None:
        """Say the one sentence that fits all of them."""
        super().__init__("The user name or the password is wrong.")


class SessionOver(AccountProblem):
    """The session ended, or is at another step by now: sign in again."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Your session has ended. Sign in again to go on.")


class FactorRefused(AccountProblem):
    """Wrong, used or expired code, wrong passkey or password: which is not told."""

    def __init__(self) -> None:
        """Say the one sentence that fits all of them."""
        super().__init__("That was not accepted. Use a new code, or another way.")


class NotAdded(AccountProblem):
    """A factor was not added: the code or the passkey does not fit."""


class LastFactor(AccountProblem):
    """The only factor of an account can't be removed."""

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("Add another way to sign in before you remove this one.")


class ReasonWanted(AccountProblem):
    """Emergency access needs a reason, in words."""


class InvitationOver(AccountProblem):
    """The link was used, withdrawn, has expired, or never was: which is not told."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This link is not good any more. Ask for a new one.")


class SignerRefused(AccountProblem):
    """Whoever wants to sign did not show that they are who is signed in."""

    def __init__(self) -> None:
        """Say the one sentence that fits."""
        super().__init__("The password is wrong. Nothing was signed.")


class TooManyAttempts(AccountProblem):
    """There were too many attempts of late; `retry_after_s` is whole seconds, >= 1."""

    def __init__(self, *, retry_after_s: int) -> None:
        """Keep how long to wait."""
        self.retry_after_s = retry_after_s
        super().__init__(f"Too many attempts. Try again in {retry_after_s} seconds.")
